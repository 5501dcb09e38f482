"""What a department cannot settle alone: decisions wanted that others have the power to take."""

from __future__ import annotations

from kpi_cli.analysis.governance import answered_by, is_red, starving
from kpi_cli.analysis.results import KpiResult
from kpi_cli.models import Action
from kpi_cli.plan import Plan
from kpi_cli.views.facts import Facts
from kpi_cli.views.map_page import Alignments
from kpi_cli.views.part import Part
from kpi_cli.views.review import Wanted
from kpi_cli.views.review_wanted import MOST, between, money_for, to_decide, unanswered


def escalations(facts: Facts, found: Alignments, part: Part, team: str) -> tuple[Wanted, ...]:
    """At most seven, each about a record of the part: a step or a red KPI nobody acts on whose
    owner works elsewhere, an open conflict with a record of others, money that others have."""
    plan, on, own = facts.plan, facts.assessment.as_of, part.records
    kpis, put_up = frozenset(part.kpis), facts.once("undecided", "", lambda: _put_up(facts))
    asked = [
        to_decide(facts, one)
        for one in put_up
        if one.kpi in kpis and _elsewhere(plan, one.owner, team)
    ]
    results = (facts.assessment.kpis[name] for name in part.kpis)
    asked += [unanswered(facts, one, on) for one in results if _bare(facts, team, one)]
    asked += [
        between(facts, found.running, one, on)
        for one in found.conflicts
        if one.is_open and own.intersection(one.subjects) and not own.issuperset(one.subjects)
    ]
    for poor, rich, left in facts.once("starving", "", lambda: (*starving(facts.assessment),)):
        if poor.id in own and rich.id not in own:
            budget = rich.resources.budget if rich.resources else None
            asked.append(money_for(facts, (poor.id, rich.id), left, budget, on))
    return tuple(asked[:MOST])


def _put_up(facts: Facts) -> tuple[Action, ...]:
    """The open actions about which somebody is to decide, in plan order."""
    on = facts.assessment.as_of
    return tuple(
        action
        for action in facts.plan.actions.values()
        if action.kind == "decide" and action.status == "open"
        if action.opened is None or action.opened <= on
    )


def _bare(facts: Facts, team: str, result: KpiResult) -> bool:
    """A red KPI that nobody acts on, owned elsewhere."""
    if not is_red(result) or not _elsewhere(facts.plan, result.kpi.owner, team):
        return False
    return answered_by(facts.plan, result, facts.assessment.as_of) is None


def _elsewhere(plan: Plan, owner: str | None, team: str) -> bool:
    """Whether somebody works in no team of this one's; nobody named is the team's own matter."""
    person = plan.people.get(owner or "")
    return person is not None and team not in plan.teams_above(person.team)
