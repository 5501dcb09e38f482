"""`kpi rename`: another id for a record, and in every place that names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kpi_cli.edit.csv_rows import CsvDraft
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.files import Files
from kpi_cli.edit.ids import Mention, in_formula
from kpi_cli.edit.mapping import quoted_like
from kpi_cli.edit.nodes import Node, find
from kpi_cli.edit.scalars import text as written_text
from kpi_cli.edit.store import Edit
from kpi_cli.edit.text import Splice
from kpi_cli.edit.verify import proved
from kpi_cli.edit.written import like
from kpi_cli.errors import CannotRun
from kpi_cli.workspace import Tree

FORECASTS = ".kpi/forecasts.csv"


@dataclass(frozen=True, slots=True)
class Renamed:
    """How many places were changed, file by file."""

    old: str
    new: str
    places: dict[str, int]


def rename(snapshot: Tree, old: str, new: str) -> Edit[Renamed]:
    """Every link, list, formula and CSV row; texts that only mention the word stay.

    Raises CannotRun where the new id is taken or no id, or a file cannot be edited.
    """
    files = Files(snapshot)
    _, section = files.place(old)
    if new == old:
        raise CannotRun(f"'{old}' has this id already")
    files.require_free(new, section)
    edited: dict[str, bytes] = {}
    places: dict[str, int] = {}
    for path in files.holding(old, files.plan_paths):
        found = [mention for mention in files.mentions(path) if mention.id == old]
        if found:
            edited[path] = proved(_in_plan(files.draft(path), found, old, new))
            places[path] = len(found)
    if section == "kpis":
        for path in _tables(files, old):
            raw, count = _in_table(files.table(path), old, new)
            if count:
                edited[path], places[path] = raw, count
    return Edit(edited, Renamed(old, new, places))


def _tables(files: Files, old: str) -> Iterable[str]:
    yield from files.holding(old, [*files.long_paths, FORECASTS])


def _in_table(draft: CsvDraft, old: str, new: str) -> tuple[bytes, int]:
    column = draft.column("kpi")
    count = sum(1 for row in draft.rows[1:] if column >= 0 and row.value(column) == old)
    return (draft.rename("kpi", old, new).proved(), count) if count else (draft.raw, 0)


def _in_plan(draft: Draft, found: Sequence[Mention], old: str, new: str) -> Draft:
    """One draft with all places of a file changed."""
    splices: dict[int, Splice] = {}
    for mention in found:
        for splice in _splices(draft, mention, old, new):
            splices[splice.start] = splice
    return draft.spliced(splices.values(), renamed(draft.data, (), found, old, new))


def _splices(draft: Draft, mention: Mention, old: str, new: str) -> list[Splice]:
    path = find(draft.top, mention.route) if draft.top else None
    if path is None or any(node.kind == "alias" for node in path[:-1]):
        return []  # written behind `*`: it changes where it stands
    holder, node = path[-2], path[-1]
    if mention.part == "key":
        key = holder.key(str(mention.route[-1]))
        if key is None or key.kind == "alias":
            return []
        return [Splice(key.inner, key.end, quoted_like(_only(key), new))]
    if node.kind == "alias":
        return []
    if mention.part == "formula":
        held = draft.file.text[node.inner : node.end]
        return [Splice(node.inner, node.end, in_formula_text(held, old, new))]
    flow = any(above.flow for above in path[:-1])
    if node.is_text_block:
        raise draft.refused(mention.route, "an id is written as a block of text")
    text = like(node, new, flow=flow) if node.style else written_text(new, flow=flow)
    return [Splice(node.inner, node.end, text)]


def _only(key: Node) -> Node:
    return Node("mapping", 0, 0, 0, 0, pairs=((key, key),))


def in_formula_text(held: str, old: str, new: str) -> str:
    """A formula as written, quotes and block signs included."""
    quote = held[:1] if held[:1] in "'\"" else ""
    inner = held[1:-1] if quote else held
    return f"{quote}{in_formula(inner, old, new)}{quote}"


def renamed(data: Any, route: tuple[Any, ...], found: Sequence[Mention], old: str, new: str) -> Any:
    """The data meant: the same with the new id at the routes of the mentions."""
    values = {mention.route for mention in found if mention.part == "value"}
    keys = {mention.route for mention in found if mention.part == "key"}
    formulas = {mention.route for mention in found if mention.part == "formula"}
    touched = {route[:n] for route in values | keys | formulas for n in range(len(route) + 1)}

    def walk(value: Any, here: tuple[Any, ...]) -> Any:
        if here not in touched:
            return value
        if here in values:
            return new
        if here in formulas:
            return in_formula(value, old, new)
        if isinstance(value, dict):
            return {
                (new if (*here, name) in keys else name): walk(below, (*here, name))
                for name, below in value.items()
            }
        if isinstance(value, list):
            return [walk(below, (*here, at)) for at, below in enumerate(value)]
        return value

    return walk(data, route)
