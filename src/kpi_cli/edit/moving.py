"""`kpi move`: a record to another plan file, as it stands, with the comments above it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from kpi_cli.edit.files import Files
from kpi_cli.edit.records import put_record, take_record
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.errors import CannotRun
from kpi_cli.workspace import CONFIG, PLAN_SUFFIXES, matches


@dataclass(frozen=True, slots=True)
class Moved:
    """From where to where; `is_empty`: no record is left in the file it came from."""

    id: str
    old: str
    new: str
    is_empty: bool


def move(snapshot: Snapshot, identifier: str, target: str) -> Edit[Moved]:
    """Take the record out of its file and put it into another. Raises CannotRun."""
    files = Files(snapshot)
    path, section = files.place(identifier)
    to = plan_path(files, target)
    if to == path:
        raise CannotRun(f"'{identifier}' is in {path} already")
    data = files.record(identifier)
    rest, lines, column = take_record(files.draft(path), section, identifier)
    into = put_record(files.draft(to), section, identifier, data, lines, column)
    edited = {path: proved(rest), to: proved(into)}
    return Edit(edited, Moved(identifier, path, to, not rest.data))


def plan_path(files: Files, target: str) -> str:
    """The path of a plan file as the workspace names it. Raises CannotRun."""
    parts = PurePosixPath(target).parts
    if not target or target.startswith("/") or ".." in parts or "\0" in target:
        raise CannotRun(f"'{target}' is no file inside the workspace")
    path = PurePosixPath(target).as_posix()
    if not path.endswith(PLAN_SUFFIXES) or path == CONFIG:
        raise CannotRun(f"'{target}' is no plan file: its name must end in .yaml (not {CONFIG})")
    if any(part.startswith(".") for part in parts) or matches(path, files.config.exclude):
        raise CannotRun(f"'{target}' is hidden or excluded, so no command would read it")
    return path
