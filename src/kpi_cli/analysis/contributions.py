"""What each contributor did to an objective's progress over the last three months.

An objective has no series of its own. It moves through the KPIs below it, so its move is explained
where at least one of those that count signals, and is routine variation where none does.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from kpi_cli.analysis.decompose import of_mean
from kpi_cli.analysis.results import Assessment, Contribution, ObjectiveResult
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import clamp

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Contributed:
    """One contributor: its progress on both days (None: not measured), and its part of the move.

    `amount` is a share of the objective's way; `by_weight` is what of it came from its weight,
    being measured or not among them. `signals` names the KPIs that signal: itself, or those below.
    """

    child: str
    is_kpi: bool
    before: float | None
    after: float | None
    amount: float
    by_weight: float
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveMove:
    """Progress then and now, and the parts that make up the difference, largest first.

    It is `routine` where nothing below that counts signals, and `too few` where nothing there has
    the values for limits.
    """

    since: date
    before: float
    after: float
    parts: tuple[Contributed, ...]
    state: Literal["explained", "routine", "too few"]


def months_back(day: date, months: int = MONTHS) -> date:
    """The last day of the month `months` before a day's: 15 May -> 28 February."""
    at = day.year * 12 + day.month - months
    return date.fromordinal(date(at // 12, at % 12 + 1, 1).toordinal() - 1)


def objective_move(assessment: Assessment, identifier: str) -> ObjectiveMove | None:
    """What moved an objective; None where it was not measured then or is not now."""
    now, since = assessment.objectives[identifier], months_back(assessment.as_of)
    if now.progress is None or assessment.earlier is None:
        return None
    then = assessment.earlier(since).objectives[identifier]
    if then.progress is None:
        return None
    found = of_mean(_measured(then), _measured(now))
    if found is None:
        return None
    rows = {one.edge.child: one for one in (*then.contributions, *now.contributions)}
    before, after = _progress(then), _progress(now)
    parts = [
        Contributed(
            e.name, rows[e.name].is_kpi, before.get(e.name), after.get(e.name), e.amount, e.mix,
            _signals(assessment, rows[e.name]),
        )
        for e in found.effects
    ]  # fmt: skip
    parts.sort(key=lambda part: (-abs(part.amount), part.child))
    return ObjectiveMove(
        since, then.progress, now.progress, tuple(parts), _state(assessment, parts)
    )


def _state(
    assessment: Assessment, parts: list[Contributed]
) -> Literal["explained", "routine", "too few"]:
    if any(part.signals for part in parts):
        return "explained"
    below = (name for part in parts for name in _below(assessment, part.child, part.is_kpi))
    judged = any(assessment.outlooks[name].limits is not None for name in below)
    return "routine" if judged else "too few"


def _measured(result: ObjectiveResult) -> dict[str, tuple[float, float]]:
    return {
        one.edge.child: (clamp(one.progress or 0.0), one.edge.weight)
        for one in result.contributions
        if one.measured and one.edge.weight > 0
    }


def _progress(result: ObjectiveResult) -> dict[str, float]:
    return {name: value for name, (value, _) in _measured(result).items()}


def _signals(assessment: Assessment, one: Contribution) -> tuple[str, ...]:
    below = _below(assessment, one.edge.child, one.is_kpi)
    return tuple(name for name in below if assessment.outlooks[name].signal is not None)


def _below(assessment: Assessment, child: str, is_kpi: bool) -> tuple[str, ...]:
    return (child,) if is_kpi else assessment.plan.kpis_below(child)
