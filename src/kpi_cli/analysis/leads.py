"""The leads that people declared, each held against the figures at its own lag."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.behaviour import Chart
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.leadlag import LeadLag, lead_lag
from kpi_cli.analysis.results import Assessment
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.period import Frequency

DAYS = {
    Frequency.DAILY: 1.0,
    Frequency.WEEKLY: 7.0,
    Frequency.MONTHLY: 365.25 / 12,
    Frequency.QUARTERLY: 365.25 / 4,
    Frequency.SEMIANNUAL: 365.25 / 2,
    Frequency.ANNUAL: 365.25,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A declared lead: `leading` moves first, `lagging` follows after `lag_days`.

    `found` is None where the two cannot be compared; `why` then says why.
    """

    leading: str
    lagging: str
    lag_days: float
    because: str | None
    found: LeadLag | None
    why: str | None = None


def links_of(assessment: Assessment, identifiers: set[str]) -> Iterator[Link]:
    """The declared leads from or to any of these KPIs, in plan order."""
    for kpi in assessment.plan.kpis.values():
        for lead in kpi.leads:
            if kpi.id in identifiers or lead.kpi in identifiers:
                found, why = _tested(assessment, kpi.id, lead.kpi, lead.lag_days)
                yield Link(kpi.id, lead.kpi, lead.lag_days, lead.because, found, why)


def _tested(
    assessment: Assessment, leading: str, lagging: str, lag_days: float
) -> tuple[LeadLag | None, str | None]:
    if lagging not in assessment.kpis:
        return None, N_("there is no KPI '{name}'", name=lagging)
    frequency = assessment.plan.kpis[leading].frequency
    if assessment.plan.kpis[lagging].frequency is not frequency:
        return None, N_("they are not measured equally often")
    if frequency not in DAYS:
        return None, N_("irregular values cannot be compared")
    first, second = (assessment.outlooks[name].chart for name in (leading, lagging))
    if first is None or second is None or not first.filled or not second.filled:
        return None, N_("one of them has no figures, or more than a fifth of them is missing")
    x, y = _common(first, second)
    sign = 1 if _rises(assessment, leading) == _rises(assessment, lagging) else -1
    return lead_lag(x, y, round(lag_days / DAYS[frequency]), frequency.value, sign), None


def _rises(assessment: Assessment, identifier: str) -> bool:
    return direction_of(assessment.kpis[identifier]) != "decrease"


def _common(first: Chart, second: Chart) -> tuple[list[float], list[float]]:
    """The values of the periods both have."""
    if not first.grid or not second.grid or not first.filled or not second.filled:
        return [], []
    begin = max(first.grid.first, second.grid.first)
    end = min(first.grid.last, second.grid.last)
    return (
        list(first.filled.values[begin - first.grid.first : max(end + 1 - first.grid.first, 0)]),
        list(second.filled.values[begin - second.grid.first : max(end + 1 - second.grid.first, 0)]),
    )
