"""The part of a plan that a command was asked for, with the teams and the people it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from kpi_cli.analysis.alignment import Alignment
from kpi_cli.analysis.balance import Load
from kpi_cli.analysis.reach import Reach
from kpi_cli.analysis.results import Assessment
from kpi_cli.frozen import dataclass, replace
from kpi_cli.models import Kpi, Objective
from kpi_cli.views.status import Selected, chosen

Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids of KPIs and objectives, of their teams, and of the people who answer for them."""

    records: frozenset[str]
    teams: frozenset[str]
    people: frozenset[str]

    def holds(self, *identifiers: str | None) -> bool:
        """Whether one of the ids belongs to this part."""
        return any(
            one in self.records or one in self.teams or one in self.people for one in identifiers
        )


def scope_of(assessment: Assessment, selected: Selected) -> Scope | None:
    """What was selected; None for the whole plan.

    With a team all teams and people below it belong to it; with an owner that person alone.
    """
    if selected.everything:
        return None
    plan = assessment.plan
    kpis, objectives = chosen(assessment, selected)
    records: list[Kpi | Objective] = [
        *(plan.kpis[name] for name in kpis), *(plan.objectives[name] for name in objectives)
    ]  # fmt: skip
    if selected.team:
        below = {team for team in plan.teams if selected.team in plan.teams_above(team)}
        people = {person.id for person in plan.people.values() if person.team in below}
    else:
        below = {team for record in records if (team := plan.team_of(record))}
        people = set()
    if selected.owner:
        people = {selected.owner}
    else:
        people |= {record.owner for record in records if record.owner}
    return Scope(frozenset((*kpis, *objectives)), frozenset(below), frozenset(people))


def within(whole: Alignment, scope: Scope) -> Alignment:
    """What an alignment says about one part; the score stays that of the whole plan."""
    pairs = tuple(one for one in whole.conflicts if scope.holds(*one.subjects))
    told = {one.message for one in pairs}
    return replace(
        whole,
        deductions=tuple(
            one for one in whole.deductions if scope.holds(one.subject) or one.message in told
        ),
        conflicts=pairs,
        reach=_reach(whole.reach, scope),
        objectives=_kept(whole.objectives, scope.records),
        teams=_kept(whole.teams, scope.teams),
        load=Load(
            _kept(whole.load.owners, scope.people),
            _kept(whole.load.teams, scope.teams),
            tuple(one for one in whole.load.idle if one in scope.people),
        ),
        shared={name: ids for name, ids in whole.shared.items() if scope.holds(*ids)},
        agreements=tuple(
            one for one in whole.agreements if scope.holds(one.objective.id, one.tension.with_)
        ),
    )


def _reach(whole: Reach, scope: Scope) -> Reach:
    def mine(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in scope.records)

    return Reach(
        mine(whole.tops), mine(whole.aligned), mine(whole.islands), mine(whole.unaligned),
        _kept(whole.coverage, scope.teams), {},
    )  # fmt: skip


def _kept(found: Mapping[str, Figure], wanted: frozenset[str]) -> dict[str, Figure]:
    return {name: figure for name, figure in found.items() if name in wanted}


__all__ = ["Scope", "Selected", "scope_of", "within"]
