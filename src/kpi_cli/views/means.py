"""Money and people of objectives and initiatives beside weight, progress and the time gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from kpi_cli.analysis.pace import elapsed_share
from kpi_cli.analysis.reach import running
from kpi_cli.analysis.results import BEHIND, Assessment
from kpi_cli.locale import N_, _
from kpi_cli.models import Initiative, Objective
from kpi_cli.models.record import Money, PeopleDays
from kpi_cli.views.document import Grid
from kpi_cli.views.words import BADGES, money, plain, share

_HEAD = (
    N_("For"), N_("Weight"), N_("Budget"), N_("Used"), N_("Time gone"), N_("Days"), N_("Progress"),
    N_("Status"),
)  # fmt: skip
Row = tuple[str, str, str, str, str, str, str, str]


def money_and_people(assessment: Assessment, shows: Callable[..., bool] = lambda *_: True) -> Grid:
    """Running objectives with resources, those off track without any, and open initiatives;
    nothing where no resource is written down anywhere.

    `shows` says by their ids, and those of an initiative's KPIs, which of them are listed.
    """
    plan = assessment.plan
    told = plan.initiatives or any(one.resources for one in plan.objectives.values())
    rows = (*_objectives(assessment, shows), *_initiatives(assessment, shows)) if told else ()
    return Grid(
        tuple(_(title) for title in _HEAD), rows, frozenset({1, 2, 3, 4, 5, 6}), frozenset({0})
    )


def _objectives(assessment: Assessment, shows: Callable[..., bool]) -> Iterator[Row]:
    for objective in running(assessment.plan, assessment.as_of).objectives.values():
        if not shows(objective.id):
            continue
        result, given = assessment.objectives[objective.id], objective.resources
        if given is None and result.computed not in BEHIND:
            continue
        yield (
            objective.title,
            plain(objective.weight),
            (money(given.budget) if given else None) or "",
            _used(given.budget, given.spent) if given else "",
            _elapsed(objective, assessment.as_of),
            _days(given.people_days) if given else "",
            share(result.progress),
            BADGES[result.computed].text,
        )


def _initiatives(assessment: Assessment, shows: Callable[..., bool]) -> Iterator[Row]:
    for one in assessment.plan.initiatives.values():
        if one.status not in ("planned", "doing") or not shows(*one.kpis):
            continue
        gone = elapsed_share(one.start, one.due, assessment.as_of) if one.start else None
        yield (
            one.label,
            "",
            money(one.budget) or "",
            _used(one.budget, one.spent),
            share(gone) if gone is not None else "",
            _days(one.people_days),
            "",
            _kpis(assessment, one),
        )


def _kpis(assessment: Assessment, initiative: Initiative) -> str:
    """How the KPIs it is to move stand: `■1 ●2`."""
    counts: dict[str, int] = {}
    for name in initiative.kpis:
        if name in assessment.kpis:
            glyph = BADGES[assessment.kpis[name].counts_as].glyph
            counts[glyph] = counts.get(glyph, 0) + 1
    return " ".join(f"{glyph}{number}" for glyph, number in counts.items())


def _used(budget: Money | None, spent: Money | None) -> str:
    same = budget and spent and budget.currency == spent.currency and budget.amount > 0
    return share(spent.amount / budget.amount) if same and budget and spent else ""


def _elapsed(objective: Objective, as_of: date) -> str:
    span = objective.period
    gone = elapsed_share(span.start, span.end, as_of) if span else None
    return share(gone) if gone is not None else ""


def _days(given: PeopleDays | None) -> str:
    if given is None:
        return ""
    return plain(sum(given.values()) if isinstance(given, dict) else given)
