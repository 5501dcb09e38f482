"""Which periods a threshold KPI is counted over, and its value in each (semantics 2)."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.observation import Aggregator, first_since
from kpi_cli.kinds.base import Judged
from kpi_cli.models import Config
from kpi_cli.period import Frequency, Period, later


def counted_periods(
    series: Aggregator, config: Config, start: date | None, due: date | None, as_of: date
) -> tuple[Judged, ...]:
    """Periods wholly inside start..due that have a value or are past their grace, oldest first."""
    by_period = _last_rows(series, start, as_of)
    frequency = series.kpi.frequency
    grace = config.grace_days.of(frequency)
    found: list[Judged] = []
    for period in _periods(series, frequency, start, due, as_of, by_period):
        if not period.within(start, due):
            continue
        row = by_period.get(period)
        if row is not None:
            found.append(Judged(period, _value(series, row)))
        elif grace is not None and as_of > later(period.end, grace):
            found.append(Judged(period, None))
    return tuple(found)


def _periods(
    series: Aggregator,
    frequency: Frequency,
    start: date | None,
    due: date | None,
    as_of: date,
    by_period: dict[Period, int],
) -> list[Period]:
    if frequency is Frequency.IRREGULAR:
        return sorted(by_period)
    first = start or min((p.start for p in by_period), default=None)
    if first is None:
        return []
    last = as_of if due is None else min(as_of, due)
    return list(series.calendar.between(frequency, first, last))


def _last_rows(series: Aggregator, start: date | None, as_of: date) -> dict[Period, int]:
    """Own period -> the last row with a value in it; a null leaves the period without one.

    What ends before the start lies in no period that is counted.
    """
    rows, frequency = series.rows, series.kpi.frequency
    found: dict[Period, int] = {}
    for row in range(first_since(rows, start), len(rows)):
        period = rows.periods[row]
        if period.end > as_of or rows.values[row] is None:
            continue
        irregular = frequency is Frequency.IRREGULAR
        own = period if irregular else series.calendar.containing(frequency, period.end)
        found[own] = row
    return found


def _value(series: Aggregator, row: int) -> float | None:
    kpi = series.kpi
    plain = kpi.aggregation == "last" and kpi.window is None
    value = series.rows.values[row] if plain else series.observe(row, None).value
    return None if value is None or isinstance(value, (str, bool)) else value
