"""What keeps a plan from pulling one way: conflicts, imbalance, load, silos, as diagnostics.

The one home of these findings: `kpi align` prices them, the rules R409 to R413, R416 and A303 say
them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kpi_cli.analysis.adding_up import gaps
from kpi_cli.analysis.balance import (
    Load,
    Mix,
    balance_of_objectives,
    load_of,
    missing_perspectives,
)
from kpi_cli.analysis.conflicts import COPIED, Conflict, conflicts
from kpi_cli.analysis.reach import Reach, Running, reach, running, silos
from kpi_cli.analysis.tensions import Agreements
from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.plan import Plan
from kpi_cli.workspace import CONFIG


def of_plan(plan: Plan, as_of: date) -> list[Diagnostic]:
    """Every finding about a plan on a day."""
    found = running(plan, as_of)
    pairs = conflicts(found, Agreements(found, as_of), as_of)
    return list(coherence(found, as_of, pairs, balance_of_objectives(found), load_of(found)))


def coherence(
    found: Running,
    as_of: date,
    pairs: Iterable[Conflict],
    mixes: Mapping[str, Mix],
    load: Load,
    lead_up: Reach | None = None,
) -> Iterator[Diagnostic]:
    """The findings, with what was worked out about the plan already."""
    yield from _silos(found)
    yield from _one_sided(found, mixes)
    yield from _overloaded(found, load)
    yield from _crowded(found, lead_up or reach(found), load)
    for gap in gaps(found, as_of):
        place = found.plan.place(gap.whole, "target")
        todo = "correct a target, or say with `part_of:` which parts are missing"
        yield Diagnostic("R412", place, gap.message, gap.whole, todo, concerns=gap.parts)
    yield from (_of_conflict(found, one) for one in pairs if one.is_open)


def _of_conflict(found: Running, one: Conflict) -> Diagnostic:
    kpis = tuple(name for name in one.subjects if name in found.kpis)
    if one.code == COPIED:
        todo = "give it its own share (`part_of:`), or measure what this team alone can move"
        return Diagnostic(one.code, one.place, one.message, kpis[-1], todo)
    todo = _SETTLE.get(one.kind, "settle it and record what was agreed as `tension:`")
    return Diagnostic(one.code, one.place, one.message, one.subjects[0], todo, concerns=kpis)


_SETTLE = {
    "same-people": "move one of the initiatives, or give it other people",
    "stale-agreement": "look at it again and write the day: `on:`",
    "claimed-twice": "say who has which part (`part_of:`), or let one of them show it only:"
    " `{objective: …, counts: false}`",
    "two-targets": "agree on one target, or say whom each counts: `population:`",
}


def _silos(found: Running) -> Iterator[Diagnostic]:
    for team in silos(found):
        name = found.plan.teams[team].name
        message = f"nothing ties the work of {name} to that of any other part of the organisation"
        todo = "name a shared KPI, a guardrail, a lead or a contributor across the border"
        yield Diagnostic("R416", found.plan.place(team), message, team, todo)


def _one_sided(found: Running, mixes: Mapping[str, Mix]) -> Iterator[Diagnostic]:
    for name, mix in mixes.items():
        if mix.is_one_sided:
            kind, other = ("lagging", "leading") if mix.lagging else ("leading", "lagging")
            count = mix.lagging or mix.leading
            message = f"all {count} KPIs of '{name}' are {kind}; none is {other}"
            todo = _OTHER_SIDE[other]
            yield Diagnostic("R410", found.plan.place(name), message, name, todo)
    for perspective in missing_perspectives(found):
        message = f"no objective or KPI takes the perspective “{perspective}”"
        todo = "write it in one, or take it out of kpi.yaml"
        yield Diagnostic("R410", Place(CONFIG, ("perspectives",), "key"), message, None, todo)


_OTHER_SIDE = {
    "leading": "add one that moves first, with `indicator: leading` and `leads:`",
    "lagging": "add one that shows the result, with `indicator: lagging`",
}


def _overloaded(found: Running, load: Load) -> Iterator[Diagnostic]:
    plan, limits = found.plan, found.plan.config.limits
    counts = dict.fromkeys(found.objectives, 0)
    owned: dict[str, list[str]] = {}
    for kpi in found.kpis.values():
        for home in found.homes(kpi):
            counts[home] += 1
        owned.setdefault(kpi.owner or "", []).append(kpi.id)
    for name, number in counts.items():
        if number > limits.kpis_per_objective:
            message = f"'{name}' has {number} KPIs; the limit is {limits.kpis_per_objective}"
            todo = "keep those that decide something; show others with `counts: false`"
            yield Diagnostic("R411", plan.place(name), message, name, todo)
    for person, number in load.owners.items():
        if number > limits.kpis_per_owner and person in plan.people:
            message = f"'{person}' answers for {number} KPIs; the limit is {limits.kpis_per_owner}"
            todo = "hand some over, or raise `limits: {kpis_per_owner: …}` in kpi.yaml"
            concerns = tuple(owned.get(person, ()))
            yield Diagnostic("A303", plan.place(person), message, person, todo, concerns=concerns)
    for person in load.idle:
        message = f"'{person}' answers for nothing and takes part in nothing"
        todo = "name them as owner or contributor somewhere, or leave it"
        yield Diagnostic("R411", plan.place(person), message, person, todo, severity=Severity.INFO)


def _crowded(found: Running, lead_up: Reach, load: Load) -> Iterator[Diagnostic]:
    plan, limits = found.plan, found.plan.config.limits
    todo = "close or merge some; what matters is what is left out"
    for team, number in load.teams.items():
        top = plan.teams[team].parent not in plan.teams
        if not top and number > limits.objectives_per_team:
            most = limits.objectives_per_team
            message = f"{plan.teams[team].name} has {number} objectives; the limit is {most}"
            yield Diagnostic("R411", plan.place(team), message, team, todo)
    if len(lead_up.tops) > limits.objectives_at_top:
        last, most = lead_up.tops[-1], limits.objectives_at_top
        message = f"there are {len(lead_up.tops)} objectives at the top; the limit is {most}"
        yield Diagnostic("R411", plan.place(last), message, last, todo)
