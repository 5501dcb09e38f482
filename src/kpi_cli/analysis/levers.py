"""Which KPIs somebody does something about: work linked to them, or to what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kpi_cli.models import Initiative
from kpi_cli.plan import Plan


def levers(plan: Plan, inputs: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """KPIs with an initiative or an action of their own, of a part, an input, or of what leads to
    them, or of a KPI of an objective that supports theirs. `inputs` gives those of a formula."""
    reached = {name for one in plan.initiatives.values() if _runs(one) for name in one.kpis}
    reached |= {a.kpi for a in plan.actions.values() if a.kpi and a.status != "dropped"}
    above = _above(plan, inputs)
    waiting, found = list(reached), set(reached)
    while waiting:
        for name in above.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def _runs(one: Initiative) -> bool:
    return one.status != "stopped"


def _above(plan: Plan, inputs: Callable[[str], Iterable[str]]) -> Mapping[str, set[str]]:
    """KPI -> those that move when it does."""
    above: dict[str, set[str]] = {}
    for kpi in plan.kpis.values():
        if kpi.part_of:
            above.setdefault(kpi.id, set()).add(kpi.part_of)
        for lead in kpi.leads:
            above.setdefault(kpi.id, set()).add(lead.kpi)
        for name in inputs(kpi.id) if kpi.formula else ():
            above.setdefault(name, set()).add(kpi.id)
    for parent, edges in plan.children.items():
        own = {edge.child for edge in plan.evidence.get(parent, ())}
        for edge in edges if own else ():
            for below in plan.evidence.get(edge.child, ()):
                above.setdefault(below.child, set()).update(own)
    return above


def funded(plan: Plan) -> frozenset[str]:
    """KPIs an initiative has money or people for."""
    return frozenset(
        name
        for one in plan.initiatives.values()
        if one.budget is not None or one.people_days is not None
        for name in one.kpis
    )
