"""`kpi who`: what a person answers for and what waits for them, or who answers for a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from kpi_cli.analysis.governance import answered_by, is_red
from kpi_cli.analysis.reach import running
from kpi_cli.analysis.results import Assessment, Freshness, Status
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models import Kpi, Objective, Recognition
from kpi_cli.plan import Plan
from kpi_cli.views.attention import newest
from kpi_cli.views.document import Document, Item, Section
from kpi_cli.views.words import BADGES, clipped, day, how_many, listed

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person; `kind` is action, decision, figure, answer or initiative.

    `due` is None where no day is set.
    """

    kind: str
    id: str
    text: str
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks that were given on a day: to whom, for which record, by whom, in which words."""

    id: str
    to: tuple[str, ...]
    for_: str | None
    by: str | None
    on: date | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person's part in the plan: ids, what waits, late first, and thanks, newest first."""

    id: str
    name: str
    objectives: tuple[str, ...]
    kpis: tuple[str, ...]
    contributes: tuple[str, ...]
    leads: tuple[str, ...]
    reports: tuple[str, ...]
    tasks: tuple[Task, ...]
    thanks: tuple[Thanks, ...]


def person_view(assessment: Assessment, identifier: str) -> Person:
    """What one person answers for on a day. Raises KeyError for an unknown person."""
    plan = assessment.plan
    found = running(plan, assessment.as_of)
    mine = [record for record in found.records() if _owner(record) == identifier]
    tasks = sorted(
        _tasks(assessment, identifier), key=lambda t: (not t.late, t.due or date.max, t.kind, t.id)
    )
    return Person(
        identifier,
        plan.people[identifier].name,
        tuple(r.id for r in mine if isinstance(r, Objective)),
        tuple(r.id for r in mine if isinstance(r, Kpi)),
        tuple(r.id for r in found.records() if identifier in r.contributors),
        tuple(team.id for team in plan.teams.values() if team.lead == identifier),
        tuple(one.id for one in plan.people.values() if one.manager == identifier),
        tuple(tasks),
        _thanks(plan, assessment.as_of, lambda one: identifier in one.to),
    )


def _thanks(
    plan: Plan, as_of: date, is_wanted: Callable[[Recognition], bool]
) -> tuple[Thanks, ...]:
    """Thanks given by a day, newest first."""
    given = (
        one
        for one in plan.recognitions.values()
        if is_wanted(one) and (one.on is None or one.on <= as_of)
    )
    return tuple(
        Thanks(one.id, one.to, one.for_, one.by, one.on, one.text) for one in newest(given)
    )


def _owner(record: Objective | Kpi) -> str | None:
    person = record.person if isinstance(record, Objective) else None
    return record.owner or person


def _tasks(assessment: Assessment, person: str) -> Iterator[Task]:
    yield from _work(assessment, person)
    as_of, plan = assessment.as_of, assessment.plan
    for review in plan.reviews.values():
        held = review.on is not None and review.on <= as_of
        for decision in review.decisions if held else ():
            if decision.owner == person and decision.due is not None and decision.due >= as_of:
                yield Task("decision", review.id, decision.text, decision.due, False)
    found = running(plan, as_of)
    for kpi in found.kpis.values():
        if kpi.owner != person:
            continue
        result = assessment.kpis[kpi.id]
        fresh = result.freshness
        if fresh.state in (Freshness.DUE, Freshness.STALE) and kpi.formula is None:
            stale = fresh.state is Freshness.STALE
            text = N_("the next figure of {kpi}", kpi=kpi.name)
            yield Task("figure", kpi.id, text, fresh.next_due, stale)
        if is_red(result) and answered_by(plan, result, as_of) is None:
            text = N_("{kpi} is off track and has no action", kpi=kpi.name)
            if result.counts_as is Status.MISSED:
                text = N_("{kpi} is missed and has no action", kpi=kpi.name)
            yield Task("answer", kpi.id, text, None, True)


def _work(assessment: Assessment, person: str) -> Iterator[Task]:
    as_of, plan = assessment.as_of, assessment.plan
    for action in plan.actions.values():
        known = action.opened is None or action.opened <= as_of
        if action.owner == person and action.status == "open" and known:
            late = action.due is not None and action.due < as_of
            yield Task("action", action.id, action.label, action.due, late)
    for initiative in plan.initiatives.values():
        if initiative.owner == person and initiative.status in ("planned", "doing"):
            late = initiative.due is not None and initiative.due < as_of
            yield Task("initiative", initiative.id, initiative.label, initiative.due, late)


def person_envelope(view: Person, as_of: date) -> dict[str, Any]:
    """`kpi-who/1` of a person."""
    fields = ("objectives", "kpis", "contributes", "leads", "reports")
    record = {name: getattr(view, name) for name in fields}
    return {
        "schema": "kpi-who/1", "as_of": as_of, "id": view.id, "name": view.name,
        **record, "waiting": view.tasks, "thanks": [_thanks_record(one) for one in view.thanks],
    }  # fmt: skip


def _thanks_record(one: Thanks) -> dict[str, Any]:
    """A recognition with the keys of the format."""
    return {
        "id": one.id, "to": one.to, "for": one.for_, "by": one.by, "on": one.on, "text": one.text
    }  # fmt: skip


