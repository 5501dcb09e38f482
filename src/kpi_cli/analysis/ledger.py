"""Forecasts kept in `.kpi/forecasts.csv`, so that later reviews can score what was said.

Columns: made, kpi, due, target, median, chance. A target is a number, or `4..5` for a band.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from math import fsum, isfinite

from kpi_cli import frozen
from kpi_cli.analysis.backtest import Question, brier, climatology, ece
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.grid import is_figure, slot_of
from kpi_cli.analysis.observation import Aggregator
from kpi_cli.analysis.results import Assessment
from kpi_cli.frozen import dataclass
from kpi_cli.models.series import Rows
from kpi_cli.period import BadPeriod, Frequency, parse_day
from kpi_cli.quantity import at_least, at_most

PATH = ".kpi/forecasts.csv"
HEADER = ("made", "kpi", "due", "target", "median", "chance")


class BadLedger(ValueError):
    """A line that is no stored forecast; the message says which and why."""


@dataclass(frozen=True, slots=True, order=True)
class Stored:
    """One forecast as it was said on the day `made`."""

    made: date
    kpi: str
    due: date
    target: str
    median: float
    chance: float

    @property
    def band(self) -> tuple[float, float]:
        """Both edges of a band; one figure stands in both places."""
        low, _, high = self.target.partition("..")
        return float(low), float(high or low)


@frozen.dataclass(frozen=True, slots=True)
class LedgerScore:
    """How the stored forecasts fared: `open` have not come due, `resolved` have their value."""

    stored: int
    resolved: int
    open: int
    brier: float | None
    climatology: float | None
    ece: float | None
    said: float | None
    came: float | None


def read_ledger(text: str) -> list[Stored]:
    """The stored forecasts. Raises BadLedger."""
    found = []
    for number, cells in enumerate(csv.reader(StringIO(text.removeprefix("\ufeff"))), 1):
        if not cells or (number == 1 and tuple(cells) == HEADER):
            continue
        try:
            found.append(_stored(cells))
        except (ValueError, BadPeriod):
            listed = ",".join(HEADER)
            raise BadLedger(f"{PATH}:{number}: this line is no forecast of {listed}") from None
    return found


def _stored(cells: Sequence[str]) -> Stored:
    made, kpi, due, target, median, chance = cells
    found = Stored(parse_day(made), kpi, parse_day(due), target, float(median), float(chance))
    if not all(isfinite(one) for one in (*found.band, found.median)) or not 0 <= found.chance <= 1:
        raise ValueError
    return found


def write_ledger(found: Iterable[Stored]) -> str:
    """The file, sorted by day and KPI."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for one in sorted(found):
        writer.writerow(
            (one.made, one.kpi, one.due, one.target, f"{one.median:.10g}", f"{one.chance:.4f}")
        )
    return out.getvalue()


def todays(assessment: Assessment, kpis: Iterable[str]) -> list[Stored]:
    """What is said today about these KPIs, those that have a chance."""
    found = []
    for name in kpis:
        outlook = assessment.outlooks[name]
        end, asked = outlook.ending, outlook.wanted
        if end is None or end.chance is None or asked is None:
            continue
        edges = [f"{edge:.10g}" for edge in (asked.low, asked.high) if edge is not None]
        found.append(
            Stored(assessment.as_of, name, end.due, "..".join(edges), end.median, end.chance)
        )
    return found


def merged(known: Iterable[Stored], today: Iterable[Stored]) -> list[Stored]:
    """Today's forecasts replace those of the same day and KPI; all others stay."""
    new = {(one.made, one.kpi): one for one in today}
    return [*(one for one in known if (one.made, one.kpi) not in new), *new.values()]


def score_ledger(assessment: Assessment, stored: Sequence[Stored]) -> LedgerScore:
    """The score of the forecasts whose due date has its value by now."""
    known = [one for one in stored if one.made <= assessment.as_of]
    asked = []
    for one in known:
        came = _came(assessment, one)
        if came is not None:
            asked.append(Question("all", one.chance, came))
    count = len(asked)
    return LedgerScore(
        stored=len(known),
        resolved=count,
        open=len(known) - count,
        brier=brier(asked) if asked else None,
        climatology=climatology(asked) if asked else None,
        ece=ece(asked) if asked else None,
        said=fsum(one.said for one in asked) / count if asked else None,
        came=sum(one.came for one in asked) / count if asked else None,
    )


def _came(assessment: Assessment, one: Stored) -> bool | None:
    """Whether the target stored was met on its due date; None while that is not known."""
    result = assessment.kpis.get(one.kpi)
    value = _value_on(assessment, one) if result else None
    if result is None or value is None:
        return None
    low, high = one.band
    if low != high:
        return at_least(value, low) and at_most(value, high)
    falls = direction_of(result) == "decrease"
    return at_most(value, high) if falls else at_least(value, low)


def _value_on(assessment: Assessment, one: Stored) -> float | None:
    """The KPI's value for the period of the due date."""
    result, plan = assessment.kpis[one.kpi], assessment.plan
    kpi, rows = result.kpi, assessment.series.get(one.kpi, Rows())
    if kpi.frequency is Frequency.IRREGULAR:
        return None
    slot = slot_of(plan.calendar, kpi.frequency, one.due)
    for row in reversed(range(len(rows))):
        period = rows.periods[row]
        if period.end > assessment.as_of or not is_figure(rows.values[row]):
            continue
        if slot_of(plan.calendar, kpi.frequency, period.end) == slot:
            series = Aggregator(kpi, rows, plan.calendar, result.scheme.start)
            value = series.observe(row, one.due).value
            return float(value) if is_figure(value) else None  # type: ignore[arg-type]
    return None
