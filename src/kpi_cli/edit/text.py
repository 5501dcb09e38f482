"""A file's bytes as text and back, with its byte order mark and line ends kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BOM = "\ufeff"
_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Splice:
    """Put `text` in the place of `start`..`end` (code points from 0)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file without its byte order mark, and how its lines end."""

    text: str
    has_bom: bool
    newline: str

    @classmethod
    def of(cls, raw: bytes) -> FileText:
        """Read bytes. Raises UnicodeDecodeError."""
        text = raw.decode("utf-8")
        found = _END.search(text)
        return cls(text.removeprefix(_BOM), text.startswith(_BOM), found[0] if found else "\n")

    def encode(self, text: str) -> bytes:
        """The bytes of another text of the same file."""
        return ((_BOM if self.has_bom else "") + text).encode("utf-8")

    def line_start(self, at: int) -> int:
        """Where the line of a place begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Where the line of a place ends, before its line end."""
        found = _END.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Where the line after that of a place begins; the text's end for the last one."""
        found = _END.search(self.text, at)
        return found.end() if found else len(self.text)

    def line(self, at: int) -> str:
        """The whole line of a place, without its end."""
        return self.text[self.line_start(at) : self.line_end(at)]

    def line_before(self, start: int) -> int:
        """Where the line above one that begins at `start` (not the first) begins."""
        ends = 2 if self.text[start - 2 : start] == "\r\n" else 1
        return self.line_start(start - ends)

    def column(self, at: int) -> int:
        """Column of a place, from 0."""
        return at - self.line_start(at)

    def starts_line(self, at: int) -> bool:
        """Whether only spaces stand before a place in its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def joined(self, lines: Iterable[str]) -> str:
        """Lines with this file's line end after each."""
        return "".join(line + self.newline for line in lines)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with all splices made. Raises ValueError where two overlap."""
    parts: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda s: (s.start, s.end)):
        if splice.start < at:
            raise ValueError("two edits overlap")
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])
