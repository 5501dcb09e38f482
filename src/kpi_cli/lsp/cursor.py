"""Where a place in a plan file lies: the keys down to it, told from the text alone.

While somebody types, a file is seldom sound YAML. So this reads nothing but the line's own
brackets and the left side of the lines above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from kpi_cli.source import Mark

Part = Literal["key", "value", "code", "none"]
_LINE = re.compile(r"(?P<indent>\s*)(?P<dashes>(?:-\s+)*)(?P<rest>.*)")
_KEY = re.compile(r"(?:\"([^\"]*)\"|'([^']*)'|([^\s#'\"\[{&*!|>][^#]*?))\s*:(?:\s|$)(.*)")
_BLOCK_TEXT = re.compile(r"[^#]*[|>][-+\d]*\s*(#.*)?$")
_CODE = re.compile(r"#\s*kpi:\s*ignore(?:-file)?\s*\[(?:[^\]]*[,\s])?([A-Za-z0-9]*)$")
_FARTHEST = 200
"""Lines above that may hold the bracket a line stands in."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is being written at a place.

    `path` leads from the top by keys (lists are passed through) to the mapping, for a key, or to
    the value. `word` is what stands before the place, `mark` the whole of it. `code` is a rule's
    code in an ignore, `none` a text or another comment.
    """

    path: tuple[str, ...]
    part: Part
    word: str
    mark: Mark


@dataclass(slots=True)
class _Frame:
    kind: str
    key: str | None = None
    start: int | None = None


@dataclass(slots=True)
class _Scan:
    """What a text that begins outside of brackets holds, piece by piece."""

    text: str = ""
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("block")])
    is_comment: bool = False
    quote: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a bracket waits for its end."""
        return len(self.frames) > 1

    def run(self, piece: str) -> _Scan:
        at = len(self.text)
        self.text += piece
        text = self.text
        while at < len(text):
            character, top = text[at], self.frames[-1]
            if self.quote:
                if character == "\\" and self.quote == '"':
                    at += 1
                elif character == self.quote:
                    self.quote = ""
            elif self.is_comment:
                self.is_comment = character != "\n"
            elif character in "'\"" and top.start is None:
                self.quote, top.start = character, at
            elif character == "#" and (at == 0 or text[at - 1].isspace()):
                self.is_comment = True
            else:
                self._step(text, at, character, top)
            at += 1
        return self

    def _step(self, text: str, at: int, character: str, top: _Frame) -> None:
        inside = len(self.frames) > 1
        if character in "{[" and top.start is None:
            top.start = at
            self.frames.append(_Frame(character))
        elif character in "}]" and inside:
            self.frames.pop()
        elif character == "," and inside:
            top.start = None
            top.key = None if top.kind == "{" else top.key
        elif character == ":" and top.start is not None and _ends_key(text, at):
            top.key, top.start = _unquoted(text[top.start : at]), None
        elif not character.isspace() and top.start is None:
            top.start = at


def _ends_key(text: str, at: int) -> bool:
    return at + 1 >= len(text) or text[at + 1].isspace() or text[at - 1] in "'\""


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] else text


def cursor_at(lines: list[str], line: int, column: int) -> Cursor:
    """What stands at a line and a column, both from 0; `lines` may have their ends."""
    lines = lines if line < len(lines) else [*lines, *[""] * (line + 1 - len(lines))]
    here = lines[line].rstrip("\r\n")
    column = min(column, len(here))
    first, scan, shift = _statement(lines, line, here[:column])
    nowhere = Mark(line + 1, column + 1, line + 1, column + 1)
    if scan.is_comment:
        return _in_comment(here, line, column, nowhere)
    above, in_text = _above(lines, first)
    if in_text:
        return Cursor((), "none", "", nowhere)
    path = (*above, *(frame.key for frame in scan.frames if frame.key is not None))
    top = scan.frames[-1]
    part: Part = "value" if top.key is not None or top.kind == "[" else "key"
    if (
        top.kind == "block"
        and part == "key"
        and above
        and _is_item(here if first == line else lines[first])
    ):
        part = "key" if _KEY.match(_split(here)[2]) else "value"
    start = column if top.start is None else max(top.start - shift, 0)
    mark = Mark(line + 1, start + 1, line + 1, _word_end(here, start, column, top) + 1)
    return Cursor(path, part, here[start:column].lstrip("'\""), mark)


def _statement(lines: list[str], line: int, head: str) -> tuple[int, _Scan, int]:
    """The line on which the brackets around a place open, and what was read from there.

    The last value is how many characters of that text stand before the line of the place. What
    stands in brackets is indented more deeply than the line that opens them.
    """
    first, scan = line, _Scan()
    for number in range(max(line - _FARTHEST, 0), line):
        text = lines[number]
        if not scan.is_open or (text.strip() and _left(text) <= _left(lines[first])):
            first, scan = number, _Scan()
        scan.run(_body(text) + "\n")
    if not scan.is_open or _left(head) <= _left(lines[first]):
        first, scan = line, _Scan()
    shift = len(scan.text)
    return first, scan.run(_body(head)), shift


def _left(line: str) -> int:
    return len(line) - len(line.lstrip())


def _body(line: str) -> str:
    """A line with its list dashes blanked out, so that columns stay."""
    indent, dashes, rest = _split(line.rstrip("\r\n"))
    return indent + " " * len(dashes) + rest


def _split(line: str) -> tuple[str, str, str]:
    found = _LINE.match(line)
    return (found["indent"], found["dashes"], found["rest"]) if found else ("", "", line)


def _is_item(line: str) -> bool:
    return bool(_split(line)[1])


def _above(lines: list[str], first: int) -> tuple[tuple[str, ...], bool]:
    """The keys above a line, by indentation; and whether the nearest one begins a block of text."""
    indent, dashes, rest = _split(lines[first].rstrip("\r\n"))
    limit = len(indent) + 1 if dashes else len(indent)
    found: list[str] = []
    for number in range(first - 1, -1, -1):
        if limit <= 0:
            break
        indent, dashes, rest = _split(lines[number].rstrip("\r\n"))
        if not rest or rest.startswith("#"):
            continue
        column = len(indent) + len(dashes)
        key = _KEY.match(rest)
        if key is not None and column < limit:
            if not found and _BLOCK_TEXT.fullmatch(key[4]) and key[4]:
                return (), True
            found.insert(0, next(part for part in key.groups()[:3] if part is not None))
            limit = len(indent) + 1 if dashes else column
        elif dashes and len(indent) < limit:
            limit = len(indent) + 1
    return tuple(found), False


def _in_comment(here: str, line: int, column: int, nowhere: Mark) -> Cursor:
    found = _CODE.search(here[:column])
    if found is None:
        return Cursor((), "none", "", nowhere)
    end = column
    while end < len(here) and here[end].isalnum():
        end += 1
    return Cursor((), "code", found[1], Mark(line + 1, found.start(1) + 1, line + 1, end + 1))


def _word_end(here: str, start: int, column: int, top: _Frame) -> int:
    """Where the word that begins at `start` ends: at its quote, a bracket, a colon or a comment."""
    if start < len(here) and here[start] in "'\"":
        end = here.find(here[start], max(column, start + 1))
        return len(here.rstrip()) if end < 0 else end + 1
    stop = r"[,\]}]|:(?:\s|$)|\s#" if top.kind != "block" else r":(?:\s|$)|\s#"
    found = re.search(stop, here[column:])
    end = column + found.start() if found else len(here)
    return max(column, len(here[:end].rstrip()))
