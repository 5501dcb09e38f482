"""A seeded, self-made set of series to try forecasts on; no third party's data is in the repo.

Equal parts of random walks, autoregressions, trends whose slope wanders and seasonal series, with
noise of heavy tails, now and then a lasting jump, at the lengths and frequencies KPIs have. How
well calibrated a forecast is depends on such a mix: on walks alone every interval here is too
narrow, on stationary series alone too wide.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

HORIZON = {"monthly": 6, "quarterly": 4, "weekly": 8}
_LENGTHS = {
    "monthly": (8, 12, 18, 24, 36, 60),
    "quarterly": (8, 12, 16, 24, 36),
    "weekly": (8, 13, 26, 52),
}
_ROUND = {"monthly": 12, "quarterly": 4, "weekly": 13}


@dataclass(frozen=True, slots=True)
class Series:
    """One series: what the forecaster sees, and what came after it."""

    name: str
    frequency: str
    seen: tuple[float, ...]
    after: tuple[float, ...]


def make(count: int, seed: int = 20261122) -> Iterator[Series]:
    """`count` series; the same for the same seed."""
    rng = random.Random(seed)
    families = (_walk, _autoregression, _trend, _seasonal)
    for number in range(count):
        family = families[number % len(families)]
        frequency = ("monthly", "quarterly", "weekly", "monthly")[number // 4 % 4]
        n = rng.choice(_LENGTHS[frequency])
        total = n + HORIZON[frequency]
        values = family(rng, total, _ROUND[frequency])
        base, size = rng.choice((50.0, 200.0, 1000.0)), rng.uniform(0.5, 8.0)
        values = _jump(rng, values)
        level = [base + size * value for value in values]
        name = f"{family.__name__.strip('_')}-{number}"
        yield Series(name, frequency, tuple(level[:n]), tuple(level[n:]))


def _noise(rng: random.Random) -> float:
    """Standard normal, one time in twelve three times as large."""
    return rng.gauss(0, 3 if rng.random() < 1 / 12 else 1)


def _jump(rng: random.Random, values: list[float]) -> list[float]:
    """One series in five moves by about three steps for good, at any time."""
    if rng.random() >= 0.2:
        return values
    at, size = rng.randrange(len(values)), rng.choice((-3.0, 3.0))
    return [value + (size if step >= at else 0.0) for step, value in enumerate(values)]


def _walk(rng: random.Random, total: int, _round: int) -> list[float]:
    drift = rng.gauss(0, 0.2)
    values, at = [], 0.0
    for _ in range(total):
        at += drift + _noise(rng)
        values.append(at)
    return values


def _autoregression(rng: random.Random, total: int, _round: int) -> list[float]:
    weight = rng.uniform(0.3, 1.0)
    values, at = [], rng.gauss(0, 1)
    for _ in range(total):
        at = weight * at + _noise(rng)
        values.append(at)
    return values


def _trend(rng: random.Random, total: int, _round: int) -> list[float]:
    slope, rough = rng.gauss(0, 0.4), rng.uniform(0.2, 1.0)
    values, at = [], 0.0
    for _ in range(total):
        slope += rng.gauss(0, 0.07)
        at += slope + 0.5 * _noise(rng)
        values.append(at + rough * _noise(rng))
    return values


def _seasonal(rng: random.Random, total: int, period: int) -> list[float]:
    shape = [rng.gauss(0, 2) for _ in range(period)]
    weight, slope = rng.uniform(0.3, 1.0), rng.gauss(0, 0.1)
    values, at = [], 0.0
    for step in range(total):
        at = weight * at + _noise(rng)
        values.append(shape[step % period] + slope * step + at)
    return values


def mean_step(values: tuple[float, ...]) -> float:
    """Mean absolute change from one value to the next: the scale of MASE; never 0."""
    steps = [abs(b - a) for a, b in pairwise(values)]
    return math.fsum(steps) / len(steps) or 1.0
