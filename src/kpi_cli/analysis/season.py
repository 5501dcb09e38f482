"""Seasonality and autocorrelation: a chart of a seasonal series is noise, so test first.

Test: the autocorrelation of first differences at lag m against Bartlett's error with z = 1.28.
Indices: classical decomposition by centred moving averages.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from operator import mul

from kpi_cli.frozen import dataclass

Z = 1.28
SMALLEST_INDEX = 0.05
"""A multiplicative index at or below this would blow values up: the additive form is used."""
DEPENDENT = 0.5
"""Lag-1 autocorrelation of detrended data above which limits are too narrow."""
PERIODS = {"monthly": 12, "quarterly": 4, "weekly": 52, "daily": 7}


@dataclass(frozen=True, slots=True)
class Season:
    """Seasonal indices by phase (`index[t % period]` for the t-th value, from 0).

    Multiplicative indices have mean 1, additive ones mean 0 and the unit of the values.
    """

    period: int
    indices: tuple[float, ...]
    multiplicative: bool

    def remove(self, value: float, at: int) -> float:
        """The value at position `at` without its season."""
        index = self.indices[at % self.period]
        return value / index if self.multiplicative else value - index

    def restore(self, value: float, at: int) -> float:
        """A deseasonalised value at position `at` with its season."""
        index = self.indices[at % self.period]
        return value * index if self.multiplicative else value + index

    def factor(self, at: int) -> float:
        """What a spread is multiplied by at position `at`."""
        return self.indices[at % self.period] if self.multiplicative else 1.0


def acf(values: Sequence[float], lags: int) -> list[float]:
    """Autocorrelations at lags 1..lags around the mean; zeros for a constant series."""
    mean = sum(values) / len(values)
    off = [value - mean for value in values]
    total = sum(map(mul, off, off))
    if total <= 1e-18 * max(1.0, mean * mean) * len(off):
        return [0.0] * lags
    return [sum(map(mul, off, off[lag:])) / total for lag in range(1, lags + 1)]


def is_seasonal(values: Sequence[float], period: int) -> bool:
    """Whether the series repeats itself every `period` values; needs two full rounds."""
    n = len(values)
    if period < 2 or n < 2 * period:
        return False
    found = acf([after - before for before, after in pairwise(values)], period)
    before = found[:-1]
    error = sqrt((1 + 2 * sum(map(mul, before, before))) / (n - 1))
    return found[-1] > Z * error


def decompose(values: Sequence[float], period: int, *, multiplicative: bool) -> tuple[float, ...]:
    """Seasonal indices by phase, normalised. Needs two full rounds, and values > 0 for ratios."""
    half = period // 2
    sums, counts = [0.0] * period, [0] * period
    for at in range(half, len(values) - half):
        window = sum(values[at - half : at + half + 1])
        if period % 2 == 0:
            window -= (values[at - half] + values[at + half]) / 2
        trend = window / period
        sums[at % period] += values[at] / trend if multiplicative else values[at] - trend
        counts[at % period] += 1
    raw = [total / count for total, count in zip(sums, counts, strict=True)]
    mean = sum(raw) / period
    return tuple(one / mean if multiplicative else one - mean for one in raw)


def season_of(values: Sequence[float], frequency: str) -> Season | None:
    """The season of a gapless series by its frequency; None where there is none to be found."""
    period = PERIODS.get(frequency, 0)
    if not is_seasonal(values, period):
        return None
    if min(values) > 0:
        indices = decompose(values, period, multiplicative=True)
        if min(indices) > SMALLEST_INDEX:
            return Season(period, indices, multiplicative=True)
    return Season(period, decompose(values, period, multiplicative=False), multiplicative=False)


def slope_of(values: Sequence[float]) -> float:
    """Least-squares slope per step."""
    n = len(values)
    middle = (n - 1) / 2
    upper = sum(map(mul, range(n), values)) - middle * sum(values)
    return upper * 12 / (n * (n * n - 1)) if n > 1 else 0.0


def ols(values: Sequence[float]) -> tuple[float, float]:
    """Intercept at position 0 and slope per step of the least-squares line."""
    slope = slope_of(values)
    return sum(values) / len(values) - slope * (len(values) - 1) / 2, slope


def dependence(values: Sequence[float]) -> float:
    """Lag-1 autocorrelation after a straight line is taken out; needs 5 values, else 0."""
    if len(values) < 5:
        return 0.0
    base, slope = ols(values)
    return acf([value - base - slope * at for at, value in enumerate(values)], 1)[0]
