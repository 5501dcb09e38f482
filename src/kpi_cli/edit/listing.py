"""Lists: an entry at their end."""

from __future__ import annotations

from typing import Any

from kpi_cli.edit.draft import Draft
from kpi_cli.edit.flow import flow_insert
from kpi_cli.edit.mapping import Order, at_the_end, put, set_value
from kpi_cli.edit.nodes import Node, find
from kpi_cli.edit.places import behind, lines_at
from kpi_cli.edit.written import bare, inline, list_item
from kpi_cli.source import Route


def append(draft: Draft, route: Route, value: Any, order: Order = at_the_end) -> Draft:
    """One more entry in the list at `route`; where there is none, the key is put in `order`.

    A single value where a list may stand becomes the list of the two. Raises CannotEdit.
    """
    holder = find(draft.top, route) if draft.top else None
    if holder is None and isinstance(route[-1], str):
        return put(draft, route[:-1], route[-1], [value], order)
    old = draft.node(route)
    if old.kind != "list":
        before = draft.value(route)
        return set_value(draft, route, [value] if before is None else [before, value])
    data = draft.with_value(route, [*draft.value(route), bare(value)])
    if old.flow:
        spans = [(item.start, item.end) for item in old.items]
        return draft.spliced(flow_insert(draft, old, spans, len(spans), inline(value)), data)
    gap, flat = _hyphen_gap(draft, old), old.items[-1].flow
    lines = list_item(value, old.column, draft.layout(route), gap, flat_anyway=flat)
    return draft.spliced([lines_at(draft, behind(draft, old.items[-1], old.column), lines)], data)


def _hyphen_gap(draft: Draft, holder: Node) -> str:
    """The spaces behind the last hyphen."""
    last = holder.items[-1]
    between = draft.file.text[draft.file.line_start(last.start) : last.start]
    spaces = between[len(between.rstrip(" ")) :]
    return spaces if between.strip() == "-" and 1 <= len(spaces) <= 3 else " "
