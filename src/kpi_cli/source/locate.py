"""Where a value stands, found when a fault needs it.

Most files are clean or have a few faults, so only the records asked for are parsed again.
"""

from __future__ import annotations

import re
from functools import cached_property

from kpi_cli.source.blocks import record_lines
from kpi_cli.source.model import Mark, Route
from kpi_cli.source.text import Text
from kpi_cli.source.tree import TooDeep, Tree

_PLAIN_ID = re.compile(r" *([a-z0-9][a-z0-9._-]*):(?=\s|$)", re.ASCII)


class Locator:
    """Places in a plan file; in a faulty one, of all that could be read."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._slices: dict[tuple[str, str], Tree | None] = {}

    def key(self, route: Route) -> Mark | None:
        """The key a route ends in (the value for a list entry), or its nearest ancestor's."""
        plain = self._plain_id(route)
        if plain is not None:
            return plain
        tree, within = self._tree_for(route)
        return tree.key(within)

    def _plain_id(self, route: Route) -> Mark | None:
        """The id of a record that stands plainly at the left of its line; no parsing needed."""
        if len(route) != 2 or not isinstance(route[0], str) or not isinstance(route[1], str):
            return None
        found = self._records.get((route[0], route[1]))
        line = self._text.lines[found[0]] if found else ""
        id_ = _PLAIN_ID.match(line)
        if found is None or id_ is None or id_[1] != route[1]:
            return None
        start = id_.start(1) + 1
        return Mark(found[0] + 1, start, found[0] + 1, start + len(id_[1]))

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
