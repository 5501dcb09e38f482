"""Whole records: added, taken out and put into another file, with the comments above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_cli.edit.draft import Draft, without
from kpi_cli.edit.mapping import put, refuse_comments, remove, set_value
from kpi_cli.edit.nodes import Node
from kpi_cli.edit.places import above, behind, lines_at
from kpi_cli.edit.scalars import key as key_text
from kpi_cli.edit.text import Splice
from kpi_cli.edit.written import Layout, bare, inline, is_shallow, mapping

SECTION_ORDER = (
    "teams", "people", "objectives", "kpis", "initiatives", "actions", "recognitions", "reviews",
    "glossary",
)  # fmt: skip

WIDE = 160
"""Columns a record may take on one line where its neighbours take one."""


def add_record(draft: Draft, section: str, name: str, data: Mapping[str, Any]) -> Draft:
    """A new record behind the last one of its section. Raises CannotEdit."""
    holder = draft.top.child(section) if draft.top else None
    if holder is not None and holder.is_block and not holder.is_marked:
        lines = _record_lines(draft, holder, name, dict(data))
        return _behind_last(draft, section, holder, name, bare(dict(data)), lines)
    if holder is not None and holder.flow:
        return put(draft, (section,), name, dict(data))
    layout = draft.layout()
    lines = [f"{' ' * layout.step}{key_text(name)}:"]
    lines += mapping(dict(data), 2 * layout.step, layout)
    return _new_section(draft, section, holder, name, bare(dict(data)), lines)


def _record_lines(draft: Draft, holder: Node, name: str, data: dict[str, Any]) -> list[str]:
    """On one line where its neighbours are, else over lines; keys indented like theirs."""
    column = holder.column
    flat = f"{' ' * column}{key_text(name)}: {inline(data)}"
    neighbours = [value for _, value in holder.pairs]
    if neighbours[-1].flow and len(flat) <= WIDE and is_shallow(data):
        return [flat]
    step = next((v.column - column for v in reversed(neighbours) if v.is_block), None)
    layout = draft.layout()
    layout = layout if step is None else Layout(step, layout.dash)
    head = f"{' ' * column}{key_text(name)}:"
    return [head, *mapping(data, column + layout.step, layout)]


def _behind_last(
    draft: Draft, section: str, holder: Node, name: str, data: Any, lines: Sequence[str]
) -> Draft:
    key, value = holder.pairs[-1]
    at = behind(draft, value if value.end > key.end else key, holder.column)
    spaced = [""] if _stands_apart(draft, holder) and len(lines) > 1 else []
    meant = draft.with_value((section, name), data)
    return draft.spliced([lines_at(draft, at, [*spaced, *lines])], meant)


def _stands_apart(draft: Draft, holder: Node) -> bool:
    """Whether the records of a section have empty lines between them (a lone one would)."""
    if len(holder.pairs) < 2:
        return True
    key = holder.pairs[-1][0]
    start = above(draft, key.start)
    return bool(start) and not draft.file.line(draft.file.line_before(start)).strip()


def _new_section(
    draft: Draft, section: str, holder: Node | None, name: str, data: Any, lines: Sequence[str]
) -> Draft:
    meant = draft.with_value((section, name), data)
    if holder is not None:
        if holder.start != holder.end or holder.kind != "scalar":
            return set_value(draft, (section,), {name: data})
        at = draft.file.next_line(holder.end)
        return draft.spliced([lines_at(draft, at, list(lines))], meant)
    if draft.top is not None and draft.top.flow:
        return put(draft, (), section, {name: data})
    at = _end_of_document(draft)
    apart = [""] if draft.file.text[:at].strip() else []
    return draft.spliced([lines_at(draft, at, [*apart, f"{section}:", *lines])], meant)


def _end_of_document(draft: Draft) -> int:
    """The end of the file, or the line that ends the document."""
    file = draft.file
    start = draft.top.end if draft.top else 0
    at = file.next_line(start) if draft.top else 0
    while at < len(file.text):
        if file.line(at).startswith("..."):
            return at
        at = file.next_line(at)
    return at


def take_record(draft: Draft, section: str, name: str) -> tuple[Draft, list[str], int]:
    """The file without a record; the record's lines, comments above included, and its column.

    A section that is left empty goes too. Raises CannotEdit.
    """
    holder = draft.node((section,))
    if not holder.is_block:
        return _take_bracketed(draft, section, name)
    key, value = holder.pairs[holder.index(name)]
    start = above(draft, key.start)
    if _opens_section(draft, holder, start):
        start = draft.file.line_start(key.start)
    end = behind(draft, value if value.end > key.end else key, holder.column)
    block = draft.file.text[start:end]
    lines = block.splitlines() if block.isascii() else _lines(block)
    if len(holder.pairs) == 1:
        return _without_section(draft, section), lines, holder.column
    cut = Splice(start, _with_blank_lines(draft, start, end), "")
    meant = without(draft.data, (section, name))
    if end == len(draft.file.text):
        cut = Splice(len(draft.file.text[:start].rstrip(" \r\n")), end, _last_end(draft))
    return draft.spliced([cut], meant), lines, holder.column


def _take_bracketed(draft: Draft, section: str, name: str) -> tuple[Draft, list[str], int]:
    """A record written in brackets is written anew; it may hold no comment."""
    refuse_comments(draft, (section, name), draft.node((section, name)))
    lines = mapping({name: draft.value((section, name))}, 2, Layout())
    return remove(draft, (section, name)), lines, 2


def _lines(block: str) -> list[str]:
    return block.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _last_end(draft: Draft) -> str:
    return draft.file.newline if draft.file.text[-1:] in "\r\n" else ""


def _opens_section(draft: Draft, holder: Node, start: int) -> bool:
    """Whether a line is inside the head of a section rather than above one of its records."""
    return draft.file.column(start) == 0 and bool(draft.file.line(start)[:1].strip(" #"))


def _with_blank_lines(draft: Draft, start: int, end: int) -> int:
    """The end of the empty lines behind a record, where empty lines stand above it too."""
    file = draft.file
    before = file.line(file.line_before(start)).rstrip() if start else ""
    if before and not before.endswith(":"):
        return end
    while end < len(file.text) and not file.line(end).strip():
        end = file.next_line(end)
    return end


def _without_section(draft: Draft, section: str) -> Draft:
    file, holder = draft.file, draft.node(())
    key, value = holder.pairs[holder.index(section)]
    start, end = file.line_start(key.start), behind(draft, value, holder.column)
    cut = Splice(start, _with_blank_lines(draft, start, end), "")
    if end == len(file.text) and file.text[:start].strip():
        cut = Splice(len(file.text[:start].rstrip(" \r\n")), end, _last_end(draft))
    return draft.spliced([cut], without(draft.data, (section,)))


def put_record(
    draft: Draft, section: str, name: str, data: Any, lines: Sequence[str], column: int
) -> Draft:
    """A record as it stood in another file, shifted to this file's indentation."""
    holder = draft.top.child(section) if draft.top else None
    if holder is not None and holder.is_block and not holder.is_marked:
        moved = shifted(lines, holder.column - column)
        return _behind_last(draft, section, holder, name, data, moved)
    empty = holder is None or (holder.kind == "scalar" and holder.start == holder.end)
    if not empty or (draft.top is not None and draft.top.flow):
        if any(" #" in f" {line}" for line in lines):
            raise draft.refused((section,), "it is in brackets, where the comments cannot go")
        return add_record(draft, section, name, data)
    moved = shifted(lines, draft.layout().step - column)
    return _new_section(draft, section, holder, name, data, moved)


def shifted(lines: Sequence[str], by: int) -> list[str]:
    """Lines moved to the right, or to the left as far as they have spaces."""
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines]
