"""Status-quo forecast of a regular series: the mean of Theta, damped Holt and SES.

Seasonal series are forecast without their season, which is put back. What is forecast is the
median; how wide it may miss is the business of `chance`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from kpi_cli.analysis.season import Season, season_of, slope_of
from kpi_cli.analysis.smoothing import Fits, Ses, Theta, fit_damped, fit_ses
from kpi_cli.frozen import dataclass

LEAST = 8
"""Fewer values give no forecast."""
MOST_GAPS = 0.2
"""A larger share of missing values gives no forecast."""
METHOD = "theta+damped+ses"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a series of `n` values goes if nothing changes.

    `medians[h-1]` is the median h periods ahead, `factors[h-1]` the seasonal factor of its
    spread, `sigma` the one-step error without season, `alpha` how much of an error stays.
    """

    n: int
    medians: tuple[float, ...]
    factors: tuple[float, ...]
    sigma: float
    alpha: float
    season: Season | None
    method: str = METHOD

    @property
    def horizon(self) -> int:
        """How many periods ahead it reaches."""
        return len(self.medians)


@dataclass(frozen=True, slots=True)
class Filled:
    """A series without gaps, and how many of its values were put in by straight lines."""

    values: tuple[float, ...]
    missing: int


def fill(values: Sequence[float | None]) -> Filled | None:
    """Gaps between values bridged by straight lines; None where over 20 % are missing.

    Blanks before the first and after the last value are left out, not filled.
    """
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return None
    first, last = known[0], known[-1]
    missing = last - first + 1 - len(known)
    if missing > MOST_GAPS * (last - first + 1):
        return None
    filled = [value for value in values[first : last + 1] if value is not None]
    if missing:
        filled = [float(values[first])]  # type: ignore[arg-type]
        for before, after in pairwise(known):
            low, high = float(values[before]), float(values[after])  # type: ignore[arg-type]
            step = (high - low) / (after - before)
            filled += [low + step * at for at in range(1, after - before)]
            filled.append(high)
    return Filled(tuple(filled), missing)


def forecast(values: Sequence[float], horizon: int, frequency: str) -> Forecast | None:
    """Forecasts 1..horizon of a gapless series; None for fewer than 8 values or no horizon."""
    n = len(values)
    if n < LEAST or horizon < 1:
        return None
    return forecast_by(values, horizon, season_of(values, frequency))


def forecast_by(
    values: Sequence[float], horizon: int, season: Season | None, fits: Fits | None = None
) -> Forecast:
    """The forecast with a season that is already known. Needs 8 values."""
    n = len(values)
    plain = [season.remove(v, at) for at, v in enumerate(values)] if season else list(values)
    ses = fit_ses(plain)
    theta = Theta(ses, slope_of(plain), n)
    medians = _mean(ses, theta, fit_damped(plain, fits).path(horizon))
    ahead = range(n, n + horizon)
    factors = tuple(season.factor(at) for at in ahead) if season else (1.0,) * horizon
    if season:
        medians = [season.restore(m, at) for m, at in zip(medians, ahead, strict=True)]
    return Forecast(n, tuple(medians), factors, theta.sigma(plain), ses.alpha, season)


def _mean(ses: Ses, theta: Theta, damped: list[float]) -> list[float]:
    return [(ses.level + theta.ahead(step) + end) / 3 for step, end in enumerate(damped, start=1)]


def drift(values: Sequence[float], horizon: int) -> tuple[list[float], list[float]]:
    """Random walk with drift, the yardstick: means and standard errors 1..horizon steps ahead."""
    n = len(values)
    step = (values[-1] - values[0]) / (n - 1)
    missed = [after - before - step for before, after in pairwise(values)]
    sd = sqrt(sum(one * one for one in missed) / (n - 2))
    means = [values[-1] + step * ahead for ahead in range(1, horizon + 1)]
    errors = [sd * sqrt(ahead * (1 + ahead / (n - 1))) for ahead in range(1, horizon + 1)]
    return means, errors
