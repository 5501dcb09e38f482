"""How likely a target is if nothing changes: calibrated spread and Student-t.

An error of one step grows with the horizon by how much of it stays in the series: not at all in
pure noise, with its root and more in a walk. The constants were fitted by maximum likelihood on
half of 3 900 public monthly and quarterly series; on the other half 80 % intervals hold 81 %
(`python -m bench.calibrate`). Weekly and daily series use older ones that do not look at the
series (`spread`, `total_spread`; 7 900 series of the M competitions). Yearly and half-yearly
series use the quarterly constant and are not calibrated.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt

from kpi_cli.analysis.student import cdf, quantile
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_

_B0 = {"monthly": -0.2864, "quarterly": 0.0010, "weekly": -0.2648}
_LASTING_B0 = {"monthly": -0.1654, "quarterly": 0.0303}
_LASTING_B1, _LASTING_B2, LASTING_NU = 0.6647, 1.5007, 4.539
_SUM_B0 = {"monthly": -0.0888, "quarterly": 0.0796}
_SUM_B1, _SUM_B2, SUM_NU = 0.1009, 1.5539, 5.081
_STAND_IN = {"daily": "weekly", "semiannual": "quarterly", "annual": "quarterly"}
_B1, _B2, NU = 0.4108, 1.9535, 3.251
_TOTAL_B0, _TOTAL_B1, _TOTAL_B2, TOTAL_NU = -0.274, 0.079, 3.961, 3.31
LEAST_CHANCE, MOST_CHANCE = 0.01, 0.99
WORDS = (
    (0.90, N_("very likely")),
    (0.67, N_("likely")),
    (0.33, N_("uncertain")),
    (0.10, N_("unlikely")),
    (0.0, N_("very unlikely")),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A future value as a distribution: median, scale and degrees of freedom of Student's t.

    `low` and `high` are bounds it cannot leave; None is an open side.
    """

    median: float
    scale: float
    nu: float
    low: float | None = None
    high: float | None = None

    @property
    def middle(self) -> float:
        """The median within the bounds."""
        return self._held(self.median)

    def interval(self, share: float) -> tuple[float, float]:
        """The central interval that holds `share` of the outcomes, within the bounds."""
        width = quantile((1 + share) / 2, self.nu) * self.scale
        return self._held(self.median - width), self._held(self.median + width)

    def _held(self, value: float) -> float:
        if self.low is not None and value < self.low:
            return self.low
        return self.high if self.high is not None and value > self.high else value

    def chance(self, low: float | None, high: float | None) -> float:
        """The chance of ending within low..high (None is an open side), held within .01-.99."""
        if self.excludes(low, high):
            return LEAST_CHANCE
        share = (1.0 if high is None else self._below(high)) - (
            0.0 if low is None else self._below(low, strict=True)
        )
        return min(max(share, LEAST_CHANCE), MOST_CHANCE)

    def excludes(self, low: float | None, high: float | None) -> bool:
        """Whether the wanted range lies wholly outside the bounds: impossible by definition."""
        above = low is not None and self.high is not None and low > self.high + _slack(self.high)
        under = high is not None and self.low is not None and high < self.low - _slack(self.low)
        return above or under

    def _below(self, value: float, *, strict: bool = False) -> float:
        """P(outcome <= value), or < value; all the mass beyond a bound sits on it."""
        if self.high is not None and (value > self.high or (value == self.high and not strict)):
            return 1.0
        if self.low is not None and (value < self.low or (value == self.low and strict)):
            return 0.0
        if self.scale <= 0:
            gap, slack = value - self.median, _slack(value)
            return float(gap > slack if strict else gap >= -slack)
        return cdf((value - self.median) / self.scale, self.nu)


def _slack(value: float) -> float:
    return 1e-9 * max(1.0, abs(value))


def is_calibrated(frequency: str) -> bool:
    """Whether the constants were fitted on series of that frequency."""
    return frequency in _B0


def width(sigma: float, n: int, step: int, frequency: str, alpha: float) -> tuple[float, float]:
    """Scale and degrees of freedom of the value `step` periods ahead of n values.

    `sigma` is the error of one step, `alpha` the share of it that stays.
    """
    kind = _STAND_IN.get(frequency, frequency)
    if kind not in _LASTING_B0:
        return spread(sigma, n, step, frequency), NU
    grown = _LASTING_B0[kind] + _LASTING_B1 * alpha * log(step) + _LASTING_B2 / n
    return sigma * exp(grown), LASTING_NU


def total_width(
    sigma: float, n: int, alpha: float, factors: Sequence[float], frequency: str, first: int = 1
) -> tuple[float, float]:
    """Scale and degrees of freedom of the sum of the steps `first`..len(factors) ahead."""
    kind = _STAND_IN.get(frequency, frequency)
    if kind not in _SUM_B0:
        return total_spread(sigma, n, alpha, factors, first), TOTAL_NU
    grown = _SUM_B0[kind] + _SUM_B1 * log(len(factors) - first + 1) + _SUM_B2 / n
    return sigma * correlated(alpha, factors, first) * exp(grown), SUM_NU


def spread(sigma: float, n: int, step: int, frequency: str) -> float:
    """The scale of Student's t `step` periods ahead, whatever the series is like; its nu is NU."""
    b0 = _B0[_STAND_IN.get(frequency, frequency)]
    return sigma * exp(b0 + _B1 * log(step) + _B2 / n)


def total_spread(
    sigma: float, n: int, alpha: float, factors: Sequence[float], first: int = 1
) -> float:
    """The scale of the sum of the steps `first`..len(factors) ahead; its nu is TOTAL_NU.

    An error of one period stays in all later ones by the share alpha, so errors add up instead
    of averaging out: treated as independent, an 80 % interval would hold 42 %. `factors` are the
    seasonal factors of the steps from 1 on.
    """
    count = len(factors) - first + 1
    width = exp(_TOTAL_B0 + _TOTAL_B1 * log(count) + _TOTAL_B2 / n)
    return sigma * correlated(alpha, factors, first) * width


def correlated(alpha: float, factors: Sequence[float], first: int = 1) -> float:
    """The error of the sum of the steps `first`..len(factors) ahead, in errors of one step."""
    later, squares = 0.0, 0.0
    for step in range(len(factors), 0, -1):
        own = factors[step - 1] if step >= first else 0.0
        squares += (own + alpha * later) ** 2
        later += own
    return sqrt(squares)


def in_words(chance: float) -> str:
    """very likely, likely, uncertain, unlikely, very unlikely."""
    return next(word for least, word in WORDS if chance >= least)


def rounded(chance: float) -> str:
    """A chance as a person should read it: `under 5 %`, `about 35 %`, `over 95 %`."""
    if chance < 0.05:
        return N_("under 5 %")
    if chance > 0.95:
        return N_("over 95 %")
    return N_("about {percent} %", percent=5 * round(chance * 20))
