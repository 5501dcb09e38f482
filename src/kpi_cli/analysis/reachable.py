"""Is a target within reach? Judged from the KPI's own past, on two days.

Too far: from the latest figure to the due date, as of today, for that can still be re-planned. Too
near: from the last figure before the target was set, so that work well done is no fault later.
Chances are those of the status-quo forecast. Where a quick look at the pace settles the matter, no
forecast is made and the chance stays None.
"""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.achievable import LEAST, Evidence
from kpi_cli.analysis.average import mean, median
from kpi_cli.analysis.behaviour import Ending, Wanted
from kpi_cli.analysis.charting import chart_of
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.grid import slot_of
from kpi_cli.analysis.outlook import ahead_of, wanted
from kpi_cli.analysis.results import Assessment, KpiResult, Status
from kpi_cli.analysis.scheme import set_on
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch
from kpi_cli.models.series import Rows
from kpi_cli.period import Frequency, later
from kpi_cli.quantity import at_least, at_most

RECENT = 6
"""Latest figures whose pace is looked at."""
NUMBERS = (int, float)
TWICE = 2
"""Figures in a row that had met a target before it was set."""
_OVER = frozenset({Status.RETIRED, Status.ACHIEVED, Status.MISSED, Status.NO_TARGET})


@dataclass(frozen=True, slots=True)
class Verdict:
    """`known` is False where there are too few figures. `chance` is None where it is no issue."""

    known: bool
    chance: float | None = None
    evidence: Evidence | None = None
    ending: Ending | None = None


UNKNOWN, NO_ISSUE = Verdict(known=False), Verdict(known=True)


