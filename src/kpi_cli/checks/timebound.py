"""T: until when? The rules that rest on dates alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kpi_cli.analysis.scheme import original_due
from kpi_cli.checks.index import REVIEW_DAYS
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.models import Kpi, Objective, Record
from kpi_cli.models.fields import Span
from kpi_cli.period import Frequency, later
from kpi_cli.source import Route

MOST_COARSE = 3
"""So many periods at least should lie between start and due date."""
WEEKLY = 5
"""So many where reviews are held every week."""
_WITHOUT_RHYTHM = frozenset({Done, Milestones, type(None)})
"""Forms that are not measured period by period, and no target at all."""


@check("T501", "no-due", Severity.ERROR)
def no_due(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A KPI or an objective has no end.

    Without a date nobody can say whether it is late. A KPI's due date is its objective's end
    unless it has one of its own.

    Bad:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Give the objective a `period:`, or the KPI a `due:`.
    """  # noqa: E501 - one record a line reads best here
    if isinstance(record, Kpi):
        return () if _has_due(record, context) else _kpi_without_due(record, context)
    if isinstance(record, Objective) and record.period is None:
        return _objective_without_period(record, context)
    return ()


def _kpi_without_due(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    plan = context.plan
    if _parent_unread(kpi, context) or kpi.id in context.index.retired:
        return
    message, todo = f"'{kpi.id}' has no due date", "add `due: DATE`"
    objective = plan.objective_of(kpi)
    if objective is not None:
        message = f"{message}, and its objective '{objective.id}' has no period"
        todo = f"add `period:` to '{objective.id}', or `due: DATE` here"
    yield Diagnostic("T501", plan.place(kpi.id), message, kpi.id, todo)


def _objective_without_period(objective: Objective, context: Context) -> Iterator[Diagnostic]:
    plan, index, name = context.plan, context.index, objective.id
    kpis = [plan.kpis[edge.child] for edge in plan.evidence.get(name, ())]
    said = any(not _has_due(kpi, context) for kpi in kpis if kpi.id not in index.retired)
    if name not in index.closed and not said:
        message, todo = f"'{name}' has no period", 'add `period: "2026"`'
        yield Diagnostic("T501", plan.place(name), message, name, todo)


def _has_due(kpi: Kpi, context: Context) -> bool:
    known = kpi.due is not None or original_due(context.plan, kpi) is not None
    return known or any(change.due is not None for change in kpi.target_changes)


def _parent_unread(kpi: Kpi, context: Context) -> bool:
    """Whether the objective that would give the dates is faulty, or named wrongly, itself."""
    return bool(kpi.objective) and kpi.objective[0].target not in context.plan.objectives


@check("T502", "due-past", Severity.ERROR)
def due_past(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A draft's due date has passed.

    A draft is a plan for the future. With a date behind us it was never agreed, and should be
    dated anew or dropped.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            status: draft
            start: 2026-05-01
            due: 2026-08-15
            target: {at_least: 60}
            source: {manual: till}
        # as-of: 2026-09-01
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2026-05-01, end: 2026-12-31}}}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            status: draft
            start: 2026-05-01
            due: 2026-12-15
            target: {at_least: 60}
            source: {manual: till}
        # as-of: 2026-09-01
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2026-05-01, end: 2026-12-31}}}

    Fix:
        Set a new date, or delete the draft.
    """  # noqa: E501 - one record a line reads best here
    if not isinstance(record, (Kpi, Objective)) or record.status != "draft":
        return ()
    plan = context.plan
    if isinstance(record, Kpi):
        due, own = original_due(plan, record), record.due is not None
        place = plan.place(record.id, "due") if own else plan.place(record.id)
    else:
        due = record.period.end if record.period else None
        place = plan.place(record.id, "period")
    if due is None or due >= context.as_of:
        return ()
    message = f"'{record.id}' is a draft, and its due date, {due}, has passed"
    return (Diagnostic("T502", place, message, record.id, "write a date to come, or delete it"),)


@check("T503", "start-after-due", Severity.ERROR)
def start_after_due(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI starts after it is due.

    No day lies between the two, so nothing can be measured and nothing expected.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            start: 2026-12-01
            due: 2026-06-30
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            start: 2026-06-01
            due: 2026-12-31
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Correct `start:` or `due:`.
    """
    return () if kpi.start is None else _dues_before(kpi.start, kpi, context)


def _dues_before(start: date, kpi: Kpi, context: Context) -> list[Diagnostic]:
    found = []
    for due, route in _own_dues(kpi, context):
        if start > due:
            place = context.plan.place(kpi.id, *(("start",) if route == ("due",) else route))
            message = f"'{kpi.id}' starts on {start}, after it is due on {due}"
            found.append(Diagnostic("T503", place, message, kpi.id, "correct `start:` or `due:`"))
    return found


