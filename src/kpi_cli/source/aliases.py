"""Anchors, and a budget for what aliases make of them (an alias bomb is fault K005)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_NODES = 1_000_000
MOST_PER_WRITTEN = 100
HARMLESS_NODES = 10_000
"""So many expanded nodes cost nothing, whatever their share of the written ones."""


class Aliases:
    """Anchored values and how many nodes their aliases stand for."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.texts: dict[str, str] = {}
        self.spent = 0
        self._sizes: dict[int, int] = {}

    def define(self, name: str, value: Any, text: str | None) -> None:
        """Anchor a value; `text` is what a scalar is as a mapping key."""
        self.values[name] = value
        self.texts.pop(name, None)
        if text is not None:
            self.texts[name] = text

    def afford(self, value: Any) -> bool:
        """Count an alias of a finished list or mapping; False where that is too much."""
        size = self._size(value)
        if self.spent + size > MOST_NODES:
            return False
        self.spent += size
        return True

    def _size(self, value: Any) -> int:
        """Number of nodes of a value with every alias in it written out."""
        sizes, pending = self._sizes, [value]
        while pending:
            node = pending[-1]
            inner = [child for child in _children(node) if isinstance(child, dict | list)]
            missing = [child for child in inner if id(child) not in sizes]
            if missing and id(node) not in sizes:
                pending.extend(missing)
                continue
            sizes[id(pending.pop())] = 1 + _width(node) + sum(sizes[id(c)] - 1 for c in inner)
        return sizes[id(value)]


def written(data: Any) -> int:
    """Number of nodes as written: each anchored value once, each alias as one node."""
    seen: set[int] = set()
    pending, count = [data], 1
    while pending:
        node = pending.pop()
        if isinstance(node, dict | list) and id(node) not in seen:
            seen.add(id(node))
            count += _width(node)
            pending.extend(_children(node))
    return count


def _children(node: Any) -> Iterator[Any]:
    return iter(node.values() if isinstance(node, dict) else node)


def _width(node: Any) -> int:
    return len(node) * 2 if isinstance(node, dict) else len(node)
