"""A few KPIs judged without reading the whole plan: before an edit, and as it would be after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kpi_cli.analysis.assess import assess_kpi
from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.results import KpiResult
from kpi_cli.checks.change import overlapping_periods
from kpi_cli.checks.data import future_actual, hundredfold_jump, out_of_bounds
from kpi_cli.checks.registry import Context
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.edit.files import Files, Overlay
from kpi_cli.edit.ids import mentions
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.plan import Loaded, load_plan

_RULES = (future_actual, out_of_bounds, overlapping_periods, hundredfold_jump)


@dataclass(frozen=True)
class Judged:
    """Some KPIs of a workspace on a day."""

    loaded: Loaded
    as_of: date

    def kpi(self, identifier: str) -> Kpi | None:
        """The KPI; None where it has faults."""
        return self.loaded.plan.kpis.get(identifier)

    def rows(self, identifier: str) -> Rows:
        """Its actuals."""
        return self.loaded.plan.series.get(identifier) or Rows()

    def result(self, identifier: str) -> KpiResult:
        """Its numbers. Raises KeyError where it has faults."""
        plan = self.loaded.plan
        return assess_kpi(plan, plan.kpis[identifier], SeriesBook(plan, self.as_of), self.as_of)

    def faults(self, identifier: str) -> list[Diagnostic]:
        """What the reader and the rules about figures say of it."""
        found = [d for d in self.loaded.diagnostics if d.subject in (identifier, None)]
        kpi = self.kpi(identifier)
        if kpi is not None:
            plan, day = self.loaded.plan, self.as_of
            context = Context(plan, day, lambda: NotImplemented)
            found += [d for rule in _RULES for d in rule(kpi, context)]
        return found


def judge(
    files: Files, wanted: Iterable[str], as_of: date, edited: Mapping[str, bytes] | None = None
) -> Judged:
    """KPIs (or objectives) by id, with what their numbers rest on, in the files as `edited`."""
    plan_files, kpis = _needed(files, wanted)
    tables = _tables(files, kpis, edited or {})
    only = [*plan_files, *tables]
    tree = Overlay(files.tree, {**tables, **(_plans(edited or {}))}, only)
    return Judged(load_plan(tree), as_of)


def _plans(edited: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: raw for path, raw in edited.items() if not path.endswith(".csv")}


def _needed(files: Files, wanted: Iterable[str]) -> tuple[set[str], set[str]]:
    """The plan files to read, and the KPIs in question with the inputs of their formulas."""
    paths: set[str] = set()
    kpis: set[str] = set()
    waiting = list(wanted)
    while waiting:
        identifier = waiting.pop()
        places = files.places(identifier)
        if identifier in kpis or not places:
            continue
        path, section = places[0]
        paths.add(path)
        if section != "kpis":
            continue
        kpis.add(identifier)
        record = files.data(path)[section][identifier]
        found = mentions({"kpis": {identifier: record}})
        waiting += [m.id for m in found if m.part == "formula" or "objective" in m.route[2:]]
    return paths, kpis


def _tables(files: Files, kpis: Iterable[str], edited: Mapping[str, bytes]) -> dict[str, bytes]:
    """The CSV files that hold figures of these KPIs; of long ones only their own rows."""
    found: dict[str, bytes] = {}
    known = list(kpis)
    for path in files.long_paths:
        raw = edited.get(path) or files.read(path)
        if any(identifier.encode() in raw for identifier in known):
            found[path] = _rows_of(raw, known)
    for identifier in known:
        for path in files.sources(identifier):
            if path not in found:
                raw = edited.get(path) or files.read(path)
                found.update({path: raw} if raw else {})
    return found


def _rows_of(raw: bytes, kpis: Iterable[str]) -> bytes:
    """The header and the lines that hold one of the ids; all where a cell goes over lines."""
    lines = raw.splitlines(True)
    if any(line.count(b'"') % 2 for line in lines if b'"' in line):
        return raw
    words = [identifier.encode() for identifier in kpis]
    return b"".join(
        line if at == 0 or any(word in line for word in words) else b"\n"
        for at, line in enumerate(lines)
    )
