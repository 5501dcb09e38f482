"""Objectives from the top down, as a nested list."""

from __future__ import annotations

from kpi_cli.views.facts import Facts
from kpi_cli.views.rows import ObjectiveRow, objective_row

MOST = 60
"""Above so many objectives only the two upper levels are listed; the rest have their pages."""


def cascade(facts: Facts) -> tuple[ObjectiveRow, ...]:
    """Every top objective with those that support it; one with several parents is shown in full
    once, later as `again`."""
    depth = 2 if len(facts.plan.objectives) > MOST else len(facts.plan.objectives)
    shown: set[str] = set()
    return tuple(_node(facts, name, depth, shown) for name in facts.plan.roots())


def _node(facts: Facts, name: str, depth: int, shown: set[str]) -> ObjectiveRow:
    again = name in shown
    shown.add(name)
    below = () if again or depth <= 1 else facts.plan.children.get(name, ())
    nodes = tuple(_node(facts, edge.child, depth - 1, shown) for edge in below)
    return objective_row(facts, facts.assessment.objectives[name], nodes, again)


def trail(facts: Facts, objective: str | None) -> tuple[str, ...]:
    """Ids from the top objective down to this one, by first parents."""
    path: list[str] = []
    while objective and objective in facts.plan.objectives and objective not in path:
        path.append(objective)
        supports = facts.plan.objectives[objective].supports
        objective = supports[0].target if supports else None
    return tuple(reversed(path))
