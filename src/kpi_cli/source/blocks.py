"""Which lines make up the record around a fault, by indentation alone.

A plan file is `section:` lines at the left edge with records `id:` one level below. These
functions work on text that may not be YAML at the moment, so they only look at the left side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from kpi_cli.frozen import dataclass
from kpi_cli.source.glance import lines_at_a_glance
from kpi_cli.source.text import Text, indent, is_silent

_SECTION = re.compile(
    r"(?:\w[^:]*|\"[^\"]*\"|'[^']*')\s*:\s*(?:[#&!\[{|>].*)?$"
    r"|[^\w\s#]?[A-Za-z_]\w*[^\w\s]*\s*$"
)
"""A section line, also one that lacks its colon or has a slip of the finger beside its word."""
_ID = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s:#\[{\"'][^:]*?))\s*:(?:\s|$)")
_FLOW_ID = re.compile(r"[{,]\s*[\"']?([A-Za-z0-9][\w.\-]*)[\"']?\s*:")
_RAW_ID = re.compile(rb"^ {1,8}[\"']?([A-Za-z0-9][\w.\-]*)[\"']?:", re.MULTILINE)
_ANCHOR = re.compile(r"(?:^|[\s\[{,])&([^\s,\[\]{}]+)")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_NOISE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LEFT = re.compile("^[\x00-\x08\x0b\x0c\x0e-\x1f](?= )")
_INSIDE = frozenset(["", " ", "\t", "#"])


@dataclass(frozen=True, slots=True)
class Block:
    """A record's lines: the first, and the one after the last (from 0).

    `sure` unless a line at the left edge that is no key stands in the section before its end.
    """

    section: str
    name: str
    start: int
    end: int
    sure: bool


class Outline:
    """Sections and records of a text, as far as indentation shows them."""

    def __init__(self, text: Text) -> None:
        self._lines = [line.rstrip("\r\n") for line in text.lines]
        if len(text.raw.translate(None, _CONTROLS)) < len(text.raw):
            self._lines = [_NOISE.sub("_", _LEFT.sub(" ", line)) for line in self._lines]
        self._last = len(self._lines)
        self._left = [n for n, line in enumerate(self._lines) if line[:1] not in _INSIDE]
        self._heads = {number for number in self._left if self._is_head(number)}
        self._edges = [n for n in self._left if n in self._heads or self._is_entry(n)]
        self._levels: dict[int, int] = {}

    def records(self) -> Iterator[Block]:
        """Every record of a section written as a block."""
        odd_lines = sorted(set(self._left) - set(self._edges))
        for head, tail in pairwise([*self._edges, self._last]):
            if head not in self._heads:
                continue
            at = bisect_left(odd_lines, head)
            odd = odd_lines[at] if at < len(odd_lines) else self._last
            level = self._level(head, tail)
            deeper = " " * (level + 1)
            starts = [
                number
                for number in range(head + 1, tail if level else head)
                if not self._lines[number].startswith(deeper) and self._opens(number, level)
            ]
            section = _name(self._lines[head])
            for start, end in pairwise([*starts, tail]):
                yield Block(section, _name(self._lines[start]), start, end, end <= odd)

    def block(self, line: int) -> tuple[int, int]:
        """First line and the line after the last of what a fault on `line` spoils."""
        line = self._loud(min(line, self._last - 1))
        edge = self._edge(line)
        tail = self._tail(edge + 1)
        if edge not in self._heads or line == edge:
            return max(edge, 0), tail
        level = self._level(edge, tail)
        start = next((n for n in range(line, edge, -1) if self._opens(n, level)), edge)
        if start == edge:
            return edge, tail
        end = next((n for n in range(line + 1, tail) if self._opens(n, level)), tail)
        return start, end

    def route(self, start: int) -> tuple[str, ...]:
        """`(section, id)` of the block that begins on line `start`, as far as it has them."""
        edge = self._edge(start)
        names = [edge, start] if 0 <= edge != start else [start]
        return tuple(name for name in (_name(self._lines[n]) for n in names) if name)

    def ids(self, start: int, end: int) -> set[str]:
        """Ids of the records that begin in these lines (those written in braces included)."""
        found: set[str] = set()
        edge = self._edge(start)
        level = self._level(edge, self._tail(edge + 1)) if edge in self._heads else 0
        for number in range(start, end):
            line = self._lines[number]
            if number in self._heads:
                level = self._level(number, self._tail(number + 1))
            if level and self._opens(number, level):
                found.add(_name(line))
            elif not level or number in self._heads:
                found.update(_FLOW_ID.findall(line))
        return found - {""}

    def anchors(self, start: int, end: int) -> set[str]:
        """Names of the anchors written in these lines."""
        return {name for line in self._lines[start:end] for name in _ANCHOR.findall(line)}

    def _loud(self, line: int) -> int:
        return next((n for n in range(line, -1, -1) if not is_silent(self._lines[n])), 0)

    def _is_head(self, number: int) -> bool:
        line = self._lines[number]
        return line.startswith(("---", "...")) or _SECTION.match(line) is not None

    def _is_entry(self, number: int) -> bool:
        """A line such as `version: 1`: at the left edge, with nothing indented below it."""
        line = self._lines[number]
        if not _ID.match(line) or not (line[0].isalnum() or line[0] in "_'\""):
            return False
        below = range(number + 1, self._last)
        follower = next((n for n in below if not is_silent(self._lines[n])), None)
        return follower is None or indent(self._lines[follower]) == 0

    def _edge(self, line: int) -> int:
        """The last line up to `line` that begins something at the left edge, else -1."""
        at = bisect_right(self._edges, line)
        return self._edges[at - 1] if at else -1

    def _tail(self, line: int) -> int:
        """First line from `line` on that begins something new at the left edge."""
        at = bisect_left(self._edges, line)
        return self._edges[at] if at < len(self._edges) else self._last

    def _level(self, head: int, tail: int) -> int:
        """Indentation of the records of a section, 0 where it has none."""
        if head not in self._levels:
            self._levels[head] = self._indentation(head + 1, tail)
        return self._levels[head]

    def _indentation(self, start: int, tail: int) -> int:
        for number in range(start, tail):
            line = self._lines[number]
            if not is_silent(line) and line[0] in " \t":
                return 0 if line.lstrip().startswith("- ") else max(1, indent(line))
        return 0

    def _opens(self, number: int, level: int) -> bool:
        line = self._lines[number]
        return not is_silent(line) and line[0] == " " and indent(line) <= level


def ids_of_raw(raw: bytes) -> frozenset[str]:
    """What looks like an id at the left side of bytes too many to look at more closely."""
    return frozenset(found.decode("ascii") for found in _RAW_ID.findall(raw))


def record_lines(raw: bytes) -> dict[tuple[str, str], tuple[int, int]]:
    """First line and the line after the last (from 0) of the records that are plain to see."""
    return lines_at_a_glance(raw) or _record_lines(raw)


def _record_lines(raw: bytes) -> dict[tuple[str, str], tuple[int, int]]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for block in Outline(Text(raw)).records():
        if block.sure:
            found.setdefault((block.section, block.name), (block.start, block.end))
    return found


def _name(line: str) -> str:
    found = _ID.match(line)
    return next((part for part in found.groups() if part), "") if found else ""
