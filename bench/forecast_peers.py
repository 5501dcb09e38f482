"""Our forecast against naive methods, and AutoETS where statsforecast is installed.

`python -m bench.forecast_peers [COUNT]` prints, for COUNT (400) seeded series of `bench.series`:
MASE (mean absolute error / mean absolute step of what was seen), how many values the 80 % and
95 % intervals held, the expected calibration error of the chance of reaching a target, and its
Brier score beside that of always saying how often such a target was reached (climatology). With
`--public` instead of COUNT the series are those of `bench.public_series` on which no constant was
fitted; a source after it (M1, M3, Tourism, statsmodels) takes only its own.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from math import fsum, sqrt

from bench import public_series
from bench.series import Series, make, mean_step
from kpi_cli.analysis.backtest import Resolved, brier, climatology, questions
from kpi_cli.analysis.backtest import cover as covered
from kpi_cli.analysis.backtest import ece as error
from kpi_cli.analysis.chance import Outcome, width
from kpi_cli.analysis.forecast import drift, forecast

Method = Callable[[Series], list[Outcome]]
NORMAL = 400.0
"""Degrees of freedom at which Student's t is the normal distribution for our purpose."""
SEASONS = {"monthly": 12, "quarterly": 4, "weekly": 52}


def ours(series: Series) -> list[Outcome]:
    """Theta, damped Holt and SES with the calibrated spread."""
    found = forecast(series.seen, len(series.after), series.frequency)
    if found is None:
        return []
    return [
        Outcome(median, *width(found.sigma * factor, found.n, step, series.frequency, found.alpha))
        for step, (median, factor) in enumerate(zip(found.medians, found.factors, strict=True), 1)
    ]


def naive(series: Series) -> list[Outcome]:
    """The last value; normal errors that grow as a random walk's."""
    return _walk(series, [series.seen[-1]] * len(series.after), 1)


def seasonal_naive(series: Series) -> list[Outcome]:
    """The value of the same season before, where there is one."""
    period, seen = SEASONS[series.frequency], series.seen
    lag = period if len(seen) > period else 1
    return _walk(series, [seen[len(seen) - lag + step % lag] for step in range(8)], lag)


def _walk(series: Series, medians: Sequence[float], lag: int) -> list[Outcome]:
    seen = series.seen
    sd = sqrt(
        fsum((b - a) ** 2 for a, b in zip(seen, seen[lag:], strict=False)) / (len(seen) - lag)
    )
    return [
        Outcome(medians[step], sd * sqrt(step // lag + 1), NORMAL)
        for step in range(len(series.after))
    ]


def with_drift(series: Series) -> list[Outcome]:
    """Random walk with drift."""
    means, sds = drift(series.seen, len(series.after))
    return [Outcome(mean, sd, NORMAL) for mean, sd in zip(means, sds, strict=True)]


def auto_ets(series: Series) -> list[Outcome]:
    """statsforecast's AutoETS with its normal intervals."""
    numpy = importlib.import_module("numpy")
    models = importlib.import_module("statsforecast.models")
    period = SEASONS[series.frequency] if series.frequency != "weekly" else 1
    season = period if len(series.seen) >= 2 * period else 1
    model = models.AutoETS(season_length=season)
    found = model.forecast(numpy.array(series.seen), h=len(series.after), level=[80])
    return [
        Outcome(float(mean), float(high - mean) / 1.2815515655446004, NORMAL)
        for mean, high in zip(found["mean"], found["hi-80"], strict=True)
    ]


def methods() -> dict[str, Method]:
    """Name -> method, those that can run here."""
    found: dict[str, Method] = {
        "kpi: theta+damped+ses": ours,
        "naive": naive,
        "seasonal naive": seasonal_naive,
        "drift": with_drift,
    }
    if importlib.util.find_spec("statsforecast"):
        found["statsforecast AutoETS"] = auto_ets
    return found


def resolved(series: Series, outcomes: Sequence[Outcome]) -> Iterator[Resolved]:
    """What was said and what came, for every horizon."""
    noise = mean_step(series.seen) / 1.128
    for step, (actual, outcome) in enumerate(zip(series.after, outcomes, strict=True), 1):
        yield Resolved(series.name, len(series.seen), step, actual, outcome, series.seen[-1], noise)


def mase(series: Series, medians: Sequence[float]) -> float:
    """Mean absolute error over the mean absolute step of what was seen."""
    missed = fsum(abs(a - m) for a, m in zip(series.after, medians, strict=True))
    return missed / len(series.after) / mean_step(series.seen)


def measure(name: str, method: Method, every: Sequence[Series]) -> tuple[str, list[list[float]]]:
    """A row of the table, and the method's medians of every series."""
    begin = time.process_time()
    said = [method(series) for series in every]
    spent = (time.process_time() - begin) / len(every) * 1000
    pairs = [one for series, out in zip(every, said, strict=True) for one in resolved(series, out)]
    medians = [[outcome.median for outcome in out] for out in said]
    asked = [question for one in pairs for question in questions(one)]
    figure = fsum(mase(s, m) for s, m in zip(every, medians, strict=True)) / len(every)
    cells = [figure, covered(pairs, 0.8), covered(pairs, 0.95), error(asked)]
    cells += [brier(asked), climatology(asked)]
    told = " | ".join(f"{cell:.3f}" for cell in cells)
    return f"| {name} | {told} | {spent:.2f} |", medians


def _series(which: str, source: str | None) -> list[Series]:
    if which != "--public":
        return list(make(int(which)))
    if missing := public_series.missing():
        raise SystemExit(f"the public series need {' and '.join(missing)}")
    held_out = [one for one in public_series.make() if public_series.is_held_out(one)]
    return [one for one in held_out if source in (None, public_series.source_of(one))]


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    which, source = (*arguments, None, None)[:2]
    every = _series(which or "400", source)
    print(f"{len(every)} series")
    print("| method | MASE | 80 % | 95 % | ECE | Brier | climatology | ms a series |")
    print("|---|---|---|---|---|---|---|---|")
    said: dict[str, list[list[float]]] = {}
    for name, method in methods().items():
        row, said[name] = measure(name, method, every)
        print(row)
    if "statsforecast AutoETS" in said:
        both = zip(said["kpi: theta+damped+ses"], said["statsforecast AutoETS"], strict=True)
        means = [[(a + b) / 2 for a, b in zip(x, y, strict=True)] for x, y in both]
        figure = fsum(mase(s, m) for s, m in zip(every, means, strict=True)) / len(every)
        print(f"| mean of ours and AutoETS | {figure:.3f} | | | | | | |")


if __name__ == "__main__":
    main(sys.argv[1:])
