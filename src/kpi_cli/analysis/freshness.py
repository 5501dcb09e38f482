"""How old the data is against how often it should come (semantics 4)."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.results import Freshness, FreshnessResult
from kpi_cli.models import Config
from kpi_cli.period import Calendar, Frequency, Period, later


def last_period(calendar: Calendar, frequency: Frequency, due: date | None) -> Period | None:
    """The period the due date lies in; None without one or for irregular."""
    if due is None or frequency is Frequency.IRREGULAR:
        return None
    return calendar.containing(frequency, due)


def is_complete(last: Period | None, final: Period | None) -> bool:
    """Whether the plan's last period has its value."""
    return last is not None and final is not None and last.end >= final.start


def judge(
    *,
    config: Config,
    calendar: Calendar,
    frequency: Frequency,
    last: Period | None,
    start: date | None,
    due: date | None,
    as_of: date,
) -> FreshnessResult:
    """fresh until the next value is due, `due` through its grace, then `stale`.

    `last` is the period of the last non-null actual. A KPI never measured is counted from the
    first period after its start. Irregular ones never grow stale.
    """
    grace = config.grace_days.of(frequency)
    if start is not None and as_of < start:
        return FreshnessResult(Freshness.NONE, None, last, grace)
    if is_complete(last, last_period(calendar, frequency, due)):
        return FreshnessResult(Freshness.COMPLETE, None, last, grace)
    if grace is None:
        state = Freshness.NONE if last is None else Freshness.FRESH
        if last is not None and due is not None and as_of > due:
            state = Freshness.COMPLETE
        return FreshnessResult(state, None, last, None)
    next_due = _next_due(calendar, frequency, last, start)
    if next_due is None:
        return FreshnessResult(Freshness.NONE, None, last, grace)
    if as_of <= next_due:
        state = Freshness.FRESH
    elif as_of <= later(next_due, grace):
        state = Freshness.DUE
    else:
        state = Freshness.STALE
    return FreshnessResult(state, next_due, last, grace)


def _next_due(
    calendar: Calendar, frequency: Frequency, last: Period | None, start: date | None
) -> date | None:
    if last is not None:
        return calendar.after(last, frequency)
    return calendar.containing(frequency, start).end if start is not None else None
