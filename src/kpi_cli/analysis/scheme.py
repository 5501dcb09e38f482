"""The plan of one KPI on a day: when it runs, and which target and due date are in force."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.results import Scheme, Status
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.plan import Plan


def lifecycle(kpi: Kpi, start: date | None, as_of: date) -> Status | None:
    """retired or draft by its own record, not_started by the day; None while it runs."""
    if _is_retired(kpi, as_of):
        return Status.RETIRED
    if kpi.status == "draft":
        return Status.DRAFT
    return Status.NOT_STARTED if start is not None and as_of < start else None


def _is_retired(kpi: Kpi, as_of: date) -> bool:
    on = kpi.retired.on if kpi.retired else None
    return kpi.status == "retired" if on is None else on <= as_of


def start_of(plan: Plan, kpi: Kpi, rows: Rows) -> date | None:
    """Declared (own or the objective's), else the baseline's date, else the first actual's."""
    declared = plan.start_of(kpi)
    if declared is not None:
        return declared
    if kpi.baseline and kpi.baseline.date:
        return kpi.baseline.date
    return rows.periods[0].start if rows.periods else None


def original_due(plan: Plan, kpi: Kpi) -> date | None:
    """The first due date: own, the objective's end, or the last milestone's."""
    due = plan.due_of(kpi)
    if due is None and isinstance(kpi.target, Milestones):
        return kpi.target.last_due
    return due


def method_of(plan: Plan, kpi: Kpi) -> str:
    """gap or sdg: the KPI's own, else the workspace's."""
    return kpi.method or plan.config.status.method


def set_on(scheme: Scheme) -> date | None:
    """The day since which the target in force holds."""
    return scheme.changed_on or scheme.start


def scheme_on(plan: Plan, kpi: Kpi, start: date | None, day: date) -> Scheme:
    """Target and due date in force for an observation of that day."""
    target, due, changed = kpi.target, original_due(plan, kpi), None
    for change in sorted(kpi.target_changes, key=lambda c: c.from_):
        if change.from_ <= day:
            target, due, changed = change.target or target, change.due or due, change.from_
    return Scheme(start, due, target, changed)
