"""The three smoothers behind the forecast: SES, Theta and damped Holt, fitted on fixed grids.

Grids cannot diverge and need no optimiser. No point is given up half way: the squared errors of
most points stay within twice the least, so a look at the best so far costs more than it spares.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf, sqrt
from typing import Protocol

from kpi_cli.frozen import dataclass

ALPHAS = tuple(round(0.05 + 0.02 * step, 2) for step in range(48))
"""0.05 to 0.99 in steps of 0.02."""
_LEVELS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.05, 0.99)
_TRENDS = (0.05, 0.1, 0.01, 0.2, 0.3, 0.5)
_DAMPINGS = (0.9, 0.85, 0.95, 0.8, 0.98)
_GAINS = tuple((alpha, alpha * beta) for alpha in _LEVELS for beta in _TRENDS)
"""With the dampings 330 points, the likely ones first: of equals the first is taken."""
_WEIGHTS = tuple(
    tuple((1 + phi - alpha - phi * gain, phi * (alpha - 1)) for alpha, gain in _GAINS)
    for phi in _DAMPINGS
)
"""By damping what the last error and the one before weigh in the next, at every alpha and gain."""
_POINTS = tuple((alpha, gain, phi) for phi in _DAMPINGS for alpha, gain in _GAINS)
POINTS = len(_POINTS)


class Fits(Protocol):
    """The grid points that fitted series best, found before, by number. One that is no number of a
    point (`0 <= point < POINTS`) counts as none."""

    def find(self, values: Sequence[float]) -> int | None:
        """That of a series; None where it was not fitted before."""

    def note(self, values: Sequence[float], point: int) -> None:
        """Remember that of a series."""


@dataclass(frozen=True, slots=True)
class Ses:
    """Simple exponential smoothing: the weight and the level after the last value."""

    alpha: float
    level: float


def fit_ses(values: Sequence[float]) -> Ses:
    """The alpha of the grid with the least squared one-step errors; starts at the first value.

    Errors follow from the steps d of the values: e = d + (1 - alpha) * e before.
    """
    steps = [after - before for before, after in pairwise(values)]
    best, chosen, left = inf, ALPHAS[0], 0.0
    for alpha in ALPHAS:
        kept, error, total = 1 - alpha, 0.0, 0.0
        for step in steps:
            error = step + kept * error
            total += error * error
        if total < best:
            best, chosen, left = total, alpha, error
    return Ses(chosen, values[-1] - (1 - chosen) * left)


@dataclass(frozen=True, slots=True)
class Theta:
    """The Theta method as SES with drift (Hyndman & Billah 2003); `n` values were seen."""

    ses: Ses
    slope: float
    n: int

    def ahead(self, step: int) -> float:
        """The forecast `step` periods ahead, from 1."""
        alpha = self.ses.alpha
        start = (1 - (1 - alpha) ** self.n) / alpha
        return self.ses.level + self.slope / 2 * (step - 1 + start)

    def sigma(self, values: Sequence[float]) -> float:
        """Root mean square of the one-step errors on the values it was fitted to."""
        alpha, level, half = self.ses.alpha, values[0], self.slope / 2
        total, fading = 0.0, 1.0
        for value in values[1:]:
            fading *= 1 - alpha
            error = value - level
            missed = error - half * (1 - fading) / alpha
            total += missed * missed
            level += alpha * error
        return sqrt(total / (len(values) - 1))


@dataclass(frozen=True, slots=True)
class Damped:
    """Holt's method with a damped trend: level, next period's step, and damping."""

    level: float
    step: float
    phi: float

    def path(self, horizon: int) -> list[float]:
        """Forecasts 1..horizon periods ahead."""
        found, level, step = [], self.level, self.step
        for _ in range(horizon):
            level += step
            step *= self.phi
            found.append(level)
        return found


def fit_damped(values: Sequence[float], fits: Fits | None = None) -> Damped:
    """The grid point with the least squared one-step errors, or the one in `fits`. Needs 6 values.

    Starts at the first value with the mean step of the first six.
    """
    begin = (values[5] - values[0]) / 5
    point = fits.find(values) if fits else None
    if point is None or point >= POINTS:
        point = _best_point(values, begin)
        if fits:
            fits.note(values, point)
    return _run(values, begin, *_POINTS[point])


def _best_point(values: Sequence[float], begin: float) -> int:
    """The number of the grid point.

    Damped Holt is an ARIMA(1, 1, 2) process, so its errors need no level and no trend:
    e[t] = move[t] + near * e[t-1] + far * e[t-2], with move = step - phi * the step before.
    """
    steps = [after - before for before, after in pairwise(values)]
    best, chosen, point = inf, 0, 0
    for phi, weights in zip(_DAMPINGS, _WEIGHTS, strict=True):
        pairs = _pairs([after - phi * before for before, after in pairwise([begin, *steps])])
        for near, far in weights:
            before = last = total = 0.0
            for one, two in pairs:
                before = one + near * last + far * before
                last = two + near * before + far * last
                total += before * before + last * last
            if total < best:
                best, chosen = total, point
            point += 1
    return chosen


def _pairs(moves: list[float]) -> list[tuple[float, float]]:
    """The moves in pairs; a leading 0 makes them even, and no error."""
    even = moves if len(moves) % 2 == 0 else [0.0, *moves]
    return list(zip(even[::2], even[1::2], strict=True))


def _run(values: Sequence[float], begin: float, alpha: float, gain: float, phi: float) -> Damped:
    level, step = values[0], phi * begin
    for value in values[1:]:
        level += step
        error = value - level
        level += alpha * error
        step = phi * (step + gain * error)
    return Damped(level, step, phi)
