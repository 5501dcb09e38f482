"""How a KPI stood at the end of each of its periods, judged with what was known by that day."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.kpi import Judge
from kpi_cli.analysis.results import Assessment, KpiResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.zones import Zones
from kpi_cli.models.series import Rows
from kpi_cli.period import Period


@dataclass(frozen=True, slots=True)
class Past:
    """One period: its own actual (None: known to be missing), the value judged at its end, the
    share expected by then, the status by the figures, and the target's figures in force (two of a
    band, the score of a zone, none where it has no figure)."""

    period: Period
    on: date
    value: Datum | None
    judged: Datum | None
    expected: float | None
    status: Status
    marks: tuple[float, ...]


def history(assessment: Assessment, identifier: str, latest: int | None = None) -> tuple[Past, ...]:
    """The periods of a KPI that had ended by the day of the assessment, oldest first.

    `latest` limits how many; raises KeyError for an id that is no KPI.
    """
    kpi = assessment.kpis[identifier].kpi
    rows = assessment.series.get(identifier, Rows())
    ended = [row for row, period in enumerate(rows.periods) if period.end <= assessment.as_of]
    chosen = ended if latest is None else ended[len(ended) - min(latest, len(ended)) :]
    found = []
    for row in chosen:
        period = rows.periods[row]
        then = Judge(assessment.plan, kpi, rows, period.end, {}).result()
        own = then.observation is not None and then.observation.period == period
        found.append(
            Past(
                period,
                period.end,
                rows.values[row],
                then.value if own else None,
                then.expected,
                then.computed,
                _marks(then, period),
            )
        )
    return tuple(found)


def _marks(then: KpiResult, period: Period) -> tuple[float, ...]:
    target = then.scheme.target
    if isinstance(target, Zones):
        return (dict(target.scores)[target.reach],)
    if not isinstance(target, Threshold):
        return () if then.target_number is None else (then.target_number,)
    limits = target.limits_for(period)
    found = (limits.low, limits.high) if limits else ()
    return tuple(mark for mark in found if mark is not None)
