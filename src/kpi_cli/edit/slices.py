"""Editing one record of a large file without parsing the rest of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kpi_cli.edit.draft import Draft
from kpi_cli.source import Route, load, record_lines

RecordEdit = Callable[[Draft, Route], Draft]
"""Edits the record at a route of a draft."""


def in_record(draft: Draft, section: str, name: str, edit: RecordEdit) -> Draft:
    """Edit one record: its own lines where they can be read by themselves, else the file."""
    part = _alone(draft, section, name)
    if part is None:
        return edit(draft, (section, name))
    start, end, slice_ = part
    done = edit(slice_, (name,))
    raw = draft.raw[:start] + done.raw + draft.raw[end:]
    data = draft.with_value((section, name), done.data[name])
    return replace(draft, raw=raw, data=data)


def _alone(draft: Draft, section: str, name: str) -> tuple[int, int, Draft] | None:
    """First byte, the byte behind the last, and the lines of a record as a draft."""
    found = record_lines(draft.raw).get((section, name))
    if found is None:
        return None
    lines = draft.raw.splitlines(True)
    raw = b"".join(lines[found[0] : found[1]])
    document = load(raw)
    if document.faults or document.data != {name: draft.data[section][name]}:
        return None
    start = sum(map(len, lines[: found[0]]))
    return start, start + len(raw), Draft(draft.path, raw, {name: draft.data[section][name]}, raw)
