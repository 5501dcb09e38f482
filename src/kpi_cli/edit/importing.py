"""`kpi import`: the records a map makes, checked, and written as files of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kpi_cli.edit.destinations import (
    destinations,
    one_name_each,
    own_files,
    refuse,
    refuse_rows_in_tables,
)
from kpi_cli.edit.emit import emit
from kpi_cli.edit.files import Files, Overlay
from kpi_cli.edit.generated import leftovers, with_mark
from kpi_cli.edit.merged_files import Restated, merged_file, restated
from kpi_cli.edit.order import sections
from kpi_cli.edit.sound import unsound
from kpi_cli.edit.store import Edit, Snapshot, perform
from kpi_cli.errors import CannotRun, InternalFault
from kpi_cli.feeds.importer.account import InputAccount
from kpi_cli.feeds.importer.build import Built, PlanData, build
from kpi_cli.source import load

WORKSPACE_FILE = "kpi.yaml"
_CALENDAR = {"fiscal_year_start": 1, "fiscal_year_named_by": "start"}
_MOST_LISTED = 20
State = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that holds what was imported, and what the import means for it."""

    name: str
    state: State


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import came to; `leftovers` are files of an earlier one that it makes no more."""

    inputs: Mapping[str, InputAccount]
    records: Mapping[str, int]
    files: tuple[ImportedFile, ...]
    leftovers: tuple[str, ...]
    restated: Restated
    written: bool


def run_import(
    map_path: Path, given: Sequence[str], root: Path, *, dry_run: bool = False
) -> ImportResult:
    """Import into the workspace at `root`, which the map's `workspace:` creates if need be.

    `given` are files as typed (`name=FILE` or FILE). Raises CannotRun, nothing written, for a
    faulty map, unreadable input, a record that is not sound or cannot be edited by itself.
    """
    built = build(map_path, given, sections())

    def edit(snapshot: Snapshot) -> Edit[Restated]:
        return _edit(snapshot, built, map_path.name)

    done = perform(root, edit, dry=True)
    if done.changed and not dry_run:
        done = perform(root, edit, dry=False)
    return ImportResult(
        inputs=built.inputs,
        records=built.records,
        files=tuple(ImportedFile(name, _state(done, name)) for name in done.files),
        leftovers=tuple(leftovers(root, map_path.name, done.files)),
        restated=done.said,
        written=not dry_run,
    )


def _state(done: Edit[Restated], name: str) -> State:
    if name not in done.before:
        return "new"
    return "changed" if name in done.changed else "same"


def _edit(snapshot: Snapshot, built: Built, maker: str) -> Edit[Restated]:
    """Every file as it will be. Raises CannotRun."""
    settings, is_new = _settings(snapshot, built)
    files = Files(Overlay(snapshot, {WORKSPACE_FILE: settings}))
    names = one_name_each(snapshot, files, built.files)
    wanted: dict[str, PlanData] = {}
    for name, plan in built.files.items():
        for section, records in plan.items():
            wanted.setdefault(names[name], {}).setdefault(section, {}).update(records)
    own = own_files(files, {*files.plan_paths, *wanted}, maker)
    placed = destinations(files, wanted, own)
    calendar = files.config.new_calendar()
    refuse_rows_in_tables(files, placed, calendar)
    contents = _contents(files, placed, own, maker)
    _refuse_unsound(settings, contents, {path: files.read(path) for path in contents})
    made = {WORKSPACE_FILE: settings} if is_new else {}
    return Edit({**made, **contents}, restated(files, contents, own))


def _contents(
    files: Files, placed: Mapping[str, PlanData], own: set[str], maker: str
) -> dict[str, bytes]:
    """A file that nobody edited is made anew; any other takes the records one by one."""
    contents: dict[str, bytes] = {}
    faults: list[str] = []
    for path, plan in placed.items():
        try:
            if path in own or not files.read(path):
                contents[path] = with_mark(_proved(plan), maker)
            else:
                contents[path] = merged_file(files, path, plan)
        except CannotRun as error:
            faults.append(error.message + (f"; {error.help}" if error.help else ""))
    refuse(faults)
    return contents


def _settings(snapshot: Snapshot, built: Built) -> tuple[bytes, bool]:
    """The text of the workspace's `kpi.yaml`, and whether it is to be made. Raises CannotRun."""
    wanted: dict[str, Any] = {"version": 1, **(built.workspace or {})}
    path = snapshot.root / WORKSPACE_FILE
    try:
        raw = snapshot.read(WORKSPACE_FILE)
    except FileNotFoundError:
        if built.workspace is None:
            raise CannotRun(
                f"there is no workspace at {snapshot.root}; type `kpi init` first, or add "
                "`workspace:` with a name to the map"
            ) from None
        return _proved(wanted).encode(), True
    found = load(raw)
    if found.faults or not isinstance(found.data, dict):
        raise CannotRun(f"{path} has faults; `kpi validate` shows them")
    if built.workspace is not None and _calendar(found.data) != _calendar(wanted):
        raise CannotRun(
            f"{path} counts its fiscal year otherwise than the map does (`calendar:`), so fiscal "
            "periods would be other days; make the two agree, or import into a folder of its own"
        )
    return raw, False


def _calendar(settings: Mapping[str, Any]) -> dict[str, Any]:
    given = settings.get("calendar")
    return {**_CALENDAR, **(given if isinstance(given, dict) else {})}


def _refuse_unsound(
    settings: bytes, contents: Mapping[str, bytes], before: Mapping[str, bytes]
) -> None:
    """Raise CannotRun for the faults the import brings; those that were there are not its own."""
    found = unsound(settings, contents)
    known = set(unsound(settings, before)) if found else set()
    faults = [fault for fault in found if fault not in known]
    if faults:
        shown = faults[:_MOST_LISTED]
        more = [f"… and {len(faults) - len(shown)} more"] if len(faults) > len(shown) else []
        head = "the map makes what a plan cannot hold; nothing was written:"
        raise CannotRun("\n".join([head, *shown, *more]))


def _proved(data: Mapping[str, Any]) -> str:
    """The text of a file, proved to say what is meant."""
    text = emit(data)
    found = load(text.encode("utf-8"))
    if found.faults or found.data != data:
        raise InternalFault("a file could not be written so that it reads back the same")
    return text
