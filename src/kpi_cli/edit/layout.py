"""A plan file in its one canonical layout: two spaces a level, one empty line between records.

Values are not rewritten: quotes, brackets and texts stay as they are written. Comments stay with
what they stand above, or at the end of what they close.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpi_cli.edit.nodes import Node
from kpi_cli.edit.order import sections
from kpi_cli.edit.sorting import date_key, period_or_none
from kpi_cli.period import Calendar

STEP = 2
_INDICATOR = re.compile(r"[|>][-+]?[1-9]")


class LeaveAlone(Exception):
    """A way of writing that is not laid out anew; the message names it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value: the lines above it (comments, "" for an empty one), its own lines."""

    name: str
    above: tuple[str, ...]
    lines: tuple[str, ...]


Arrange = Callable[[list[Entry]], list[Entry]]


class Printer:
    """Walks a text once, from top to bottom, and gives its canonical lines."""

    def __init__(self, text: str, top: Node, calendar: Calendar) -> None:
        self._text = text
        self._calendar = calendar
        self._lines = re.split(r"\r\n|\n|\r", text)
        self._starts = _starts(text)
        self._at = 0  # the first line that is not printed yet
        self._top = top

    def lines(self) -> list[str]:
        """All lines of the file. Raises LeaveAlone."""
        if self._top.kind != "mapping" or self._top.flow:
            raise LeaveAlone("the whole file is in brackets")
        head = self._head()
        found = [self._section(key, value) for key, value in self._top.pairs]
        tail = self._tail(0)
        rest = [line.rstrip() for line in self._lines[self._at :]]
        ordered = sorted(found, key=lambda entry: _rank(list(sections()), entry.name))
        body: list[str] = []
        for entry in ordered:
            body += [*([""] if body else []), *_trimmed(entry.above), *entry.lines]
        return _without_double([*head, *body, *tail, *rest])

    def _head(self) -> list[str]:
        """The first block of comments, a `---` and what stands above it: they stay on top."""
        first = self._line(self._top.pairs[0][0].start)
        end = 0
        for number in range(first):
            line = self._lines[number]
            if line.strip() and not line.lstrip().startswith("#"):
                end = number + 1
        while end < first and self._lines[end].lstrip().startswith("#"):
            end += 1
        apart = end < first and not self._lines[end].strip()
        self._at = end
        head = [line.rstrip() for line in self._lines[:end]]
        return [*head, ""] if apart else head

    def _section(self, key: Node, value: Node) -> Entry:
        above = self._above(key)
        known = sections().get(key.text)
        if value.is_block and value.kind == "mapping" and known is not None:
            head = self._open(key, value, 0)
            records = self._entries(value, STEP, lambda k, v: self._record(k, v, known))
            lines = [head, *_spaced(records), *self._tail(value.column, STEP)]
            return Entry(key.text, above, tuple(lines))
        return Entry(key.text, above, tuple(self._entry(key, value, 0)))

    def _record(self, key: Node, value: Node, known: Sequence[str]) -> list[str]:
        if not value.is_block or value.kind != "mapping":
            return self._entry(key, value, STEP)
        head = self._open(key, value, STEP)
        inner = self._entries(value, 2 * STEP, self._field)
        inner.sort(key=lambda entry: _rank(known, entry.name))
        return [head, *_joined(inner), *self._tail(value.column, 2 * STEP)]

    def _field(self, key: Node, value: Node) -> list[str]:
        if key.text != "actuals" or not value.is_block or value.kind != "mapping":
            return self._entry(key, value, 2 * STEP)
        head = self._open(key, value, 2 * STEP)
        rows = self._entries(value, 3 * STEP, lambda k, v: self._entry(k, v, 3 * STEP))
        rows.sort(key=lambda entry: self._date(entry.name))
        return [head, *_joined(rows), *self._tail(value.column, 3 * STEP)]

    def _date(self, name: str) -> tuple[int, int]:
        period = period_or_none(self._calendar, name)
        return date_key(period) if period else (0, 0)

    def _entries(
        self, node: Node, indent: int, write: Callable[[Node, Node], list[str]]
    ) -> list[Entry]:
        found = []
        for key, value in node.pairs:
            above = self._above(key, indent)
            found.append(Entry(key.text, above, tuple(write(key, value))))
        return found

    def _entry(self, key: Node, value: Node, indent: int) -> list[str]:
        """The lines of a key and its value at a new indentation."""
        if value.is_block:
            return [self._open(key, value, indent), *self._block(value, indent + STEP)]
        head = " " * indent + self._key(key) + ":"
        return self._inline(head, key.end, value, indent, key.column)

    def _key(self, key: Node) -> str:
        before = self._lines[self._line(key.start)][: self._column(key.start)]
        if before.strip().endswith("?") or self._line(key.start) != self._line(key.end):
            raise LeaveAlone("a key is written with `?`")
        return self._text[key.start : key.end]

    def _open(self, key: Node, value: Node, indent: int) -> str:
        """The line of a key whose value stands below it."""
        marks = self._text[value.start : value.inner].strip()
        line = self._line(key.end)
        if marks and self._line(value.start) != line:
            raise LeaveAlone("an anchor stands on a line of its own")
        behind = self._lines[line][self._column(key.end) :].partition(":")[2]
        comment = behind.strip(" ").removeprefix(marks) if marks else behind
        self._at = line + 1
        head = " " * indent + self._key(key) + ":" + (f" {marks}" if marks else "")
        return head + _comment(comment)

    def _block(self, node: Node, indent: int) -> list[str]:
        if node.kind == "list":
            return self._items(node, indent)
        entries = self._entries(node, indent, lambda k, v: self._entry(k, v, indent))
        return [*_joined(entries), *self._tail(node.column, indent)]

    def _items(self, node: Node, indent: int) -> list[str]:
        lines: list[str] = []
        for item in node.items:
            lines += _shown(self._above(item, indent), first=not lines)
            lines += self._item(item, indent, node.column)
        return [*lines, *self._tail(node.column, indent)]

    def _item(self, item: Node, indent: int, column: int) -> list[str]:
        head = " " * indent + "-"
        if not item.is_block:
            return self._inline(head, -1, item, indent, column)
        if item.is_marked:
            raise LeaveAlone("an entry of a list has an anchor")
        self._at = max(self._at, self._line(item.start))
        inner = self._block(item, indent + STEP)
        if not inner[0].strip() or inner[0].lstrip().startswith("#"):
            raise LeaveAlone("a comment stands behind a hyphen")
        return [f"{head} {inner[0][indent + STEP :]}", *inner[1:]]

    def _inline(self, head: str, colon: int, value: Node, indent: int, column: int) -> list[str]:
        """`head` and a value that begins in its line: texts, brackets, aliases, blocks of text."""
        if value.start == value.end:
            line = self._line(value.end)
            self._at = line + 1
            return [head + _comment(self._lines[line][self._column(value.end) :])]
        if colon >= 0 and "#" in self._text[colon : value.start]:
            raise LeaveAlone("a comment stands between a key and its value")
        first, last = self._line(value.start), self._line(value.end)
        body = self._lines[first : last + 1]
        after = "" if value.is_text_block else body[-1][self._column(value.end) :]
        body[-1] = body[-1] if value.is_text_block else body[-1][: self._column(value.end)]
        body[0] = body[0][self._column(value.start) :]
        self._at = last + 1
        if value.is_text_block:
            shift = self._shift(body, indent, column)
            return [f"{head} {body[0].rstrip()}", *(_moved(line, shift) for line in body[1:])]
        rest = [_moved(line.rstrip(), indent - column) for line in body[1:]]
        lines = [f"{head} {body[0].rstrip() if rest else body[0]}", *rest]
        return [*lines[:-1], lines[-1] + _comment(after)]

    def _shift(self, body: Sequence[str], indent: int, column: int) -> int:
        """By how much a block of text moves; a written indentation counts from its key."""
        if _INDICATOR.match(
            body[0].split("#")[0].split(" ")[-1] if body[0][:1] in "&!" else body[0]
        ):
            return indent - column
        first = next((line for line in body[1:] if line.strip()), "")
        return indent + STEP - (len(first) - len(first.lstrip(" "))) if first else 0

    def _above(self, node: Node, indent: int = 0) -> tuple[str, ...]:
        """Comments and empty lines between what is printed and a value's line."""
        line = self._line(node.start)
        found = self._lines[self._at : line]
        for text in found:
            if text.strip() and not text.strip().startswith("#") and text.strip() != "-":
                raise LeaveAlone("a line is not understood")
        self._at = max(self._at, line)
        return tuple(_at(indent, text) for text in found if text.strip() != "-")

    def _tail(self, column: int, indent: int = 0) -> list[str]:
        """Comments that close a block: those that stand as deep as it, or deeper."""
        end = number = self._at
        while number < len(self._lines):
            line = self._lines[number]
            if line.strip() and not line.strip().startswith("#"):
                break
            number += 1
            if line.strip() and len(line) - len(line.lstrip(" ")) >= column:
                end = number
        found = [_at(indent, line) for line in self._lines[self._at : end]]
        self._at = end
        return _without_double(found)

    def _line(self, at: int) -> int:
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= at else (low, middle)
        return low

    def _column(self, at: int) -> int:
        return at - self._starts[self._line(at)]


