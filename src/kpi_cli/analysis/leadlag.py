"""A declared lead and its lag, tested on nothing but the declared lag.

Series that share a trend, a season or a slow drift correlate at some lag nearly always, so both
are taken without season, differenced and prewhitened (Box & Jenkins), and no lag is searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from typing import Literal

from kpi_cli.analysis.season import season_of
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_

LEAST = 36
"""Fewer pairs of values say nothing."""
Z = 1.96
_MOST_ORDER = 8

Verdict = Literal["too few points", "consistent", "not yet", "contradicts"]


@dataclass(frozen=True, slots=True)
class LeadLag:
    """The correlation of the prewhitened series at the declared lag (in periods), and its bound.

    `n` counts the values both series have; `r` and `bound` are None with too few.
    """

    lag: int
    n: int
    r: float | None
    bound: float | None
    verdict: Verdict


def cross_correlation(x: Sequence[float], y: Sequence[float], lag: int) -> float:
    """The correlation of x[t] with y[t + lag]; lag >= 0 means x leads. 0 for a constant series.

    R's ccf(x, y) gives the same figure at lag -lag.
    """
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    off_x, off_y = [v - mean_x for v in x], [v - mean_y for v in y]
    size = sqrt(sum(v * v for v in off_x) * sum(v * v for v in off_y))
    if size <= 1e-12 * (1 + abs(mean_x)) * (1 + abs(mean_y)):
        return 0.0
    if lag < 0:
        off_x, off_y, lag = off_y, off_x, -lag
    return sum(a * b for a, b in zip(off_x, off_y[lag:], strict=False)) / size


def lead_lag(
    x: Sequence[float], y: Sequence[float], lag: int, frequency: str, sign: int = 1
) -> LeadLag:
    """Whether x leads y by `lag` periods with the declared sign (+1: both rise together).

    x and y are of the same length and frequency, without gaps.
    """
    n = min(len(x), len(y))
    if n < LEAST or lag < 0:
        return LeadLag(lag, n, None, None, "too few points")
    before, after = _changes(x, frequency), _changes(y, frequency)
    weights = autoregression(before)
    r = sign * cross_correlation(_filtered(before, weights), _filtered(after, weights), lag)
    bound = Z / sqrt(n - 1 - len(weights) - lag)
    verdict: Verdict = "consistent" if r > bound else "contradicts" if r < -bound else "not yet"
    return LeadLag(lag, n, sign * r, bound, verdict)


def _changes(values: Sequence[float], frequency: str) -> list[float]:
    season = season_of(values, frequency)
    plain = [season.remove(v, at) for at, v in enumerate(values)] if season else values
    return [after - before for before, after in pairwise(plain)]


def autoregression(values: Sequence[float]) -> tuple[float, ...]:
    """Weights of the autoregression with the least AIC, by Burg's method, order 0 to 8."""
    n = len(values)
    mean = sum(values) / n
    forward = backward = [v - mean for v in values]
    power = sum(v * v for v in forward) / n
    weights: list[float] = []
    chosen: tuple[float, ...] = ()
    best = n * log(power) if power > 0 else 0.0
    for order in range(1, min(_MOST_ORDER, n // 4) + 1):
        front, back = forward[1:], backward[:-1]
        size = sum(a * a for a in front) + sum(b * b for b in back)
        if size <= 0 or power <= 0:
            break
        k = 2 * sum(a * b for a, b in zip(front, back, strict=True)) / size
        weights = [w - k * v for w, v in zip(weights, reversed(weights), strict=True)] + [k]
        forward = [a - k * b for a, b in zip(front, back, strict=True)]
        backward = [b - k * a for a, b in zip(front, back, strict=True)]
        power *= 1 - k * k
        score = n * log(power) + 2 * order if power > 0 else best
        if score < best:
            best, chosen = score, tuple(weights)
    return chosen


def _filtered(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    order = len(weights)
    mean = sum(values) / len(values)
    off = [v - mean for v in values]
    return [
        off[at] - sum(w * off[at - back] for back, w in enumerate(weights, 1))
        for at in range(order, len(off))
    ]


def words(found: LeadLag, leading: str, lagging: str) -> str:
    """The finding in careful words."""
    one = found.lag == 1
    span = N_("{n} period", n=1) if one else N_("{n} periods", n=found.lag)
    named = {"leading": leading, "lagging": lagging, "span": span}
    match found.verdict:
        case "too few points":
            return N_(
                "too few points to test: {n} common values, {least} are needed",
                n=found.n,
                least=LEAST,
            )
        case "consistent":
            return N_(
                "the figures are consistent with {leading} leading {lagging} by {span}; "
                "that is no proof of a cause",
                **named,
            )
        case "contradicts":
            return N_(
                "the figures contradict it: {lagging} moved the other way {span} after {leading}",
                **named,
            )
        case _:
            return N_(
                "the figures do not show it yet: no clear link {span} after {leading}", **named
            )
