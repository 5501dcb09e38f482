"""`kpi retire`: a KPI is given up, with a reason; who relied on it is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpi_cli.edit.become import become
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.files import Files
from kpi_cli.edit.order import sections
from kpi_cli.edit.slices import in_record
from kpi_cli.edit.sorting import in_key_order
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.verify import proved
from kpi_cli.errors import CannotRun
from kpi_cli.plan import Plan, load_plan
from kpi_cli.source import Route


@dataclass(frozen=True, slots=True)
class Retired:
    """Objectives left without evidence, and records that still name the KPI (id, key)."""

    kpi: str
    path: str
    without_evidence: tuple[str, ...]
    still_named: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Retirement:
    """What `kpi retire` was told."""

    kpi: str
    reason: str
    on: date
    replaced_by: str | None = None


def retire(snapshot: Snapshot, wish: Retirement) -> Edit[Retired]:
    """`status: retired` and `retired:` with day and reason. Raises CannotRun."""
    files = Files(snapshot)
    path, section = files.place(wish.kpi)
    record = files.record(wish.kpi)
    if section != "kpis":
        raise CannotRun(
            f"'{wish.kpi}' in {path} is in `{section}`; only KPIs are retired",
            help="an objective is closed: `status: closed` with `closed: {on, outcome, lesson}`",
        )
    if not isinstance(record, dict):
        raise CannotRun(f"'{wish.kpi}' has faults; `kpi validate` shows them")
    if record.get("status") == "retired":
        raise CannotRun(f"'{wish.kpi}' is retired already")
    _require_replacement(files, wish)
    draft = in_record(files.draft(path), "kpis", wish.kpi, lambda d, r: _marked(d, r, wish))
    edited = {path: proved(draft)}
    plan = load_plan(snapshot).plan
    return Edit(
        edited,
        Retired(wish.kpi, path, _without_evidence(plan, wish.kpi), _still_named(files, wish.kpi)),
    )


def _require_replacement(files: Files, wish: Retirement) -> None:
    if not wish.reason.strip():
        raise CannotRun("K307: a KPI is retired for a reason", help='write --reason "…"')
    if wish.replaced_by is None:
        return
    if wish.replaced_by == wish.kpi or files.place(wish.replaced_by)[1] != "kpis":
        raise CannotRun(f"K103: '{wish.replaced_by}' is no other KPI")
    if files.record(wish.replaced_by).get("status") == "retired":
        raise CannotRun(f"K124: '{wish.replaced_by}' is retired itself")


def _marked(draft: Draft, route: Route, wish: Retirement) -> Draft:
    known = sections()["kpis"]
    retired: dict[str, Any] = {"on": wish.on.isoformat(), "reason": wish.reason}
    if wish.replaced_by:
        retired["replaced_by"] = wish.replaced_by
    for key, value in (("status", "retired"), ("retired", retired)):
        record = {**draft.value(route), key: value}
        draft = become(draft, route, record, lambda _, name: in_key_order(known, name))
    return draft


def _without_evidence(plan: Plan, kpi: str) -> tuple[str, ...]:
    """Active objectives whose only active KPI it was, and that nothing supports."""
    found = []
    for name, edges in plan.evidence.items():
        counted = [e.child for e in edges if e.counts and plan.kpis[e.child].status != "retired"]
        objective = plan.objectives[name]
        if counted == [kpi] and objective.status == "active" and not plan.children.get(name):
            found.append(name)
    return tuple(found)


def _still_named(files: Files, kpi: str) -> tuple[tuple[str, str], ...]:
    """Records that name it in another way than as past evidence: guardrails, formulas, actions."""
    found: dict[tuple[str, str], None] = {}
    for path in files.holding(kpi, files.plan_paths):
        for mention in files.mentions(path):
            route = mention.route
            if mention.id == kpi and len(route) > 2 and route[0] in ("kpis", "initiatives"):
                found[str(route[1]), str(route[2])] = None
    return tuple(found)
