"""`kpi record`: actuals put where a KPI's actuals live, in date order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi_cli.analysis.results import KpiResult
from kpi_cli.edit.draft import CannotEdit
from kpi_cli.edit.entries import Entry, checked
from kpi_cli.edit.files import Files
from kpi_cli.edit.homes import Home, home_of
from kpi_cli.edit.judged import Judged, judge
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.errors import CannotRun
from kpi_cli.models import Kpi

_MOST_LISTED = 20


@dataclass(frozen=True)
class Recorded:
    """One KPI's new actuals and what they did to it. `places` are (file, period) pairs."""

    kpi: Kpi
    entries: tuple[Entry, ...]
    places: tuple[tuple[str, str], ...]
    before: KpiResult
    after: KpiResult
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What `kpi record` was asked for."""

    entries: tuple[Entry, ...]
    as_of: date
    restate: bool


def record(snapshot: Snapshot, request: Request) -> Edit[tuple[Recorded, ...]]:
    """All entries, or none. Raises CannotRun that names every entry at fault, with its code."""
    files = Files(snapshot)
    wanted = list(dict.fromkeys(entry.kpi for entry in request.entries))
    _require_kpis(files, wanted)
    before = judge(files, wanted, request.as_of)
    _raise(_faults(request, before))
    homes = {name: home_of(files, name, before) for name in wanted}
    edited = _write(files, request, homes)
    after = judge(files, wanted, request.as_of, edited)
    _raise(_new_errors(request, before, after))
    said = [_recorded(name, request, homes[name], before, after) for name in wanted]
    return Edit(edited, tuple(said))


def _require_kpis(files: Files, wanted: Iterable[str]) -> None:
    for name in wanted:
        path, section = files.place(name)
        if section != "kpis":
            raise CannotRun(f"'{name}' in {path} is no KPI; only KPIs have actuals")


def _faults(request: Request, before: Judged) -> list[str]:
    seen: set[tuple[str, date, date]] = set()
    faults: list[str] = []
    for entry in request.entries:
        kpi = before.kpi(entry.kpi)
        if kpi is None:
            faults.append(f"'{entry.kpi}' has faults; `kpi validate` shows them")
            continue
        found = list(checked(entry, kpi, before, restate=request.restate))
        faults += [f"{entry.label}: {fault}" for fault in found]
        if not found:
            period = before.loaded.plan.calendar.parse(entry.period)
            key = (entry.kpi, period.start, period.end)
            if key in seen:
                faults.append(f"{entry.label}: K201: {entry.period} is given twice")
            seen.add(key)
    return faults


def _raise(faults: Sequence[str]) -> None:
    if not faults:
        return
    shown = list(dict.fromkeys(faults))
    more = [f"… and {len(shown) - _MOST_LISTED} more"] if len(shown) > _MOST_LISTED else []
    text = "\n     ".join([*shown[:_MOST_LISTED], *more])
    raise CannotRun(text, help="nothing was written")


def _write(files: Files, request: Request, homes: dict[str, Home]) -> dict[str, bytes]:
    """The new bytes of every file, each proved once."""
    drafts = {home.path: home.open(files) for home in homes.values()}
    for entry in request.entries:
        home = homes[entry.kpi]
        drafts[home.path] = home.put(drafts[home.path], entry)
    return {path: draft.proved() for path, draft in drafts.items()}


def _new_errors(request: Request, before: Judged, after: Judged) -> list[str]:
    """Faults that the new figures bring; a refusal quotes the rule. Warnings only for K203."""
    faults: list[str] = []
    for name in dict.fromkeys(entry.kpi for entry in request.entries):
        old = {(d.code, d.message) for d in before.faults(name)}
        faults += [
            f"{name}: {d.code}: {d.message}" + (f"; {d.help}" if d.help else "")
            for d in after.faults(name)
            if (d.code, d.message) not in old and d.code != "K206"
        ]
    return faults


def _recorded(name: str, request: Request, home: Home, before: Judged, after: Judged) -> Recorded:
    kpi = after.kpi(name)
    if kpi is None:
        raise CannotEdit(f"'{name}' could not be read any more after the edit; nothing was written")
    old = {d.message for d in before.faults(name)}
    entries = tuple(entry for entry in request.entries if entry.kpi == name)
    return Recorded(
        kpi,
        entries,
        tuple((home.path, entry.period) for entry in entries),
        before.result(name),
        after.result(name),
        tuple(
            f"{d.code}: {d.message}"
            for d in after.faults(name)
            if d.code == "K206" and d.message not in old
        ),
    )
