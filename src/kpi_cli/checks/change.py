"""Changes that must be accounted for: targets, locked periods, check-ins, retirement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpi_cli.analysis.assess import assess_kpi
from kpi_cli.analysis.kpi import latest_check_in
from kpi_cli.analysis.observation import latest
from kpi_cli.analysis.results import Status
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.models import Kpi, Objective
from kpi_cli.models.record import CheckIn
from kpi_cli.models.series import Rows
from kpi_cli.plan.series import row_place


@check("K301", "target-change-without-reason", Severity.ERROR)
def target_change_without_reason(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A target or due date was changed without a reason.

    A target that moves when it is missed is none. The change stays in the file with the day it
    holds from, and with the reason, so that a review can judge it a year later.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            direction: increase
            target: 80
            source: {manual: till}
            target_changes:
              - {from: 2026-05-15, target: 60}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            direction: increase
            target: 80
            source: {manual: till}
            target_changes:
              - {from: 2026-05-15, target: 60, reason: the street is closed until autumn}

    Fix:
        Add `reason:` and, best, `approved_by:` with the person who agreed.
    """
    return _without_reason(kpi, context) if kpi.target_changes else ()


def _without_reason(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    for at, change in enumerate(kpi.target_changes):
        if change.reason is None and change.from_ <= context.as_of:
            what = "target" if change.target is not None else "due date"
            yield Diagnostic(
                "K301",
                context.plan.place(kpi.id, "target_changes", at).at_first_key(),
                f"the {what} of '{kpi.id}' changes on {change.from_} without a reason",
                kpi.id,
                "add `reason:` with a sentence why",
            )


@check("K302", "locked-period-edited", Severity.ERROR)
def locked_period_edited(context: Context) -> Iterator[Diagnostic]:
    """An actual of a locked period differs from what it was when the period was locked.

    `locked:` in kpi.yaml freezes what has been reported: books closed, figures published. The
    actuals of the period are compared with the git commit that added the lock. Without git, or
    where its history does not reach back to that commit, this is only noted.

    Bad:
        # kpi.yaml has `locked: ["2026-Q1"]` since April, and in May an actual is edited:
        #   actuals: {2026-03: 64}   becomes   actuals: {2026-03: 69}

    Good:
        # the locked actual stays as it was; what was found out later goes into a note or into
        # a later period

    Fix:
        Put the old value back. If it really has to change, take the lock out of kpi.yaml in a
        commit of its own that says why, and lock the period again afterwards.

    Setting:
        `locked` in kpi.yaml: the periods whose actuals may not change any more.
    """
    if context.plan.config.locked and context.locked_edits is not None:
        yield from context.locked_edits()


@check("K303", "overlapping-periods", Severity.ERROR)
def overlapping_periods(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """Two actuals cover the same days.

    The figure of 20 January is part of January's. With both, a sum counts those days twice and
    nobody knows which one is the latest.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64, 2026-05-20: 40}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64}

    Fix:
        Keep the figure for the whole period, or only dated ones.
    """
    rows = context.plan.series[kpi.id]
    overlapping = context.index.courses.of(rows.periods).overlapping
    return (
        [_overlap(kpi, context, rows, row - 1, row) for row in overlapping] if overlapping else ()
    )


def _overlap(kpi: Kpi, context: Context, rows: Rows, one: int, other: int) -> Diagnostic:
    first, second = sorted((one, other), key=lambda row: _written(kpi, rows, row))
    record = context.plan.origins[kpi.id]
    early, late = rows.periods[first].name, rows.periods[second].name
    return Diagnostic(
        "K303",
        row_place(rows, second, record),
        f"{late} covers days that {early} covers too",
        kpi.id,
        f"keep {early} or {late}, not both",
        (Related(row_place(rows, first, record), f"{early} stands here"),),
    )


def _written(kpi: Kpi, rows: Rows, row: int) -> tuple[int, str, int, int]:
    """Where a row stands in the order of writing: in the record first, then file by file."""
    place = rows.places.get(row)
    if place is None:
        return 0, "", kpi.actuals.rows.periods.index(rows.periods[row]), 0
    mark = place.mark
    return 1, place.path, mark.line if mark else 0, mark.column if mark else 0


@check("K306", "check-in-disagrees", Severity.WARNING)
def check_in_disagrees(context: Context) -> Iterator[Diagnostic]:
    """The owner's latest word and the figures say different things.

    The owner may know more than the figures, and then the check-in should say what. Both are
    shown; roll-ups and counts go by the figures.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: {value: 41, note: the street is closed}}
            check_ins: [{on: 2026-06-01, by: lan, status: on_track}]
        actions: {side-door: {title: Open the side door, kpi: visits, owner: lan, due: 2026-06-15}}
        # as-of: 2026-06-01

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: {value: 41, note: the street is closed}}
            check_ins: [{on: 2026-06-01, by: lan, status: off_track, note: the street is closed}]
        actions: {side-door: {title: Open the side door, kpi: visits, owner: lan, due: 2026-06-15}}
        # as-of: 2026-06-01

    Fix:
        Check in again with what you know, or correct the figures.
    """
    for kpi in context.plan.kpis.values():
        if kpi.check_ins and _may_hold(kpi, context):
            book = context.index.book
            result = assess_kpi(context.plan, kpi, book, context.as_of)
            if result.counts_as is result.computed and result.check_in_holds:
                yield from _disagreement(kpi, context, result.check_in, result.computed)
    for objective in context.plan.objectives.values():
        if latest_check_in(objective.check_ins, context.as_of):
            found = context.assessment.objectives[objective.id]
            open_ = objective.status == "active" and objective.id not in context.index.closed
            if open_ and found.check_in_holds:
                yield from _disagreement(objective, context, found.check_in, found.computed)


def _may_hold(kpi: Kpi, context: Context) -> bool:
    """Whether the latest check-in is not older than the latest actual (a cheap first look)."""
    check_in = latest_check_in(kpi.check_ins, context.as_of)
    if check_in is None or check_in.status is None or kpi.status != "active":
        return False
    if kpi.formula is not None:
        return True
    rows = context.plan.series[kpi.id]
    row = latest(rows, context.as_of)
    if row is None or rows.periods[row].end <= check_in.on:
        return True
    due = context.plan.due_of(kpi)
    return due is not None and due <= check_in.on


_SAYS_THE_SAME = {
    Status.ON_TRACK: ("on_track",),
    Status.ACHIEVED: ("on_track",),
    Status.AT_RISK: ("at_risk",),
    Status.OFF_TRACK: ("off_track",),
    Status.MISSED: ("off_track",),
}


def _disagreement(
    record: Kpi | Objective, context: Context, check_in: CheckIn | None, computed: Status
) -> Iterator[Diagnostic]:
    agreed = _SAYS_THE_SAME.get(computed, ())
    if check_in is None or check_in.status is None or not agreed or check_in.status in agreed:
        return
    at = next(i for i, one in enumerate(record.check_ins) if one is check_in)
    said, figures = check_in.status.replace("_", " "), computed.replace("_", " ")
    yield Diagnostic(
        "K306",
        context.plan.place(record.id, "check_ins", at, "status"),
        f"the check-in of {check_in.on} says {said}, and the figures say {figures}",
        record.id,
        f'check in again: `kpi check-in {record.id} --status {agreed[0]} --note "…"`',
    )


@check("K307", "retired-without-reason", Severity.ERROR)
def retired_without_reason(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI was retired without a reason.

    Measures that disappear when they turn red are a warning sign of their own. The reason, and
    what replaced the KPI, stay in the file.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, status: retired, retired: {on: 2026-05-10}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, status: retired, retired: {on: 2026-05-10, reason: nobody used it}}

    Fix:
        Add `retired: {on: DATE, reason: WHY, replaced_by: ID}`.
    """  # noqa: E501 - one record a line reads best here
    if kpi.id not in context.index.retired or (kpi.retired and kpi.retired.reason):
        return ()
    place, todo = context.plan.place(kpi.id), "add `retired: {on: DATE, reason: WHY}`"
    return (Diagnostic("K307", place, f"'{kpi.id}' is retired without a reason", kpi.id, todo),)
