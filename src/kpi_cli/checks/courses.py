"""What the periods of a series say by themselves, worked out once for all series alike.

Most KPIs of a plan are measured in the same months: the same `Period` objects, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import is_

from kpi_cli.frozen import dataclass
from kpi_cli.period import DAY, Frequency, Period


@dataclass(frozen=True, slots=True)
class Course:
    """`overlapping`: rows that begin before the one above them ends.

    `unbroken` is the frequency of whole periods that follow one another day by day; None where
    they are of several kinds, or one is missing.
    """

    periods: Sequence[Period]
    overlapping: tuple[int, ...]
    unbroken: Frequency | None


class Courses:
    """The courses seen so far, by first period and length."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Course] = {}

    def of(self, periods: Sequence[Period]) -> Course:
        """The course of some periods."""
        if not periods:
            return _NONE
        key = periods[0].name, len(periods)
        known = self._known.get(key)
        if known is not None and known.periods is periods:
            return known
        if known is None or not all(map(is_, known.periods, periods)):
            known = self._known[key] = _course(periods)
        return known


_NONE = Course((), (), None)


def _course(periods: Sequence[Period]) -> Course:
    overlapping = [row for row, (a, b) in enumerate(pairwise(periods), 1) if b.start <= a.end]
    frequency = periods[0].frequency
    follow = all(b.frequency is frequency and b.start == a.end + DAY for a, b in pairwise(periods))
    return Course(periods, tuple(overlapping), frequency if follow else None)