def _starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]


def _rank(known: Sequence[str], name: str) -> int:
    return known.index(name) if name in known else len(known)


def _at(indent: int, line: str) -> str:
    return " " * indent + line.strip() if line.strip() else ""


def _comment(rest: str) -> str:
    """A comment behind a value, at least two spaces from it; more may align it with others."""
    gap = max(len(rest) - len(rest.lstrip(" ")), 2)
    return " " * gap + rest.strip() if rest.strip() else ""


def _moved(line: str, by: int) -> str:
    if not line.strip(" "):
        return "" if by < 0 else line
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _trimmed(above: Sequence[str]) -> list[str]:
    """Without the empty lines at the top."""
    lines = _without_double(above)
    return lines[1:] if lines and not lines[0] else lines


def _shown(above: Sequence[str], *, first: bool) -> list[str]:
    return _trimmed(above) if first else _without_double(above)


def _joined(entries: Sequence[Entry]) -> list[str]:
    """Entries one below the other, with at most one empty line between."""
    lines: list[str] = []
    for entry in entries:
        lines += [*_shown(entry.above, first=not lines), *entry.lines]
    return lines


def _spaced(records: Sequence[Entry]) -> list[str]:
    """Records: one empty line between two of which one goes over lines."""
    lines: list[str] = []
    before: Entry | None = None
    for record in records:
        above = _trimmed(record.above)
        apart = before is not None and (
            len(record.lines) > 1 or len(before.lines) > 1 or _begins_empty(record.above)
        )
        lines += [*([""] if apart else []), *above, *record.lines]
        before = record
    return lines


def _begins_empty(above: Sequence[str]) -> bool:
    return bool(above) and not above[0]


def _without_double(lines: Sequence[str]) -> list[str]:
    """At most one empty line in a row."""
    return [line for at, line in enumerate(lines) if line or at == 0 or lines[at - 1]]
