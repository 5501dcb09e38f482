"""What is done about red figures: actions, decisions, reviews, and where money and people sit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kpi_cli.analysis.pace import elapsed_share
from kpi_cli.analysis.results import BEHIND, Assessment, KpiResult, ObjectiveResult, Status
from kpi_cli.models import Initiative, Objective, Review
from kpi_cli.period import Frequency, later
from kpi_cli.plan import Plan

HEALTHY = frozenset({Status.ON_TRACK, Status.ACHIEVED})


def answered_by(plan: Plan, result: KpiResult, as_of: date) -> str | None:
    """The action or review that answers a red KPI; None where nobody does anything about it.

    An open action answers; one that was done does until a figure of a later day is in; so does a
    decision of a review that is not past its due date.
    """
    name = result.kpi.id
    seen = result.observation.on if result.observation else None
    for action in plan.actions.values():
        known = action.opened is None or action.opened <= as_of
        if action.kpi != name or not known or action.status == "dropped":
            continue
        waits = action.due is not None and seen is not None and action.due >= seen
        if action.status == "open" or waits:
            return action.id
    for review in plan.reviews.values():
        held = review.on is None or review.on <= as_of
        for decision in review.decisions if held else ():
            if decision.kpi == name and (decision.due is None or decision.due >= as_of):
                return review.id
    return None


def note_on(plan: Plan, result: KpiResult, as_of: date) -> str | None:
    """Why a KPI is red, in the words of a figure's note, a check-in or an action's cause.

    The words must be about the period observed or a later day.
    """
    kpi, observed = result.kpi, result.observation
    since = observed.period.start if observed else date.min
    rows = plan.series[kpi.id]
    for row, note in rows.notes.items():
        if since <= rows.periods[row].end <= as_of:
            return note
    for check_in in kpi.check_ins:
        if since <= check_in.on <= as_of and (check_in.note or check_in.cause):
            return check_in.note or check_in.cause
    for action in plan.actions.values():
        known = action.opened is None or action.opened <= as_of
        if action.kpi == kpi.id and known and action.status == "open" and action.cause:
            return action.cause
    return None


_STEPS = {
    "weekly": Frequency.WEEKLY,
    "monthly": Frequency.MONTHLY,
    "quarterly": Frequency.QUARTERLY,
    "annual": Frequency.ANNUAL,
}


def overdue_reviews(plan: Plan, as_of: date) -> Iterator[tuple[Review, date]]:
    """The latest review of each rhythm whose next one is overdue, with the day it was due by."""
    latest: dict[str, Review] = {}
    for review in plan.reviews.values():
        if review.kind is None or review.on is None or review.on > as_of:
            continue
        known = latest.get(review.kind)
        if known is None or known.on is None or known.on < review.on:
            latest[review.kind] = review
    for kind, review in latest.items():
        due = _step(review.on or as_of, _STEPS[kind])
        grace = plan.config.grace_days.of(_STEPS[kind]) or 0
        if later(due, grace) < as_of:
            yield review, due


def _step(day: date, frequency: Frequency) -> date:
    """One week or so many months later; the last day of a shorter month."""
    if not frequency.months:
        return later(day, 7)
    month = day.month - 1 + frequency.months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def overspent(initiative: Initiative) -> float | None:
    """How much more than its budget was spent, where both are in one currency."""
    budget, spent = initiative.budget, initiative.spent
    if budget is None or spent is None or budget.currency != spent.currency:
        return None
    return spent.amount - budget.amount if spent.amount > budget.amount else None


def starving(assessment: Assessment) -> Iterator[tuple[Objective, Objective, float]]:
    """Objectives off track without any means, each with the healthy one that has most left.

    The healthy one weighs no more, has spent a smaller share of its budget than of its time, and
    the figure is what it has left in its own currency.
    """
    plan, as_of = assessment.plan, assessment.as_of
    results = assessment.objectives.values()
    rich = [(o, left) for o in results if (left := _left(o, as_of)) is not None]
    for result in results:
        objective = result.objective
        if result.computed is not Status.OFF_TRACK or objective.status != "active":
            continue
        if _has_means(assessment, objective):
            continue
        fitting = [
            (o.objective, left) for o, left in rich if o.objective.weight <= objective.weight
        ]
        best = max(fitting, key=lambda pair: pair[1], default=None)
        if best is not None and plan.evidence.get(objective.id):
            yield objective, *best


def _left(result: ObjectiveResult, as_of: date) -> float | None:
    """What a healthy objective has left of its budget, where it spends more slowly than time."""
    objective, given = result.objective, result.objective.resources
    if result.computed not in HEALTHY or objective.status != "active" or given is None:
        return None
    if given.budget is None or given.budget.amount <= 0 or objective.period is None:
        return None
    spent = given.spent.amount if given.spent else 0.0
    elapsed = elapsed_share(objective.period.start, objective.period.end, as_of)
    slow = elapsed is not None and spent / given.budget.amount < elapsed
    return given.budget.amount - spent if slow else None


def _has_means(assessment: Assessment, objective: Objective) -> bool:
    """A budget, people, or a running initiative on one of the KPIs below."""
    given = objective.resources
    if given and (given.budget or given.people_days):
        return True
    below = set(assessment.plan.kpis_below(objective.id))
    return any(
        initiative.status in ("planned", "doing") and below & set(initiative.kpis)
        for initiative in assessment.plan.initiatives.values()
    )


def is_red(result: KpiResult) -> bool:
    """Off track or missed by the figures, and not set aside, stale or only a draft."""
    return result.counts_as in BEHIND
