"""Gaps between values: where a line or an entry can go without taking anything apart."""

from __future__ import annotations

from kpi_cli.edit.draft import Draft
from kpi_cli.edit.nodes import Node
from kpi_cli.edit.text import Splice


def behind(draft: Draft, node: Node, column: int) -> int:
    """Where the line after an entry begins that ends with `node`, its deeper comments included.

    `column` is the entry's own; comments below it that stand deeper belong to it.
    """
    file = draft.file
    at = end = file.next_line(max(node.end, node.inner))
    while at < len(file.text):
        line = file.line(at)
        content = line.strip()
        if content and not (content[0] == "#" and len(line) - len(line.lstrip(" ")) > column):
            break
        at = file.next_line(at)
        if content:
            end = at
    return end


def above(draft: Draft, start: int) -> int:
    """Where the comment lines directly above a line begin; the line itself where there are none."""
    file = draft.file
    at = file.line_start(start)
    while at > 0:
        before = file.line_before(at)
        if not file.text[before:at].strip().startswith("#"):
            break
        at = before
    return at


def lines_at(draft: Draft, at: int, lines: list[str]) -> Splice:
    """Put whole lines at the beginning of a line, or behind the file's last line."""
    file = draft.file
    block = file.joined(lines)
    if at == len(file.text) and at and file.text[at - 1] not in "\r\n":
        return Splice(at, at, file.newline + block[: -len(file.newline)])
    return Splice(at, at, block)


def comment_behind(draft: Draft, at: int) -> bool:
    """Whether a comment follows in the same line."""
    return "#" in draft.file.text[at : draft.file.line_end(at)]
