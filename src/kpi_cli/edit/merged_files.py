"""A plan file that people edit too, with imported values in it; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kpi_cli.edit.become import become
from kpi_cli.edit.destinations import refuse
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.entries import of_lock
from kpi_cli.edit.files import Files
from kpi_cli.edit.merging import changes, merged, place_of
from kpi_cli.edit.records import add_record
from kpi_cli.edit.slices import in_record
from kpi_cli.edit.verify import proved, same
from kpi_cli.feeds.importer.build import PlanData
from kpi_cli.period import Calendar
from kpi_cli.source import Route, load

Restated = tuple[tuple[str, str], ...]
"""KPI and period of every figure that was there and is another one now."""


def merged_file(files: Files, path: str, plan: PlanData) -> bytes:
    """A person's file with the imported values in it. Raises CannotEdit."""
    draft = files.draft(path)
    calendar = files.config.new_calendar()
    for section, records in plan.items():
        for identifier, record in records.items():
            standing = draft.data.get(section)
            if isinstance(standing, dict) and identifier in standing:
                draft = _merged_record(draft, section, identifier, record, calendar)
            else:
                draft = add_record(draft, section, identifier, record)
    return proved(draft)


def _merged_record(
    draft: Draft, section: str, identifier: str, record: Mapping[str, Any], calendar: Calendar
) -> Draft:
    old = draft.data[section][identifier]
    actuals = old.get("actuals") if isinstance(old, dict) else None
    if not isinstance(old, dict) or not isinstance(actuals, dict | None):
        raise draft.refused((section, identifier), "it is not written as fields with values")
    wanted = merged(old, record, calendar)
    if same(old, wanted):
        return draft

    def edit(part: Draft, at: Route) -> Draft:
        return become(
            part, at, wanted, lambda route, name: place_of(section, at, route, name, calendar)
        )

    return in_record(draft, section, identifier, edit)


def restated(files: Files, contents: Mapping[str, bytes], own: set[str]) -> Restated:
    """The figures that are replaced. Raises CannotRun where a known KPI's period is locked."""
    calendar, locked = files.config.new_calendar(), files.config.locked
    standing = _kpis(files.data(path) for path in contents)
    before = {**_kpis(files.data(path) for path in own), **standing}
    after = _kpis(load(raw).data for raw in contents.values())
    found: list[tuple[str, str]] = []
    faults: list[str] = []
    for identifier in (before.keys() & after.keys()) | standing.keys():
        record = after.get(identifier)
        for period, was_there in changes(before[identifier], record, calendar):
            faults += [f"{identifier} {period.name}: {fault}" for fault in of_lock(period, locked)]
            if was_there and record is not None:
                found.append((identifier, period.name))
    refuse(sorted(faults))
    return tuple(sorted(found))


def _kpis(plans: Iterable[Any]) -> dict[str, Any]:
    """The KPIs of some files by id."""
    found: dict[str, Any] = {}
    for data in plans:
        body = data.get("kpis") if isinstance(data, dict) else None
        found.update(body if isinstance(body, dict) else {})
    return found
