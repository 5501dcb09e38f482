"""The page of the alignment map: the picture, and where the plan does not hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_cli.analysis.conflicts import Conflict, conflicts
from kpi_cli.analysis.reach import Reach, Running, reach, running
from kpi_cli.analysis.tensions import Agreements
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, ngettext
from kpi_cli.quantity import show_number
from kpi_cli.views.cascade_map import MOST, CascadeMap, Drawn, Forest, Marks, cascade_map
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.headline import Headline
from kpi_cli.views.words import Count, counts_of, day


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict with its number on the map; `settled` is what was agreed, `on` when."""

    number: int
    about: tuple[Ref, ...]
    message: str
    settled: str | None
    on: str | None


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A declared lead: the first KPI moves the second after so many days."""

    leading: Ref
    lagging: Ref
    days: str
    because: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A department that has a map of its own."""

    ref: Ref
    objectives: int
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """`adrift` lead to no top objective, `bare` have neither KPI nor support, `loose` are KPIs
    that are evidence for nothing."""

    headline: Headline
    lede: str
    map: CascadeMap | None
    parts: tuple[Part, ...]
    conflicts: tuple[ConflictRow, ...]
    leads: tuple[LeadRow, ...]
    adrift: tuple[Ref, ...]
    bare: tuple[Ref, ...]
    loose: tuple[Ref, ...]


class Alignments:
    """What the map and the pages with a part of it share: conflicts with their numbers, reach."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        as_of = facts.assessment.as_of
        self.running: Running = running(facts.plan, as_of)
        self.reach: Reach = reach(self.running)
        found = conflicts(self.running, Agreements(self.running, as_of), as_of)
        self.conflicts: tuple[Conflict, ...] = tuple(sorted(found, key=lambda one: not one.is_open))
        marks: dict[str, list[int]] = {}
        for number, one in enumerate(self.conflicts, 1):
            for name in one.subjects:
                marks.setdefault(name, []).append(number)
        self.marks: Marks = {name: tuple(numbers) for name, numbers in marks.items()}

    def rows(self, wanted: frozenset[str] | None = None) -> tuple[ConflictRow, ...]:
        """The conflicts, or those of some records; the numbers stay those of the whole plan."""
        return tuple(
            _conflict(self.facts, number, one)
            for number, one in enumerate(self.conflicts, 1)
            if wanted is None or wanted.intersection(one.subjects)
        )


def map_page(facts: Facts, found: Alignments, parts: Sequence[Part] = ()) -> MapPage:
    """The map of the whole plan; `parts` are the departments with a map of their own."""
    plan = facts.plan
    drawn = cascade_map(facts, plan.objectives, _("All objectives"), Drawn(found.marks))
    adrift = [o for o in (*found.reach.islands, *found.reach.unaligned) if o in plan.objectives]
    loose = [k for k in found.reach.unaligned if k in plan.kpis]
    bare = [
        name
        for name in found.running.objectives
        if not plan.evidence.get(name) and not plan.children.get(name)
    ]
    open_ = sum(one.is_open for one in found.conflicts)
    return MapPage(
        headline=of_alignment(len(plan.objectives), len(adrift), len(bare), len(loose), open_),
        lede=_lede(facts, drawn),
        map=drawn,
        parts=tuple(parts) if len(plan.objectives) > MOST else (),
        conflicts=found.rows(),
        leads=tuple(_leads(facts)),
        adrift=_refs(facts, adrift),
        bare=_refs(facts, bare),
        loose=_refs(facts, loose),
    )


def of_alignment(objectives: int, adrift: int, bare: int, loose: int, open_: int) -> Headline:
    """How well the plan hangs together, worst first, in one sentence."""
    if not objectives:
        return Headline(None, _("There is no objective to align yet"))
    told = []
    if open_:
        told.append(ngettext("{n} open conflict", "{n} open conflicts", open_))
    if adrift:
        told.append(
            ngettext(
                "{n} objective leads to no goal above", "{n} objectives lead to no goal above",
                adrift,
            )
        )  # fmt: skip
    if bare:
        told.append(
            ngettext("{n} objective rests on nothing", "{n} objectives rest on nothing", bare)
        )
    if loose:
        told.append(ngettext("{n} KPI serves no objective", "{n} KPIs serve no objective", loose))
    if not told:
        return Headline(None, _("Every objective leads to the top, and nothing pulls against it"))
    text = ", ".join(told[:3])
    return Headline(None, text[0].upper() + text[1:])


def _lede(facts: Facts, drawn: CascadeMap | None) -> str:
    plan = facts.plan
    goals = ngettext("{n} objective", "{n} objectives", len(plan.objectives))
    kpis = ngettext("{n} KPI", "{n} KPIs", len(plan.kpis))
    text = _("{objectives} and {kpis}.", objectives=goals, kpis=kpis)
    if drawn is None and plan.objectives:
        return text + " " + _("They are too many for one picture: each department has its own.")
    if drawn is not None and drawn.shown < drawn.whole:
        cut = _("The picture shows the upper {n}; each department has its own.", n=drawn.shown)
        return f"{text} {cut}"
    return text


def part_of(facts: Facts, team: Ref, names: Sequence[str]) -> Part:
    """A department with how many objectives it has and how they stand."""
    found = facts.assessment.objectives
    stand = {found[name].status: 0 for name in names}
    for name in names:
        stand[found[name].status] += 1
    return Part(team, len(names), counts_of(stand))


def focus_map(
    facts: Facts, found: Alignments, names: Sequence[str], focus: str
) -> CascadeMap | None:
    """The picture around one objective; None where it stands alone."""
    if len(names) < 2:
        return None
    aside = frozenset(names) - {focus} - {e.child for e in facts.plan.children.get(focus, ())}
    drawn = Drawn(found.marks, aside, focus)
    title = _("Map of {team}", team=facts.plan.objectives[focus].title)
    return cascade_map(facts, names, title, drawn)


def _conflict(facts: Facts, number: int, one: Conflict) -> ConflictRow:
    tension = one.agreement.tension if one.agreement else None
    return ConflictRow(
        number,
        tuple(ref for name in one.subjects if (ref := facts.either(name))),
        _(one.message),
        tension.agreed if tension else None,
        day(tension.on) if tension and tension.on else None,
    )


def _leads(facts: Facts) -> Iterator[LeadRow]:
    for kpi in facts.plan.kpis.values():
        for lead in kpi.leads:
            first, second = facts.kpi(kpi.id), facts.kpi(lead.kpi)
            if first and second:
                yield LeadRow(first, second, show_number(lead.lag_days), lead.because)


def _refs(facts: Facts, names: Sequence[str]) -> tuple[Ref, ...]:
    return tuple(ref for name in names if (ref := facts.either(name)))


__all__ = ["Alignments", "Forest", "MapPage", "focus_map", "map_page", "part_of"]
