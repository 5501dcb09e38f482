"""Changes of text, as small as they can be said: one span a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_cli.source import Mark, Text


@dataclass(frozen=True, slots=True)
class Change:
    """Put `text` in the place of `mark`, in the file `path`."""

    path: str
    mark: Mark
    text: str


def changes(path: str, before: bytes, after: bytes) -> list[Change]:
    """What makes `after` of `before`: line by line where lines end alike, else in one span."""
    old, new = Text(before), Text(after)
    if _ends(old) == _ends(new):
        return [change for n in range(len(old.lines)) for change in _line(path, n, old, new)]
    first = next(
        (n for n in range(len(old.lines)) if old.lines[n : n + 1] != new.lines[n : n + 1]),
        len(old.lines),
    )
    same = 0
    room = min(len(old.lines), len(new.lines)) - first
    while same < room and old.lines[-1 - same] == new.lines[-1 - same]:
        same += 1
    last = len(old.lines) - same
    text = "".join(new.lines[first : len(new.lines) - same])
    return [Change(path, Mark(*_begin(old, first), *_begin(old, last)), text)]


def _begin(text: Text, number: int) -> tuple[int, int]:
    """Line and column at which a line (from 0) begins; of one past the last, the file's end."""
    if number < len(text.lines) or not text.lines or text.lines[-1].endswith(("\n", "\r")):
        return number + 1, 1
    return number, len(text.lines[-1]) + 1


def _ends(text: Text) -> list[str]:
    """How each line ends."""
    return [line[len(line.rstrip("\r\n")) :] for line in text.lines]


def _line(path: str, number: int, old: Text, new: Text) -> Iterator[Change]:
    before, after = old.line(number), new.line(number)
    if before == after:
        return
    short = min(len(before), len(after))
    start = next((at for at in range(short) if before[at] != after[at]), short)
    same = 0
    while same < short - start and before[-1 - same] == after[-1 - same]:
        same += 1
    mark = Mark(number + 1, start + 1, number + 1, len(before) - same + 1)
    yield Change(path, mark, after[start : len(after) - same])
