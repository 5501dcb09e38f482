"""Figures that are not there: missing in between, or none for too long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date

from kpi_cli.analysis.kpi import Judge
from kpi_cli.analysis.observation import latest, missing
from kpi_cli.analysis.results import Freshness
from kpi_cli.analysis.scheme import scheme_on, start_of
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.period import Frequency, later


@check("K207", "missing-period", Severity.WARNING)
def missing_period(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A period between the start and the latest actual has no figure.

    A gap is easily read as zero or as "no change". If the figure is known to be missing, write
    `null` with a note, and the views say so.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64, 2026-07: 66}
        # as-of: 2026-07-31
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
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64, 2026-06: null, 2026-07: 66}
        # as-of: 2026-07-31
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2026-05-01, end: 2026-12-31}}}

    Fix:
        Record the figure, or `null` if it is known to be missing.

    Setting:
        `grace_days` in kpi.yaml: a period counts as missing only after so many days.
    """  # noqa: E501 - one record a line reads best here
    rows = context.plan.series[kpi.id]
    if not rows.periods or kpi.formula is not None:
        return ()
    first = rows.periods[0].start
    begin = context.plan.start_of(kpi) or first
    unbroken = context.index.courses.of(rows.periods).unbroken is kpi.frequency
    gaps = [] if unbroken and first <= begin else _gaps(kpi, context, rows, begin)
    if not gaps or kpi.id in context.index.lacking_rows or context.index.is_over(kpi):
        return ()
    named = gaps if len(gaps) <= 3 else [*gaps[:3], f"{len(gaps) - 3} more"]
    shown = " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
    message = f"{shown} {'is' if len(gaps) == 1 else 'are'} missing among the actuals of '{kpi.id}'"
    todo = f"record it, or write `{gaps[0]}: null` if it is known to be missing"
    return (Diagnostic("K207", context.plan.place(kpi.id), message, kpi.id, todo),)


def _gaps(kpi: Kpi, context: Context, rows: Rows, begin: date) -> list[str]:
    """Names of the periods from `begin` to the latest actual that have no row and no grace left."""
    periods, as_of = rows.periods, context.as_of
    last = latest(rows, as_of)
    if last is None or periods[last].end < begin:
        return []
    first = bisect_left(periods, begin, key=lambda period: period.end)
    grace = context.plan.config.grace_days.of(kpi.frequency) or 0
    calendar = context.plan.calendar
    present = periods[first : last + 1]
    due = scheme_on(context.plan, kpi, begin, as_of).due or date.max
    named = missing(calendar, kpi.frequency, present, begin, min(periods[last].end, due))
    return [name for name in named if later(calendar.parse(name).end, grace) < as_of]


@check("K208", "stale", Severity.WARNING)
def stale(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """No new figure has come for too long.

    A status of March says nothing about May. Once the next figure is overdue by more than its
    grace, the KPI is shown as stale and never as green.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            start: 2026-05-01
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-03: 64}
        # as-of: 2026-06-30
        # file: kpi.yaml
        version: 1
        grace_days: {monthly: 20}
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
            start: 2026-05-01
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64}
        # as-of: 2026-06-30
        # file: kpi.yaml
        version: 1
        grace_days: {monthly: 20}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2026-05-01, end: 2026-12-31}}}

    Fix:
        Record the missing figures with `kpi record`, or retire the KPI.

    Setting:
        `grace_days` in kpi.yaml: days after which a missing figure makes a KPI stale.
    """  # noqa: E501 - one record a line reads best here
    if kpi.status != "active" or kpi.formula is not None or kpi.frequency is Frequency.IRREGULAR:
        return ()
    rows = context.plan.series[kpi.id]
    return () if _is_plainly_fresh(kpi, context, rows) else _stale(kpi, context, rows)


def _stale(kpi: Kpi, context: Context, rows: Rows) -> Iterator[Diagnostic]:
    plan = context.plan
    start = start_of(plan, kpi, rows)
    scheme = scheme_on(plan, kpi, start, context.as_of)
    fresh = Judge(plan, kpi, rows, context.as_of, {}).freshness(start, scheme.due, scheme.target)
    if fresh.state is not Freshness.STALE or fresh.next_due is None:
        return
    if context.index.is_over(kpi) or kpi.id in context.index.lacking_rows:
        return
    since = f"since {fresh.last.name}" if fresh.last else "yet"
    yield Diagnostic(
        "K208",
        plan.place(kpi.id),
        f"'{kpi.id}' has no figure {since}; one was due by {fresh.next_due}",
        kpi.id,
        f"type `kpi record {kpi.id} {plan.calendar.name_of(kpi.frequency, fresh.next_due)} VALUE`",
    )


def _is_plainly_fresh(kpi: Kpi, context: Context, rows: Rows) -> bool:
    """Whether the latest row alone shows that the figures are not stale (the quick test)."""
    if not rows.periods or rows.values[-1] is None:
        return False
    end = rows.periods[-1].end
    return end <= context.as_of and (context.as_of - end).days <= _SHORTEST[kpi.frequency]


_SHORTEST = {
    Frequency.DAILY: 0,
    Frequency.WEEKLY: 6,
    Frequency.MONTHLY: 27,
    Frequency.QUARTERLY: 89,
    Frequency.SEMIANNUAL: 180,
    Frequency.ANNUAL: 364,
}
