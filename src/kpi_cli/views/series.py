"""One KPI's series as it is judged: period by period, beside the plan for that day."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis import pace
from kpi_cli.analysis.observation import Aggregator, first_since, since_reset
from kpi_cli.analysis.results import Assessment, KpiResult
from kpi_cli.analysis.scoring import Scorer
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum, Target
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch, Zones
from kpi_cli.models.series import Rows
from kpi_cli.period import Period, later

LATEST = 120
"""Points a page shows at most; the files hold the rest."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period: its own value, the value judged there (they differ for totals, windows and
    means) and the value the plan expects at its end; None where there is none."""

    period: Period
    own: Datum | None
    judged: Datum | None
    plan: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the target: from `start_value` on `begin` to `end_value` on `end`."""

    begin: date
    start_value: float
    end: date
    end_value: float


def points_of(assessment: Assessment, result: KpiResult) -> tuple[Point, ...]:
    """The latest periods that had ended by the day of the assessment, oldest first."""
    kpi, plan, as_of = result.kpi, assessment.plan, assessment.as_of
    rows = assessment.series.get(kpi.id, Rows())
    stop = first_since(rows, later(as_of, 1))
    series = Aggregator(kpi, rows, plan.calendar, result.scheme.start)
    plain = kpi.aggregation == "last" and kpi.window is None
    way = way_of(assessment, result)
    found: list[Point] = []
    for row in range(max(stop - LATEST, 0), stop):
        period, own = rows.periods[row], rows.values[row]
        judged = own if plain else _judged(series, row, result.scheme.start)
        planned = None
        if way is not None and period.end >= way.begin:
            planned = plan_on(result, way_at(assessment, result, way, period))
        found.append(Point(period, own, judged, planned, rows.notes.get(row)))
    return tuple(found)


def _judged(series: Aggregator, row: int, start: date | None) -> Datum | None:
    """What the observation would be at a row; None before the start, but for a window's reach."""
    if series.rows.values[row] is None:
        return None
    if series.kpi.window is None and not series.rows.periods[row].overlaps(start, None):
        return None
    return series.observe(row, None, gaps=False).value


def scorer_of(assessment: Assessment, result: KpiResult) -> Scorer:
    """What scored the KPI, for the questions that need no figures: its span, its direction."""
    plan, kpi = assessment.plan, result.kpi
    series = Aggregator(kpi, Rows(), plan.calendar, result.scheme.start)
    return Scorer(plan, series, assessment.as_of)


def way_of(assessment: Assessment, result: KpiResult) -> Way | None:
    """The way of the target in force; None where it is kept, graded, or without dates."""
    scheme, observation = result.scheme, result.observation
    if not _is_way(result, scheme.target) or observation is None:
        return None
    begin, end = scorer_of(assessment, result).span(scheme, observation, result.baseline)
    start_value = 0.0 if result.kpi.is_total else _baseline(result)
    number = result.target_number
    if begin is None or end is None or start_value is None or number is None or end <= begin:
        return None
    return Way(begin, start_value, end, number)


def _is_way(result: KpiResult, target: Target | None) -> bool:
    if isinstance(target, Threshold):
        return result.kpi.is_total
    return isinstance(target, Value | Relative | Stretch)


def _baseline(result: KpiResult) -> float | None:
    return result.baseline.value if result.baseline else None


def way_at(
    assessment: Assessment, result: KpiResult, way: Way, period: Period
) -> tuple[Way, date] | None:
    """The way a period is judged by (a total's begins at its own reset) and the day; else None."""
    if result.kpi.is_total and result.kpi.reset is not None:
        if not period.overlaps(way.begin, way.end):
            return None
        since = since_reset(result.kpi, assessment.plan.calendar, result.scheme.start, period)
        if since is None or since != way.begin:
            return None
    if period.end < way.begin or period.start > way.end:
        return None
    return way, min(period.end, way.end)


def plan_on(result: KpiResult, at: tuple[Way, date] | None) -> float | None:
    """The value the plan expects on a day: the path's, a geometric pace's, else linear by days."""
    if at is None:
        return None
    way, on = at
    elapsed = pace.elapsed_share(way.begin, way.end, on)
    if result.kpi.path or result.kpi.pace == "geometric":
        planned = pace.planned_by(result.kpi, way.begin, way.end, on, elapsed)
        value = planned(way.start_value, way.end_value)
        if value is not None:
            return value
    if elapsed is None:
        return None
    return way.start_value + elapsed * (way.end_value - way.start_value)


def plan_line(result: KpiResult, way: Way) -> tuple[tuple[date, float], ...]:
    """The plan as a polyline: its bends, or samples of a curve."""
    kpi = result.kpi
    days = {way.begin, way.end}
    days |= {p.end for p, _ in kpi.path if way.begin <= p.end <= way.end}
    if kpi.pace == "geometric" and not kpi.path:
        length = (way.end - way.begin) / 16
        days |= {way.begin + length * step for step in range(1, 16)}
    line = ((on, plan_on(result, (way, on))) for on in sorted(days))
    return tuple((on, value) for on, value in line if value is not None)


def number_of(value: Datum | None, target: Target | None) -> float | None:
    """A value as a height on a chart: a number, a zone's score, done 1; None draws nothing."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        return dict(target.scores).get(value) if isinstance(target, Zones) else None
    return value
