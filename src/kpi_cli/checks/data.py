"""The figures themselves: in the future, out of bounds, hundredfold."""

from __future__ import annotations

from collections.abc import Iterable
from math import nextafter

from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.plan.series import row_place
from kpi_cli.quantity import PERCENT, show_number, show_quantity


@check("K203", "future-actual", Severity.WARNING)
def future_actual(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """An actual is for a period that has not ended yet.

    Every number is as of a day, and figures dated later are left out of it. A figure in the
    future is usually a slip in the year or month, or a forecast written as a fact.

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
        Correct the period. Expected values belong under `path:`.
    """
    rows = context.plan.series[kpi.id]
    if not rows.periods or rows.periods[-1].end <= context.as_of:
        return ()
    later = [
        row
        for row, period in enumerate(rows.periods)
        if period.end > context.as_of and rows.values[row] is not None
    ]
    if not later:
        return ()
    first, last = rows.periods[later[0]], rows.periods[later[-1]]
    message = f"{first.name} ends after {context.as_of}, so this actual counts for nothing yet"
    if len(later) > 1:
        message = (
            f"{len(later)} actuals, from {first.name} to {last.name}, end after"
            f" {context.as_of} and count for nothing yet"
        )
    place = _row_place(context, kpi, rows, later[0])
    return (Diagnostic("K203", place, message, kpi.id, "correct the period, or wait for its end"),)


@check("K204", "out-of-bounds", Severity.ERROR)
def out_of_bounds(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A value lies outside the KPI's bounds.

    `bounds` says what is possible at all, such as 0 to 100 for a share. A value outside is a slip
    of the pen, and one slip can turn the status.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            bounds: [0, 100]
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 640}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            bounds: [0, 100]
            target: {at_least: 60}
            source: {manual: till}
            actuals: {2026-05: 64}

    Fix:
        Correct the value, or the bounds if they were wrong.
    """
    return () if kpi.bounds is None else _out_of_bounds(kpi, context, *kpi.bounds)


def _out_of_bounds(
    kpi: Kpi, context: Context, low: float | None, high: float | None
) -> list[Diagnostic]:
    rows, found = context.plan.series[kpi.id], []
    for row, value in () if _spans(rows, low, high) else enumerate(rows.values):
        if _is_outside(value, low, high) and rows.periods[row].end <= context.as_of:
            place = _row_place(context, kpi, rows, row)
            found.append(_outside(kpi, place, f"{rows.periods[row].name} has", value))
    if kpi.aggregation == "sum":
        return found
    baseline = kpi.baseline.value if kpi.baseline else None
    if _is_outside(baseline, low, high):
        place = context.plan.place(kpi.id, "baseline", "value")
        found.append(_outside(kpi, place, "the baseline is", baseline))
    number = kpi.target.number(baseline) if kpi.target else None
    if _is_outside(number, low, high):
        place = context.plan.place(kpi.id, "target")
        found.append(_outside(kpi, place, "the target is", number))
    return found


def _spans(rows: Rows, low: float | None, high: float | None) -> bool:
    """Whether all values are numbers within the bounds (the quick test)."""
    try:
        return not rows.values or (
            (low is None or min(rows.values) >= low)  # type: ignore[type-var, operator]
            and (high is None or max(rows.values) <= high)  # type: ignore[type-var, operator]
        )
    except TypeError:
        return False


def _is_outside(value: object, low: float | None, high: float | None) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return (low is not None and value < low) or (high is not None and value > high)


def _outside(kpi: Kpi, place: Place, what: str, value: object) -> Diagnostic:
    low, high = kpi.bounds or (None, None)
    if low is not None and high is not None:
        possible = f"{show_number(low)} to {show_quantity(high, kpi.unit)}"
    elif low is not None:
        possible = f"{show_quantity(low, kpi.unit)} or more"
    else:
        possible = f"{show_quantity(high or 0.0, kpi.unit)} or less"
    shown = show_quantity(value, kpi.unit)  # type: ignore[arg-type]
    message = f"{what} {shown}, and only {possible} is possible"
    return Diagnostic("K204", place, message, kpi.id, "correct the value, or `bounds:`")


def _row_place(context: Context, kpi: Kpi, rows: Rows, row: int) -> Place:
    return row_place(rows, row, context.plan.origins[kpi.id])


HUNDREDFOLD = 60.0
"""A step between neighbours by more than this, from or to a value of at most 1, is no change."""

_ABOVE_ONE = nextafter(1.0, 2.0)


@check("K206", "hundredfold-jump", Severity.WARNING)
def hundredfold_jump(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A percentage is written once as a share and once in percent.

    0.965 and 96.5 mean the same to people and not to a computer. One such slip in a series moves
    every mean, limit and forecast.

    Bad:
        kpis:
          on-time:
            name: Orders on time
            objective: loyal
            owner: lan
            unit: "%"
            numerator: orders on time
            denominator: all orders
            target: {at_least: 95}
            source: {manual: till}
            actuals: {2026-03: 96.1, 2026-04: 0.965, 2026-05: 95.8}

    Good:
        kpis:
          on-time:
            name: Orders on time
            objective: loyal
            owner: lan
            unit: "%"
            numerator: orders on time
            denominator: all orders
            target: {at_least: 95}
            source: {manual: till}
            actuals: {2026-03: 96.1, 2026-04: 96.5, 2026-05: 95.8}

    Fix:
        Write percentages as 96.5 throughout.
    """
    if kpi.unit != PERCENT:
        return ()
    rows = context.plan.series[kpi.id]
    if _spans(rows, _ABOVE_ONE, None) and (kpi.baseline is None or kpi.baseline.value > 1):
        return ()
    known = [
        (row, abs(value))
        for row, value in enumerate(rows.values)
        if value and isinstance(value, (int, float)) and not isinstance(value, bool)
    ]
    if kpi.baseline and kpi.baseline.value and known:
        known.insert(0, (-1, abs(kpi.baseline.value)))
    before = known[0][1] if known else 0.0
    for at, (_, value) in enumerate(known):
        if (value <= 1 or before <= 1) and _is_jump(before, value):
            from statistics import median_high

            usual = median_high(v for _, v in known)
            return (_jump(kpi, context, known[at - 1], known[at], usual),)
        before = value
    return ()


def _is_jump(a: float, b: float) -> bool:
    return max(a, b) >= HUNDREDFOLD * min(a, b)


def _jump(
    kpi: Kpi, context: Context, one: tuple[int, float], two: tuple[int, float], usual: float
) -> Diagnostic:
    """At the odd one of two neighbours: by what is usual, and of two alone the smaller one."""
    first_is_odd = _is_jump(one[1], usual) and not _is_jump(two[1], usual)
    odd, other = (one, two) if first_is_odd else (two, one)
    rows = context.plan.series[kpi.id]
    if odd[0] < 0:
        place, name = context.plan.place(kpi.id, "baseline", "value"), "the baseline"
    else:
        place, name = _row_place(context, kpi, rows, odd[0]), rows.periods[odd[0]].name
    better = odd[1] * 100 if odd[1] < other[1] else odd[1] / 100
    return Diagnostic(
        "K206",
        place,
        f"{name} is {show_number(odd[1])} % beside {show_number(other[1])} %:"
        " a share and a percentage seem to be mixed",
        kpi.id,
        f"write {show_number(better)} if that is what is meant",
    )
