"""Chance of a target: scipy's t, calibrated spreads, correlated errors, bounds, words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.chance import (
    LASTING_NU,
    NU,
    SUM_NU,
    TOTAL_NU,
    Outcome,
    in_words,
    is_calibrated,
    rounded,
    spread,
    total_spread,
    total_width,
    width,
)
from kpi_cli.analysis.student import cdf, quantile


@pytest.mark.parametrize(
    ("t", "p"),
    [(-12.5, 0.0003684996433427467), (-2, 0.06611285106841233), (-0.3, 0.3911747596553033),
     (0, 0.5), (0.7, 0.7346342503315264), (3.1, 0.9760650511755133), (40, 0.9999913938342487)],
)  # fmt: skip
def test_the_distribution(t: float, p: float) -> None:
    assert cdf(t, NU) == pytest.approx(p, abs=1e-13)


@pytest.mark.parametrize(
    ("p", "of_values", "of_totals"),
    [(0.1, -1.6041996616965928, -1.5972021380723789), (0.5, 0.0, 0.0),
     (0.8, 0.9666434367018453, 0.9641519613840878), (0.9, 1.604199661696593, 1.597202138072379),
     (0.975, 3.047860743300842, 3.0202987236249657), (0.995, 5.415463280799449, 5.330194253145038)],
)  # fmt: skip
def test_the_quantiles(p: float, of_values: float, of_totals: float) -> None:
    assert quantile(p, NU) == pytest.approx(of_values, abs=1e-11)
    assert quantile(p, TOTAL_NU) == pytest.approx(of_totals, abs=1e-11)


def test_the_far_ends() -> None:
    assert (cdf(math.inf, NU), cdf(-math.inf, NU)) == (1.0, 0.0)
    assert cdf(1e200, NU) == 1.0


@pytest.mark.parametrize(
    ("median", "sigma", "n", "step", "frequency", "low", "high", "scale", "chance"),
    [
        (105, 4, 24, 3, "monthly", 100, None, 5.117162686421129, 0.8022495900243373),
        (5.2, 0.4, 10, 2, "quarterly", None, 5.0, 0.6471378996982587, 0.388021016593435),
        (105, 4, 8, 1, "monthly", 110, None, 3.834664169568245, 0.1384577391422778),
    ],
)
def test_the_chance_of_a_value(
    median: float, sigma: float, n: int, step: int, frequency: str,
    low: float | None, high: float | None, scale: float, chance: float,
) -> None:  # fmt: skip
    found = spread(sigma, n, step, frequency)
    assert found == pytest.approx(scale, abs=1e-9)
    assert Outcome(median, found, NU).chance(low, high) == pytest.approx(chance, abs=1e-9)


def test_the_spread_grows_by_how_much_of_an_error_stays() -> None:
    lasting = width(4, 24, 3, "monthly", 0.5)
    assert lasting == (pytest.approx(4 * math.exp(-0.1654 + 0.33235 * 1.0986122886681098
                                                  + 1.5007 / 24)), LASTING_NU)  # fmt: skip
    assert lasting[0] == pytest.approx(5.199421, abs=1e-6)
    assert width(0.4, 10, 2, "quarterly", 0.9)[0] == pytest.approx(0.725235, abs=1e-6)
    noise = [width(4, 24, step, "monthly", 0.05)[0] for step in (1, 12)]
    walk = [width(4, 24, step, "monthly", 0.99)[0] for step in (1, 12)]
    assert noise[0] == pytest.approx(walk[0])
    assert noise[1] / noise[0] == pytest.approx(12 ** (0.05 * 0.6647))
    assert walk[1] / walk[0] == pytest.approx(12 ** (0.99 * 0.6647))


def test_the_spread_of_a_total() -> None:
    scale, nu = total_width(2, 20, 0.4, [1.0] * 5, "monthly")
    summed = math.sqrt(1 + 1.4**2 + 1.8**2 + 2.2**2 + 2.6**2)
    assert (scale, nu) == (
        pytest.approx(2 * summed * math.exp(-0.0888 + 0.1009 * math.log(5) + 1.5539 / 20)), SUM_NU
    )  # fmt: skip
    later, _ = total_width(1, 20, 0.4, [1.0] * 5, "quarterly", first=3)
    assert later == pytest.approx(
        3.0133038346638727 * math.exp(0.0796 + 0.1009 * math.log(3) + 1.5539 / 20)
    )


def test_frequencies_without_public_series_keep_the_older_constants() -> None:
    assert width(4, 24, 3, "weekly", 0.5) == (spread(4, 24, 3, "weekly"), NU)
    assert width(4, 24, 3, "daily", 0.5) == (spread(4, 24, 3, "daily"), NU)
    assert width(4, 24, 3, "annual", 0.5) == width(4, 24, 3, "quarterly", 0.5)
    assert total_width(2, 20, 0.4, [1.0] * 5, "weekly") == (
        total_spread(2, 20, 0.4, [1.0] * 5), TOTAL_NU
    )  # fmt: skip


def test_errors_of_a_total_add_up() -> None:
    flat = total_spread(2, 20, 0.4, [1.0] * 5)
    assert flat == pytest.approx(8.881247259495215)
    inflation = math.exp(-0.274 + 0.079 * math.log(5) + 3.961 / 20)
    seasonal = total_spread(1, 20, 0.4, [1.1, 0.9, 1.05, 0.95, 1.0])
    assert seasonal == pytest.approx(4.202023322162789 * inflation)
    last_three = total_spread(1, 20, 0.4, [1.0] * 5, first=3)
    assert last_three == pytest.approx(
        3.0133038346638727 * math.exp(-0.274 + 0.079 * math.log(3) + 3.961 / 20)
    )
    total = Outcome(310, flat, TOTAL_NU)
    assert total.chance(300, None) == pytest.approx(0.8324322903460721)


def test_a_frequency_without_own_constants_borrows_and_says_so() -> None:
    assert spread(1, 10, 1, "annual") == spread(1, 10, 1, "quarterly")
    assert spread(1, 10, 1, "daily") == spread(1, 10, 1, "weekly")
    assert [is_calibrated(f) for f in ("monthly", "annual", "daily")] == [True, False, False]


def test_an_interval_holds_its_share() -> None:
    outcome = Outcome(100, 10, NU)
    low, high = outcome.interval(0.8)
    assert outcome.chance(low, high) == pytest.approx(0.8)
    assert (low + high) / 2 == pytest.approx(100)


def test_bounds_hold_values_and_chances() -> None:
    outcome = Outcome(99, 5, NU, 0, 100)
    assert outcome.interval(0.95)[1] == 100
    assert Outcome(104, 5, NU, 0, 100).middle == 100
    assert outcome.chance(100, None) == pytest.approx(1 - cdf(0.2, NU))
    assert outcome.chance(101, None) == 0.01
    assert outcome.chance(None, -1) == 0.01
    assert outcome.chance(None, 100) == 0.99
    assert outcome.chance(0, None) == 0.99


def test_without_spread_the_chance_is_all_or_nothing() -> None:
    sure = Outcome(100, 0, NU)
    assert [sure.chance(100, None), sure.chance(None, 100), sure.chance(100, 100)] == [0.99] * 3
    assert [sure.chance(100.5, None), sure.chance(None, 99)] == [0.01] * 2


@pytest.mark.parametrize(
    ("chance", "word", "text"),
    [(0.97, "very likely", "over 95 %"), (0.95, "very likely", "about 95 %"),
     (0.9, "very likely", "about 90 %"), (0.67, "likely", "about 65 %"),
     (0.5, "uncertain", "about 50 %"), (0.33, "uncertain", "about 35 %"),
     (0.12, "unlikely", "about 10 %"), (0.05, "very unlikely", "about 5 %"),
     (0.049, "very unlikely", "under 5 %"), (0.01, "very unlikely", "under 5 %")],
)  # fmt: skip
def test_words(chance: float, word: str, text: str) -> None:
    assert (in_words(chance), rounded(chance)) == (word, text)


@given(st.floats(-50, 50), st.floats(0.1, 20), st.floats(-50, 50))
def test_above_and_below_share_the_whole(median: float, scale: float, target: float) -> None:
    outcome = Outcome(median, scale, NU)
    above, below = outcome.chance(target, None), outcome.chance(None, target)
    if 0.02 < above < 0.98:
        assert above + below == pytest.approx(1.0)
    assert outcome.chance(target - 1, None) >= above
