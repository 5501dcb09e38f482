"""Forecast: R, numpy and brute force agree; laws; gaps."""

import random
from itertools import pairwise
from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_cli.analysis.forecast import drift, fill, forecast
from kpi_cli.analysis.season import slope_of
from kpi_cli.analysis.smoothing import ALPHAS, Theta, fit_damped, fit_ses
from tests.analysis.statistics.kit import AIR, CLIMB, NILE


def test_drift() -> None:
    means, errors = drift(NILE, 6)
    assert means == pytest.approx(
        [965.128205128205, 961.25641025641, 957.384615384615, 953.512820512821,
         949.641025641026, 945.769230769231]
    )  # fmt: skip
    low = [mean - 1.2815515655446004 * error for mean, error in zip(means, errors, strict=True)]
    assert low == pytest.approx(
        [724.140662228484, 616.214758484726, 529.674156226248, 453.790415490559,
         384.475141072037, 319.665228328978], abs=1e-6
    )  # fmt: skip


def test_theta_is_near_another_implementation_with_a_free_alpha() -> None:
    theta = Theta(fit_ses(NILE), slope_of(NILE), len(NILE))
    expected = [942.403290790747, 939.059951203505, 935.716611616263, 932.373272029021,
                929.029932441779, 925.686592854537]  # fmt: skip
    assert [theta.ahead(step) for step in range(1, 7)] == pytest.approx(expected, rel=0.02)


def test_the_grid_of_alphas() -> None:
    assert len(ALPHAS) == 48
    assert (ALPHAS[0], ALPHAS[1], ALPHAS[-1]) == (0.05, 0.07, 0.99)


def test_the_parts_and_their_mean() -> None:
    ses = fit_ses(CLIMB)
    theta = Theta(ses, slope_of(CLIMB), 12)
    assert (ses.alpha, ses.level) == (0.81, pytest.approx(34.05467727692957))
    assert [theta.ahead(step) for step in (1, 2, 3)] == pytest.approx(
        [34.913694800712484, 35.60949899651668, 36.30530319232088]
    )
    assert theta.sigma(CLIMB) == pytest.approx(2.1558455683636235)
    assert fit_damped(CLIMB).path(3) == pytest.approx(
        [36.1115503620877, 37.27646239786998, 38.41807619293661]
    )
    found = forecast(CLIMB, 3, "monthly")
    assert found is not None
    assert found.medians == pytest.approx([35.02664081324325, 35.64687955710541, 36.25935222072902])


def by_hand(values: list[float]) -> tuple[float, float, float]:
    """Squared errors, level and next step of the best damped trend, straight from its equations."""
    best = (float("inf"), 0.0, 0.0)
    for alpha in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99):
        for beta in (0.01, 0.05, 0.1, 0.2, 0.3, 0.5):
            for phi in (0.8, 0.85, 0.9, 0.95, 0.98):
                level, trend, total = values[0], (values[5] - values[0]) / 5, 0.0
                for value in values[1:]:
                    error = value - level - phi * trend
                    before, level = level, level + phi * trend + alpha * error
                    trend = beta * (level - before) + (1 - beta) * phi * trend
                    total += error * error
                best = min(best, (total, level, phi * trend))
    return best


@pytest.mark.parametrize("n", [8, 9, 23, 36])
def test_the_short_cut_for_a_damped_trend_finds_the_same_as_its_equations(n: int) -> None:
    rng = random.Random(n)
    for scale in (0.01, 5.0, 1e6):
        values = [100 + at * 0.3 + rng.gauss(0, scale) for at in range(n)]
        found = fit_damped(values)
        _, level, step = by_hand(values)
        assert (found.level, found.step) == pytest.approx((level, step), rel=1e-7, abs=1e-7 * scale)


LIKELY_FIRST = [
    (phi, alpha, alpha * beta)
    for phi in (0.9, 0.85, 0.95, 0.8, 0.98)
    for alpha in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.05, 0.99)
    for beta in (0.05, 0.1, 0.01, 0.2, 0.3, 0.5)
]


