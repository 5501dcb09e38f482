"""Process behaviour charts: natural limits of individual values (XmR).

Source: D. J. Wheeler, "Understanding Variation"; screening: L. S. Nelson (1982). The factor 2.66 is
Wheeler's rounding of 3/1.128 and is used as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum
from typing import Literal

from kpi_cli.analysis.average import median
from kpi_cli.frozen import dataclass

Centre = Literal["mean", "median"]
Screen = Literal["none", "nelson"]

MEAN_FACTOR, MEAN_RANGE_FACTOR = 2.66, 3.267
MEDIAN_FACTOR, MEDIAN_RANGE_FACTOR = 3.145, 3.865
LEAST = 5
"""Fewer points give no limits."""
BASELINE = 12
"""Points that set the limits of a recorded stretch; fewer give trial limits."""
ESTABLISHED = 20

_MULTIPLIERS = {5: 7.02, 6: 5.92, 7: 5.17, 8: 4.73, 9: 4.41, 10: 4.21, 11: 3.99}


@dataclass(frozen=True, slots=True)
class Limits:
    """Natural process limits, in the unit of the values.

    `range` is the upper limit of the moving range, `mean_range` its mean (or median), `n` the
    number of points that set the limits.
    """

    centre: float
    lower: float
    upper: float
    range: float
    mean_range: float
    n: int

    @property
    def sigma(self) -> float:
        """A third of the way from the centre to a limit."""
        return (self.upper - self.centre) / 3

    @property
    def tolerance(self) -> float:
        """Differences up to this are none: 1e-9 of the scale."""
        return 1e-9 * max(1.0, abs(self.centre), abs(self.upper - self.centre))

    @property
    def state(self) -> Literal["trial", "provisional", "established"]:
        """How far the limits can be trusted, by the number of points that set them."""
        if self.n < BASELINE:
            return "trial"
        return "provisional" if self.n < ESTABLISHED else "established"

    @property
    def multiplier(self) -> float | None:
        """What 2.66 would have to be for 0.27 % false alarms on the next point; None from 12 on."""
        return _MULTIPLIERS.get(self.n)

    def shown(self, low: float | None, high: float | None) -> tuple[float, float]:
        """Lower and upper limit held within the bounds of the KPI, for display only."""
        lower = self.lower if low is None else max(self.lower, low)
        return lower, self.upper if high is None else min(self.upper, high)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points `start`..`end`-1 of a series that share their limits; None with too few points."""

    start: int
    end: int
    limits: Limits | None


def limits_of(
    values: Sequence[float], centre: Centre = "mean", screen: Screen = "none"
) -> Limits | None:
    """Limits set by all the values, in their order; None for fewer than 5.

    `nelson` drops moving ranges at or above their own limit, once. The median form needs no
    screening and takes none.
    """
    if len(values) < LEAST:
        return None
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if centre == "median":
        middle, spread = float(median(values)), float(median(ranges))
        width, top = MEDIAN_FACTOR * spread, MEDIAN_RANGE_FACTOR * spread
    else:
        middle, spread = fsum(values) / len(values), fsum(ranges) / len(ranges)
        if screen == "nelson":
            spread = _screened(ranges, spread)
        width, top = MEAN_FACTOR * spread, MEAN_RANGE_FACTOR * spread
    return Limits(middle, middle - width, middle + width, top, spread, len(values))


def _screened(ranges: Sequence[float], spread: float) -> float:
    kept = [one for one in ranges if one < MEAN_RANGE_FACTOR * spread]
    return fsum(kept) / len(kept) if kept else spread


def stretches(
    values: Sequence[float],
    starts: Sequence[int] = (),
    centre: Centre = "mean",
    screen: Screen = "none",
) -> tuple[Stretch, ...]:
    """The series cut before each index of `starts`.

    Without starts all points set the limits. With them each stretch, the one before the first
    start too, is fixed by its own first 12 points, or by all if it has fewer.
    """
    cuts = sorted({start for start in starts if 0 < start < len(values)})
    if not starts:
        return (Stretch(0, len(values), limits_of(values, centre, screen)),)
    edges = [0, *cuts, len(values)]
    return tuple(
        Stretch(begin, end, limits_of(values[begin : min(end, begin + BASELINE)], centre, screen))
        for begin, end in pairwise(edges)
        if end > begin
    )
