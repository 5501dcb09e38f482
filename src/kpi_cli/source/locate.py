"""Where a value stands, found when a fault needs it.

Most files are clean or have a few faults, so only the records asked for are parsed again; of one
that is written the everyday way only the field, for most of a record are its actuals; and none
where the field has a line to itself: then the record is looked at no further than that line.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kpi_cli.source.glance import lines_at_a_glance
from kpi_cli.source.model import Mark, Route
from kpi_cli.source.swift import read
from kpi_cli.source.text import indent, is_silent

if TYPE_CHECKING:
    from kpi_cli.source.tree import Tree

_ONE_LINE = re.compile(r" *([\w.-]+): +([^\s#](?:[^\n#]*[^\s#])?)\n?", re.ASCII)
"""The key and the value of a field, where no comment follows."""
_NO_KEY = ("", " ", "-", "#", "\n")
_PLAIN_ID = re.compile(r" *([a-z0-9][a-z0-9._-]*):(?=\s|$)", re.ASCII)


class Locator:
    """Places in a plan file; in a faulty one, of all that could be read."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._slices: dict[tuple[str, str], Tree | None] = {}
        self._fields: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
        self._trees: dict[tuple[str, str, str], Tree | None] = {}

    def key(self, route: Route) -> Mark | None:
        """The key a route ends in (the value for a list entry), or its nearest ancestor's."""
        plain = self._plain_id(route) or self._plain_field(route)[0]
        if plain is not None:
            return plain
        tree, within = self._tree_for(route)
        return tree.key(within)

    def _plain_id(self, route: Route) -> Mark | None:
        """The id of a record that stands plainly at the left of its line; no parsing needed."""
        if len(route) != 2 or not isinstance(route[0], str) or not isinstance(route[1], str):
            return None
        found = self._records.get((route[0], route[1]))
        id_ = _PLAIN_ID.match(self._line(found[0])) if found else None
        if found is None or id_ is None or id_[1] != route[1]:
            return None
        start = id_.start(1) + 1
        return Mark(found[0] + 1, start, found[0] + 1, start + len(id_[1]))

    def value(self, route: Route) -> Mark | None:
        """The value at a route, or the nearest ancestor's.

        A scalar, and a bracketed value on one line, has its exact span (with its tag or
        anchor); any other list or mapping has the rest of its first line.
        """
        plain = self._plain_field(route)[1]
        if plain is not None:
            return plain
        tree, within = self._tree_for(route)
        return tree.value(within)

    def _plain_field(self, route: Route) -> tuple[Mark | None, Mark | None]:
        """Key and value of a field, or of an entry of one, that stands on one line of an everyday
        record."""
        if not 3 <= len(route) <= 4 or not all(isinstance(step, str) for step in route):
            return None, None
        section, name, key, *entry = (str(step) for step in route)
        at = None if entry else self._line_of(section, name, key)
        first, after = (at, at + 1) if at else self._lines_of(section, name).get(key, (0, 0))
        if entry:
            first, after = self._entry(first + 1, after, entry[0])
        line = _ONE_LINE.fullmatch(self._line(first)) if first < after else None
        if line is None or line[1] != str(route[-1]):
            return None, None
        return _of_group(first, line, 1), _of_group(first, line, 2)

    def _entry(self, first: int, after: int, key: str) -> tuple[int, int]:
        """The line of an entry among those of its field, where only its level is indented least."""
        lines = [_text(line) for line in self._lines[first:after]]
        edge = min((indent(line) for line in lines if not is_silent(line)), default=0)
        start = " " * edge + key + ":"
        at = next((at for at, line in enumerate(lines, first) if line.startswith(start)), after)
        return at, after

    def first_key(self, route: Route) -> Mark | None:
        """The first key of the mapping at a route, or what `value` gives."""
        tree, within = self._tree_for(route)
        return tree.first_key(within)

    def _tree_for(self, route: Route) -> tuple[Tree, Route]:
        if len(route) >= 2 and isinstance(route[0], str) and isinstance(route[1], str):
            record = (route[0], route[1])
            if len(route) > 2 and isinstance(route[2], str):
                field = self._field(*record, route[2])
                if field is not None:
                    return field, route[2:]
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
        tree = _parsed(b"".join(self._lines[start:end]), start)
        return tree if tree is not None and tree.keys() == [name] else None

    def _field(self, section: str, name: str, key: str) -> Tree | None:
        """A field of a record alone; None where it does not stand plainly on lines of its own."""
        asked = section, name, key
        if asked not in self._trees:
            self._trees[asked] = None
            found = self._lines_of(section, name).get(key)
            if found is not None:
                self._trees[asked] = _parsed(b"".join(self._lines[slice(*found)]), found[0])
        return self._trees[asked]

    def _line_of(self, section: str, name: str, key: str) -> int | None:
        """The line of a field that has one to itself; None where that is not plain to see."""
        start, end = (lines_at_a_glance(self._raw) or {}).get((section, name), (0, 0))
        edge = self._indent_below(start, end)
        wanted = f"{' ' * edge}{key}:".encode()
        at = next((n for n in range(start + 1, end) if self._lines[n].startswith(wanted)), None)
        if at is None or _last_field(self._lines[start : at + 1], name) != key:
            return None
        return None if self._indent_below(at, end) > edge else at

    def _indent_below(self, line: int, end: int) -> int:
        """How far the next line that says something is indented; 0 without one."""
        below = (self._line(number) for number in range(line + 1, end))
        return next((indent(text) for text in below if not is_silent(text)), 0)

    def _lines_of(self, section: str, name: str) -> dict[str, tuple[int, int]]:
        """First line and the line after the last of each field, as `fields_of` finds them."""
        record = section, name
        if record not in self._fields:
            start, end = self._records.get(record, (0, 0))
            fields = fields_of(self._lines[start:end], name)
            self._fields[record] = {
                key: (start + first, start + after) for key, (first, after) in fields.items()
            }
        return self._fields[record]

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._raw.removeprefix(BOM_UTF8).splitlines(keepends=True)

    def _line(self, number: int) -> str:
        return _text(self._lines[number])

    @cached_property
    def _records(self) -> dict[tuple[str, str], tuple[int, int]]:
        plain = lines_at_a_glance(self._raw)
        if plain:
            return plain
        from kpi_cli.source.blocks import record_lines

        return record_lines(self._raw)

    @cached_property
    def _whole(self) -> Tree:
        tree = _parsed(self._raw, 0)
        if tree is None:
            from kpi_cli.source.recover import readable
            from kpi_cli.source.tree import Tree

            tree = Tree(readable(self._raw))
        return tree


