"""What the chart of a KPI page adds to its series: natural limits, signals, and the fan ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.results import KpiResult
from kpi_cli.analysis.signals import RULES, is_better
from kpi_cli.analysis.xmr import Stretch
from kpi_cli.period import Period
from kpi_cli.views.charts import Dot, FanPoint, Mark, Natural
from kpi_cli.views.facts import Facts
from kpi_cli.views.forecast import outcomes


def naturals_of(facts: Facts, result: KpiResult, first: date) -> tuple[Natural, ...]:
    """The limits of every stretch from `first` on; none where they hold without the season.

    Only for charts that show the periods' own values: limits belong to those.
    """
    outlook = facts.assessment.outlooks[result.kpi.id]
    chart = outlook.chart
    if chart is None or chart.season is not None:
        return ()
    periods = [facts.assessment.series[result.kpi.id].periods[row] for row in chart.rows]
    found = (_natural(result, part, periods) for part in chart.stretches)
    return tuple(one for one in found if one and one.end >= first)


def _natural(result: KpiResult, part: Stretch, periods: list[Period]) -> Natural | None:
    limits = part.limits
    if limits is None:
        return None
    low, high = limits.shown(*(result.kpi.bounds or (None, None)))
    return Natural(periods[part.start].end, periods[part.end - 1].end, low, limits.centre, high)


def limits_by_period(facts: Facts, result: KpiResult) -> dict[Period, tuple[float, float]]:
    """The natural limits in force at each charted period; none where they hold without the
    season."""
    chart = facts.assessment.outlooks[result.kpi.id].chart
    if chart is None or chart.season is not None:
        return {}
    periods = [facts.assessment.series[result.kpi.id].periods[row] for row in chart.rows]
    bounds = result.kpi.bounds or (None, None)
    return {
        period: part.limits.shown(*bounds)
        for part in chart.stretches
        if part.limits is not None
        for period in periods[part.start : part.end]
    }


def signs_by_period(facts: Facts, result: KpiResult) -> dict[Period, bool | None]:
    """Periods that a rule of the workspace marks, and whether that is better; None for neither."""
    chart = facts.assessment.outlooks[result.kpi.id].chart
    if chart is None:
        return {}
    rules, direction = RULES[facts.config.signals.rules], direction_of(result)
    periods = facts.assessment.series[result.kpi.id].periods
    found: dict[Period, bool | None] = {}
    for row, marked in zip(chart.rows, chart.points, strict=True):
        for pattern in marked:
            if pattern.kind in rules:
                found[periods[row]] = is_better(pattern.side, direction)
                break
    return found


def marks_of(facts: Facts, result: KpiResult, dots: tuple[Dot, ...]) -> tuple[Mark, ...]:
    """The values that a rule of the workspace marks, on the dots that show them."""
    signs = signs_by_period(facts, result) if dots else {}
    heights = {dot.name: dot for dot in dots} if signs else {}
    return tuple(
        Mark(dot.on, dot.value, better)
        for period, better in signs.items()
        if (dot := heights.get(period.name)) is not None and dot.value is not None
    )


def fan_of(facts: Facts, result: KpiResult, last: Dot) -> tuple[FanPoint, ...]:
    """The middle and the 80 % of the outcomes, from the latest value to the due date."""
    if facts.assessment.outlooks[result.kpi.id].ending is None or last.value is None:
        return ()
    return (FanPoint(last.on, last.value, last.value, last.value), *_ahead(facts, result))


def _ahead(facts: Facts, result: KpiResult) -> Iterator[FanPoint]:
    for on, outcome in outcomes(facts.assessment, result.kpi.id):
        low, high = outcome.interval(0.80)
        yield FanPoint(on, low, outcome.middle, high)
