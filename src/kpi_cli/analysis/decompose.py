"""Why a figure moved: exact contributions without a rest, for sums, ratios and products.

Ratios: mid-point mix and rate effects. Products: LMDI (Ang 2005), and Shapley values where a
factor is zero or negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import factorial, fsum, log, log1p, prod

from kpi_cli.frozen import dataclass

MOST_FACTORS = 8
"""Shapley values look at every subset of the factors."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one part contributed, in the unit of the whole; `share` of the whole change where all
    parts moved the same way."""

    name: str
    amount: float
    share: float | None = None


@dataclass(frozen=True, slots=True)
class RatioEffect:
    """One segment of a ratio: by its own rate, and by its weight in the whole."""

    name: str
    rate: float
    mix: float

    @property
    def amount(self) -> float:
        """Both together."""
        return self.rate + self.mix


@dataclass(frozen=True, slots=True)
class RatioChange:
    """A ratio before and after; the effects add up to after - before."""

    before: float
    after: float
    effects: tuple[RatioEffect, ...]

    @property
    def rate(self) -> float:
        """What the segments' own rates did."""
        return fsum(effect.rate for effect in self.effects)

    @property
    def mix(self) -> float:
        """What the shift of weight between segments did."""
        return fsum(effect.mix for effect in self.effects)

    @property
    def is_simpson(self) -> bool:
        """Whether every segment moved one way and the whole the other."""
        slack = 1e-12 * max(1.0, abs(self.before), abs(self.after))
        rising = {effect.rate > 0 for effect in self.effects if abs(effect.rate) > slack}
        total = self.after - self.before
        return abs(total) > slack and rising == {total < 0}


def of_sum(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Effect, ...]:
    """Each part's change; a part missing on one side counts 0 there. Sorted by size."""
    names = sorted({*before, *after})
    moved = {name: after.get(name, 0.0) - before.get(name, 0.0) for name in names}
    total = fsum(moved.values())
    same = all(d >= 0 for d in moved.values()) or all(d <= 0 for d in moved.values())
    shares = same and total != 0
    found = [Effect(name, d, d / total if shares else None) for name, d in moved.items()]
    return by_size(found)


def by_size(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """Largest first, by name where equal."""
    return tuple(sorted(effects, key=lambda effect: (-abs(effect.amount), effect.name)))


Pair = tuple[float, float]


def of_ratio(before: Mapping[str, Pair], after: Mapping[str, Pair]) -> RatioChange | None:
    """Mix and rate effects of a ratio of sums by segment: name -> (numerator, denominator).

    rate_i = mean share x change of rate; mix_i = change of share x (mean rate - mean whole).
    A new or vanished segment is pure mix. None where a whole has no denominator.
    """
    w0, w1 = fsum(d for _, d in before.values()), fsum(d for _, d in after.values())
    if w0 == 0 or w1 == 0:
        return None
    whole0 = fsum(n for n, _ in before.values()) / w0
    whole1 = fsum(n for n, _ in after.values()) / w1
    middle = (whole0 + whole1) / 2
    effects = []
    for name in sorted({*before, *after}):
        n0, d0 = before.get(name, (0.0, 0.0))
        n1, d1 = after.get(name, (0.0, 0.0))
        if d0 == 0 and d1 == 0:
            continue
        r0 = n0 / d0 if d0 else n1 / d1
        r1 = n1 / d1 if d1 else r0
        s0, s1 = d0 / w0, d1 / w1
        rate = (s0 + s1) / 2 * (r1 - r0)
        mix = (s1 - s0) * ((r0 + r1) / 2 - middle)
        effects.append(RatioEffect(name, rate + 0.0, mix + 0.0))  # no -0.0
    return RatioChange(whole0, whole1, tuple(effects))


def of_product(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Effect, ...]:
    """Effects of the factors of a product, adding up to its change.

    LMDI where all factors are above 0, else Shapley values. Raises ValueError for more than 8
    factors with a zero or negative one among them.
    """
    names = tuple(before)
    first, last = [before[name] for name in names], [after[name] for name in names]
    amounts = lmdi(first, last) if min(*first, *last) > 0 else shapley(first, last)
    return tuple(Effect(name, amount) for name, amount in zip(names, amounts, strict=True))


def lmdi(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """Logarithmic mean Divisia effects of factors above 0."""
    weight = log_mean(prod(after), prod(before))
    return [weight * log(one / zero) for zero, one in zip(before, after, strict=True)]


def log_mean(a: float, b: float) -> float:
    """(a - b) / ln(a / b) of numbers above 0; the number itself where both are the same."""
    if a == b:
        return a
    apart = (a - b) / b
    return (a - b) / (log1p(apart) if abs(apart) < 1e-6 else log(a / b))


Whole = Callable[[Sequence[float]], float]
"""A figure made of the values of its parts, in their order."""


def shapley(before: Sequence[float], after: Sequence[float], whole: Whole = prod) -> list[float]:
    """Each part's mean effect over all orders of change. Raises ValueError beyond 8 parts."""
    count = len(before)
    if count > MOST_FACTORS:
        raise ValueError(f"{count} factors are more than {MOST_FACTORS}")
    return [fsum(_marginal(before, after, own, whole)) for own in range(count)]


def _marginal(
    before: Sequence[float], after: Sequence[float], own: int, whole: Whole
) -> Iterator[float]:
    count = len(before)
    others = [at for at in range(count) if at != own]
    for size in range(count):
        weight = factorial(size) * factorial(count - 1 - size) / factorial(count)
        for chosen in combinations(others, size):
            mixed = [after[at] if at in chosen else before[at] for at in range(count)]
            changed = [*mixed[:own], after[own], *mixed[own + 1 :]]
            yield weight * (whole(changed) - whole(mixed))


def of_mean(
    before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]]
) -> RatioChange | None:
    """Contributions to a weighted mean, as an objective's progress: name -> (value, weight)."""
    return of_ratio(
        {name: (value * weight, weight) for name, (value, weight) in before.items()},
        {name: (value * weight, weight) for name, (value, weight) in after.items()},
    )