def _own_dues(kpi: Kpi, context: Context) -> list[tuple[date, Route]]:
    """The KPI's own due date and those of its changes so far, and where they stand."""
    found: list[tuple[date, Route]] = []
    if kpi.due is not None:
        found.append((kpi.due, ("due",)))
    for at, change in enumerate(kpi.target_changes):
        if change.due is not None and change.from_ <= context.as_of:
            found.append((change.due, ("target_changes", at, "due")))
    return found


@check("T504", "outside-parent-period", Severity.ERROR)
def outside_parent_period(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI runs outside the period of its objective.

    When the objective is closed, its evidence must be in. A KPI that is due later cannot tell
    whether the objective was met.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            due: 2027-06-30
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            due: 2026-11-30
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Move the date into the objective's period, or link the KPI to an objective that runs
        longer.
    """
    if kpi.start is None and kpi.due is None and not kpi.target_changes:
        return ()
    objective = context.plan.objective_of(kpi)
    span = objective.period if objective else None
    if objective is None or span is None or _is_inside(kpi, span):
        return ()
    dates = [("due date", due, route) for due, route in _own_dues(kpi, context)]
    if kpi.start is not None:
        if any(due < kpi.start for _, due, _ in dates):
            return ()
        dates.insert(0, ("start", kpi.start, ("start",)))
    outside = (one for one in dates if not span.start <= one[1] <= span.end)
    return [
        Diagnostic(
            "T504",
            context.plan.place(kpi.id, *route),
            f"the {key} of '{kpi.id}', {day}, lies outside the period of '{objective.id}',"
            f" {span.start} to {span.end}",
            kpi.id,
            f"write a date from {span.start} to {span.end}",
        )
        for key, day, route in outside
    ]


def _is_inside(kpi: Kpi, span: Span) -> bool:
    """Whether the dates that were never changed lie in the span (the quick test)."""
    start, due = kpi.start or span.start, kpi.due or span.end
    inside = span.start <= start <= span.end and span.start <= due <= span.end
    return inside and not kpi.target_changes


@check("T505", "cadence-too-coarse", Severity.ERROR)
def cadence_too_coarse(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI is measured too seldom to react to it.

    With fewer than three figures between start and due date, the first news of trouble is the
    last. Yes/no and milestone targets are left alone. Where reviews are held every week, fewer than
    five are a warning: most of them would have nothing new to look at.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            frequency: quarterly
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            frequency: monthly
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Measure more often, or give it more time.
    """
    start, due = context.plan.start_of(kpi), context.plan.due_of(kpi)
    if start is None or due is None or due < start or kpi.id in context.index.retired:
        return ()
    if kpi.frequency is Frequency.IRREGULAR or type(kpi.target) in _WITHOUT_RHYTHM:
        return ()
    count = _periods(kpi.frequency, start, due)
    return () if count >= WEEKLY else _too_few(kpi, context, count, start, due)


def _too_few(
    kpi: Kpi, context: Context, count: int, start: date, due: date
) -> Iterator[Diagnostic]:
    if count < MOST_COARSE:
        written = "frequency" in kpi.model_fields_set
        place = context.plan.place(kpi.id, "frequency") if written else context.plan.place(kpi.id)
        times = ("not once", "once", "twice")[count]
        yield Diagnostic(
            "T505",
            place,
            f"'{kpi.id}' is {kpi.frequency} and runs from {start} to {due}:"
            f" it is measured {times} before it is due",
            kpi.id,
            _finer(start, due),
        )
    elif context.index.review_days == REVIEW_DAYS["weekly"]:
        yield Diagnostic(
            "T505",
            context.plan.place(kpi.id),
            f"'{kpi.id}' is measured {count} times before it is due, and reviews are held weekly",
            kpi.id,
            "measure more often, or look at it in a monthly review",
            severity=Severity.WARNING,
        )


def _periods(frequency: Frequency, start: date, due: date) -> int:
    """How many whole periods fit between the two days, both inside."""
    end = later(due, 1)
    if not frequency.months:
        return (end - start).days // (7 if frequency is Frequency.WEEKLY else 1)
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return months // frequency.months


def _finer(start: date, due: date) -> str:
    choices = [f for f in reversed(Frequency) if f is not Frequency.IRREGULAR]
    fitting = next((f for f in choices if _periods(f, start, due) >= MOST_COARSE), None)
    return f"write `frequency: {fitting}`" if fitting else "give it more time"
