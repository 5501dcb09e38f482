"""`kpi-show/1`: the keys `why` and `segments`, with every figure unrounded."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.contributions import Contributed, objective_move
from kpi_cli.analysis.results import Assessment
from kpi_cli.analysis.why import Part, why_of
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum


@dataclass(frozen=True, slots=True)
class WhyRecord:
    """A KPI's explanation; `state` is explained, routine, too_few or no_parts.

    `earlier` and `since` are the periods compared. The parts' amounts add up to after - before;
    a part with an empty name is what no segment holds.
    """

    state: str
    kind: str | None = None
    before: float | None = None
    after: float | None = None
    earlier: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    simpson: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedRecord:
    """An objective's explanation over three months; `state` is explained, routine or too_few. The
    amounts add up to after - before."""

    state: str
    earlier: date
    before: float
    after: float
    parts: tuple[Contributed, ...]


@dataclass(frozen=True, slots=True)
class SegmentPoint:
    """One period of a segment."""

    period: str
    value: Datum | None
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """One segment's series, oldest first."""

    name: str
    series: tuple[SegmentPoint, ...]


def why_record(assessment: Assessment, identifier: str) -> WhyRecord | MovedRecord | None:
    """The explanation of a KPI or an objective; None where there are no figures."""
    if identifier in assessment.objectives:
        return _moved(assessment, identifier)
    why = why_of(assessment, identifier)
    if why is None:
        return None
    state, move = why.state.replace(" ", "_"), why.move
    if move is None:
        return WhyRecord(state)
    return WhyRecord(
        state,
        move.kind,
        move.before,
        move.after,
        tuple(period.name for period in move.spans.before),
        tuple(period.name for period in move.spans.since),
        move.is_simpson,
        move.parts,
    )


def _moved(assessment: Assessment, identifier: str) -> MovedRecord | None:
    move = objective_move(assessment, identifier)
    if move is None:
        return None
    state = move.state.replace(" ", "_")
    return MovedRecord(state, move.since, move.before, move.after, move.parts)


def segment_records(assessment: Assessment, identifier: str) -> tuple[SegmentRecord, ...]:
    """The segments of a KPI up to the day of the assessment; none of an objective."""
    found = assessment.plan.segments.get(identifier, {})
    return tuple(
        SegmentRecord(
            name,
            tuple(
                SegmentPoint(period.name, value, *(rows.pairs.get(row) or (None, None)))
                for row, (period, value) in enumerate(rows)
                if period.end <= assessment.as_of
            ),
        )
        for name, rows in found.items()
    )
