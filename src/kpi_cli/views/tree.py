"""`kpi tree`: objectives as they support each other, each with its KPIs, from the top down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kpi_cli.analysis.results import Assessment, KpiResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.zones import Zones
from kpi_cli.locale import _, ngettext
from kpi_cli.plan import Plan
from kpi_cli.views.facts import Facts, target_text
from kpi_cli.views.leads import LeadEdge, lead_edges
from kpi_cli.views.rows import kpi_row, objective_row
from kpi_cli.views.words import BADGES, Badge, Count, counts_of, share


@dataclass(frozen=True, slots=True)
class Node:
    """`kpi-tree/1`: one objective or KPI; `level` is its team's, or person."""

    id: str
    kind: str
    label: str
    level: str | None
    team: str | None
    person: str | None
    owner: str | None
    status: Status
    progress: float | None
    value: Datum | None
    parents: tuple[str, ...]
    children: tuple[str, ...]
    kpis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Every node once; `roots` are objectives that support none, `loose` KPIs of no objective;
    `leads` say which KPI moves before which."""

    as_of: date
    focus: str | None
    roots: tuple[str, ...]
    loose: tuple[str, ...]
    nodes: tuple[Node, ...]
    leads: tuple[LeadEdge, ...] = ()


@dataclass(frozen=True, slots=True)
class Twig:
    """A node as drawn: in words; `again` stands for one shown in full above, `leads` name the KPIs
    that follow this one."""

    id: str
    is_kpi: bool
    label: str
    badge: Badge
    figure: str
    owner: str | None
    place: str | None
    profile: tuple[Count, ...]
    again: bool
    focus: bool
    below: tuple[Twig, ...]
    leads: tuple[str, ...] = ()


def tree_view(
    assessment: Assessment, focus: str | None = None, only: Iterable[str] | None = None
) -> Tree:
    """The plan's nodes; with `focus` only what is above and below that one, with `only` those
    records and what is above them."""
    plan = assessment.plan
    kept = kept_by(assessment, focus) if only is None else above(plan, only)
    objectives = [name for name in plan.objectives if name in kept]
    kpis = [name for name in plan.kpis if name in kept]
    nodes = [_objective(assessment, name, kept) for name in objectives]
    nodes += [_kpi(assessment, name, kept) for name in kpis]
    return Tree(
        assessment.as_of,
        focus,
        tuple(name for name in plan.roots() if name in kept),
        tuple(name for name in loose_kpis(assessment) if name in kept),
        tuple(nodes),
        lead_edges(plan, kept),
    )


def kept_by(assessment: Assessment, focus: str | None) -> set[str]:
    """All ids, or those on a way up from the focus and all below it."""
    plan = assessment.plan
    if focus is None:
        return {*plan.objectives, *plan.kpis}
    parents = _parents(plan)
    below = {parent: [e.child for e in links] for parent, links in plan.children.items()}
    found = _closure(focus, parents) | _closure(focus, below)
    under = _closure(focus, below)
    return found | {e.child for name in under for e in plan.evidence.get(name, ())}


def above(plan: Plan, records: Iterable[str]) -> set[str]:
    """The records and every objective they lead up to."""
    parents, found = _parents(plan), set[str]()
    for name in records:
        if name not in found:
            found |= _closure(name, parents)
    return found


def _parents(plan: Plan) -> dict[str, list[str]]:
    parents: dict[str, list[str]] = {}
    for edges in (plan.children, plan.evidence):
        for parent, links in edges.items():
            for edge in links:
                parents.setdefault(edge.child, []).append(parent)
    return parents


def _closure(start: str, links: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += links.get(name, [])
    return found


def loose_kpis(assessment: Assessment) -> list[str]:
    """KPIs that are evidence for no objective of the plan."""
    plan = assessment.plan
    tied = {edge.child for edges in plan.evidence.values() for edge in edges}
    return [name for name in plan.kpis if name not in tied]


def _level(assessment: Assessment, team: str | None, person: str | None) -> str | None:
    if person:
        return "person"
    return assessment.plan.level_of(team) if team and team in assessment.plan.teams else None


def _objective(assessment: Assessment, name: str, kept: set[str]) -> Node:
    plan, result = assessment.plan, assessment.objectives[name]
    objective = result.objective
    team = plan.team_of(objective)
    return Node(
        id=name,
        kind="objective",
        label=objective.title,
        level=_level(assessment, team, objective.person),
        team=team,
        person=objective.person,
        owner=objective.owner,
        status=result.status,
        progress=result.progress,
        value=None,
        parents=tuple(link.target for link in objective.supports if link.target in kept),
        children=tuple(e.child for e in plan.children.get(name, ()) if e.child in kept),
        kpis=tuple(e.child for e in plan.evidence.get(name, ()) if e.child in kept),
    )


def _kpi(assessment: Assessment, name: str, kept: set[str]) -> Node:
    plan, result = assessment.plan, assessment.kpis[name]
    team = plan.team_of(result.kpi)
    return Node(
        id=name,
        kind="kpi",
        label=result.kpi.name,
        level=_level(assessment, team, None),
        team=team,
        person=None,
        owner=result.kpi.owner,
        status=result.status,
        progress=result.progress,
        value=result.value,
        parents=tuple(link.target for link in result.kpi.objective if link.target in kept),
        children=(),
        kpis=(),
    )


def twigs(facts: Facts, view: Tree) -> tuple[Twig, ...]:
    """The tree as drawn: a node with several parents in full once, later as `again`."""
    nodes = {node.id: node for node in view.nodes}
    seen: set[str] = set()
    found = [_twig(facts, view, nodes, name, seen) for name in view.roots]
    reached = [
        name for name, node in nodes.items() if node.kind == "objective" and name not in seen
    ]
    found += [_twig(facts, view, nodes, name, seen) for name in reached if name not in seen]
    return (*found, *(_leaf(facts, view, name, seen) for name in view.loose))


def _twig(facts: Facts, view: Tree, nodes: dict[str, Node], name: str, seen: set[str]) -> Twig:
    result = facts.assessment.objectives[name]
    row, node = objective_row(facts, result), nodes[name]
    again = name in seen
    seen.add(name)
    return Twig(
        id=name,
        is_kpi=False,
        label=node.label,
        badge=row.badge,
        figure=share(result.progress) if result.progress is not None else "",
        owner=row.owner,
        place=_place(facts, node),
        profile=counts_of(result.profile),
        again=again,
        focus=name == view.focus,
        below=() if again else tuple(_below(facts, view, nodes, node, seen)),
    )


def _below(
    facts: Facts, view: Tree, nodes: dict[str, Node], node: Node, seen: set[str]
) -> Iterator[Twig]:
    for name in node.kpis:
        yield _leaf(facts, view, name, seen)
    for name in node.children:
        yield _twig(facts, view, nodes, name, seen)


def _place(facts: Facts, node: Node) -> str | None:
    if node.person:
        return facts.person(node.person)
    return facts.team(node.team)


def _leaf(facts: Facts, view: Tree, name: str, seen: set[str]) -> Twig:
    result = facts.assessment.kpis[name]
    row = kpi_row(facts, result)
    again = name in seen
    seen.add(name)
    return Twig(
        id=name,
        is_kpi=True,
        label=row.ref.label,
        badge=BADGES[result.status],
        figure=_figure(facts, result, row.now or _("no figure")),
        owner=row.owner,
        place=None,
        profile=(),
        again=again,
        focus=name == view.focus,
        below=(),
        leads=tuple(_lead(edge) for edge in view.leads if edge.leading == name),
    )


def _lead(edge: LeadEdge) -> str:
    """`leads store-reorder-rate by 60 days`."""
    n = round(edge.lag_days)
    return ngettext("leads {kpi} by {n} day", "leads {kpi} by {n} days", n, kpi=edge.lagging)


def _figure(facts: Facts, result: KpiResult, now: str) -> str:
    """`92.7 %, target 95 %`; what is done or not says it all by itself."""
    target = result.scheme.target
    text = target_text(result, facts.scales[result.kpi.id])
    if text is None or isinstance(target, Done | Milestones):
        return now
    if isinstance(target, Zones):
        return f"{now}, {text}"
    return _("{now}, target {target}", now=now, target=text)
