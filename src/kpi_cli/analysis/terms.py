"""What kind of formula it is: a sum of inputs, a product of their powers, or neither."""

from __future__ import annotations

from kpi_cli.analysis.formula import Node


def coefficients(node: Node) -> dict[str, float] | None:
    """Input -> what it is multiplied by, where the formula is a sum of them; "" is the constant.

    None where it is not.
    """
    if node.kind == "number":
        return {"": node.number}
    if node.kind == "name":
        return {node.name: 1.0}
    parts = [coefficients(part) for part in node.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or node.kind in ("min", "max"):
        return None
    if node.kind in ("+", "-", "negative"):
        signs = (-1.0,) if node.kind == "negative" else (1.0, -1.0 if node.kind == "-" else 1.0)
        return _added(known, signs)
    return _scaled(node, known)


def _added(parts: list[dict[str, float]], signs: tuple[float, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for part, sign in zip(parts, signs, strict=True):
        for name, weight in part.items():
            found[name] = found.get(name, 0.0) + sign * weight
    return found


def _scaled(node: Node, parts: list[dict[str, float]]) -> dict[str, float] | None:
    """A sum times or divided by a constant."""
    left, right = parts
    if set(right) == {""} and (node.kind == "*" or right[""] != 0):
        factor = right[""] if node.kind == "*" else 1 / right[""]
        return {name: weight * factor for name, weight in left.items()}
    if node.kind == "*" and set(left) == {""}:
        return {name: weight * left[""] for name, weight in right.items()}
    return None


def powers(node: Node) -> dict[str, int] | None:
    """Input -> its power, where the formula is a product of inputs and constants; None else."""
    if node.kind == "number":
        return {}
    if node.kind == "name":
        return {node.name: 1}
    if node.kind not in ("*", "/"):
        return None
    left, right = (powers(part) for part in node.parts)
    if left is None or right is None:
        return None
    found = dict(left)
    for name, power in right.items():
        found[name] = found.get(name, 0) + (power if node.kind == "*" else -power)
    return found
