"""What a record stands for, in Markdown: its number, its status, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kpi_cli.locale import ngettext
from kpi_cli.models import Person, Team
from kpi_cli.plan import Edge
from kpi_cli.render.markdown import text
from kpi_cli.render.terminal.signs import sparkline
from kpi_cli.views.facts import Facts
from kpi_cli.views.rows import KpiRow, kpi_row, objective_row
from kpi_cli.views.words import clipped, listed, share

_BARS = 18
_LISTED = 8


@dataclass(frozen=True, slots=True)
class _Editor:
    """A screen that shows every sign."""

    color: bool = False
    ascii: bool = False
    width: int | None = None


def card(facts: Facts, identifier: str) -> str | None:
    """The card of a record; None for an id that no sound record has."""
    plan = facts.plan
    if identifier in plan.kpis:
        return _kpi(facts, identifier)
    if identifier in plan.objectives:
        return _objective(facts, identifier)
    if identifier in plan.teams:
        return _team(facts, plan.teams[identifier])
    if identifier in plan.people:
        return _person(facts, plan.people[identifier])
    other = next((record for record in plan.records() if record.id == identifier), None)
    return _head(other.label, identifier) if other else None


def standing(facts: Facts, identifier: str) -> str | None:
    """One line for a lens: `● On track · 33.5 % → 40 % · 48 %, 47 % due · ▂▄▆`."""
    found = facts.assessment
    if identifier in found.kpis:
        row = kpi_row(facts, found.kpis[identifier])
        return _joined(row.badge.text, _values(row), _kpi_way(facts, identifier), _trend(row))
    if identifier in found.objectives:
        line = objective_row(facts, found.objectives[identifier])
        counts = " ".join(f"{one.badge.glyph} {one.number}" for one in line.profile)
        return _joined(line.badge.text, line.way, counts)
    return None


def _kpi(facts: Facts, identifier: str) -> str:
    result = facts.assessment.kpis[identifier]
    row, kpi = kpi_row(facts, result), result.kpi
    other = f"by the figures {row.other.word.lower()}" if row.other else ""
    numbers = _joined(_values(row), _kpi_way(facts, identifier), f"due {row.due}" * bool(row.due))
    above = [one.label for link in kpi.objective if (one := facts.objective(link.target))]
    return _card(
        _head(kpi.name, identifier),
        _joined(f"**{row.badge.text}**", other, text(numbers), _trend(row)),
        text(clipped(kpi.definition or "", 300)),
        _pairs(owner=row.owner, objective=listed(above), unit=kpi.unit, figure_of=row.period),
    )


def _objective(facts: Facts, identifier: str) -> str:
    result = facts.assessment.objectives[identifier]
    row = objective_row(facts, result)
    counts = " ".join(f"{one.badge.glyph} {one.number}" for one in row.profile)
    return _card(
        _head(result.objective.title, identifier),
        _joined(f"**{row.badge.text}**", text(row.way), counts),
        text(clipped(result.objective.why or "", 300)),
        _pairs(owner=row.owner, team=row.team, kpis=_names(facts.plan.evidence, identifier)),
    )


def _team(facts: Facts, team: Team) -> str:
    plan = facts.plan
    objectives = [one.title for one in plan.objectives.values() if plan.team_of(one) == team.id]
    members = [one.name for one in plan.people.values() if one.team == team.id]
    return _card(
        _head(team.name, team.id),
        _pairs(
            part_of=facts.team(team.parent),
            lead=facts.person(team.lead),
            people=_few(members),
            objectives=_few(objectives),
        ),
    )


def _person(facts: Facts, person: Person) -> str:
    plan = facts.plan
    objectives = [one.id for one in plan.objectives.values() if one.owner == person.id]
    kpis = [one.id for one in plan.kpis.values() if one.owner == person.id]
    answers = [
        ngettext("{n} objective", "{n} objectives", len(objectives)),
        ngettext("{n} KPI", "{n} KPIs", len(kpis)),
    ]
    return _card(
        _head(person.name, person.id),
        _pairs(
            team=facts.team(person.team),
            manager=facts.person(person.manager),
            answers_for=listed(answers),
            kpis=_few(kpis),
        ),
    )


def _head(label: str, identifier: str) -> str:
    return f"**{text(label)}** `{identifier}`"


def _card(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _pairs(**values: str | None) -> str:
    found = [f"{key.replace('_', ' ')}: {text(value)}" for key, value in values.items() if value]
    return "  \n".join(found)


def _few(names: Iterable[str]) -> str:
    known = list(names)
    more = [f"{len(known) - _LISTED} more"] if len(known) > _LISTED else []
    return listed([*known[:_LISTED], *more])


def _names(evidence: Mapping[str, tuple[Edge, ...]], objective: str) -> str:
    edges = evidence.get(objective, ())
    return _few(edge.child for edge in edges)


def _values(row: KpiRow) -> str:
    return f"{row.now} → {row.target}" if row.now and row.target else row.now or row.target or ""


def _kpi_way(facts: Facts, identifier: str) -> str:
    result = facts.assessment.kpis[identifier]
    if result.progress is None:
        return ""
    due = "" if result.expected is None else f", {share(result.expected)} due"
    return f"{share(result.progress)}{due}"


def _trend(row: KpiRow) -> str:
    return sparkline(row.spark.values[-_BARS:], _Editor()) if row.spark else ""
