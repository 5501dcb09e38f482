"""Does somebody do something about what the figures say, and is it done in time?"""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.governance import (
    answered_by,
    note_on,
    overdue_reviews,
    overspent,
    starving,
)
from kpi_cli.analysis.results import Status
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.models import Action, Initiative, Review
from kpi_cli.quantity import show_quantity


@check("K401", "red-without-action", Severity.WARNING)
def red_without_action(context: Context) -> Iterator[Diagnostic]:
    """A KPI is off track and nobody does anything about it.

    A red figure is a question: what do we change? An open action tied to the KPI, or a decision of
    a review that is not yet due, is the answer, with an owner and a date.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: {value: 41, note: the street is closed}}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: {value: 41, note: the street is closed}}
        actions:
          side-door: {title: Open the side door, kpi: visits, owner: lan, opened: 2026-05-31, due: 2026-06-15}

    Fix:
        Add an action with `kpi:` naming it, an `owner:` and a `due:` date, or record the decision
        in a review.
    """  # noqa: E501 - one record a line reads best here
    for name, result in context.index.red.items():
        if result.computed is Status.OFF_TRACK and not answered_by(
            context.plan, result, context.as_of
        ):
            yield Diagnostic(
                "K401",
                context.plan.place(name),
                f"'{name}' is off track, and no open action or decision is about it",
                name,
                f"add an action with `kpi: {name}`, an owner and a due date",
            )


@check("K402", "action-overdue", Severity.WARNING)
def action_overdue(action: Action, context: Context) -> Iterator[Diagnostic]:
    """An open action is past its due date.

    An action nobody closes is worse than none: the KPI looks cared for. Close it, or say when it
    will be done.

    Bad:
        actions:
          side-door: {title: Open the side door, kpi: orders, owner: lan, opened: 2026-05-04, due: 2026-05-15}

    Good:
        actions:
          side-door: {title: Open the side door, kpi: orders, owner: lan, opened: 2026-05-04, due: 2026-05-15, status: done}

    Fix:
        Set `status: done` or `dropped`, or move `due:` and tell the owner of the KPI why.
    """  # noqa: E501 - one record a line reads best here
    if action.status != "open" or action.due is None or action.due >= context.as_of:
        return
    if action.opened is not None and action.opened > context.as_of:
        return
    late = (context.as_of - action.due).days
    yield Diagnostic(
        "K402",
        context.plan.place(action.id, "due"),
        f"'{action.id}' was due on {action.due}, {late} day{'' if late == 1 else 's'} ago",
        action.id,
        "close it with `status: done` or `dropped`, or give it a new `due:`",
    )


@check("K403", "red-without-note", Severity.INFO)
def red_without_note(context: Context) -> Iterator[Diagnostic]:
    """A KPI is off track or missed, and nobody says why.

    The figure tells that something is wrong, never what. A note on the figure, a check-in or the
    cause of an action is where the next reader learns it.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 41}
        actions:
          side-door: {title: Open the side door, kpi: visits, owner: lan, due: 2026-06-15}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: {value: 41, note: the street is closed}}
        actions:
          side-door: {title: Open the side door, kpi: visits, owner: lan, due: 2026-06-15}

    Fix:
        Write `{value: …, note: why}` for the figure, or check in with `--note`.
    """
    for name, result in context.index.red.items():
        if note_on(context.plan, result, context.as_of) is None:
            word = result.computed.replace("_", " ")
            yield Diagnostic(
                "K403",
                context.plan.place(name),
                f"'{name}' is {word}, and no note, check-in or action says why",
                name,
                f'say why: `kpi check-in {name} --status off_track --note "…"`',
            )


@check("K404", "review-overdue", Severity.WARNING)
def review_overdue(context: Context) -> Iterator[Diagnostic]:
    """The reviews have stopped.

    There was a weekly, monthly, quarterly or annual review, and the next of that kind is overdue by
    more than the grace that figures of the same rhythm have. Figures nobody reads change nothing.

    Bad:
        reviews:
          2026-03-monthly: {on: 2026-03-31, kind: monthly, present: [lan], covers: [loyal]}

    Good:
        reviews:
          2026-03-monthly: {on: 2026-03-31, kind: monthly, present: [lan], covers: [loyal]}
          2026-04-monthly: {on: 2026-04-30, kind: monthly, present: [lan], covers: [loyal]}

    Fix:
        Hold the review and record it, or take `kind:` out of the last one where there is to be no
        other.

    Setting:
        `grace_days` in kpi.yaml: days after which a review of that rhythm is overdue.
    """
    for review, due in overdue_reviews(context.plan, context.as_of):
        yield Diagnostic(
            "K404",
            context.plan.place(review.id),
            f"the last {review.kind} review was on {review.on}; the next was due by {due}",
            review.id,
            f"record the next one under `reviews:` with `kind: {review.kind}`",
        )


