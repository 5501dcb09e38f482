"""A KPI's outlook: signal, forecast, assurance and evidence, read from its series."""

from __future__ import annotations

from datetime import date
from functools import partial

from kpi_cli.analysis import autoets
from kpi_cli.analysis.achievable import Evidence, evidence, total_evidence, verdict
from kpi_cli.analysis.ahead import Ahead, pairs_of
from kpi_cli.analysis.behaviour import Chart, Coming, Ending, Outlook, Signal, Wanted
from kpi_cli.analysis.chance import is_calibrated
from kpi_cli.analysis.charting import chart_of
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.forecast import LEAST, Forecast, forecast_by
from kpi_cli.analysis.grid import slot_of
from kpi_cli.analysis.results import KpiResult, Status
from kpi_cli.analysis.signals import Assurance, assurance, is_better
from kpi_cli.analysis.smoothing import Fits
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.locale import N_
from kpi_cli.models.series import Rows
from kpi_cli.period import Frequency
from kpi_cli.plan import Plan

FARTHEST = 520
"""Periods ahead beyond which no forecast is tried."""


def read_outlook(
    plan: Plan, result: KpiResult, rows: Rows, as_of: date, fits: Fits | None = None
) -> Outlook:
    """The outlook of one KPI as of a day; a retired one has none."""
    if result.counts_as is Status.RETIRED:
        return Outlook(look=partial(Coming, blank=N_("it is retired")))
    chart = chart_of(result.kpi, rows, plan.calendar, plan.config.signals, as_of)
    if chart is None:
        return Outlook(look=partial(Coming, blank=N_("there are no figures yet")))
    counts_up = result.kpi.is_total and result.target_number is not None
    direction = direction_of(result) or ("increase" if counts_up else None)
    asked = wanted(plan, result, direction)
    return Outlook(
        chart=chart,
        signal=_signal(rows, chart, direction),
        assurance=_assurance(result, chart, asked),
        wanted=asked,
        look=partial(_coming, plan, result, rows, chart, asked, as_of, fits),
    )


def _coming(
    plan: Plan,
    result: KpiResult,
    rows: Rows,
    chart: Chart,
    asked: Wanted | None,
    as_of: date,
    fits: Fits | None,
) -> Coming:
    blank = why_blank(plan, result, chart, as_of)
    way = None if blank else ahead_of(plan, result, rows, chart, as_of, fits=fits)
    ending = _ending(result, chart, way, asked) if way else None
    found = _evidence(plan, result, chart, asked)
    return Coming(
        forecast=way.forecast if way else None,
        ending=ending,
        evidence=found,
        verdict=verdict(found, ending.chance if ending else None, len(chart.rows)),
        blank=blank or (None if ending else N_("its parts do not tell where it will end")),
    )


def _signal(rows: Rows, chart: Chart, direction: str | None) -> Signal | None:
    pattern = chart.signal
    if pattern is None:
        return None
    since = rows.periods[chart.rows[pattern.start]].name
    return Signal(pattern.kind, pattern.side, is_better(pattern.side, direction), since)


def wanted(plan: Plan, result: KpiResult, direction: str | None) -> Wanted | None:
    """What the target in force asks for on the due date; None where it asks for no figure."""
    target, due = result.scheme.target, result.scheme.due
    if isinstance(target, Threshold):
        frequency = result.kpi.frequency
        period = plan.calendar.containing(frequency, due) if due else None
        limits = target.limits_for(period)
        return Wanted(limits.low, limits.high) if limits else None
    number = result.target_number
    if number is None or direction is None:
        return None
    return Wanted(number, None) if direction == "increase" else Wanted(None, number)


def _assurance(result: KpiResult, chart: Chart, asked: Wanted | None) -> Assurance | None:
    """Only where single values are held against the target, and without a season in them."""
    kpi, limits = result.kpi, chart.limits
    if limits is None or asked is None or kpi.aggregation != "last" or chart.season:
        return None
    return assurance(limits, asked.low, asked.high)


def why_blank(plan: Plan, result: KpiResult, chart: Chart, as_of: date) -> str | None:
    """Why there can be no forecast; None where there can."""
    kpi, due = result.kpi, result.scheme.due
    if kpi.frequency is Frequency.IRREGULAR:
        return N_("irregular values are not forecast")
    if len(chart.rows) < LEAST:
        have = len(chart.rows)
        if have == 1:
            return N_("a forecast needs {least} values, there is {n}", least=LEAST, n=have)
        return N_("a forecast needs {least} values, there are {n}", least=LEAST, n=have)
    if chart.grid is None or chart.filled is None or len(chart.filled.values) < LEAST:
        return N_("more than a fifth of its values is missing")
    if due is None:
        return N_("it has no due date")
    if as_of > due and result.computed in (Status.ACHIEVED, Status.MISSED):
        return N_("its due date is over")
    steps = slot_of(plan.calendar, kpi.frequency, due) - chart.grid.last
    if steps < 1:
        return N_("its last period is measured")
    return N_("its due date is too far away") if steps > FARTHEST else None


def ahead_of(
    plan: Plan,
    result: KpiResult,
    rows: Rows,
    chart: Chart,
    as_of: date,
    steps: int | None = None,
    known: Forecast | None = None,
    fits: Fits | None = None,
) -> Ahead | None:
    """The way to the due date, or `steps` periods far; None where the series has no forecast.

    One that is `known` as far as that is not made again.
    """
    kpi, due, grid, filled = result.kpi, result.scheme.due, chart.grid, chart.filled
    if grid is None or filled is None or len(filled.values) < LEAST:
        return None
    if steps is None:
        if due is None:
            return None
        steps = slot_of(plan.calendar, kpi.frequency, due) - grid.last
    if not 1 <= steps <= FARTHEST:
        return None
    if known is None or known.horizon != steps:
        values = filled.values
        known = autoets.averaged(forecast_by(values, steps, chart.season, fits), values)
    pairs = pairs_of(rows, kpi, plan.calendar, as_of)
    return Ahead(kpi, plan.calendar, result.scheme.start, grid, known, pairs)


def _ending(result: KpiResult, chart: Chart, way: Ahead, asked: Wanted | None) -> Ending | None:
    due, filled = result.scheme.due, chart.filled
    outcome = way.at(way.forecast.horizon)
    if outcome is None or due is None or filled is None:
        return None
    low, high = outcome.interval(0.80)
    return Ending(
        due=due,
        horizon=way.forecast.horizon,
        outcome=outcome,
        low=low,
        high=high,
        chance=outcome.chance(asked.low, asked.high) if asked else None,
        n=way.forecast.n - filled.missing,
        method=way.forecast.method,
        missing=filled.missing,
        calibrated=is_calibrated(result.kpi.frequency.value),
        impossible=asked is not None and outcome.excludes(asked.low, asked.high),
    )


def _evidence(plan: Plan, result: KpiResult, chart: Chart, asked: Wanted | None) -> Evidence | None:
    """What past spans say, for single values and for totals that are to be reached."""
    kpi, grid, due = result.kpi, chart.grid, result.scheme.due
    if grid is None or asked is None or due is None or kpi.window is not None:
        return None
    if (asked.low is None) == (asked.high is None):
        return None
    target = asked.low if asked.low is not None else asked.high or 0.0
    increase = asked.low is not None
    steps = slot_of(plan.calendar, kpi.frequency, due) - grid.last
    if kpi.aggregation == "last":
        return evidence(grid.values, target, steps, increase=increase)
    total = result.value
    if not kpi.is_total or not increase or kpi.reset or isinstance(total, str | bool):
        return None
    return None if total is None else total_evidence(grid.values, target - total, steps)
