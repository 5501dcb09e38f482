"""Objectives from the top down, as a nested list."""

from __future__ import annotations

from kpi_cli.views.facts import Facts
from kpi_cli.views.rows import ObjectiveRow, objective_row

MOST = 60
"""Above so many objectives only the two upper levels are listed; the rest have their pages."""


def cascade(facts: Facts) -> tuple[ObjectiveRow, ...]:
    """Every top objective with those that support it; one with several parents is shown in full
    once, later as `again`. Only objectives of the assessment are in it."""
    known = facts.assessment.objectives
    depth = 2 if len(known) > MOST else len(known)
    below = {e.child for parent in known for e in facts.plan.children.get(parent, ())}
    shown: set[str] = set()
    return tuple(_node(facts, name, depth, shown) for name in known if name not in below)


def _node(facts: Facts, name: str, depth: int, shown: set[str]) -> ObjectiveRow:
    again = name in shown
    shown.add(name)
    known = facts.assessment.objectives
    below = () if again or depth <= 1 else facts.plan.children.get(name, ())
    inside = [edge.child for edge in below if edge.child in known]
    nodes = tuple(_node(facts, child, depth - 1, shown) for child in inside)
    return objective_row(facts, known[name], nodes, again)


def trail(facts: Facts, objective: str | None) -> tuple[str, ...]:
    """Ids from the top objective down to this one, by first parents."""
    path: list[str] = []
    while objective and objective in facts.plan.objectives and objective not in path:
        path.append(objective)
        supports = facts.plan.objectives[objective].supports
        objective = supports[0].target if supports else None
    return tuple(reversed(path))
