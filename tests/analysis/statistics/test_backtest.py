"""Backtest: the scores by hand, calibration on generated series, the shrunk rescaling."""

import pytest

from bench.series import make
from kpi_cli.analysis.backtest import (
    Question,
    Resolved,
    brier,
    climatology,
    cover,
    ece,
    rescaling,
    resolve,
    score,
)
from kpi_cli.analysis.chance import NU, Outcome, width
from kpi_cli.analysis.forecast import forecast
from kpi_cli.analysis.student import quantile

ASKED = [
    Question("a", 0.9, True), Question("a", 0.8, False), Question("b", 0.15, False),
    Question("b", 0.12, True),
]  # fmt: skip


def test_the_scores_by_hand() -> None:
    assert brier(ASKED) == pytest.approx((0.01 + 0.64 + 0.0225 + 0.7744) / 4)
    assert climatology(ASKED) == pytest.approx(0.25)
    assert ece(ASKED) == pytest.approx((0.1 + 0.8 + abs(0.27 - 1)) / 4)


def test_every_origin_and_horizon_is_resolved_once() -> None:
    values = [float(at % 5) for at in range(12)]
    found = list(resolve("k", values, "quarterly"))
    assert [(one.n, one.step) for one in found] == [
        (8, 1), (8, 2), (8, 3), (8, 4), (9, 1), (9, 2), (9, 3), (10, 1), (10, 2), (11, 1),
    ]  # fmt: skip
    assert [one.actual for one in found[:4]] == values[8:12]
    first = forecast(values[:8], 4, "quarterly")
    assert first is not None
    assert found[0].outcome.median == first.medians[0]


def test_a_young_or_motionless_series_has_no_score() -> None:
    assert score(resolve("k", [1.0, 2, 3, 4, 5, 6, 7, 8], "monthly")) is None
    assert score(resolve("k", [5.0] * 20, "monthly")) is None


def resolved(count: int, ratio: float) -> list[Resolved]:
    """Forecasts whose misses are even from 0 to twice `ratio` of the 80 % half-width."""
    half = quantile(0.9, NU)
    return [
        Resolved("k", 20, 1, 2 * ratio * half * at / count, Outcome(0, 1, NU), 0, 1)
        for at in range(count)
    ]


def test_rescaling_waits_for_two_hundred_and_is_shrunk() -> None:
    assert rescaling(resolved(199, 1.0)) is None
    found = rescaling(resolved(600, 1.0))
    assert found == pytest.approx(1.6 ** (600 / 800), rel=0.01)
    narrow = rescaling(resolved(600, 0.25))
    assert narrow is not None
    assert narrow < 1


def test_cover_counts_the_values_inside() -> None:
    assert cover(resolved(100, 1.0), 0.8) == pytest.approx(0.51)


def test_forecasts_of_two_hundred_generated_series_are_calibrated() -> None:
    found = []
    for series in make(200, seed=5):
        said = forecast(series.seen, len(series.after), series.frequency)
        assert said is not None
        noise = sum(abs(b - a) for a, b in zip(series.seen, series.seen[1:], strict=False))
        for step, actual in enumerate(series.after, 1):
            sigma = said.sigma * said.factors[step - 1]
            both = width(sigma, said.n, step, series.frequency, said.alpha)
            outcome = Outcome(said.medians[step - 1], *both)
            unit = noise / (said.n - 1) / 1.128
            found.append(
                Resolved(series.name, said.n, step, actual, outcome, series.seen[-1], unit)
            )
    result = score(found)
    assert result is not None
    assert result.ece < 0.03
    assert 0.76 <= result.cover80 <= 0.85
    assert result.brier < result.climatology
