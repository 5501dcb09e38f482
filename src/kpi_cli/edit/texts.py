"""Long texts over several lines: as they are (`|`), or folded at spaces (`>-`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpi_cli.edit.scalars import WIDTH, is_unseen, scalar

_BREAK = re.compile(r"(?<=[^\s]) (?=[^\s])")
_NARROWEST = 40


def text_lines(head: str, value: str, indent: str) -> list[str]:
    """The lines of `head` and a text; those below stand at `indent`."""
    if suits_literal(value):
        sign = "|" if value.endswith("\n") else "|-"
        body = value.removesuffix("\n").split("\n")
        return [f"{head} {sign}", *(f"{indent}{line}" if line else "" for line in body)]
    line = f"{head} {scalar(value)}"
    if len(line) <= WIDTH or not _suits_folded(value):
        return [line]
    return [f"{head} >-", *(f"{indent}{part}" for part in _folded(value, WIDTH - len(indent)))]


def suits_literal(value: str) -> bool:
    """Several lines that a literal block shows as they are."""
    lines = value.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1] or lines[0].startswith(" "):
        return False
    return not any(is_unseen(line) or line != line.rstrip() or "\t" in line[:1] for line in lines)


def _suits_folded(value: str) -> bool:
    return not is_unseen(value) and value == value.strip() and bool(_BREAK.search(value))


def _folded(value: str, width: int) -> Iterator[str]:
    """Lines broken at single spaces only, so that folding gives the same text back."""
    width = max(width, _NARROWEST)
    line = ""
    for part in _BREAK.split(value):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line
