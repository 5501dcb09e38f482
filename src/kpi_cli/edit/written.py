"""New values as YAML lines in the style of the file around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kpi_cli.edit.nodes import Node
from kpi_cli.edit.scalars import WIDTH, escaped, is_unseen, key, scalar, text
from kpi_cli.edit.texts import suits_literal, text_lines


@dataclass(frozen=True, slots=True)
class Typed:
    """A value together with how the user wrote it (`32.50`), which is kept."""

    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Spaces by which a mapping and a list stand below their key."""

    step: int = 2
    dash: int = 2


def bare(value: Any) -> Any:
    """Plain data: `Typed` values without their spelling."""
    if isinstance(value, Typed):
        return value.value
    if isinstance(value, dict):
        return {name: bare(found) for name, found in value.items()}
    return [bare(item) for item in value] if isinstance(value, list) else value


def layout_of(*nodes: Node | None) -> Layout:
    """How the first mapping and the first list in these nodes (best first) are indented."""
    step = next((gap for node in nodes for gap in _gaps(node, "mapping") if gap > 0), 2)
    dash = next((gap for node in nodes for gap in _gaps(node, "list") if gap >= 0), min(step, 2))
    return Layout(step, dash)


def _gaps(node: Node | None, kind: str) -> Iterator[int]:
    for found in node.walk() if node else ():
        if found.kind == "mapping" and not found.flow:
            for _, value in found.pairs:
                if value.kind == kind and not value.flow and not value.is_marked:
                    yield value.column - found.column


def inline(value: Any) -> str:
    """A value on one line, as it stands inside brackets."""
    if isinstance(value, Typed):
        return value.text
    if isinstance(value, dict):
        inner = ", ".join(f"{flow_key(name)}: {inline(found)}" for name, found in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return scalar(value, flow=True)


def flow_key(name: str) -> str:
    """A key inside brackets."""
    return key(name) if key(name) != name or key(name).isascii() else text(name, flow=True)


def one_line(value: Any) -> str:
    """A value on one line, as it stands behind a key of a block."""
    if isinstance(value, Typed):
        return value.text
    return inline(value) if isinstance(value, dict | list) else scalar(value)


def entry(head: str, value: Any, column: int, layout: Layout, gap: str = " ") -> list[str]:
    """The lines of `head` (a key with its colon, or a hyphen) and its value, at a column."""
    lead = " " * column + head
    if isinstance(value, str) and (gap == " " or suits_literal(value)):
        return text_lines(lead, value, " " * (column + layout.step))
    line = f"{lead}{gap}{one_line(value)}"
    if not value or not isinstance(value, dict | list):
        return [line]
    if len(line) <= WIDTH and is_shallow(value):
        return [line]
    if isinstance(value, dict):
        return [lead, *mapping(value, column + layout.step, layout)]
    return [lead, *items(value, column + layout.dash, layout)]


def mapping(data: dict[str, Any], column: int, layout: Layout) -> list[str]:
    """The lines of a block mapping at a column."""
    return [
        line
        for name, value in data.items()
        for line in entry(f"{key(name)}:", value, column, layout)
    ]


def items(data: list[Any], column: int, layout: Layout) -> list[str]:
    """The lines of a block list at a column."""
    return [line for item in data for line in list_item(item, column, layout)]


def list_item(
    item: Any, column: int, layout: Layout, gap: str = " ", *, flat_anyway: bool = False
) -> list[str]:
    """The lines of one entry of a block list; a mapping begins on the line of its hyphen.

    `flat_anyway` keeps a long one in brackets, as its neighbours are.
    """
    flat = " " * column + f"-{gap}{one_line(item)}"
    if flat_anyway and isinstance(item, dict) and is_shallow(item):
        return [flat]
    if isinstance(item, dict) and item and (len(flat) > WIDTH or not is_shallow(item)):
        inside = column + 1 + len(gap)
        lines = mapping(item, inside, layout)
        return [" " * column + "-" + gap + lines[0][inside:], *lines[1:]]
    if isinstance(item, list) and item:
        return [flat]
    return entry("-", item, column, layout, gap)


def is_shallow(value: Any) -> bool:
    """A mapping or list that reads well in brackets: texts of one line, no lists of mappings."""
    found = list(value.values()) if isinstance(value, dict) else list(value)
    for item in found:
        if isinstance(item, str) and "\n" in item:
            return False
        if isinstance(item, dict) or (isinstance(value, dict) and _has_mapping(item)):
            return False
    return True


def _has_mapping(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def like(old: Node, value: Any, *, flow: bool) -> str:
    """A scalar in the quotes of the one it replaces, where they can hold it."""
    if isinstance(value, str) and old.style == '"':
        return f'"{escaped(value)}"'
    if isinstance(value, str) and old.style == "'" and not is_unseen(value):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, dict | list | Typed):
        return inline(value) if flow else one_line(value)
    return scalar(value, flow=flow)
