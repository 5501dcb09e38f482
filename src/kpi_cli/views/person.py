"""The page of one person: thanks and the way to the top first, then what is theirs to see to."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.views.attention import Attention, Win, exception_card, exceptions
from kpi_cli.views.cascade import trail
from kpi_cli.views.crowd import Crowd, crowd_on_page
from kpi_cli.views.data_quality import SourceRow, late_sources
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.headline import Headline, headline
from kpi_cli.views.part import Part, narrowed, part_of_person
from kpi_cli.views.rows import KpiRow, ObjectiveRow, kpi_row, lateness, objective_row
from kpi_cli.views.signals import SignalRow, signal_rows
from kpi_cli.views.team import wins_of
from kpi_cli.views.who import Task, person_view
from kpi_cli.views.words import RANK, Count, counts_of, day

QUESTIONS = (
    N_("What went well, and who helped?"),
    N_("Which figure surprised you, and what do you think lies behind it?"),
    N_("What stands in your way that somebody else could move?"),
    N_("What do you need from us before the next review?"),
)
"""Asked in a talk of two; they ask for help and causes, never for blame."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something that waits for this person."""

    kind: str
    text: str
    about: Ref | None
    due: str | None
    late: str | None


@dataclass(frozen=True, slots=True)
class WhyRow:
    """Why a KPI matters: the objectives from the one it is evidence for up to the top."""

    row: KpiRow
    trail: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What one person answers for; nobody is compared with anybody."""

    ref: Ref
    headline: Headline
    counts: tuple[Count, ...]
    wins: tuple[Win, ...]
    helped: tuple[ObjectiveRow, ...]
    attention: tuple[Attention, ...]
    tasks: tuple[TaskRow, ...]
    crowd: Crowd | None
    kpis: tuple[WhyRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    signals: tuple[SignalRow, ...]
    sources: tuple[SourceRow, ...]
    questions: tuple[str, ...]


def person_page(facts: Facts, person: str) -> PersonPage:
    """The page of one person. Raises KeyError for an unknown one."""
    told = person_view(facts.assessment, person)
    part = part_of_person(facts, person)
    own = narrowed(facts, part)
    urgent = exceptions(own)
    ordered = sorted(own.assessment.kpis.values(), key=lambda result: RANK[result.counts_as])
    return PersonPage(
        ref=Ref("person", person, told.name),
        headline=of_person(told.name, len(part.kpis), len(urgent)),
        counts=counts_of(own.assessment.counts()),
        wins=_wins(facts, own, part, person),
        helped=tuple(_helped(facts, part, told.contributes)),
        attention=tuple(exception_card(facts, result) for result in urgent),
        tasks=tuple(_task(facts, task) for task in told.tasks),
        crowd=crowd_on_page(own),
        kpis=tuple(
            WhyRow(kpi_row(facts, r), _trail(facts, r.kpi.objective[0].target))
            if r.kpi.objective else WhyRow(kpi_row(facts, r), ())
            for r in ordered
        ),
        objectives=tuple(
            objective_row(facts, facts.assessment.objectives[name]) for name in part.objectives
        ),
        signals=signal_rows(own),
        sources=late_sources(own),
        questions=tuple(_(text) for text in QUESTIONS),
    )  # fmt: skip


def of_person(name: str, kpis: int, urgent: int) -> Headline:
    """`Trần Minh: 3 KPIs, 1 needs you`."""
    if not kpis:
        return headline(name, _("no KPI to answer for"))
    whole = ngettext("{n} KPI", "{n} KPIs", kpis)
    if not urgent:
        return headline(name, _("{kpis}, none needs you now", kpis=whole))
    needs = ngettext("{n} needs you", "{n} need you", urgent)
    return headline(name, f"{whole}, {needs}")


def _wins(facts: Facts, own: Facts, part: Part, person: str) -> tuple[Win, ...]:
    """Thanks this person was given, and targets of theirs that are met."""
    name = facts.person(person)
    return tuple(w for w in wins_of(facts, own, part) if w.said_by_us or name in w.people)


def _helped(facts: Facts, part: Part, contributes: tuple[str, ...]) -> Iterator[ObjectiveRow]:
    """Objectives of others that this person's records or help support."""
    named: dict[str, None] = {}
    plan = facts.plan
    for name in part.kpis:
        named.update(dict.fromkeys(link.target for link in plan.kpis[name].objective))
    for name in part.objectives:
        named.update(dict.fromkeys(link.target for link in plan.objectives[name].supports))
    for name in contributes:
        if name in plan.objectives:
            named[name] = None
        elif name in plan.kpis:
            named.update(dict.fromkeys(link.target for link in plan.kpis[name].objective))
    for name in named:
        if name in plan.objectives and name not in part.objectives:
            yield objective_row(facts, facts.assessment.objectives[name])


def _trail(facts: Facts, objective: str) -> tuple[Ref, ...]:
    names = reversed(trail(facts, objective))
    return tuple(ref for name in names if (ref := facts.objective(name)))


_KINDS = {
    "action": N_("action"), "decision": N_("decision"), "figure": N_("figure"),
    "answer": N_("answer"), "initiative": N_("initiative"),
}  # fmt: skip


def _task(facts: Facts, task: Task) -> TaskRow:
    late = lateness(task.due, facts.assessment.as_of) if task.late else None
    return TaskRow(
        kind=_(_KINDS[task.kind]),
        text=task.text,
        about=facts.either(task.id),
        due=day(task.due) if task.due else None,
        late=late or (_("now") if task.late else None),
    )
