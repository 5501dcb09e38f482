"""Seasonality, indices and autocorrelation against R and numpy."""

import random
from itertools import pairwise

import pytest

from kpi_cli.analysis.season import (
    acf,
    decompose,
    dependence,
    is_seasonal,
    ols,
    season_of,
    slope_of,
)
from tests.analysis.statistics.kit import AIR, NILE

QUARTERS = [10.0, 20, 5, 1, 12, 23, 6, -2, 13, 25, 9, 2, 15, 26, 10, 3]


def test_the_least_squares_line() -> None:
    assert ols(NILE) == pytest.approx((1156.39024390244, -6.686679174484), abs=1e-9)


def test_the_slope_of_one_value_is_flat() -> None:
    assert slope_of([5.0]) == 0.0


def test_autocorrelation_of_raw_data() -> None:
    assert acf(AIR, 12)[-1] == pytest.approx(0.4010177505017, abs=1e-9)


def test_autocorrelation_of_differences() -> None:
    steps = [after - before for before, after in pairwise(QUARTERS)]
    expected = [-0.04582046468439, -0.79920466703002, -0.03820626173318, 0.74871111649410]
    assert acf(steps, 4) == pytest.approx(expected, abs=1e-12)


def test_seasonality_is_seen_in_the_differences() -> None:
    assert is_seasonal(AIR, 12)
    assert is_seasonal(QUARTERS, 4)


def test_seasonality_needs_two_full_rounds() -> None:
    assert not is_seasonal(AIR[:23], 12)
    assert not is_seasonal([1.0, 2, 1, 2], 1)


def test_multiplicative_indices() -> None:
    expected = [
        0.9137658329724, 0.9541631149608, 1.058585668115, 0.9793517704291, 0.9653122468897,
        1.083287198767, 1.182226491059, 1.169258280984, 1.068603515171, 0.9154047382507,
        0.7952962943187, 0.914744848084,
    ]  # fmt: skip
    assert decompose(AIR, 12, multiplicative=True) == pytest.approx(expected, abs=1e-9)


def test_additive_indices() -> None:
    expected = [1.8125, 12.854166666667, -3.9375, -10.729166666667]
    assert decompose(QUARTERS, 4, multiplicative=False) == pytest.approx(expected, abs=1e-9)


def test_an_odd_period_is_averaged_over_itself() -> None:
    values = [1.0, 5.0, 9.0] * 4
    assert decompose(values, 3, multiplicative=False) == pytest.approx([-4, 0, 4])


def test_ratios_where_all_values_are_positive_else_differences() -> None:
    ratios, differences = season_of(AIR, "monthly"), season_of(QUARTERS, "quarterly")
    assert ratios is not None
    assert differences is not None
    assert ratios.multiplicative
    assert not differences.multiplicative
    assert ratios.restore(ratios.remove(242, 43), 43) == pytest.approx(242)
    assert differences.restore(differences.remove(-2, 7), 7) == pytest.approx(-2)
    assert ratios.factor(55) == pytest.approx(1.169258280984)
    assert differences.factor(3) == 1.0


def test_weeks_need_two_years() -> None:
    wave = [float(at % 52) for at in range(156)]
    assert season_of(wave[:103], "weekly") is None
    assert season_of(wave, "weekly") is not None


@pytest.mark.parametrize("frequency", ["annual", "semiannual", "irregular"])
def test_other_frequencies_have_no_season(frequency: str) -> None:
    assert season_of(AIR, frequency) is None


@pytest.mark.parametrize("values", [[7.0] * 48, [0.1 + 0.2, 0.3] * 24])
def test_a_constant_has_neither_season_nor_autocorrelation(values: list[float]) -> None:
    assert season_of(values, "monthly") is None
    assert dependence(values) == 0.0


def test_dependence_ignores_a_straight_line() -> None:
    rng = random.Random(2)
    line = [3.0 * at + rng.gauss(0, 1) for at in range(60)]
    drifting, at = [], 0.0
    for _ in range(60):
        at = 0.9 * at + rng.gauss(0, 1)
        drifting.append(at)
    assert abs(dependence(line)) < 0.3
    assert dependence(drifting) > 0.5
