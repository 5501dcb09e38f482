"""Comments that speak to this tool, and the value each one stands beside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from kpi_cli.frozen import dataclass
from kpi_cli.source.events import reader
from kpi_cli.source.model import Mark, Route
from kpi_cli.source.recover import readable
from kpi_cli.source.text import Text, may_speak
from kpi_cli.source.tree import Tree

_OURS = re.compile(r"(?:^|(?<=\s))#\s*kpi:")
_STYLES = frozenset("'\"|>")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment `# kpi: …` with its text from the `#` on.

    `route` leads to the entry whose line it ends or, where it has a line of its own (`alone`), to
    the next record, or the next key inside a record; None where nothing follows. `first` says that
    nothing but comments stands before it.
    """

    text: str
    mark: Mark
    route: Route | None
    alone: bool
    first: bool


def comments(raw: bytes, *, sections: bool = True) -> list[Comment]:
    """The comments `# kpi: …` of a file, in order; what stands in texts is none.

    With `sections` the top-level keys hold records, as in a plan file. What stands in a record
    that cannot be read is left out.
    """
    if not may_speak(raw):
        return []
    text, sound = Text(raw), readable(raw)
    clean = Text(sound)
    taken = _Texts(sound)
    found = [
        (number, column)
        for number in range(len(text.lines))
        if (column := _begin(text.line(number), number, taken)) is not None
        and clean.line(number).strip()
    ]
    if not found:
        return []
    entries = _Entries(sound, sections)
    return [_comment(text.line(number), number, column, entries) for number, column in found]


def _begin(line: str, number: int, taken: _Texts) -> int | None:
    """Column (from 0) at which our comment begins on a line."""
    places = (match.start() for match in _OURS.finditer(line))
    return next((column for column in places if not taken.hold(number, column)), None)


def _comment(line: str, number: int, start: int, entries: _Entries) -> Comment:
    body = line[start:].rstrip()
    alone = not line[:start].strip()
    mark = Mark(number + 1, start + 1, number + 1, start + len(body) + 1)
    route = entries.after(number) if alone else entries.at(number)
    return Comment(body, mark, route, alone, number < entries.begin)


class _Texts:
    """Where quoted texts and text blocks stand: a `#` in them begins no comment."""

    def __init__(self, raw: bytes) -> None:
        texts = [event for event in _events(raw) if getattr(event, "style", None) in _STYLES]
        self._spans = [(event.start_mark, event.end_mark) for event in texts]
        self._blocks = {at for at, event in enumerate(texts) if event.style in "|>"}
        self._starts = [(start.line, start.column) for start, _ in self._spans]

    def hold(self, line: int, column: int) -> bool:
        """Whether a place (from 0) lies in one of them."""
        at = bisect_right(self._starts, (line, column)) - 1
        if at < 0:
            return False
        start, end = self._spans[at]
        # The first line of a text block, `key: |`, may end in a comment.
        heads = line == start.line and at in self._blocks
        return (line, column) < (end.line, end.column) and not heads


def _events(raw: bytes) -> Iterator[Any]:
    read = reader(raw)
    while True:
        event = read()
        yield event
        if event.__class__.__name__ in ("DocumentEndEvent", "StreamEndEvent"):
            return


class _Entries:
    """Which entry each line begins with and which one is the last on it."""

    def __init__(self, raw: bytes, sections: bool) -> None:
        self._by_line: dict[int, list[Route]] = {}
        self._filled: set[Route] = set()
        for line, route in Tree(raw).starts():
            self._by_line.setdefault(line, []).append(route)
            if sections and len(route) > 1:
                self._filled.add(route[:1])
        self._lines = sorted(self._by_line)
        self.begin = self._lines[0] if self._lines else 1 << 30

    def at(self, line: int) -> Route | None:
        """The first entry that begins on a line, else the last one that began before it."""
        if line in self._by_line:
            return self._by_line[line][0]
        at = bisect_right(self._lines, line) - 1
        return self._by_line[self._lines[at]][-1] if at >= 0 else None

    def after(self, line: int) -> Route | None:
        """The next entry; of a section, its first record."""
        following = self._lines[bisect_right(self._lines, line) :]
        routes = (route for number in following for route in self._by_line[number])
        return next((route for route in routes if route not in self._filled), None)
