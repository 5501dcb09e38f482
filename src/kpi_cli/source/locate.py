"""Where a value stands, found when a fault needs it.

Most files are clean or have a few faults, so only the records asked for are parsed again.
"""

from __future__ import annotations

from functools import cached_property

from kpi_cli.source.blocks import record_lines
from kpi_cli.source.model import Mark, Route
from kpi_cli.source.text import Text
from kpi_cli.source.tree import TooDeep, Tree


class Locator:
    """Places in a plan file; in a faulty one, of all that could be read."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._slices: dict[tuple[str, str], Tree | None] = {}

    def key(self, route: Route) -> Mark | None:
        """The key a route ends in (the value for a list entry), or its nearest ancestor's."""
        tree, within = self._tree_for(route)
        return tree.key(within)

    def value(self, route: Route) -> Mark | None:
        """The value at a route, or the nearest ancestor's.

        A scalar, and a bracketed value on one line, has its exact span (with its tag or
        anchor); any other list or mapping has the rest of its first line.
        """
        tree, within = self._tree_for(route)
        return tree.value(within)

    def first_key(self, route: Route) -> Mark | None:
        """The first key of the mapping at a route, or what `value` gives."""
        tree, within = self._tree_for(route)
        return tree.first_key(within)

    def _tree_for(self, route: Route) -> tuple[Tree, Route]:
        if len(route) >= 2 and isinstance(route[0], str) and isinstance(route[1], str):
            record = (route[0], route[1])
            if record not in self._slices:
                self._slices[record] = self._slice(*record)
            tree = self._slices[record]
            if tree is not None:
                return tree, route[1:]
        return self._whole, route

    def _slice(self, section: str, name: str) -> Tree | None:
        """The record alone; None where the text's left side does not show where it is."""
        found = self._records.get((section, name))
        if found is None:
            return None
        start, end = found
        lines = self._text.lines[start:end]
        tree = _parsed("".join(lines).encode("utf-8", "surrogateescape"), start)
        return tree if tree is not None and tree.keys() == [name] else None

    @cached_property
    def _text(self) -> Text:
        return Text(self._raw)

    @cached_property
    def _records(self) -> dict[tuple[str, str], tuple[int, int]]:
        return record_lines(self._raw)

    @cached_property
    def _whole(self) -> Tree:
        tree = _parsed(self._raw, 0)
        if tree is None:
            from kpi_cli.source.recover import readable

            tree = Tree(readable(self._raw))
        return tree


def _parsed(raw: bytes, first_line: int) -> Tree | None:
    from yaml import YAMLError

    try:
        return Tree(raw, first_line)
    except (YAMLError, UnicodeError, TooDeep):
        return None
