"""How good the forecasts would have been on the user's own data: rolling origins.

From every origin the values after it are forecast from those before, and asked: will the value h
periods on have reached last +- z * sigma * sqrt(h)? Scores: Brier, against always saying how
often such a question came true; expected calibration error in ten bins; how many values the 80 %
and 95 % intervals held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from math import fsum, sqrt

from kpi_cli.analysis.chance import Outcome, width
from kpi_cli.analysis.forecast import LEAST, forecast
from kpi_cli.analysis.student import quantile
from kpi_cli.frozen import dataclass

HORIZONS = {"monthly": 6, "quarterly": 4, "weekly": 8}
STEPS = (-0.5, 0.25, 0.5, 1.0, 1.5, 2.0)
"""Targets in one-step standard deviations in the good direction, asked in both directions."""
RESCALE_FROM = 200
"""Resolved forecasts before a rescaling is fitted; it is shrunk by N / (N + 200)."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Resolved:
    """One forecast that has come due: n values seen, h periods ahead, what came, what was said."""

    kpi: str
    n: int
    step: int
    actual: float
    outcome: Outcome
    last: float
    noise: float


@dataclass(frozen=True, slots=True)
class Question:
    """One yes/no question: the group it is compared within, the chance said, and the answer."""

    group: str
    said: float
    came: bool


@dataclass(frozen=True, slots=True)
class Backtest:
    """Scores over `forecasts` resolved forecasts and the `questions` asked of them.

    Lower is better for `brier`, `climatology` (the Brier score of base rates) and `ece`;
    `cover80`, `cover95` are shares. `rescale` multiplies the spread; None with too few forecasts.
    """

    forecasts: int
    questions: int
    brier: float
    climatology: float
    ece: float
    cover80: float
    cover95: float
    rescale: float | None

    @property
    def skill(self) -> float | None:
        """1 - brier / climatology: above 0 the forecasts know more than base rates."""
        return 1 - self.brier / self.climatology if self.climatology > 0 else None


def resolve(
    kpi: str, values: Sequence[float], frequency: str, least: int = LEAST
) -> Iterator[Resolved]:
    """Every origin from `least` values on, every horizon that has come due."""
    horizon = HORIZONS.get(frequency, 4)
    for n in range(least, len(values)):
        seen = values[:n]
        found = forecast(seen, min(horizon, len(values) - n), frequency)
        if found is None:
            continue
        noise = fsum(abs(b - a) for a, b in pairwise(seen)) / (n - 1) / 1.128
        for step, median in enumerate(found.medians, 1):
            sigma = found.sigma * found.factors[step - 1]
            said = Outcome(median, *width(sigma, n, step, frequency, found.alpha))
            yield Resolved(kpi, n, step, values[n + step - 1], said, seen[-1], noise)


def questions(one: Resolved) -> Iterator[Question]:
    """Twelve questions about one forecast; none where the series had not moved yet."""
    if one.noise <= 0:
        return
    for step in STEPS:
        for sign in (1, -1):
            target = one.last + sign * step * one.noise * sqrt(one.step)
            low, high = (target, None) if sign > 0 else (None, target)
            came = one.actual >= target if sign > 0 else one.actual <= target
            yield Question(f"{step}", one.outcome.chance(low, high), came)


def brier(asked: Sequence[Question]) -> float:
    """The mean squared difference between what was said and what came."""
    return fsum((one.said - one.came) ** 2 for one in asked) / len(asked)


def climatology(asked: Sequence[Question]) -> float:
    """The Brier score of saying each group's own base rate every time."""
    groups: dict[str, list[bool]] = {}
    for one in asked:
        groups.setdefault(one.group, []).append(one.came)
    total = fsum(
        len(came) * (rate := sum(came) / len(came)) * (1 - rate) for came in groups.values()
    )
    return total / len(asked)


def ece(asked: Sequence[Question]) -> float:
    """Expected calibration error: mean distance of said from came over ten bins, by their size."""
    bins: list[list[Question]] = [[] for _ in range(BINS)]
    for one in asked:
        bins[min(int(one.said * BINS), BINS - 1)].append(one)
    return fsum(abs(fsum(q.said - q.came for q in held)) for held in bins) / len(asked)


def cover(found: Sequence[Resolved], share: float) -> float:
    """How many of the values lay within their interval of that share."""
    held = 0
    for one in found:
        low, high = one.outcome.interval(share)
        held += low <= one.actual <= high
    return held / len(found)


def rescaling(found: Sequence[Resolved]) -> float | None:
    """What the spread must be multiplied by for 80 % intervals to hold 80 %, shrunk towards 1."""
    count = len(found)
    if count < RESCALE_FROM:
        return None
    half = cache(partial(quantile, 0.9))
    ratios = sorted(
        abs(one.actual - one.outcome.median) / (half(one.outcome.nu) * one.outcome.scale)
        for one in found
        if one.outcome.scale > 0
    )
    if not ratios or (factor := ratios[min(int(0.8 * len(ratios)), len(ratios) - 1)]) <= 0:
        return None
    return float(factor ** (count / (count + RESCALE_FROM)))


def score(found: Iterable[Resolved]) -> Backtest | None:
    """The scores; None where nothing has resolved yet."""
    resolved = list(found)
    asked = [question for one in resolved for question in questions(one)]
    if not resolved or not asked:
        return None
    return Backtest(
        forecasts=len(resolved),
        questions=len(asked),
        brier=brier(asked),
        climatology=climatology(asked),
        ece=ece(asked),
        cover80=cover(resolved, 0.80),
        cover95=cover(resolved, 0.95),
        rescale=rescaling(resolved),
    )
