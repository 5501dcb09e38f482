"""`kpi import`: the records a map makes, checked, and written as files of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpi_cli.edit.emit import emit
from kpi_cli.edit.generated import Planned, leftovers, plan_files, with_mark, write
from kpi_cli.edit.order import sections
from kpi_cli.edit.sound import unsound
from kpi_cli.errors import CannotRun, InternalFault
from kpi_cli.feeds.importer.account import InputAccount
from kpi_cli.feeds.importer.build import Built, build
from kpi_cli.source import load

WORKSPACE_FILE = "kpi.yaml"
_CALENDAR = {"fiscal_year_start": 1, "fiscal_year_named_by": "start"}
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import came to; `leftovers` are files of an earlier one that it makes no more."""

    inputs: Mapping[str, InputAccount]
    records: Mapping[str, int]
    files: tuple[Planned, ...]
    leftovers: tuple[str, ...]
    written: bool


def run_import(
    map_path: Path, given: Sequence[str], root: Path, *, dry_run: bool = False
) -> ImportResult:
    """Import into the workspace at `root`, which the map's `workspace:` creates if need be.

    `given` are files as typed (`name=FILE` or FILE). Raises CannotRun, nothing written, for a
    faulty map, unreadable input, a record that is not sound or a file that is not ours.
    """
    built = build(map_path, given, sections())
    settings = _settings(root, built)
    contents = {name: with_mark(_proved(data), map_path.name) for name, data in built.files.items()}
    _refuse_unsound(settings, contents)
    planned = plan_files(root, contents)
    if not (root / WORKSPACE_FILE).exists():
        planned.insert(0, Planned(WORKSPACE_FILE, root / WORKSPACE_FILE, settings, "new"))
    if not dry_run:
        write(planned)
    return ImportResult(
        inputs=built.inputs,
        records=built.records,
        files=tuple(planned),
        leftovers=tuple(leftovers(root, map_path.name, contents)) if root.is_dir() else (),
        written=not dry_run,
    )


def _settings(root: Path, built: Built) -> bytes:
    """The text of the workspace's `kpi.yaml`, or of the one to be made. Raises CannotRun."""
    wanted: dict[str, Any] = {"version": 1, **(built.workspace or {})}
    path = root / WORKSPACE_FILE
    if not path.exists():
        if built.workspace is None:
            raise CannotRun(
                f"there is no workspace at {root}; type `kpi init` first, or add `workspace:` with "
                "a name to the map"
            )
        return _proved(wanted).encode()
    raw = path.read_bytes()
    found = load(raw)
    if found.faults or not isinstance(found.data, dict):
        raise CannotRun(f"{path} has faults; `kpi validate` shows them")
    if built.workspace is not None and _calendar(found.data) != _calendar(wanted):
        raise CannotRun(
            f"{path} counts its fiscal year otherwise than the map does (`calendar:`), so fiscal "
            "periods would be other days; make the two agree, or import into a folder of its own"
        )
    return raw


def _calendar(settings: Mapping[str, Any]) -> dict[str, Any]:
    given = settings.get("calendar")
    return {**_CALENDAR, **(given if isinstance(given, dict) else {})}


def _refuse_unsound(settings: bytes, contents: Mapping[str, bytes]) -> None:
    faults = unsound(settings, contents)
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