def squares(values: list[float], phi: float, alpha: float, gain: float) -> float:
    """Squared errors of a point, each error from the two before it, added up two by two."""
    errors = [0.0, 0.0]
    step = (values[5] - values[0]) / 5
    for before, after in pairwise(values):
        move, step = after - before - phi * step, after - before
        near, far = 1 + phi - alpha - phi * gain, phi * (alpha - 1)
        errors.append(move + near * errors[-1] + far * errors[-2])
    even = errors[len(errors) % 2 :]
    total = 0.0
    for one, two in zip(even[::2], even[1::2], strict=True):
        total += one * one + two * two
    return total


@given(
    st.one_of(
        st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=20),
        st.lists(st.integers(0, 2).map(float), min_size=6, max_size=20),
        st.builds(lambda a, b, n: [a + b * at for at in range(n)], *[st.floats(-9, 9)] * 2,
                  st.integers(6, 20)),
    )
)  # fmt: skip
@example([7.0] * 12)
@example([1e308, -1e308] * 4)
def test_of_all_damped_trends_the_first_of_the_best_is_taken(values: list[float]) -> None:
    best = min(LIKELY_FIRST, key=lambda point: squares(values, *point))
    phi, alpha, gain = best if isfinite(squares(values, *best)) else (0.9, 0.5, 0.0)
    level, step = values[0], phi * (values[5] - values[0]) / 5
    for value in values[1:]:
        level += step
        error = value - level
        level, step = level + alpha * error, phi * (step + gain * error)
    found = fit_damped(values)
    assert found.phi == phi
    assert [found.level, found.step] == pytest.approx([level, step], rel=1e-12, nan_ok=True)


def test_a_season_is_taken_out_and_put_back() -> None:
    found = forecast(AIR, 12, "monthly")
    assert found is not None
    assert found.season is not None
    year_on = [median / before for median, before in zip(found.medians, AIR[-12:], strict=True)]
    assert min(year_on) > 0.95
    assert max(year_on) < 1.2
    assert found.factors == pytest.approx(found.season.indices)


def test_seven_values_or_no_horizon_give_no_forecast() -> None:
    assert forecast(CLIMB[:7], 3, "monthly") is None
    assert forecast(CLIMB, 0, "monthly") is None
    assert forecast(CLIMB[:8], 1, "monthly") is not None


def test_a_constant_stays() -> None:
    found = forecast([7.0] * 12, 6, "monthly")
    assert found is not None
    assert found.medians == pytest.approx([7.0] * 6)
    assert found.sigma == pytest.approx(0.0)


def test_gaps_are_bridged_by_straight_lines() -> None:
    found = fill([None, 1.0, 2.0, None, None, 5.0, 6, 7, 8, 9, 10, 11, None])
    assert found is not None
    assert found.values == (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    assert found.missing == 2


def test_more_than_a_fifth_missing_is_refused() -> None:
    assert fill([1.0, None, 2.0, 3.0, 4.0]) is not None
    assert fill([1.0, None, 2.0, 3.0]) is None
    assert fill([None, None]) is None
    assert fill([]) is None


SERIES = st.lists(st.integers(1, 60).map(float), min_size=8, max_size=30)


@given(SERIES, st.integers(-20, 20), st.sampled_from([0.5, 2.0, 8.0]))
def test_shifting_and_scaling_a_series_moves_its_forecast_along(
    values: list[float], shift: int, scale: float
) -> None:
    """By powers of two, so that no rounding may choose another point of the grid."""
    before = forecast(values, 3, "annual")
    scaled = forecast([value * scale for value in values], 3, "annual")
    shifted = forecast([value + shift for value in values], 3, "annual")
    assert before is not None
    assert scaled is not None
    assert shifted is not None
    assert scaled.medians == pytest.approx([m * scale for m in before.medians])
    assert scaled.sigma == pytest.approx(before.sigma * scale)
    assert shifted.sigma == pytest.approx(before.sigma, rel=1e-3, abs=1e-6)
