"""`kpi-forecast/1`: where each KPI goes period by period, and how good such forecasts were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kpi_cli.analysis.ahead import Ahead
from kpi_cli.analysis.backtest import HORIZONS, Backtest, Resolved, resolve, score
from kpi_cli.analysis.chance import Outcome, in_words, rounded
from kpi_cli.analysis.ledger import LedgerScore
from kpi_cli.analysis.outlook import ahead_of
from kpi_cli.analysis.results import Assessment
from kpi_cli.frozen import dataclass, replace
from kpi_cli.locale import N_, _
from kpi_cli.views.facts import final_goal, scale_of
from kpi_cli.views.words import Scale, short_day


@dataclass(frozen=True, slots=True)
class HorizonRow:
    """One period ahead, by the day it ends."""

    date: date
    median: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True)
class ForecastKpi:
    """One KPI; `horizon` reaches its due date, `words` is the chance in words or why none is."""

    id: str
    n: int
    frequency: str
    horizon: tuple[HorizonRow, ...]
    chance: float | None
    words: str


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One KPI for people: where it ends, how sure, and its horizon in figures."""

    id: str
    name: str
    ends: str
    range: str
    goal: str
    chance: str
    words: str
    horizon: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ForecastView:
    """All of `kpi forecast`; `rescale` is the factor its spreads were multiplied by."""

    as_of: date
    kpis: tuple[ForecastKpi, ...]
    lines: tuple[ForecastLine, ...]
    backtest: Backtest | None = None
    ledger: LedgerScore | None = None
    rescale: float | None = None


def forecast_view(
    assessment: Assessment, identifiers: Sequence[str], rescale: float | None = None
) -> ForecastView:
    """The forecasts of some KPIs, in the order given."""
    pairs = [_both(assessment, name, rescale or 1.0) for name in identifiers]
    return ForecastView(
        assessment.as_of,
        tuple(kpi for kpi, _ in pairs),
        tuple(line for _, line in pairs),
        rescale=rescale,
    )


def backtest_of(assessment: Assessment, identifiers: Sequence[str]) -> Backtest | None:
    """The scores of rolling forecasts over the single periods' values of these KPIs."""

    def every() -> Iterator[Resolved]:
        for name in identifiers:
            chart = assessment.outlooks[name].chart
            frequency = assessment.plan.kpis[name].frequency.value
            if chart and chart.filled:
                yield from resolve(name, chart.filled.values, frequency)

    return score(every())


def _both(assessment: Assessment, name: str, rescale: float) -> tuple[ForecastKpi, ForecastLine]:
    result, outlook = assessment.kpis[name], assessment.outlooks[name]
    scale = scale_of(result, assessment.plan.config)
    said = list(outcomes(assessment, name, rescale))
    asked = outlook.wanted if outlook.ending else None
    chance = said[-1][1].chance(asked.low, asked.high) if asked and said else None
    words = in_words(chance) if chance is not None else outlook.blank or N_("it has no target")
    rows = tuple(_row(on, outcome) for on, outcome in said)
    last = rows[-1] if rows else None
    kpi = ForecastKpi(
        name,
        outlook.chart.grid.count if outlook.chart and outlook.chart.grid else 0,
        result.kpi.frequency.value,
        rows,
        chance,
        words,
    )
    line = ForecastLine(
        id=name,
        name=result.kpi.name,
        ends=_ends(last, scale) if last else "–",
        range=_range(last, scale) if last else "–",
        goal=final_goal(result, scale, assessment.plan.calendar) or "–",
        chance=_(rounded(chance)) if chance is not None else "–",
        words=_(words),
        horizon=tuple(_figures(row, scale) for row in rows),
    )
    return kpi, line


def _ends(row: HorizonRow, scale: Scale) -> str:
    return _("{figure} on {day}", figure=scale.figure(row.median), day=short_day(row.date))


def _range(row: HorizonRow, scale: Scale) -> str:
    return _span(row.low80, row.high80, scale)


def _span(low: float, high: float, scale: Scale) -> str:
    return _("{low} to {high}", low=scale.number(low), high=scale.number(high))


def _figures(row: HorizonRow, scale: Scale) -> tuple[str, str, str, str]:
    wide = _span(row.low95, row.high95, scale)
    return short_day(row.date), scale.figure(row.median), _range(row, scale), wide


def outcomes(
    assessment: Assessment, name: str, rescale: float = 1.0
) -> Iterator[tuple[date, Outcome]]:
    """The periods up to the due date; without one as many as forecasts were tested for."""
    way, due = _way(assessment, name), assessment.kpis[name].scheme.due
    if way is None:
        return
    for step in range(1, way.forecast.horizon + 1):
        outcome = way.at(step)
        if outcome is not None:
            on = way.on(step) if due is None else min(way.on(step), due)
            if rescale != 1.0:
                outcome = replace(outcome, scale=outcome.scale * rescale)
            yield on, outcome


def _way(assessment: Assessment, name: str) -> Ahead | None:
    result, outlook = assessment.kpis[name], assessment.outlooks[name]
    chart, due = outlook.chart, result.scheme.due
    if chart is None or (outlook.ending is None and due is not None):
        return None
    steps = None if due else HORIZONS.get(result.kpi.frequency.value, 4)
    rows, known = assessment.series[name], outlook.coming.forecast
    return ahead_of(assessment.plan, result, rows, chart, assessment.as_of, steps, known)


def _row(on: date, outcome: Outcome) -> HorizonRow:
    low80, high80 = outcome.interval(0.80)
    low95, high95 = outcome.interval(0.95)
    return HorizonRow(on, outcome.middle, low80, high80, low95, high95)
