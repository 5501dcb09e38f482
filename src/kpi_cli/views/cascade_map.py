"""The alignment map: objectives under the one they support first, their KPIs in their boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpi_cli.frozen import dataclass
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.words import BADGES, Badge, Count, counts_of, share

MOST = 60
"""Objectives one picture holds; above, it is cut to the upper levels."""
NEAR = 25
"""Objectives in the picture of one objective's neighbourhood."""


@dataclass(frozen=True, slots=True)
class MapKpi:
    """A KPI inside its objective's box."""

    ref: Ref
    badge: Badge
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MapNode:
    """One objective; `below` hangs on it first, `again` are those that hang on it as well.

    `also` are its further parents, `marks` the numbers of its conflicts, `hidden` how many
    objectives below it are not shown, `aside` one that is shown only for the way to the top.
    """

    ref: Ref
    badge: Badge
    owner: str | None
    team: str | None
    progress: str
    profile: tuple[Count, ...]
    kpis: tuple[MapKpi, ...]
    also: tuple[Ref, ...]
    again: tuple[Ref, ...]
    marks: tuple[int, ...]
    hidden: int
    aside: bool
    focus: bool
    below: tuple[MapNode, ...]


@dataclass(frozen=True, slots=True)
class CascadeMap:
    """A forest of objectives; `leads` are pairs of objectives whose KPIs move one another.

    `shown` of `whole` objectives are in it; `title` names the picture.
    """

    title: str
    roots: tuple[MapNode, ...]
    leads: tuple[tuple[str, str], ...]
    shown: int
    whole: int


Marks = Mapping[str, tuple[int, ...]]
"""KPI or objective -> the numbers of the conflicts it takes part in."""


class Forest:
    """Who hangs on whom among some objectives: each on the first parent that is one of them."""

    def __init__(self, facts: Facts, names: Iterable[str]) -> None:
        self.facts = facts
        wanted = set(names)
        plan = facts.plan
        rank = facts.once("rank", "", lambda: {name: n for n, name in enumerate(plan.objectives)})
        self.names = tuple(sorted((name for name in wanted if name in rank), key=rank.__getitem__))
        closed = {one: {e.child for e in plan.children.get(one, ())} for one in wanted}
        self.parents: dict[str, tuple[str, ...]] = {}
        for name in self.names:
            named = (link.target for link in plan.objectives[name].supports)
            held = (one for one in named if one in wanted and name in closed.get(one, ()))
            self.parents[name] = tuple(dict.fromkeys(held))
        self.children: dict[str, list[str]] = {name: [] for name in self.names}
        self.again: dict[str, list[str]] = {name: [] for name in self.names}
        for name, parents in self.parents.items():
            for at, parent in enumerate(parents):
                (self.again if at else self.children)[parent].append(name)
        self.roots = tuple(name for name in self.names if not self.parents[name])

    def levels(self) -> list[list[str]]:
        """The objectives by how far they hang below a root."""
        found, level = [], list(self.roots)
        while level:
            found.append(level)
            level = [child for name in level for child in self.children[name]]
        return found

    def below(self, name: str) -> int:
        """How many hang below one."""
        waiting, count = [name], -1
        while waiting:
            count += 1
            waiting += self.children[waiting.pop()]
        return count


@dataclass(frozen=True, slots=True)
class Drawn:
    """What decides how the nodes look: conflict numbers, those shown aside, the one in focus."""

    marks: Marks
    aside: frozenset[str] = frozenset()
    focus: str | None = None


def cascade_map(
    facts: Facts, names: Iterable[str], title: str, drawn: Drawn, most: int = MOST
) -> CascadeMap | None:
    """The forest of some objectives, cut to as many levels as fit; None where no level fits."""
    forest = Forest(facts, names)
    kept = kept_levels(forest, most)
    if not kept:
        return None
    roots = tuple(_node(forest, name, kept, drawn) for name in forest.roots)
    return CascadeMap(title, roots, tuple(_leads(forest, kept)), len(kept), len(forest.names))


def kept_levels(forest: Forest, most: int) -> frozenset[str]:
    """The upper levels that together hold at most so many objectives."""
    kept: list[str] = []
    for level in forest.levels():
        if len(kept) + len(level) > most:
            break
        kept += level
    return frozenset(kept)


def neighbourhood(facts: Facts, objective: str) -> tuple[str, ...]:
    """An objective, all above it, and those that support it; at most `NEAR`, the nearest first."""
    plan = facts.plan
    found = [objective]
    waiting = [objective]
    while waiting:
        name = waiting.pop(0)
        above = [link.target for link in plan.objectives[name].supports]
        for parent in above:
            if parent in plan.objectives and parent not in found:
                found.append(parent)
                waiting.append(parent)
    below = [e.child for e in plan.children.get(objective, ()) if e.child not in found]
    return tuple([*found, *below][:NEAR])


def _node(forest: Forest, name: str, kept: frozenset[str], drawn: Drawn) -> MapNode:
    facts = forest.facts
    result = facts.assessment.objectives[name]
    objective = result.objective
    inside = [child for child in forest.children[name] if child in kept]
    outside = [child for child in forest.children[name] if child not in kept]
    return MapNode(
        ref=Ref("objective", name, objective.title),
        badge=BADGES[result.status],
        owner=facts.person(objective.owner),
        team=facts.team(facts.plan.team_of(objective)),
        progress="" if result.progress is None else share(result.progress),
        profile=counts_of(result.profile),
        kpis=() if name in drawn.aside else tuple(_kpis(facts, name, drawn.marks)),
        also=_refs(facts, forest.parents[name][1:]),
        again=_refs(facts, [one for one in forest.again[name] if one in kept]),
        marks=drawn.marks.get(name, ()),
        hidden=sum(1 + forest.below(child) for child in outside),
        aside=name in drawn.aside,
        focus=name == drawn.focus,
        below=tuple(_node(forest, child, kept, drawn) for child in inside),
    )


def _kpis(facts: Facts, objective: str, marks: Marks) -> Iterator[MapKpi]:
    for edge in facts.plan.evidence.get(objective, ()):
        result = facts.assessment.kpis.get(edge.child)
        if result is not None:
            ref = Ref("kpi", edge.child, result.kpi.name)
            yield MapKpi(ref, BADGES[result.status], marks.get(edge.child, ()))


def _refs(facts: Facts, names: Sequence[str]) -> tuple[Ref, ...]:
    return tuple(ref for name in names if (ref := facts.objective(name)))


def _leads(forest: Forest, kept: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Pairs of objectives shown, each once: a KPI of the first is said to move one of the other."""
    plan = forest.facts.plan
    pairs: dict[tuple[str, str], None] = {}
    for name in forest.names:
        if name not in kept:
            continue
        for edge in plan.evidence.get(name, ()):
            for lead in plan.kpis[edge.child].leads:
                led = plan.kpis.get(lead.kpi)
                ends = [link.target for link in led.objective if link.target in kept] if led else []
                if ends and ends[0] != name:
                    pairs[name, ends[0]] = None
    yield from pairs
