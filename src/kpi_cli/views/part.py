"""A part of the plan: what belongs to a team with all below it, or to a person."""

from __future__ import annotations

from functools import cached_property

from kpi_cli.frozen import dataclass, replace
from kpi_cli.views.facts import Facts, Ref


@dataclass(frozen=True)
class Part:
    """Ids of KPIs and objectives, in plan order."""

    kpis: tuple[str, ...]
    objectives: tuple[str, ...]

    @cached_property
    def records(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.kpis, *self.objectives))


def parts_by_team(facts: Facts) -> dict[str, Part]:
    """Every team that has a KPI or an objective, its own or of a team below it; in plan order."""
    plan = facts.plan
    kpis: dict[str, list[str]] = {team: [] for team in plan.teams}
    goals: dict[str, list[str]] = {team: [] for team in plan.teams}
    for name, result in facts.assessment.kpis.items():
        for team in plan.teams_above(plan.team_of(result.kpi)):
            kpis[team].append(name)
    for name, goal in facts.assessment.objectives.items():
        for team in plan.teams_above(plan.team_of(goal.objective)):
            goals[team].append(name)
    return {
        team: Part(tuple(kpis[team]), tuple(goals[team]))
        for team in plan.teams
        if kpis[team] or goals[team]
    }


def part_of_person(facts: Facts, person: str) -> Part:
    """What a person answers for."""
    found = facts.assessment
    kpis = (name for name, result in found.kpis.items() if result.kpi.owner == person)
    goals = (
        name
        for name, result in found.objectives.items()
        if person in (result.objective.owner, result.objective.person)
    )
    return Part(tuple(kpis), tuple(goals))


def narrowed(facts: Facts, part: Part) -> Facts:
    """The same facts with the figures of one part; the plan stays whole."""
    found = facts.assessment
    kpis = {name: found.kpis[name] for name in part.kpis}
    goals = {name: found.objectives[name] for name in part.objectives}
    return replace(facts, assessment=replace(found, kpis=kpis, objectives=goals))


def upwards(facts: Facts, part: Part) -> tuple[str, ...]:
    """Objectives above those of a part and above its KPIs, not themselves of it."""
    plan = facts.plan
    waiting = [*part.objectives]
    waiting += [link.target for name in part.kpis for link in plan.kpis[name].objective]
    seen: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name in plan.objectives and name not in seen:
            seen[name] = None
            waiting += [link.target for link in plan.objectives[name].supports]
    own = set(part.objectives)
    return tuple(name for name in plan.objectives if name in seen and name not in own)


def team_ref(facts: Facts, team: str) -> Ref:
    """A link to a team's page."""
    return Ref("team", team, facts.team(team) or team)