@check("K405", "decision-without-owner", Severity.ERROR)
def decision_without_owner(review: Review, context: Context) -> Iterator[Diagnostic]:
    """A review decided something and nobody was to do it.

    A decision without a name is a wish. One person sees to it, and the next review asks that
    person.

    Bad:
        reviews:
          may: {on: 2026-05-29, covers: [loyal], decisions: [{text: Open the side door, kpi: orders}]}

    Good:
        reviews:
          may: {on: 2026-05-29, covers: [loyal], decisions: [{text: Open the side door, kpi: orders, owner: lan}]}

    Fix:
        Add `owner:` with the id of one person.
    """  # noqa: E501 - one record a line reads best here
    if review.on is not None and review.on > context.as_of:
        return
    for at, decision in enumerate(review.decisions):
        if decision.owner is None:
            yield Diagnostic(
                "K405",
                context.plan.place(review.id, "decisions", at).at_first_key(),
                f"nobody is to see to a decision of '{review.id}'",
                review.id,
                "add `owner:` with the id of one person",
            )


@check("K406", "initiative-over-budget", Severity.WARNING)
def initiative_over_budget(initiative: Initiative, context: Context) -> Iterator[Diagnostic]:
    """More was spent on an initiative than it was given.

    The money came from somewhere else. Say so by raising the budget, where somebody can see what
    was given up for it.

    Bad:
        initiatives:
          sign: {title: A sign at the corner, kpis: [orders], owner: lan, budget: 400 EUR, spent: 520 EUR, status: doing}

    Good:
        initiatives:
          sign: {title: A sign at the corner, kpis: [orders], owner: lan, budget: 600 EUR, spent: 520 EUR, status: doing}

    Fix:
        Correct `spent:`, raise `budget:` to what was agreed, or stop the initiative.
    """  # noqa: E501 - one record a line reads best here
    over = overspent(initiative)
    if over is not None and initiative.budget is not None:
        unit = initiative.budget.currency
        yield Diagnostic(
            "K406",
            context.plan.place(initiative.id, "spent"),
            f"'{initiative.id}' has spent {show_quantity(over, unit)} more than its budget of "
            f"{show_quantity(initiative.budget.amount, unit)}",
            initiative.id,
            "correct the figure, or raise `budget:` to what was agreed",
        )


@check("K407", "resources-on-healthy-while-red-starves", Severity.INFO)
def resources_on_healthy(context: Context) -> Iterator[Diagnostic]:
    """Money waits on an objective that does well, and one that is off track has none.

    The objective off track has neither a budget, people, nor a running initiative, and counts for
    as much; the other has spent less of its budget than of its time. That is no proof that the
    money should move, but somebody should have asked.

    Bad:
        objectives:
          quick: {title: Help comes the same day, owner: minh, team: shop, period: {start: 2026-01-01, end: 2026-12-31}}
          fresh: {title: Bread is fresh, owner: lan, team: shop, period: {start: 2026-01-01, end: 2026-12-31}, resources: {budget: 900 EUR, spent: 100 EUR}}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}, actuals: {2026-01: 9, 2026-02: 9, 2026-03: 9, 2026-04: 4, 2026-05: {value: 3, note: nobody at the desk}}}
          loaves: {name: Loaves, objective: fresh, owner: lan, unit: count, target: {at_least: 80}, source: {manual: oven}, actuals: {2026-01: 81, 2026-02: 82, 2026-03: 84, 2026-04: 83, 2026-05: 85}}
        actions:
          second-desk: {title: A second desk, kpi: answers, owner: minh, due: 2026-06-15}

    Good:
        objectives:
          quick: {title: Help comes the same day, owner: minh, team: shop, period: {start: 2026-01-01, end: 2026-12-31}, resources: {people_days: 20}}
          fresh: {title: Bread is fresh, owner: lan, team: shop, period: {start: 2026-01-01, end: 2026-12-31}, resources: {budget: 900 EUR, spent: 100 EUR}}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}, actuals: {2026-01: 9, 2026-02: 9, 2026-03: 9, 2026-04: 4, 2026-05: {value: 3, note: nobody at the desk}}}
          loaves: {name: Loaves, objective: fresh, owner: lan, unit: count, target: {at_least: 80}, source: {manual: oven}, actuals: {2026-01: 81, 2026-02: 82, 2026-03: 84, 2026-04: 83, 2026-05: 85}}
        actions:
          second-desk: {title: A second desk, kpi: answers, owner: minh, due: 2026-06-15}

    Fix:
        Give the objective people or money, move some of what waits, or say in a review why not.
    """  # noqa: E501 - one record a line reads best here
    plan = context.plan
    if not any(o.resources and o.resources.budget for o in plan.objectives.values()):
        return
    for red, rich, left in starving(context.assessment):
        unit = rich.resources.budget.currency if rich.resources and rich.resources.budget else None
        yield Diagnostic(
            "K407",
            plan.place(red.id),
            f"'{red.id}' is off track and has no money, people or running initiative, while "
            f"'{rich.id}' does well and has {show_quantity(left, unit)} left",
            red.id,
            "add `resources:` or an initiative, or say in a review why not",
        )
