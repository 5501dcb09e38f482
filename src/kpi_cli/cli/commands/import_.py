"""`kpi import`: tables become plan records and actuals, by a declarative map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.run import Run
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.edit.importing import ImportResult

_MOST_NAMED = 8


def import_(
    run: Run,
    map_path: Annotated[
        Path,
        option("--map", metavar="MAP", help="The map: a YAML file that says what becomes what."),
    ],
    files: Annotated[
        list[str] | None,
        argument(
            metavar="[NAME=FILE]...",
            help="Tables (CSV, JSON, JSON Lines, XLSX) in place of those the map names.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, option("--dry-run", help="Show what would be written, and write nothing.")
    ] = False,
) -> int:
    """Turn tables into plan records and actuals.

    Every input row is accounted for: used, merged, or rejected with the reason. Where there is no
    workspace yet, the map's `workspace:` makes one. In a file that somebody edited only the
    imported values change, and nothing is removed. A second run changes no byte.
    """
    from kpi_cli.edit.importing import run_import

    result = run_import(map_path, files or [], _root(run), dry_run=dry_run)
    run.speak()
    run.write({"text": lambda: _text(result), "json": lambda: _json(result)})
    if result.leftovers:
        gone = ", ".join(result.leftovers)
        told = _("this map makes these files no more: {files}", files=gone)
        more = _("their records are still in the plan; delete the files if they are obsolete")
        run.say(f"kpi: {told}")
        run.say(f"     {more}")
    return 0


def _root(run: Run) -> Path:
    """The workspace, or the folder that is to become one. Raises CannotRun."""
    from kpi_cli.errors import CannotRun
    from kpi_cli.workspace import find_root

    start = (run.options.root or Path.cwd()).absolute()
    if not start.is_dir():
        raise CannotRun(f"there is no folder '{start}'", help="make it first, or leave out --root")
    try:
        return find_root(start)
    except CannotRun:
        return start


def _text(result: ImportResult) -> str:
    from kpi_cli.feeds.importer.account import as_lines
    from kpi_cli.render.text import one_line

    counts = [
        _("{n} in {section}", n=count, section=section) for section, count in result.records.items()
    ]
    records = _("records: {counts}", counts=", ".join(counts) or _("none"))
    lines = [*as_lines(result.inputs), records]
    states = {"new": "+", "changed": "~", "same": "="}
    lines += [f"  {states[file.state]} {file.name}" for file in result.files]
    lines += _restated(result)
    lines.append(_summary(result))
    return "\n".join(map(one_line, lines)) + "\n"


def _restated(result: ImportResult) -> list[str]:
    """The actuals that have another value than before, by name as far as one line holds them."""
    if not result.restated:
        return []
    count = len(result.restated)
    named = [f"{kpi} {period}" for kpi, period in result.restated[:_MOST_NAMED]]
    more = [_("{n} more", n=count - len(named))] if count > len(named) else []
    names = ", ".join([*named, *more])
    return [_("restated: {n} in actuals ({names})", n=count, names=names)]


def _summary(result: ImportResult) -> str:
    states = [file.state for file in result.files]
    told = _(
        "files: {new} new (+), {changed} changed (~), {same} unchanged (=)",
        new=states.count("new"),
        changed=states.count("changed"),
        same=states.count("same"),
    )
    return told if result.written else f"{told} {_('(nothing written: --dry-run)')}"


def _json(result: ImportResult) -> str:
    from kpi_cli.render.json import dump

    return dump(
        {
            "schema": "kpi-import/1",
            "inputs": result.inputs,
            "records": result.records,
            "files": [file.name for file in result.files],
        }
    )
