"""`kpi show`: the record of one KPI or objective, and a KPI's series period by period."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.history import Past, history
from kpi_cli.analysis.results import Assessment, KpiResult, Status
from kpi_cli.frozen import dataclass, replace
from kpi_cli.kinds.base import Datum
from kpi_cli.period import Period
from kpi_cli.views.behaviour import limits_by_period, signs_by_period
from kpi_cli.views.facts import Facts, datum_text
from kpi_cli.views.series import Point, number_of
from kpi_cli.views.status import KpiRow, ObjectiveRow, kpi_row, objective_row
from kpi_cli.views.why_record import (
    MovedRecord,
    SegmentRecord,
    WhyRecord,
    segment_records,
    why_record,
)
from kpi_cli.views.words import BADGES, Badge

SIGNS = {True: "better", False: "worse", None: "other"}
LATEST = 24
"""Periods drawn on a terminal; JSON has all of them."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """`kpi-show/1`: one period, its own value, the share expected and the status at its end."""

    period: str
    date: date
    value: Datum | None
    expected: float | None
    status: Status
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowRecord:
    """`kpi-show/1`: the record of `kpi-status/1` and its series (empty for an objective), its
    segments, and what moved it."""

    record: KpiRow | ObjectiveRow
    series: tuple[SeriesRow, ...]
    segments: tuple[SegmentRecord, ...]
    why: WhyRecord | MovedRecord | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One period as drawn: what is judged (and the period's own value where it differs), the plan,
    both also as heights beside the target's `marks`, how it stood, and what was noted.

    `single` is the own value where it can stand on the same scale, `limits` are the natural ones
    of such values; `sign` is a signal there: better, worse or other, empty for none.
    """

    name: str
    judged: str
    own: str | None
    height: float | None
    plan: float | None
    marks: tuple[float, ...]
    badge: Badge | None
    note: str | None
    single: float | None = None
    limits: tuple[float, float] | None = None
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The latest periods, oldest first; `earlier` counts those left out."""

    moments: tuple[Moment, ...]
    earlier: int


def show_record(assessment: Assessment, identifier: str) -> ShowRecord:
    """The record behind `--format json`. Raises KeyError for a foreign id."""
    why, segments = why_record(assessment, identifier), segment_records(assessment, identifier)
    if identifier in assessment.objectives:
        found = objective_row(assessment, assessment.objectives[identifier])
        return ShowRecord(found, (), segments, why)
    row = kpi_row(assessment, assessment.kpis[identifier])
    signals = signals_by_period(assessment, identifier)
    past = history(assessment, identifier)
    series = tuple(_series_row(one, signals.get(one.period, ())) for one in past)
    return ShowRecord(row, series, segments, why)


def _series_row(past: Past, signals: tuple[str, ...]) -> SeriesRow:
    return SeriesRow(past.period.name, past.on, past.value, past.expected, past.status, signals)


def signals_by_period(assessment: Assessment, identifier: str) -> dict[Period, tuple[str, ...]]:
    """The rules that mark each period's own value, the weightiest first; only marked periods."""
    chart = assessment.outlooks[identifier].chart
    if chart is None:
        return {}
    periods = assessment.series[identifier].periods
    return {
        periods[row]: tuple(dict.fromkeys(one.kind for one in marked))
        for row, marked in zip(chart.rows, chart.points, strict=True)
        if marked
    }


def drawing(facts: Facts, identifier: str) -> Drawing:
    """What is drawn of a KPI's series."""
    result = facts.assessment.kpis[identifier]
    points = facts.points.get(identifier, ())
    shown = points[-LATEST:]
    past = history(facts.assessment, identifier, len(shown))
    limits = limits_by_period(facts, result) if result.kpi.aggregation != "sum" else {}
    signs = signs_by_period(facts, result)
    moments = (
        replace(
            _moment(facts, result, point, then),
            limits=limits.get(point.period),
            sign=SIGNS[signs[point.period]] if point.period in signs else "",
        )
        for point, then in zip(shown, past, strict=True)
    )
    return Drawing(tuple(moments), len(points) - len(shown))


def _moment(facts: Facts, result: KpiResult, point: Point, past: Past) -> Moment:
    scale = facts.scales[result.kpi.id]
    running = past.status is not Status.NOT_STARTED and point.judged is not None
    apart = result.kpi.aggregation != "sum" and point.own != point.judged
    return Moment(
        name=point.period.name,
        judged=datum_text(point.judged, scale),
        own=datum_text(point.own, scale) if point.own != point.judged else None,
        height=number_of(point.judged, result.scheme.target),
        plan=point.plan,
        marks=past.marks,
        badge=BADGES[past.status] if running else None,
        note=point.note,
        single=number_of(point.own, result.scheme.target) if apart else None,
    )
