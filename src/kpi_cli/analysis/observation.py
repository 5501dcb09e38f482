"""The observation: which actuals count, and what aggregation makes of them (semantics 1)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from math import fsum
from operator import attrgetter

from kpi_cli.analysis.results import Observation
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum
from kpi_cli.locale import N_
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.period import Calendar, Frequency, Period
from kpi_cli.plan.series import quotient


def known_rows(rows: Rows, as_of: date) -> list[int]:
    """Row numbers of the actuals whose period has ended by `as_of`."""
    return [row for row, period in enumerate(rows.periods) if period.end <= as_of]


def latest(
    rows: Rows, as_of: date, start: date | None = None, due: date | None = None
) -> int | None:
    """The last row with a value that overlaps start..due and has ended by `as_of`."""
    periods, values = rows.periods, rows.values
    for row in range(bisect_right(periods, as_of, key=_END) - 1, -1, -1):
        if values[row] is not None and periods[row].overlaps(start, due):
            return row
    return None


_END = attrgetter("end")


def first_since(rows: Rows, since: date | None) -> int:
    """The first row whose period ends on `since` or later: rows are in the order of their ends."""
    return 0 if since is None else bisect_left(rows.periods, since, key=_END)


@dataclass(frozen=True, slots=True)
class Aggregator:
    """Values of one KPI's series at a row: `value_at` is what the observation would be there."""

    kpi: Kpi
    rows: Rows
    calendar: Calendar
    start: date | None

    def observe(self, row: int, due: date | None, *, gaps: bool = True) -> Observation:
        """The observation whose latest actual is `row`; needs a non-null value there.

        Without `gaps` nobody looks for the periods that lack a value.
        """
        period = self.rows.periods[row]
        on = period.end if due is None else min(period.end, due)
        if self.kpi.window is not None:
            return self._windowed(row, on, self.kpi.window)
        if self.kpi.aggregation == "last":
            return Observation(self.rows.values[row], on, period, (period,))
        return self._since_start(row, on, gaps)

    def since(self, row: int) -> date | None:
        """Where a total or mean that ends at `row` begins: the start, or the last reset."""
        return since_reset(self.kpi, self.calendar, self.start, self.rows.periods[row])

    def _since_start(self, row: int, on: date, with_gaps: bool) -> Observation:
        period, since = self.rows.periods[row], self.since(row)
        chosen = range(first_since(self.rows, since), row + 1)
        value = combine(self.kpi, self.rows, chosen)
        asked = with_gaps and self.kpi.aggregation == "sum"
        gaps = tuple(self._gaps(chosen, since, period)) if asked else ()
        used = tuple(self.rows.periods[r] for r in chosen if self.rows.values[r] is not None)
        return Observation(value, on, period, used, since, gaps, _why_blank(self.kpi, value))

    def _gaps(self, chosen: Iterable[int], since: date | None, last: Period) -> Iterator[str]:
        with_value = [self.rows.periods[r] for r in chosen if self.rows.values[r] is not None]
        begin = since or (with_value[0].start if with_value else last.start)
        yield from missing(self.calendar, self.kpi.frequency, with_value, begin, last.end)

    def _windowed(self, row: int, on: date, size: int) -> Observation:
        last = self.rows.periods[row]
        own = _own_period(self.calendar, self.kpi.frequency, last)
        wanted = [own]
        while len(wanted) < size:
            wanted.append(self.calendar.previous(wanted[-1]))
        begin = wanted[-1].start
        chosen = [
            r for r in range(row + 1)
            if self.rows.periods[r].start >= begin and self.rows.values[r] is not None
        ]  # fmt: skip
        covered = sum(any(_within(self.rows.periods[r], p) for r in chosen) for p in wanted)
        used = tuple(self.rows.periods[r] for r in chosen)
        if covered < size:
            lacking = tuple(
                p.name for p in reversed(wanted) if not any(_within(u, p) for u in used)
            )
            reason = N_("{n} of {whole} periods", n=covered, whole=size)
            return Observation(None, on, last, used, begin, lacking, reason)
        value = combine(self.kpi, self.rows, chosen)
        return Observation(value, on, last, used, begin, (), _why_blank(self.kpi, value))


def since_reset(kpi: Kpi, calendar: Calendar, start: date | None, period: Period) -> date | None:
    """The later of the start and the first day of the reset's period `period` lies in."""
    if kpi.reset is None:
        return start
    frequency = Frequency.QUARTERLY if kpi.reset == "quarter" else Frequency.ANNUAL
    begins = calendar.containing(frequency, period.end).start
    return begins if start is None else max(begins, start)


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.end <= outer.end


def _own_period(calendar: Calendar, frequency: Frequency, period: Period) -> Period:
    """The period of the KPI's frequency that an actual stands for."""
    return (
        period if frequency is Frequency.IRREGULAR else calendar.containing(frequency, period.end)
    )


def _why_blank(kpi: Kpi, value: Datum | None) -> str | None:
    if value is not None:
        return None
    if kpi.aggregation == "ratio":
        return N_("no numerator and denominator to divide, or the denominators add up to 0")
    return N_("no value to aggregate")


def combine(kpi: Kpi, rows: Rows, chosen: Iterable[int]) -> Datum | None:
    """The rows' values put together by the KPI's own rule; None where nothing can be."""
    numbers: list[float] = []
    upper = lower = 0.0
    paired = False
    last: Datum | None = None
    for row in chosen:
        value = rows.values[row]
        if row in rows.pairs:
            paired = True
            upper += rows.pairs[row][0]
            lower += rows.pairs[row][1]
        if value is not None:
            last = value
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                numbers.append(value)
    match kpi.aggregation:
        case "ratio":
            return quotient(upper, lower, kpi.unit) if paired else None
        case "last":
            return last
        case _ if not numbers:
            return None
        case "sum":
            return _sum(numbers)
        case "mean":
            return _sum(numbers) / len(numbers)
        case "min":
            return min(numbers)
        case _:
            return max(numbers)


def _sum(numbers: list[float]) -> float:
    """Whole numbers stay whole; the rest is added without drift."""
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    return fsum(numbers)


def missing(
    calendar: Calendar, frequency: Frequency, present: list[Period], begin: date, end: date
) -> Iterator[str]:
    """Names of the periods from `begin` to `end` in which no present period ends."""
    if frequency is Frequency.IRREGULAR:
        return
    ends = sorted(period.end for period in present)
    at = 0
    for period in calendar.between(frequency, begin, end):
        while at < len(ends) and ends[at] < period.start:
            at += 1
        if not (at < len(ends) and ends[at] <= period.end):
            yield period.name