class Reachability:
    """The verdicts on an assessment's KPIs, each worked out once."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._far: dict[str, Verdict] = {}
        self._near: dict[str, Verdict] = {}

    def far(self, kpi: str) -> Verdict:
        """How likely the target is from today on."""
        if kpi not in self._far:
            self._far[kpi] = _far(self._assessment, self._assessment.kpis[kpi])
        return self._far[kpi]

    def near(self, kpi: str) -> Verdict:
        """How likely the target was on the day it was set."""
        if kpi not in self._near:
            self._near[kpi] = _near(self._assessment, self._assessment.kpis[kpi])
        return self._near[kpi]

    def met_before(self, kpi: str) -> tuple[bool, float | None]:
        """Whether enough figures tell, and the last one before the target was set if two met it.

        Only for single values that are to be moved to a figure.
        """
        return _met_before(self._assessment, self._assessment.kpis[kpi])


def _far(assessment: Assessment, result: KpiResult) -> Verdict:
    due = result.scheme.due
    if due is None or assessment.as_of > due or result.counts_as in _OVER or _is_met(result):
        return NO_ISSUE
    if not isinstance(result.scheme.target, (Value, Relative, Stretch, Threshold)):
        return NO_ISSUE
    figures = _figures(assessment.series[result.kpi.id], assessment.as_of)
    if len(figures) < LEAST or result.kpi.frequency is Frequency.IRREGULAR:
        return UNKNOWN
    if _pace_suffices(assessment, result, figures):
        return NO_ISSUE
    outlook = assessment.outlooks[result.kpi.id]
    found, end = outlook.evidence, outlook.ending
    if end is not None and end.chance is not None:
        return Verdict(True, end.chance, found, end)
    if found is not None and found.spans >= LEAST:
        return Verdict(True, found.share, found)
    return UNKNOWN


def _is_met(result: KpiResult) -> bool:
    score = result.score
    return score is not None and bool(score.met or score.reached)


Figures = list[tuple[date, float]]


def _figures(rows: Rows, until: date) -> Figures:
    """The last days and values of the numbers whose period had ended, oldest first."""
    return [
        (period.end, value)
        for period, value in zip(rows.periods, rows.values, strict=True)
        if period.end <= until and isinstance(value, NUMBERS) and not isinstance(value, bool)
    ]


def _latest(rows: Rows, until: date) -> list[float]:
    """The last `TWICE` of these values, oldest first."""
    found: list[float] = []
    for period, value in zip(reversed(rows.periods), reversed(rows.values), strict=True):
        if period.end <= until and isinstance(value, NUMBERS) and not isinstance(value, bool):
            found.append(value)
            if len(found) == TWICE:
                break
    return found[::-1]


def _steps(assessment: Assessment, result: KpiResult, last: date, due: date) -> int:
    calendar, frequency = assessment.plan.calendar, result.kpi.frequency
    return slot_of(calendar, frequency, due) - slot_of(calendar, frequency, last)


def _pace_suffices(assessment: Assessment, result: KpiResult, figures: Figures) -> bool:
    """Whether the pace of the latest figures alone leads to the target (the quick test)."""
    asked, due = wanted(assessment.plan, result, _direction(result)), result.scheme.due
    if asked is None or due is None or (asked.low is None) == (asked.high is None):
        return False
    steps = _steps(assessment, result, figures[-1][0], due)
    recent = [value for _, value in figures[-RECENT - 1 :]]
    if result.kpi.is_total:
        total = result.value
        if not isinstance(total, (int, float)) or isinstance(total, bool) or asked.low is None:
            return False
        return total + mean(recent) * steps >= asked.low
    if result.kpi.aggregation != "last" or steps < 1:
        return False
    end = recent[-1] + (recent[-1] - recent[0]) / (len(recent) - 1) * steps
    return end >= asked.low if asked.low is not None else end <= (asked.high or 0.0)


def _direction(result: KpiResult) -> str | None:
    counts_up = result.kpi.is_total and result.target_number is not None
    return direction_of(result) or ("increase" if counts_up else None)


def _near(assessment: Assessment, result: KpiResult) -> Verdict:
    kpi, due, begun = result.kpi, result.scheme.due, set_on(result.scheme)
    if not isinstance(result.scheme.target, (Value, Relative, Stretch)) or due is None:
        return NO_ISSUE
    asked = wanted(assessment.plan, result, _direction(result))
    day = min(later(begun, -1), assessment.as_of) if begun else None
    if day is None or asked is None:
        return UNKNOWN
    rows = assessment.series[kpi.id]
    figures = _figures(rows, day)
    if len(figures) < LEAST or kpi.frequency is Frequency.IRREGULAR:
        return UNKNOWN
    values = [value for _, value in figures]
    steps = _steps(assessment, result, figures[-1][0], due)
    if kpi.aggregation == "last" and _is_far_off(values, asked, steps):
        return NO_ISSUE
    if kpi.is_total and kpi.reset is None and _is_much(values, asked, steps):
        return NO_ISSUE
    chart = chart_of(kpi, rows, assessment.plan.calendar, assessment.plan.config.signals, day)
    way = ahead_of(assessment.plan, result, rows, chart, day) if chart else None
    outcome = way.at(way.forecast.horizon) if way else None
    if outcome is None:
        return UNKNOWN
    return Verdict(True, outcome.chance(asked.low, asked.high))


def _is_far_off(values: list[float], asked: Wanted, steps: int) -> bool:
    """Whether neither drift nor a return to the middle leads to the target (the quick test)."""
    span = len(values) - 1
    drift = (values[-1] - values[0]) / span * steps
    recent = (values[-1] - values[-min(RECENT, span) - 1]) / min(RECENT, span) * steps
    middle = median(values)
    if asked.low is not None:
        return asked.low > max(values[-1], middle) + max(drift, recent, 0.0)
    return asked.high is None or asked.high < min(values[-1], middle) + min(drift, recent, 0.0)


def _is_much(values: list[float], asked: Wanted, steps: int) -> bool:
    """Whether no recent rate, kept up, adds up to the wanted total (the quick test)."""
    best = max(mean(values), mean(values[-RECENT:]), values[-1])
    return asked.low is not None and asked.low > best * steps


def _met_before(assessment: Assessment, result: KpiResult) -> tuple[bool, float | None]:
    begun, asked = set_on(result.scheme), wanted(assessment.plan, result, _direction(result))
    moves = isinstance(result.scheme.target, (Value, Relative, Stretch))
    if not moves or result.kpi.aggregation != "last":
        return True, None
    if begun is None or asked is None:
        return False, None
    day = min(later(begun, -1), assessment.as_of)
    latest = _latest(assessment.series[result.kpi.id], day)
    if len(latest) < TWICE:
        return False, None
    low, high = asked.low, asked.high
    met = all(
        (low is None or at_least(v, low)) and (high is None or at_most(v, high)) for v in latest
    )
    return True, latest[-1] if met else None
