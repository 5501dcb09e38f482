"""A map and the files of its inputs -> records, file by file, and the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.importer.account import InputAccount
from kpi_cli.feeds.importer.drafts import Draft
from kpi_cli.feeds.importer.filters import filters
from kpi_cli.feeds.importer.mapfile import Sections, read_map
from kpi_cli.feeds.importer.place import MapText
from kpi_cli.feeds.importer.records import Records
from kpi_cli.feeds.importer.sandbox import Sandbox
from kpi_cli.feeds.importer.spec import Input, Map
from kpi_cli.feeds.importer.tables import Preparation
from kpi_cli.feeds.importer.values import Compiler
from kpi_cli.feeds.table import read_table
from kpi_cli.period import Calendar
from kpi_cli.shape import did_you_mean

PlanData = dict[str, dict[str, Any]]
"""Section -> id -> record."""


@dataclass(frozen=True, slots=True)
class Built:
    """Everything an import comes to, nothing written yet.

    `files` maps a file's name, relative to the workspace, to its plan data; `records` counts by
    section; `workspace` is what `kpi.yaml` should hold where there is none.
    """

    files: Mapping[str, PlanData]
    records: Mapping[str, int]
    inputs: Mapping[str, InputAccount]
    workspace: Mapping[str, Any] | None


def build(map_path: Path, given: Sequence[str], sections: Sections) -> Built:
    """Apply a map to its inputs.

    `given` are files as typed: `name=FILE`, or FILE for the input that has this file name (or
    for the only input). `sections` lists the sections of a plan file and their keys in order.
    Raises CannotRun for a faulty map or an unreadable file.
    """
    text = MapText(map_path)
    spec = read_map(text, sections)
    paths = input_paths(text, spec, given)
    calendar = calendar_of(text, spec)
    compiler = Compiler(text, Sandbox(filters(calendar, spec.values)))
    ruled = {rule.input for rule in spec.rules}
    preparation = Preparation(compiler, only_looked_up=frozenset(set(spec.inputs) - ruled))
    for name, found in spec.inputs.items():
        preparation.add(found, read_table(paths[name], found.options))
    records = Records(compiler, calendar, sections, spec.file)
    for rule in spec.rules:
        records.apply(rule, preparation.done[rule.input] if rule.input else None)
    return Built(
        files=_by_file(records.drafts, sections),
        records={s: len(records.drafts[s]) for s in sections if s in records.drafts},
        inputs={name: done.ledger.close() for name, done in preparation.done.items()},
        workspace=spec.workspace,
    )


def calendar_of(text: MapText, spec: Map) -> Calendar:
    """The calendar of the map's workspace. Raises CannotRun."""
    raw = (spec.workspace or {}).get("calendar") or {}
    start, named_by = raw.get("fiscal_year_start", 1), raw.get("fiscal_year_named_by", "start")
    if type(start) is not int or not 1 <= start <= 12 or named_by not in ("start", "end"):
        message = "write `calendar: {fiscal_year_start: 1..12, fiscal_year_named_by: start | end}`"
        raise text.fault(("workspace", "calendar"), message)
    return Calendar(start, named_by)


def input_paths(text: MapText, spec: Map, given: Sequence[str]) -> dict[str, Path]:
    """Where each input is read from. Raises CannotRun for names that do not fit."""
    paths: dict[str, Path] = {}
    for argument in given:
        name, path = _assigned(spec, argument)
        if name in paths:
            raise CannotRun(f"two files are given for the input '{name}'")
        paths[name] = path
    for name, found in spec.inputs.items():
        if name not in paths:
            paths[name] = _from_map(text, found)
    return paths


def _assigned(spec: Map, argument: str) -> tuple[str, Path]:
    name, equals, path = argument.partition("=")
    if equals and name in spec.inputs:
        return name, Path(path)
    if len(spec.inputs) == 1 and (not equals or Path(argument).exists()):
        return next(iter(spec.inputs)), Path(argument)
    fitting = [n for n, i in spec.inputs.items() if i.file and _same_name(i.file, argument)]
    if len(fitting) == 1:
        return fitting[0], Path(argument)
    names = ", ".join(spec.inputs)
    if equals:
        hint = did_you_mean(name, spec.inputs) or f"it has: {names}"
        raise CannotRun(f"the map has no input '{name}'; {hint}")
    raise CannotRun(f"which input is '{argument}'? Write NAME={argument}, NAME one of: {names}")


def _same_name(file: str, argument: str) -> bool:
    return Path(file).name == Path(argument).name


def _from_map(text: MapText, found: Input) -> Path:
    if found.file is None:
        raise text.fault(found.route, f"no file for this input; type {found.name}=FILE")
    path = text.path.parent / found.file
    if not path.is_file():
        message = f"there is no file {path}; type {found.name}=FILE to say where it is"
        raise text.fault(found.route, message)
    return path


def _by_file(drafts: Mapping[str, Mapping[str, Draft]], sections: Sections) -> dict[str, PlanData]:
    """Plan data for each file: sections in their order, records by id."""
    files: dict[str, PlanData] = {}
    for section, order in sections.items():
        for identifier, draft in sorted(drafts.get(section, {}).items()):
            plan = files.setdefault(draft.file, {})
            plan.setdefault(section, {})[identifier] = draft.data(tuple(order))
    return dict(sorted(files.items()))
