"""Who supports whom: the edges of the cascade, without those that close a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kpi_cli.models import Kpi, Objective
from kpi_cli.models.fields import Link
from kpi_cli.plan.model import Edge


def evidence(
    kpis: Mapping[str, Kpi], objectives: Mapping[str, Objective]
) -> dict[str, tuple[Edge, ...]]:
    """Objective -> its KPIs, in plan order; links to unknown objectives are left out."""
    return _edges(((kpi.id, kpi.weight, kpi.objective) for kpi in kpis.values()), objectives)


def children(
    objectives: Mapping[str, Objective], cycles: Iterable[tuple[str, ...]]
) -> dict[str, tuple[Edge, ...]]:
    """Objective -> those that support it; in a circle the last link found is left out."""
    closing = {(cycle[-2], cycle[-1]) for cycle in cycles}
    rows = (
        (o.id, o.weight, [link for link in o.supports if (o.id, link.target) not in closing])
        for o in objectives.values()
    )
    return _edges(rows, objectives)


def _edges(
    rows: Iterable[tuple[str, float, Iterable[Link]]], known: Mapping[str, Objective]
) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, dict[str, Edge]] = {}
    for child, weight, links in rows:
        for link in links:
            if link.target in known:
                own = weight if link.weight is None else link.weight
                found.setdefault(link.target, {}).setdefault(child, Edge(child, own, link.counts))
    return {parent: tuple(edges.values()) for parent, edges in found.items()}


def find_cycles(
    nodes: Iterable[str], following: Callable[[str], Iterable[str]]
) -> tuple[tuple[str, ...], ...]:
    """Each circle once, as a path that ends where it began: ('a', 'b', 'a').

    Walks depth first in the order given, without recursion; `following` gives a node's links.
    """
    state: dict[str, int] = {}
    cycles: list[tuple[str, ...]] = []
    for root in nodes:
        if root in state:
            continue
        path: list[str] = [root]
        stack = [iter(following(root))]
        state[root] = 1
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                state[path.pop()] = 2
            elif state.get(step) == 1:
                cycles.append((*path[path.index(step) :], step))
            elif step not in state:
                state[step] = 1
                path.append(step)
                stack.append(iter(following(step)))
    return tuple(cycles)
