"""Rules of indentation that libyaml does not check.

A quoted text or a `[…]`/`{…}` that reaches lines indented as little as its parent key is not
YAML 1.2 (section 8.1, `s-flow-line-prefix`), and in practice is an unclosed quote or bracket
that swallows the records after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi_cli.source.text import Text, indent, is_silent


def block_column(starts: Sequence[Any]) -> int:
    """Column (from 0) of the innermost block mapping or list of these start events, else -1."""
    for start in reversed(starts):
        if start.flow_style:
            continue
        if start.__class__.__name__ == "MappingStartEvent":
            return int(start.end_mark.column)
        if start.anchor is None and start.tag is None:
            return int(start.start_mark.column)
        return int(start.end_mark.column) - 1
    return -1


def quoted_outside(text: Text, event: Any, column: int) -> int | None:
    """First line (from 0) of a quoted scalar that is not indented deeper than `column`."""
    for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
        line = text.line(number)
        if line.strip() and indent(line) <= column:
            return number
    return None


def flow_outside(text: Text, start: Any, end: Any, column: int) -> int | None:
    """First line (from 0) of a flow collection that is not indented deeper than `column`.

    A line that only closes it may stand directly below its key: that is widely written and
    cannot be misread.
    """
    for number in range(start.start_mark.line + 1, end.end_mark.line + 1):
        line = text.line(number)
        if is_silent(line) or indent(line) > column:
            continue
        if indent(line) < column or line.strip()[0] not in "]}":
            return number
    return None
