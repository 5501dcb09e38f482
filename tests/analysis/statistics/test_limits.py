"""Natural process limits: worked examples, states, stretches, laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.xmr import limits_of, stretches
from tests.analysis.statistics.kit import SHIFT, SPIKE, TREND

NUMBERS = st.lists(st.integers(-1000, 1000).map(float), min_size=5, max_size=40)


@pytest.mark.parametrize(
    ("values", "centre", "lower", "upper"),
    [
        (SPIKE, 1.944444444444, -3.062614379085, 6.951503267974),
        (SHIFT, 52.4, 46.66, 58.14),
        (TREND, 11.766666666667, 8.251666666667, 15.281666666667),
    ],
)
def test_mean_limits(values: list[float], centre: float, lower: float, upper: float) -> None:
    found = limits_of(values)
    assert found is not None
    assert (found.centre, found.lower, found.upper) == pytest.approx(
        (centre, lower, upper), abs=1e-9
    )


def test_screening_drops_the_ranges_of_the_spike_once() -> None:
    found = limits_of(SPIKE, screen="nelson")
    assert found is not None
    assert found.mean_range == 1.0
    assert found.upper == pytest.approx(1.944444444444 + 2.66)
    exact = 3 / 1.128 * found.mean_range
    assert found.centre + exact == pytest.approx(4.60401891253, abs=1e-9)
    assert found.centre - exact == pytest.approx(-0.7151300236407, abs=1e-9)


def test_median_limits() -> None:
    found = limits_of([10, 12, 11, 10, 30, 11, 12, 10, 11, 13, 12], "median")
    assert found is not None
    assert (found.centre, found.mean_range, found.lower, found.upper, found.range) == pytest.approx(
        (11, 1.5, 6.2825, 15.7175, 5.7975), abs=1e-9
    )


def test_the_upper_limit_of_the_range() -> None:
    found = limits_of(SHIFT)
    assert found is not None
    assert found.range == pytest.approx(3.267 * 41 / 19)


@pytest.mark.parametrize(
    ("n", "state", "multiplier"),
    [(5, "trial", 7.02), (8, "trial", 4.73), (11, "trial", 3.99), (12, "provisional", None),
     (19, "provisional", None), (20, "established", None)],
)  # fmt: skip
def test_the_state_follows_from_the_number_of_points(
    n: int, state: str, multiplier: float | None
) -> None:
    found = limits_of([float(at % 3) for at in range(n)])
    assert found is not None
    assert (found.n, found.state, found.multiplier) == (n, state, multiplier)


def test_four_points_give_no_limits() -> None:
    assert limits_of([1, 2, 3, 4]) is None


def test_limits_are_held_within_bounds_for_display_only() -> None:
    found = limits_of([1.0, 5, 2, 6, 1])
    assert found is not None
    assert found.lower < 0
    assert found.shown(0, 5) == (0, 5)
    assert found.shown(None, None) == (found.lower, found.upper)


def test_without_a_recorded_change_all_points_set_the_limits() -> None:
    (only,) = stretches(SHIFT)
    assert (only.start, only.end) == (0, 20)
    assert only.limits == limits_of(SHIFT)


def test_each_recorded_stretch_is_fixed_by_its_first_twelve_points() -> None:
    values = [*SHIFT[:12], 60.0, 61, 60, 62, 60, 61, 59, 60, 61, 60, 62, 61, 70, 71]
    first, second = stretches(values, [12])
    assert first.limits == limits_of(values[:12])
    assert second.limits == limits_of(values[12:24])
    assert (second.start, second.end) == (12, 26)
    assert second.limits is not None
    assert second.limits.n == 12


def test_a_young_stretch_has_no_limits_yet() -> None:
    assert [part.limits is None for part in stretches(SHIFT, [17])] == [False, True]


def test_a_change_recorded_before_the_first_point_still_fixes_the_limits() -> None:
    (only,) = stretches(SHIFT, [0])
    assert only.limits == limits_of(SHIFT[:12])


@given(NUMBERS, st.integers(-500, 500), st.sampled_from([0.5, 2.0, 10.0]))
def test_shifting_and_scaling_a_series_moves_its_limits_along(
    values: list[float], shift: int, scale: float
) -> None:
    for centre in ("mean", "median"):
        before = limits_of(values, centre)
        after = limits_of([value * scale + shift for value in values], centre)
        assert before is not None
        assert after is not None
        moved = (before.lower * scale + shift, before.upper * scale + shift, before.range * scale)
        assert (after.lower, after.upper, after.range) == pytest.approx(moved, abs=1e-6)
