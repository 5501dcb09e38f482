"""Which periods are compared when a signal is explained: those of the signal, and before it."""

from __future__ import annotations

from kpi_cli.analysis.behaviour import Chart
from kpi_cli.analysis.grid import slot_of
from kpi_cli.frozen import dataclass
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.period import Calendar, Period

MOST = 12
"""Periods before the signal that are compared with it, at most."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The periods before the signal and those it holds for, oldest first; neither is empty.

    `seasonal` says that those before are the same ones of the season before.
    """

    before: tuple[Period, ...]
    since: tuple[Period, ...]
    seasonal: bool


def spans_of(kpi: Kpi, rows: Rows, chart: Chart, calendar: Calendar) -> Spans | None:
    """The periods to compare; None without a signal or with nothing before it."""
    if chart.signal is None:
        return None
    start = chart.signal.start
    if chart.season is not None:
        return _by_season(kpi, rows, chart, calendar, start)
    begin = next((part.start for part in reversed(chart.stretches) if part.start < start), 0)
    before = chart.rows[max(begin, start - MOST) : start]
    return _spans(rows, before, chart.rows[start:], seasonal=False)


def _by_season(kpi: Kpi, rows: Rows, chart: Chart, calendar: Calendar, start: int) -> Spans | None:
    """Each period of the signal beside the same one of the season before, where both are known."""
    period = chart.season.period if chart.season else 0
    slots = {slot_of(calendar, kpi.frequency, rows.periods[row].end): row for row in chart.rows}
    own = {slot: row for slot, row in slots.items() if row in chart.rows[start:]}
    both = [(slots[slot - period], row) for slot, row in own.items() if slot - period in slots]
    return _spans(rows, [one for one, _ in both], [one for _, one in both], seasonal=True)


def _spans(
    rows: Rows, before: tuple[int, ...] | list[int], since: tuple[int, ...] | list[int],
    *, seasonal: bool,
) -> Spans | None:  # fmt: skip
    if not before or not since:
        return None
    earlier = tuple(rows.periods[row] for row in before)
    return Spans(earlier, tuple(rows.periods[row] for row in since), seasonal)
