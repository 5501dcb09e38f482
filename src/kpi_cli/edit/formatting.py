"""`kpi fmt`: plan files in their canonical order and layout, their meaning unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_cli.edit.draft import CannotEdit, Draft
from kpi_cli.edit.files import Files
from kpi_cli.edit.layout import LeaveAlone, Printer
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.period import Calendar


@dataclass(frozen=True, slots=True)
class Formatted:
    """The files that changed (or would), and those left alone, each with the reason."""

    changed: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    checked: int


def format_files(snapshot: Snapshot, chosen: Sequence[str] | None) -> Edit[Formatted]:
    """Lay out these plan files, all of them without any."""
    files = Files(snapshot)
    paths = files.plan_paths if chosen is None else [p for p in files.plan_paths if p in chosen]
    edited: dict[str, bytes] = {}
    left: list[tuple[str, str]] = []
    for path in paths:
        try:
            raw = formatted(files.draft(path), files.config.new_calendar())
        except CannotEdit as error:
            left.append((path, error.message))
            continue
        except LeaveAlone as reason:
            left.append((path, f"{path}: {reason}"))
            continue
        if raw != files.read(path):
            edited[path] = raw
    return Edit(edited, Formatted(tuple(edited), tuple(left), len(paths)))


def formatted(draft: Draft, calendar: Calendar) -> bytes:
    """The bytes of a plan file in canonical layout. Raises LeaveAlone or CannotEdit."""
    if draft.top is None:
        return draft.raw
    lines = Printer(draft.file.text, draft.top, calendar).lines()
    while lines and not lines[-1]:
        lines.pop()
    text = draft.file.joined(lines)
    return proved(Draft(draft.path, draft.file.encode(text), draft.data, draft.before))