def person_document(assessment: Assessment, view: Person) -> Document:
    """The same for people."""
    plan = assessment.plan
    late = sum(task.late for task in view.tasks)
    waits = _("{n} to see to", n=how_many(len(view.tasks))) if view.tasks else _("nothing waits")
    if late:
        waits = _("{waiting}, {n} late", waiting=waits, n=how_many(late))
    verdict = _(
        "{person} answers for {objectives} and {kpis}; {waiting}",
        person=view.name,
        objectives=ngettext("{n} objective", "{n} objectives", len(view.objectives)),
        kpis=ngettext("{n} KPI", "{n} KPIs", len(view.kpis)),
        waiting=waits,
    )
    sections = (
        Section(_("To see to"), tuple(_task(task) for task in view.tasks)),
        Section(
            _("Thanks received"), tuple(_given(plan, one, to_person=True) for one in view.thanks)
        ),
        Section(_("Objectives"), _records(assessment, view.objectives)),
        Section(_("KPIs"), _records(assessment, view.kpis)),
        Section(_("Contributes to"), _records(assessment, view.contributes)),
        Section(_("Leads"), tuple(Item(plan.teams[one].name) for one in view.leads)),
        Section(
            _("Reports to this person"), tuple(Item(plan.people[p].name) for p in view.reports)
        ),
    )
    return Document(verdict, day(assessment.as_of), sections)


def _thanked(plan: Plan, given: Iterable[Thanks], *, to_person: bool) -> tuple[Item, ...]:
    return tuple(_given(plan, one, to_person=to_person) for one in given)


def _given(plan: Plan, one: Thanks, *, to_person: bool) -> Item:
    """`27 February 2026, for Orders on time: “…” (Phạm Đăng Quang)`: for what, or to whom."""
    names = [plan.people[name].name if name in plan.people else name for name in one.to]
    record = plan.kpis.get(one.for_ or "") or plan.objectives.get(one.for_ or "")
    what = record.label if record else one.for_
    parts = [day(one.on) if one.on else ""]
    if to_person:
        parts.append(_("for {record}", record=what) if what else "")
    else:
        parts.append(_("to {people}", people=listed(names)) if names else "")
    by = plan.people[one.by].name if one.by in plan.people and one.by else one.by
    words = f": “{clipped(one.text, LONGEST)}”" if one.text else ""
    return Item(f"{', '.join(part for part in parts if part)}{words}{f' ({by})' if by else ''}")


def _task(task: Task) -> Item:
    parts = [f"{_(_KINDS[task.kind])}: {clipped(_(task.text), LONGEST)} ({task.id})"]
    parts += [_("due {day}", day=day(task.due))] if task.due else []
    parts += [_("late")] if task.late else []
    return Item(", ".join(parts), tone="risk" if task.late else "")


_KINDS = {
    "action": N_("action"),
    "decision": N_("decision"),
    "figure": N_("figure"),
    "answer": N_("answer"),
    "initiative": N_("initiative"),
}


def _records(assessment: Assessment, names: Iterable[str]) -> tuple[Item, ...]:
    items = []
    for name in names:
        result = assessment.kpis.get(name) or assessment.objectives[name]
        label = assessment.plan.kpis.get(name) or assessment.plan.objectives[name]
        items.append(Item(f"{BADGES[result.status].text}  {label.label} ({name})"))
    return tuple(items)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers for a KPI or an objective, and whom to ask above."""

    id: str
    label: str
    owner: str | None
    contributors: tuple[str, ...]
    team: str | None
    lead: str | None
    manager: str | None
    above: tuple[str, ...]
    actions: tuple[str, ...]
    thanks: tuple[Thanks, ...]


def record_view(plan: Plan, identifier: str, as_of: date) -> Answer:
    """Who stands behind one record on a day. Raises KeyError for an unknown one."""
    record: Kpi | Objective = plan.kpis.get(identifier) or plan.objectives[identifier]
    owner = _owner(record)
    team = plan.team_of(record)
    person = plan.people.get(owner or "")
    actions = (a.id for a in plan.actions.values() if a.kpi == identifier and a.status == "open")
    return Answer(
        identifier,
        record.label,
        owner,
        record.contributors,
        team,
        plan.teams[team].lead if team in plan.teams and team else None,
        person.manager if person else None,
        tuple(link.target for link in record.parents),
        tuple(actions),
        _thanks(plan, as_of, lambda one: one.for_ == identifier),
    )


def record_envelope(view: Answer, as_of: date) -> dict[str, Any]:
    """`kpi-who/1` of a record."""
    fields = ("label", "owner", "contributors", "team", "lead", "manager", "above", "actions")
    return {
        "schema": "kpi-who/1", "as_of": as_of, "id": view.id,
        **{name: getattr(view, name) for name in fields},
        "thanks": [_thanks_record(one) for one in view.thanks],
    }  # fmt: skip


def record_document(plan: Plan, view: Answer, as_of: date) -> Document:
    """The same for people."""

    def name(person: str | None) -> str:
        known = plan.people.get(person or "")
        return f"{known.name} ({person})" if known else person or _("nobody")

    rows = [Item(_("contributes: {person}", person=name(one))) for one in view.contributors]
    if view.team in plan.teams and view.team:
        team = plan.teams[view.team].name
        rows.append(Item(_("team: {team}, led by {person}", team=team, person=name(view.lead))))
    if view.manager:
        rows.append(Item(_("reports to: {person}", person=name(view.manager))))
    for above in view.above:
        objective = plan.objectives.get(above)
        if objective:
            title = f"{objective.title} ({above})"
            owner = name(objective.owner)
            rows.append(Item(_("for: {objective}, owner {person}", objective=title, person=owner)))
    for action in (plan.actions[one] for one in view.actions):
        title, owner = f"{action.label} ({action.id})", name(action.owner)
        rows.append(Item(_("action: {action}, owner {person}", action=title, person=owner)))
    verdict = _(
        "{person} answers for {record}",
        person=name(view.owner),
        record=f"{view.label} ({view.id})",
    )
    thanks = Section(
        _("Thanks given"), tuple(_given(plan, one, to_person=False) for one in view.thanks)
    )
    return Document(verdict, day(as_of), (Section(_("Beside and above"), tuple(rows)), thanks))
