"""Which file each imported record goes to: the one where it stands, else the one of the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kpi_cli.edit.files import Files
from kpi_cli.edit.generated import inside, is_untouched, maker_of
from kpi_cli.edit.sorting import period_or_none
from kpi_cli.edit.store import Snapshot
from kpi_cli.errors import CannotRun
from kpi_cli.feeds.importer.build import PlanData
from kpi_cli.period import Calendar
from kpi_cli.plan import SECTIONS
from kpi_cli.source import record_lines

Standing = Mapping[str, list[tuple[str, str]]]
"""Id -> (file, section) of each record that has it."""


def own_files(files: Files, paths: Iterable[str], maker: str) -> set[str]:
    """Those of the files that are still as a map made them: they are made anew."""
    found = ((path, files.read(path)) for path in paths)
    return {path for path, raw in found if maker_of(raw) == maker and is_untouched(raw)}


def one_name_each(snapshot: Snapshot, files: Files, wanted: Iterable[str]) -> dict[str, str]:
    """Names of the map -> names of the workspace's files, links resolved. Raises CannotRun."""
    known = {snapshot.resolve(path): path for path in files.plan_paths}
    names: dict[str, str] = {}
    refused: list[str] = []
    for name in wanted:
        try:
            real = inside(snapshot.root, name)
            names[name] = known.setdefault(real, name)
        except CannotRun as error:
            refused.append(error.message)
    refuse(refused)
    return names


def refuse(faults: Iterable[str], most: int = 20) -> None:
    """Raise CannotRun with all faults, if there is one."""
    found = list(dict.fromkeys(faults))
    more = [f"… and {len(found) - most} more"] if len(found) > most else []
    if found:
        raise CannotRun("\n".join([*found[:most], *more]), help="nothing was written")


def destinations(
    files: Files, wanted: Mapping[str, PlanData], own: set[str]
) -> dict[str, PlanData]:
    """The records by the file they go to. Raises CannotRun where a record has two places."""
    paths = dict.fromkeys([*files.plan_paths, *wanted])
    standing = _standing(files, (path for path in paths if path not in own))
    placed: dict[str, PlanData] = {}
    faults: list[str] = []
    for name, section, identifier, record in _records(wanted):
        places = standing.get(identifier, [])
        faults += _ambiguous(identifier, section, places)
        path = places[0][0] if places else name
        placed.setdefault(path, {}).setdefault(section, {})[identifier] = record
    refuse(faults)
    return placed


def _records(wanted: Mapping[str, PlanData]) -> Iterator[tuple[str, str, str, Any]]:
    for name, plan in wanted.items():
        for section, records in plan.items():
            for identifier, record in records.items():
                yield name, section, identifier, record


def _standing(files: Files, paths: Iterable[str]) -> Standing:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in paths:
        for section, identifier in sorted(_ids(files, path)):
            found[identifier].append((path, section))
    return found


def _ids(files: Files, path: str) -> set[tuple[str, str]]:
    """Section and id of all records of a file, those included that cannot be read."""
    data = files.data(path)
    ids = {found for found in record_lines(files.read(path)) if found[0] in SECTIONS}
    for section, body in data.items() if isinstance(data, dict) else ():
        if section in SECTIONS and isinstance(body, dict):
            ids |= {(section, identifier) for identifier in body}
    return ids


def _ambiguous(identifier: str, section: str, places: list[tuple[str, str]]) -> Iterator[str]:
    if len(places) > 1:
        paths = " and ".join(path for path, _ in places)
        yield f"K101: '{identifier}' is used twice, in {paths}; take one of them out"
    elif places and places[0][1] != section:
        path, other = places[0]
        yield (
            f"K101: '{identifier}' is in `{other}` of {path}, and the map makes it in `{section}`; "
            "give one of them another id"
        )


def refuse_rows_in_tables(files: Files, placed: Mapping[str, PlanData], calendar: Calendar) -> None:
    """Raise CannotRun where a table holds figures that the import would write a second time."""
    rows = _table_rows(files, calendar) if files.long_paths else {}
    faults: list[str] = []
    for path, _section, identifier, record in _records(placed):
        actuals = record.get("actuals") if isinstance(record, dict) else None
        if not isinstance(actuals, dict):
            continue
        there = ((files.data(path) or {}).get("kpis") or {}).get(identifier)
        named = there.get("actuals") if isinstance(there, dict) else None
        if isinstance(named, dict) and "files" in named:
            faults.append(
                f"{path}: '{identifier}' takes its actuals from tables (`actuals: files:`); "
                "import them there, or leave `actuals` out of the map"
            )
        for name in actuals:
            table = rows.get((identifier, period_or_none(calendar, name)))
            if table:
                faults.append(
                    f"{table}: it has the actual of '{identifier}' for {name} already; correct it "
                    "with `kpi record --restate`, or leave it out of the import"
                )
    refuse(faults)


def _table_rows(files: Files, calendar: Calendar) -> dict[tuple[str, Any], str]:
    """KPI and period of every row of the long CSV files -> the file."""
    found: dict[tuple[str, Any], str] = {}
    for path in files.long_paths:
        table = files.table(path)
        kpi, period = table.column("kpi"), table.column("period")
        for row in table.rows[1:]:
            when = period_or_none(calendar, row.value(period))
            if when is not None:
                found[row.value(kpi), when] = path
    return found
