"""Places that libyaml reads with YAML 1.1 eyes, turned into faults instead of other data.

Checked only in a file that has a suspicious sign at all; most have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kpi_cli.source.events import Read
from kpi_cli.source.model import SourceFault
from kpi_cli.source.text import Text
from kpi_cli.source.trouble import Halt

# Each begins with the sign it looks for: a search for a fixed first byte is ten times faster.
_QUESTION = re.compile(rb"\?(?=[^\s,\]}])(?<=[\s\[{,:]\?)")
_COMMENT = re.compile(rb"#(?<=[,\[\]{}\"'|>+\-0-9]#)")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*#")
_NAME_END = frozenset(" \t,[]{}")


def strict(read: Read, text: Text) -> Read:
    """The reader itself, or one that raises Halt where YAML 1.2 reads something else."""
    suspects = _lines_of(_QUESTION, text.raw) | _lines_of(_COMMENT, text.raw)
    if not suspects:
        return read
    line = column = 0

    def checked() -> Any:
        nonlocal line, column
        event = read()
        start = event.start_mark
        if not suspects.isdisjoint(range(line, start.line + 1)):
            _check_gap(text, line, column, start)
            _check_start(text, event)
        line, column = event.end_mark.line, event.end_mark.column
        return event

    return checked


def check_name(text: Text, event: Any) -> None:
    """Halt at an anchor or alias whose name libyaml cuts short (`&a:b` is one name)."""
    start, sign = event.start_mark, "*" if event.__class__.__name__ == "AliasEvent" else "&"
    line, name = text.line(start.line), sign + event.anchor
    at = line.find(name, start.column)
    end = at + len(name)
    if at >= 0 and line[end : end + 1] and line[end] not in _NAME_END:
        message = f"`{name}` is directly followed by `{line[end]}`."
        help = f"Put a space after `{name}`; a text that starts with `{sign}` goes in quotes."
        raise Halt(SourceFault("K001", message, text.spot(start.line, end), help))


def _lines_of(pattern: re.Pattern[bytes], raw: bytes) -> set[int]:
    lines: set[int] = set()
    number = at = 0
    for found in pattern.finditer(raw):
        here = found.start()
        number += raw.count(b"\n", at, here) + raw.count(b"\r", at, here)
        number -= raw.count(b"\r\n", at, here)
        lines.add(number)
        at = here
    return lines


def _check_gap(text: Text, line: int, column: int, start: Any) -> None:
    """Between two events only signs, space and comments stand; `#` needs a space before it."""
    for number, begin, end in _pieces(text, line, column, start):
        content = text.line(number)
        at = content.find("#", begin, end)
        if at > 0 and content[at - 1] not in " \t":
            raise Halt(
                SourceFault(
                    "K001",
                    "A comment needs a space before its `#`.",
                    text.spot(number, at),
                    "Add the space; a text with `#` in brackets goes in quotes.",
                )
            )


def _pieces(text: Text, line: int, column: int, start: Any) -> Iterable[tuple[int, int, int]]:
    for number in range(line, start.line + 1):
        begin = column if number == line else 0
        end = start.column if number == start.line else len(text.line(number))
        yield number, begin, end


def _check_start(text: Text, event: Any) -> None:
    start = event.start_mark
    content = text.line(start.line)
    if start.column and content[start.column - 1] == "?" and hasattr(event, "value"):
        raise Halt(
            SourceFault(
                "K001",
                "A text in brackets cannot start with `?`.",
                text.spot(start.line, start.column - 1),
                "Put it in quotes.",
            )
        )
    header = _BLOCK_HEADER.match(content, start.column)
    if header and getattr(event, "style", None) in ("|", ">"):
        raise Halt(
            SourceFault(
                "K001",
                "A comment needs a space before its `#`.",
                text.spot(start.line, header.end() - 1),
            )
        )