def _last_field(lines: Sequence[bytes], name: str) -> str | None:
    """The last field of a record written the everyday way, of which these lines are the head."""
    fields = _fields(lines, name)
    return next(reversed(fields), None) if fields else None


def _fields(lines: Sequence[bytes], name: str) -> dict[str, Any] | None:
    """The fields in the lines of a record; None where that is not written the everyday way."""
    data = read(b"record:\n" + b"".join(lines))
    fields = data["record"].get(name) if data and isinstance(data["record"], dict) else None
    return fields if isinstance(fields, dict) else None


def fields_of(lines: Sequence[bytes], name: str) -> dict[str, tuple[int, int]]:
    """Lines of each field of a record written the everyday way; empty for any other.

    The quick reader takes no value over several lines: what stands at the left edge of the fields
    begins one, in its order.
    """
    fields = _fields(lines, name)
    texts = [_text(line) for line in lines]
    below = next((line for line in texts[1:] if not is_silent(line)), "")
    edge = " " * indent(below)
    starts = [
        number
        for number, line in enumerate(texts[1:], start=1)
        if line.startswith(edge) and line[len(edge) : len(edge) + 1] not in _NO_KEY
    ]
    if fields is None or len(fields) != len(starts):
        return {}
    return dict(zip(fields, pairwise([*starts, len(lines)]), strict=True))


def _of_group(line: int, found: re.Match[str], group: int) -> Mark:
    return Mark(line + 1, found.start(group) + 1, line + 1, found.end(group) + 1)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")


def _parsed(raw: bytes, first_line: int) -> Tree | None:
    from yaml import YAMLError

    from kpi_cli.source.tree import TooDeep, Tree

    try:
        return Tree(raw, first_line)
    except (YAMLError, UnicodeError, TooDeep):
        return None
