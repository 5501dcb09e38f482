"""What objectives are given and what of it is used, beside the time gone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_cli.analysis.pace import elapsed_share
from kpi_cli.frozen import dataclass
from kpi_cli.models import Objective
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.words import money, plain, share


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """Money and days of one objective; shares are of the budget and of the period."""

    ref: Ref
    budget: str | None
    spent: str | None
    used: str | None
    elapsed: str
    people_days: str | None
    over: bool


def resource_rows(facts: Facts) -> tuple[ResourceRow, ...]:
    """The objectives that have resources, in plan order."""
    rows = (resource_row(facts, objective) for objective in facts.plan.objectives.values())
    return tuple(row for row in rows if row)


def resource_row(facts: Facts, objective: Objective) -> ResourceRow | None:
    """The resources of one objective; None where nothing is written."""
    given = objective.resources
    if given is None:
        return None
    used = None
    if given.budget and given.spent and given.budget.amount > 0:
        used = given.spent.amount / given.budget.amount
    return ResourceRow(
        ref=Ref("objective", objective.id, objective.title),
        budget=money(given.budget),
        spent=money(given.spent),
        used=share(used) if used is not None else None,
        elapsed=share(_elapsed(objective, facts.assessment.as_of)),
        people_days=_days(given.people_days),
        over=used is not None and used > 1,
    )


def _elapsed(objective: Objective, as_of: date) -> float | None:
    span = objective.period
    return elapsed_share(span.start, span.end, as_of) if span else None


def _days(given: float | Mapping[str, float] | None) -> str | None:
    if given is None:
        return None
    return plain(given if isinstance(given, int | float) else sum(given.values()))
