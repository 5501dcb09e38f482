"""The decisions a meeting should take, found by rule, each with its choices and their effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kpi_cli.analysis.chance import rounded
from kpi_cli.analysis.conflicts import Conflict, conflicts
from kpi_cli.analysis.governance import answered_by, is_red, starving
from kpi_cli.analysis.reach import Running, running
from kpi_cli.analysis.results import KpiResult
from kpi_cli.analysis.tensions import Agreements
from kpi_cli.locale import _
from kpi_cli.models import Action
from kpi_cli.models.record import Money
from kpi_cli.views.attention import exceptions
from kpi_cli.views.facts import Facts, Ref, now_text, target_text
from kpi_cli.views.review import Choice, Wanted
from kpi_cli.views.words import BADGES, day, money

MOST = 7
SOON = 14
"""Days given for a decision nobody has set a day for."""


def decisions_wanted(facts: Facts, scope: frozenset[str], on: date) -> tuple[Wanted, ...]:
    """At most seven: what was put up for decision, red KPIs nobody acts on, conflicts, money.

    `scope` holds the KPIs and objectives of the meeting; what was put up comes by its due date.
    """
    found = list(_drafts(facts, scope, on))[:MOST]
    return tuple(
        Wanted(
            number, one.kind, one.title, one.about, one.why, one.choices, one.recommended,
            one.otherwise, one.owner, one.owner_id, one.deadline, one.deadline_text,
        )
        for number, one in enumerate(found, 1)
    )  # fmt: skip


def _drafts(facts: Facts, scope: frozenset[str], on: date) -> Iterator[Wanted]:
    plan = facts.plan
    put_up = [
        action
        for action in plan.actions.values()
        if action.kind == "decide" and action.status == "open" and action.kpi in scope
        if action.opened is None or action.opened <= on
    ]
    for action in sorted(put_up, key=lambda one: (one.due or date.max, one.id)):
        yield to_decide(facts, action)
    for result in exceptions(facts):
        red = result.kpi.id in scope and is_red(result)
        if red and answered_by(plan, result, on) is None:
            yield unanswered(facts, result, on)
    live = running(plan, on)
    for conflict in conflicts(live, Agreements(live, on), on):
        if conflict.is_open and scope.intersection(conflict.subjects):
            yield between(facts, live, conflict, on)
    for objective, rich, left in starving(facts.assessment):
        if objective.id in scope:
            given = rich.resources.budget if rich.resources else None
            yield money_for(facts, (objective.id, rich.id), left, given, on)


def _wanted(
    facts: Facts,
    kind: str,
    title: str,
    about: Ref | None,
    why: str,
    choices: tuple[Choice, ...],
    recommended: str | None,
    owner: str | None,
    deadline: date,
    otherwise: str | None = None,
) -> Wanted:
    return Wanted(
        0, kind, title, about, why, choices, recommended, otherwise, facts.person(owner), owner,
        deadline, day(deadline),
    )  # fmt: skip


def to_decide(facts: Facts, action: Action) -> Wanted:
    """An open action of kind `decide`: it is carried out, changed or dropped."""
    result = facts.assessment.kpis.get(action.kpi or "")
    today = facts.assessment.as_of
    due = max(action.due, today) if action.due else today + timedelta(days=SOON)
    about = facts.kpi(action.kpi) if action.kpi else None
    return _wanted(
        facts,
        "action",
        action.label,
        about,
        _standing(facts, result) if result else "",
        (
            Choice("A", _("Do it as proposed"), action.expected),
            Choice("B", _("Do it in another way: …")),
            Choice("C", _("Drop it, because …")),
        ),
        "A",
        action.owner,
        due,
        _chance(facts, result) if result else None,
    )


def unanswered(facts: Facts, result: KpiResult, on: date) -> Wanted:
    """A red KPI for which nobody does anything."""
    kpi, step = result.kpi, result.kpi.when_red
    choices = (
        [Choice("A", _("Do what was agreed for this case: {step}", step=step))] if step else []
    )
    choices += [
        Choice("B" if step else "A", _("Take another step: …")),
        Choice("C" if step else "B", _("Bear it until the next review, because …")),
    ]
    return _wanted(
        facts,
        "red",
        _("What to do about {kpi}", kpi=kpi.name),
        facts.kpi(kpi.id),
        _standing(facts, result),
        tuple(choices),
        "A",
        kpi.owner,
        on + timedelta(days=SOON),
        _chance(facts, result),
    )


def _standing(facts: Facts, result: KpiResult) -> str:
    """`Off track: 427 kWh/t, target 370 kWh/t`."""
    scale, badge = facts.scales[result.kpi.id], BADGES[result.counts_as]
    now, target = now_text(result, scale, facts), target_text(result, scale)
    if now is None:
        return badge.word
    if target is None:
        return f"{badge.word}: {now}"
    return _("{status}: {now}, target {target}", status=badge.word, now=now, target=target)


def _chance(facts: Facts, result: KpiResult) -> str | None:
    end = facts.assessment.outlooks[result.kpi.id].ending
    if end is None or end.chance is None:
        return None
    return _(
        "If nothing changes, the chance of the target is {chance}", chance=_(rounded(end.chance))
    )


def between(facts: Facts, live: Running, conflict: Conflict, on: date) -> Wanted:
    """Two records that pull against each other: settle it, or change one of the two."""
    first = conflict.subjects[0]
    record = live.kpis.get(first) or live.objectives.get(first)
    names = [ref.label for name in conflict.subjects if (ref := facts.either(name))]
    title = _("Settle between {names}", names=" / ".join(names)) if names else _(conflict.message)
    return _wanted(
        facts,
        "conflict",
        title,
        facts.either(first),
        _(conflict.message),
        (
            Choice("A", _("Agree on what holds: …")),
            Choice("B", _("Change one of the two targets: …")),
        ),
        "A",
        record.owner if record else None,
        on + timedelta(days=SOON),
    )


def money_for(
    facts: Facts, pair: tuple[str, str], left: float, budget: Money | None, on: date
) -> Wanted:
    """Money that a healthy objective does not use while a red one has none."""
    poor, rich = (facts.plan.objectives[name] for name in pair)
    amount = money(budget.model_copy(update={"amount": left})) if budget else None
    return _wanted(
        facts,
        "money",
        _("Means for {objective}", objective=poor.title),
        facts.objective(poor.id),
        _(
            "It is off track and has neither money nor people; {other} is healthy and has {left} "
            "left",
            other=f"“{rich.title}”",
            left=amount or "",
        ),
        (
            Choice("A", _("Move a part of it: …")),
            Choice("B", _("Leave the means as they are, and lower what is promised")),
        ),
        None,
        poor.owner,
        on + timedelta(days=SOON),
    )
