"""The text of a file as lines and columns, the way YAML 1.2 and editors count them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kpi_cli.source.model import MOST_BYTES, Mark

_BOM = "\ufeff"
_TO_US = rb"#\s*kpi:"


def may_speak(raw: bytes) -> bool:
    """Whether a comment `# kpi: …` may stand in a file: never False where `comments` finds one."""
    return len(raw) <= MOST_BYTES and b"kpi:" in raw and re.search(_TO_US, raw) is not None


class Text:
    """The bytes of a file and, only once somebody asks, its lines.

    Bytes that are not UTF-8 stand in the lines as lone surrogates (`surrogateescape`), one
    column each.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @cached_property
    def lines(self) -> list[str]:
        """Lines with their ends, without a byte order mark."""
        found = [part.decode("utf-8", "surrogateescape") for part in self.raw.splitlines(True)]
        if found:
            found[0] = found[0].removeprefix(_BOM)
        return found

    def line(self, index: int) -> str:
        """Content of a line (counted from 0) without its end; empty past the end of the file."""
        return self.lines[index].rstrip("\r\n") if 0 <= index < len(self.lines) else ""

    def spot(self, line: int, column: int) -> Mark:
        """The mark of one character, line and column counted from 0."""
        last = len(self.line(line))
        return Mark(line + 1, column + 1, line + 1, max(column + 1, min(column + 2, last + 1)))

    def to_line_end(self, line: int, column: int) -> Mark:
        """The mark from a place (counted from 0) to the last visible character of its line."""
        last = len(self.line(line).rstrip())
        return Mark(line + 1, column + 1, line + 1, max(column, last) + 1)


def words_in(text: Text, span: Mark, word: str) -> Iterator[Mark]:
    """Every place within a span where a word stands by itself, as ids do."""
    pattern = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w.-])")
    for number in range(span.line, span.end_line + 1):
        line = text.line(number - 1)
        begin = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else len(line)
        for found in pattern.finditer(line[:end], begin):
            yield Mark(number, found.start() + 1, number, found.end() + 1)


def indent(line: str) -> int:
    """Number of leading spaces."""
    return len(line) - len(line.lstrip(" "))


def is_silent(line: str) -> bool:
    """Whether the line is blank or only a comment."""
    content = line.strip()
    return not content or content.startswith("#")
