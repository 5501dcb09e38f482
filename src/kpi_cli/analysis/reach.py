"""Does what a team does lead up to what the organisation wants?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from kpi_cli.analysis.scheme import lifecycle
from kpi_cli.frozen import dataclass
from kpi_cli.models import Kpi, Objective
from kpi_cli.plan import Plan

LEVELS = ("organization", "department", "team", "person")


@dataclass(frozen=True, slots=True)
class Reach:
    """Where each running record leads.

    `aligned` are objectives and KPIs with a path to a top objective; `islands` hang together with
    others without such a path; `unaligned` hang on nothing. `coverage` and `levels` are the shares
    of a team's and a level's running objectives and KPIs that are aligned.
    """

    tops: tuple[str, ...]
    aligned: tuple[str, ...]
    islands: tuple[str, ...]
    unaligned: tuple[str, ...]
    coverage: Mapping[str, float]
    levels: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Running:
    """The objectives and KPIs that count on a day: no drafts, nothing closed or retired."""

    plan: Plan
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]

    def team(self, identifier: str) -> str | None:
        """The team of an objective or KPI."""
        record = self.kpis.get(identifier) or self.objectives.get(identifier)
        return self.plan.team_of(record) if record else None

    def records(self) -> Iterator[Objective | Kpi]:
        """Objectives, then KPIs."""
        yield from self.objectives.values()
        yield from self.kpis.values()

    def homes(self, kpi: Kpi) -> list[str]:
        """The running objectives a KPI is evidence for."""
        return [link.target for link in kpi.objective if link.target in self.objectives]


def running(plan: Plan, as_of: date) -> Running:
    """What counts on a day. A KPI whose objectives are all closed or drafts does not."""
    objectives = {
        o.id: o
        for o in plan.objectives.values()
        if o.status == "active" and not (o.closed and o.closed.on <= as_of)
    }
    kpis = {
        k.id: k
        for k in plan.kpis.values()
        if k.status == "active" and lifecycle(k, None, as_of) is None
        if not k.objective or any(link.target in objectives for link in k.objective)
    }
    return Running(plan, objectives, kpis)


def reach(found: Running) -> Reach:
    """Every running record as aligned, on an island, or unaligned."""
    plan = found.plan
    tops = _tops(found)
    up = _below(plan, tops)
    aligned = [o for o in found.objectives if o in up]
    lone = [o for o in found.objectives if o not in up]
    islands = [o for o in lone if found.objectives[o].supports or plan.children.get(o)]
    unaligned = [o for o in lone if o not in set(islands)]
    on_island = set(islands) | set(unaligned)
    for kpi in found.kpis.values():
        homes = found.homes(kpi)
        if any(home in up for home in homes):
            aligned.append(kpi.id)
        elif any(home in on_island for home in homes):
            islands.append(kpi.id)
        else:
            unaligned.append(kpi.id)
    good = set(aligned)
    return Reach(
        tuple(tops),
        tuple(aligned),
        tuple(islands),
        tuple(unaligned),
        _shares(found, good, found.team),
        _shares(found, good, lambda name: _level(found, name), LEVELS),
    )


def _tops(found: Running) -> list[str]:
    """Objectives that support nothing and belong to the top team.

    Without a team, one that others support counts as a top one; where no objective is a top one by
    its team, every objective that supports nothing is.
    """
    plan = found.plan
    roots = [o for o in found.objectives.values() if not o.supports]
    tops = [o.id for o in roots if _is_top(plan, o)]
    return tops or [o.id for o in roots]


def _is_top(plan: Plan, objective: Objective) -> bool:
    team = plan.teams.get(objective.team or "")
    if team is not None:
        return team.parent not in plan.teams
    return objective.person is None and bool(plan.children.get(objective.id))


def _below(plan: Plan, tops: list[str]) -> set[str]:
    """The objectives from which a path leads to one of `tops`, those included."""
    seen: set[str] = set()
    waiting = list(tops)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [edge.child for edge in plan.children.get(name, ())]
    return seen


def _level(found: Running, identifier: str) -> str | None:
    objective = found.objectives.get(identifier)
    if objective is not None and objective.person is not None:
        return "person"
    team = found.team(identifier)
    return found.plan.level_of(team) if team in found.plan.teams and team else None


def _shares(
    found: Running,
    good: set[str],
    group_of: Callable[[str], str | None],
    order: tuple[str, ...] = (),
) -> dict[str, float]:
    totals: dict[str, int] = {}
    hits: dict[str, int] = {}
    for name in (*found.objectives, *found.kpis):
        group = group_of(name)
        if group is not None:
            totals[group] = totals.get(group, 0) + 1
            hits[group] = hits.get(group, 0) + (name in good)
    names = order or tuple(found.plan.teams)
    return {name: hits[name] / totals[name] for name in names if name in totals}


def silos(found: Running) -> list[str]:
    """Branches of the organisation (a team below the top one, with all below it) without any link
    to another branch, where there is another one with objectives.

    A link is a shared person, KPI or metric, a support, guardrail, lead, opposition or tension
    across, or an initiative for KPIs of both.
    """
    branches = {team: _branch(found.plan, team) for team in found.plan.teams}
    owners = {branches.get(found.team(name) or "") for name in found.objectives} - {None}
    linked: set[str | None] = set()
    for one, other in _links(found):
        pair = {branches.get(one or ""), branches.get(other or "")} - {None}
        if len(pair) == 2:
            linked |= pair
    lone = [team for team in found.plan.teams if team in owners and team not in linked]
    return lone if len(owners) > 1 else []


def _branch(plan: Plan, team: str) -> str | None:
    """The team itself or the one above it that stands right below the top; None for the top."""
    chain = list(plan.teams_above(team))
    return chain[-2] if len(chain) > 1 else None


def _links(found: Running) -> Iterator[tuple[str | None, str | None]]:
    """Pairs of teams that something ties together, in any order."""
    plan = found.plan
    homes = {person.id: person.team for person in plan.people.values()}
    for record in found.records():
        own = plan.team_of(record)
        yield from (
            (own, homes.get(person)) for person in (record.owner or "", *record.contributors)
        )
    for objective in found.objectives.values():
        own = plan.team_of(objective)
        named = [link.target for link in objective.supports]
        named += [tension.with_ for tension in objective.tension]
        yield from ((own, found.team(name)) for name in named)
        yield from ((own, homes.get(person)) for person in objective.agreed_by)
    yield from _kpi_links(found)
    for initiative in plan.initiatives.values():
        teams = [found.team(name) for name in initiative.kpis]
        yield from ((one, other) for one in teams for other in teams)


def _kpi_links(found: Running) -> Iterator[tuple[str | None, str | None]]:
    metrics: dict[str, str | None] = {}
    for kpi in found.kpis.values():
        own = found.plan.team_of(kpi)
        named = [*kpi.guardrails, *kpi.opposes, *(lead.kpi for lead in kpi.leads)]
        named += [kpi.part_of] if kpi.part_of else []
        yield from ((own, found.team(name)) for name in (*named, *found.homes(kpi)))
        if kpi.metric:
            yield own, metrics.setdefault(kpi.metric, own)
