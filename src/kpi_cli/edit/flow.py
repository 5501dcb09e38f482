"""Entries in brackets: put in and taken out, on one line or one a line, comments where they are."""

from __future__ import annotations

import re

from kpi_cli.edit.draft import Draft
from kpi_cli.edit.nodes import Node
from kpi_cli.edit.text import Splice

_COMMA = re.compile(r"[ \t]*,")
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")
Spans = list[tuple[int, int]]


def flow_insert(draft: Draft, holder: Node, spans: Spans, at: int, text: str) -> list[Splice]:
    """The splices that make `text` the entry number `at` of a bracketed list or mapping."""
    file = draft.file
    if not spans:
        closing = holder.end - 1
        return (
            [Splice(holder.inner + 1, closing, text)]
            if _is_bare(draft, holder)
            else [Splice(holder.inner + 1, holder.inner + 1, text)]
        )
    if at == 0:
        first = spans[0][0]
        gap = file.newline + " " * file.column(first) if file.starts_line(first) else " "
        return [Splice(first, first, f"{text},{gap}")]
    start, end = spans[at - 1]
    if not file.starts_line(start) or file.line_start(start) == file.line_start(holder.start):
        return [Splice(end, end, f", {text}")]
    return _own_line(draft, start, end, text)


def _own_line(draft: Draft, start: int, end: int, text: str) -> list[Splice]:
    """Behind an entry with a line of its own, and behind the comment in that line."""
    file = draft.file
    comma = _COMMA.match(file.text, end)
    rest = _REST.match(file.text, comma.end() if comma else end)
    if rest is None:
        return [Splice(end, end, f", {text}")]
    line = file.newline + " " * file.column(start) + text
    if comma:
        return [Splice(rest.end(), rest.end(), f"{line},")]
    if rest.end() == end:
        return [Splice(end, end, f",{line}")]
    return [Splice(end, end, ","), Splice(rest.end(), rest.end(), line)]


def _is_bare(draft: Draft, holder: Node) -> bool:
    """Whether nothing but spaces stands between the brackets."""
    return not draft.file.text[holder.inner + 1 : holder.end - 1].strip(" ")


def flow_remove(draft: Draft, holder: Node, spans: Spans, at: int) -> Splice:
    """The splice that takes an entry out together with one comma."""
    start, end = spans[at]
    file = draft.file
    if at + 1 < len(spans):
        between = file.text[end : spans[at + 1][0]]
        if "#" not in between:
            return Splice(start, spans[at + 1][0], "")
    elif "#" not in file.text[spans[at - 1][1] : start]:
        return Splice(spans[at - 1][1], end, "")
    raise draft.refused((), "a comment stands between the entries in brackets")
