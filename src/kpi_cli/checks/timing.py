"""T: does the rhythm fit, is there something on the way, and can the effect show in time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.analysis.scheme import original_due
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch
from kpi_cli.models import Kpi
from kpi_cli.period import Frequency, add_months, later

_ORDER = list(Frequency)
STALE = 2
"""Periods after which a baseline is too old to start from."""


@check("T506", "cadence-finer-than-source", Severity.WARNING)
def cadence_finer_than_source(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """A KPI is to be measured more often than its source is refreshed.

    Between two refreshes the figure cannot change, so it only seems to stand still.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-06-01, frequency: weekly, target: {at_least: 60}, source: {manual: till, refresh: monthly}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, frequency: monthly, target: {at_least: 60}, source: {manual: till, refresh: monthly}}

    Fix:
        Measure as often as the source is refreshed, or have it refreshed more often.
    """  # noqa: E501 - one record a line reads best here
    if context.index.is_over(kpi) or kpi.formula is not None:
        return
    refresh = kpi.source.refresh if kpi.source else None
    if refresh is None:
        yield Unknown("T506", kpi.id)
        return
    source = Frequency(refresh)
    if Frequency.IRREGULAR in (source, kpi.frequency):
        return
    if _ORDER.index(kpi.frequency) < _ORDER.index(source):
        written = "frequency" in kpi.model_fields_set
        yield Diagnostic(
            "T506",
            context.plan.place(kpi.id, *(("frequency",) if written else ())),
            f"'{kpi.id}' is measured {kpi.frequency}, and its source is refreshed {source}",
            kpi.id,
            f"write `frequency: {source}`, or have the source refreshed {kpi.frequency}",
        )


@check("T508", "no-interim-milestone", Severity.INFO)
def no_interim_milestone(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A long way has no mark on it.

    Over more than two review cycles a straight line is rarely the plan. A `path:` says where it
    should stand on the way, milestones say what is done by when. The cycle is that of the plan's
    reviews, else a quarter.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2026-04-30}, target: 60, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2026-04-30}, target: 60, path: {2026-08: 45}, source: {manual: till}}

    Fix:
        Add `path: {PERIOD: VALUE}`, or write the target as milestones.
    """  # noqa: E501 - one record a line reads best here
    start, due = context.plan.start_of(kpi), original_due(context.plan, kpi)
    if start is None or due is None or kpi.path or context.index.is_over(kpi):
        return
    if not isinstance(kpi.target, (Value, Relative, Stretch, Done)):
        return
    cycle = context.index.review_days
    if (due - start).days > 2 * cycle:
        form = "milestones: […]" if isinstance(kpi.target, Done) else "path: {PERIOD: VALUE}"
        yield Diagnostic(
            "T508",
            context.plan.place(kpi.id),
            f"'{kpi.id}' runs {round((due - start).days / 30.44)} months without a mark on the way",
            kpi.id,
            f"add `{form}`, so that a review can tell early",
        )


@check("T509", "stale-baseline", Severity.WARNING)
def stale_baseline(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The baseline is too old for the start, or was taken after it.

    What lies between baseline and start is counted as progress, though nobody did anything for it.
    Two periods (a month at least) are close enough. A baseline from after the start hides the first
    steps.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2025-06-30}, target: 60, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2026-04-30}, target: 60, source: {manual: till}}

    Fix:
        Take the figure of the last period before the start.
    """  # noqa: E501 - one record a line reads best here
    if kpi.baseline is None or kpi.is_total or context.index.is_over(kpi):
        return
    start, day = context.plan.start_of(kpi), kpi.baseline.date
    if start is None or day is None:
        yield Unknown("T509", kpi.id)
        return
    place = context.plan.place(kpi.id, "baseline", "date")
    if day > start:
        message = f"the baseline of '{kpi.id}' is of {day}, after its start on {start}"
    elif day < _oldest(kpi, start):
        message = f"the baseline of '{kpi.id}' is of {day}, {_ago(day, start)} before its start"
    else:
        return
    todo = f"write the last figure before {start}, with its date"
    yield Diagnostic("T509", place, message, kpi.id, todo)


def _oldest(kpi: Kpi, start: date) -> date:
    months = kpi.frequency.months
    by_cadence = add_months(start, -STALE * months) if months else later(start, -STALE * 7)
    return min(later(by_cadence, -1), later(start, -32))


def _ago(day: date, start: date) -> str:
    months = round((start - day).days / 30.44)
    return f"{months} month{'' if months == 1 else 's'}"


@check("T511", "lag-exceeds-horizon", Severity.WARNING)
def lag_exceeds_horizon(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """What a KPI is to lead to cannot show before that is due.

    If visits turn into orders after 90 days, visits from December on change nothing about the
    orders of this year.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-10-01, frequency: weekly, target: {at_least: 60}, source: {manual: till}, leads: [{kpi: orders, lag_days: 120}]}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-06-01, frequency: weekly, target: {at_least: 60}, source: {manual: till}, leads: [{kpi: orders, lag_days: 120}]}

    Fix:
        Start earlier, give what it leads to a later date, or choose what acts faster.
    """  # noqa: E501 - one record a line reads best here
    start = context.plan.start_of(kpi)
    if start is None or not kpi.leads or context.index.is_over(kpi):
        return
    for at, lead in enumerate(kpi.leads):
        led = context.plan.kpis.get(lead.kpi)
        due = original_due(context.plan, led) if led else None
        if due is None or start > due or later(start, lead.lag_days) <= due:
            continue
        yield Diagnostic(
            "T511",
            context.plan.place(kpi.id, "leads", at, "lag_days"),
            f"'{kpi.id}' starts on {start} and takes {lead.lag_days:g} days to show in"
            f" '{lead.kpi}', which is due on {due}",
            kpi.id,
            f"start by {later(due, -lead.lag_days)}, or give '{lead.kpi}' a later date",
        )
