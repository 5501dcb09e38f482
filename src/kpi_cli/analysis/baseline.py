"""The baseline a KPI's progress is counted from: the written one, else an inferred one."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.observation import Aggregator
from kpi_cli.analysis.results import BaselineUsed, Observation
from kpi_cli.models import Kpi


def written(kpi: Kpi) -> BaselineUsed | None:
    """The baseline in the record."""
    return BaselineUsed(kpi.baseline.value, kpi.baseline.date) if kpi.baseline else None


def inferred(series: Aggregator, start: date, as_of: date) -> BaselineUsed | None:
    """The last actual on or before `start`, else the first after it, never one after `as_of`."""
    ended = [row for row, p in enumerate(series.rows.periods) if p.end <= as_of]
    known = [(row, value) for row in ended if (value := _number(series, row)) is not None]
    before = [pair for pair in known if series.rows.periods[pair[0]].end <= start]
    if not known:
        return None
    row, value = before[-1] if before else known[0]
    return BaselineUsed(value, series.rows.periods[row].end, True, not before)


def _number(series: Aggregator, row: int) -> float | None:
    """The value at a row; that of its whole window where the KPI has one."""
    value = series.rows.values[row]
    if series.kpi.window is not None and value is not None:
        value = series.observe(row, None).value
    return None if value is None or isinstance(value, (str, bool)) else value


def is_alone(baseline: BaselineUsed | None, observation: Observation | None) -> bool:
    """Whether the only actual since the start serves as its own baseline."""
    return (
        baseline is not None
        and observation is not None
        and baseline.after_start
        and baseline.on == observation.period.end
    )
