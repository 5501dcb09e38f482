"""Every id a record names, with the rule that speaks when nothing bears it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kpi_cli.diagnostics import Part
from kpi_cli.models import (
    Action,
    Initiative,
    Kpi,
    Objective,
    Person,
    Recognition,
    Record,
    Review,
    Team,
)
from kpi_cli.source import Route

OBJECTIVE, KPI, PERSON, TEAM, PARENT = "K102", "K103", "K104", "K105", "K106"


class Reference(NamedTuple):
    """An id written at `route` below a record; it should name a record of one of `sections`."""

    code: str
    target: str
    route: Route
    sections: tuple[str, ...]
    part: Part = "value"


def references(record: Record) -> Iterator[Reference]:
    """The ids a record names, in the order of the format."""
    find = _BY_RECORD.get(type(record))
    return find(record) if find else iter(())


def _one(code: str, section: str, key: str, target: str | None) -> Iterator[Reference]:
    if target is not None:
        yield Reference(code, target, (key,), (section,))


def _many(code: str, section: str, key: str, targets: Iterable[str]) -> Iterator[Reference]:
    for index, target in enumerate(targets):
        yield Reference(code, target, (key, index), (section,))


def _people_days(days: object, *steps: str) -> Iterator[Reference]:
    if isinstance(days, dict):
        for name in days:
            yield Reference(PERSON, name, (*steps, "people_days", name), ("people",), "key")


def _owners(record: Objective | Kpi) -> Iterator[Reference]:
    if record.owner is not None:
        yield Reference(PERSON, record.owner, ("owner",), ("people",))
    yield from _many(PERSON, "people", "contributors", record.contributors)
    if record.team is not None:
        yield Reference(TEAM, record.team, ("team",), ("teams",))
    for index, check_in in enumerate(record.check_ins):
        if check_in.by is not None:
            yield Reference(PERSON, check_in.by, ("check_ins", index, "by"), ("people",))


def _team(team: Team) -> Iterator[Reference]:
    yield from _one(PARENT, "teams", "parent", team.parent)
    yield from _one(PERSON, "people", "lead", team.lead)


def _person(person: Person) -> Iterator[Reference]:
    yield from _one(TEAM, "teams", "team", person.team)
    yield from _one(PERSON, "people", "manager", person.manager)


def _objective(objective: Objective) -> Iterator[Reference]:
    yield from _owners(objective)
    yield from _one(PERSON, "people", "person", objective.person)
    for index, link in enumerate(objective.supports):
        yield Reference(PARENT, link.target, ("supports", index, "objective"), ("objectives",))
    yield from _many(PERSON, "people", "agreed_by", objective.agreed_by)
    for index, tension in enumerate(objective.tension):
        yield Reference(OBJECTIVE, tension.with_, ("tension", index, "with"), ("objectives",))
    if objective.resources:
        yield from _people_days(objective.resources.people_days, "resources")


def _kpi(kpi: Kpi) -> Iterator[Reference]:
    for index, link in enumerate(kpi.objective):
        yield Reference(OBJECTIVE, link.target, ("objective", index, "objective"), ("objectives",))
    yield from _owners(kpi)
    yield from kpi_links(kpi)
    for index, change in enumerate(kpi.target_changes):
        if change.approved_by is not None:
            route = ("target_changes", index, "approved_by")
            yield Reference(PERSON, change.approved_by, route, ("people",))
    if kpi.retired and kpi.retired.replaced_by is not None:
        yield Reference(KPI, kpi.retired.replaced_by, ("retired", "replaced_by"), ("kpis",))


def kpi_links(kpi: Kpi) -> Iterator[Reference]:
    """The KPIs a KPI leans on, but for those in its formula."""
    if kpi.part_of is not None:
        yield Reference(KPI, kpi.part_of, ("part_of",), ("kpis",))
    for index, lead in enumerate(kpi.leads):
        yield Reference(KPI, lead.kpi, ("leads", index, "kpi"), ("kpis",))
    if kpi.guardrails:
        yield from _many(KPI, "kpis", "guardrails", kpi.guardrails)
    if kpi.opposes:
        yield from _many(KPI, "kpis", "opposes", kpi.opposes)


def _initiative(initiative: Initiative) -> Iterator[Reference]:
    yield from _many(KPI, "kpis", "kpis", initiative.kpis)
    yield from _one(PERSON, "people", "owner", initiative.owner)
    yield from _people_days(initiative.people_days)


def _action(action: Action) -> Iterator[Reference]:
    yield from _one(KPI, "kpis", "kpi", action.kpi)
    yield from _one(PERSON, "people", "owner", action.owner)


def _recognition(recognition: Recognition) -> Iterator[Reference]:
    yield from _many(PERSON, "people", "to", recognition.to)
    if recognition.for_ is not None:
        yield Reference(KPI, recognition.for_, ("for",), ("kpis", "objectives"))
    yield from _one(PERSON, "people", "by", recognition.by)


def _review(review: Review) -> Iterator[Reference]:
    yield from _many(PERSON, "people", "present", review.present)
    for index, covered in enumerate(review.covers):
        yield Reference(OBJECTIVE, covered, ("covers", index), ("objectives", "kpis", "teams"))
    for index, decision in enumerate(review.decisions):
        for code, section, key, target in (
            (KPI, "kpis", "kpi", decision.kpi),
            (OBJECTIVE, "objectives", "objective", decision.objective),
            (PERSON, "people", "owner", decision.owner),
        ):
            if target is not None:
                yield Reference(code, target, ("decisions", index, key), (section,))


_BY_RECORD: Mapping[type[Record], Callable[[Any], Iterator[Reference]]] = {
    Team: _team,
    Person: _person,
    Objective: _objective,
    Kpi: _kpi,
    Initiative: _initiative,
    Action: _action,
    Recognition: _recognition,
    Review: _review,
}
