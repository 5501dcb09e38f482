"""Signals: worked examples of every rule, ties, noise of computation, direction, assurance."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.signals import (
    Pattern,
    anhoej,
    assurance,
    by_point,
    chart_patterns,
    is_better,
    latest,
    patterns,
)
from kpi_cli.analysis.xmr import Limits, Stretch, limits_of, stretches
from tests.analysis.statistics.kit import SHIFT, SPIKE, TREND, marks

FIXED = Limits(50, 45.212, 54.788, 5.8806, 1.8, 12)
KINDS = ["limit", "run8", "3of4", "mr", "2of3", "4of5", "run7", "trend7", "anhoej"]
RULES = ["wheeler", "nhs", "weco", "anhoej"]


def own(values: Sequence[float]) -> Limits:
    found = limits_of(values)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (SPIKE, "limit", [4]),
        (SHIFT, "limit", []),
        (SHIFT, "run7", list(range(20))),
        (SHIFT, "run8", list(range(20))),
        (TREND, "limit", [13, 14]),
        (TREND, "trend7", list(range(7, 15))),
    ],
)
def test_rules_on_limits_of_all_points(values: list[float], kind: str, expected: list[int]) -> None:
    assert marks(values, own(values), kind) == expected


def test_a_point_outside_the_limits_counts_as_one_near_them() -> None:
    values = [50, 51, 49, 50, 52, 48, 50, 49, 51, 50, 50, 51, 54.5, 51, 54.8]
    limits = own(values[:12])
    assert limits.mean_range == pytest.approx(1.5454545454545454)
    assert limits.upper == pytest.approx(54.194242424242425)
    assert marks(values, limits, "limit") == [12, 14]
    assert marks(values, limits, "2of3") == [12, 14]


def test_three_of_four_near_a_limit() -> None:
    values = [50, 51, 49, 52.5, 52.6, 50.5, 52.9, 51, 50]
    found = {kind: marks(values, FIXED, kind) for kind in ("limit", "3of4", "2of3", "run8")}
    assert found == {"limit": [], "3of4": [3, 4, 6], "2of3": [], "run8": []}


def test_three_of_three_at_the_start_is_enough() -> None:
    assert marks([52.5, 52.6, 52.9, 50], FIXED, "3of4") == [0, 1, 2]
    assert marks([52.5, 50, 52.9, 50, 52.6], FIXED, "3of4") == []


def test_the_two_sides_are_not_added_up() -> None:
    assert marks([52.5, 47.4, 52.6, 50], FIXED, "3of4") == []
    assert marks([47.4, 47.5, 50, 47.3], FIXED, "3of4") == [0, 1, 3]


def test_four_of_five_beyond_one_sigma() -> None:
    values = [50, 51.7, 51.8, 50.2, 51.9, 51.65, 49, 50]
    assert marks(values, FIXED, "4of5") == [1, 2, 4, 5]
    assert marks(values, FIXED, "limit") == []


def test_the_moving_range() -> None:
    values = [10, 12, 11, 10, 30, 11, 12, 10, 11, 13, 12]
    limits = limits_of(values, "median")
    assert limits is not None
    assert marks(values, limits, "mr") == [4, 5]
    assert [p.side for p in patterns(values, limits, ["mr"])] == ["above", "below"]


def test_a_point_on_the_centre_breaks_a_run() -> None:
    values = [51, 51.2, 51, 50, 51, 51.3, 51, 51.1, 51]
    assert marks(values, FIXED, "run8") == []
    assert marks([*values[:3], 50.5, *values[4:]], FIXED, "run8") == list(range(9))


def test_a_tie_breaks_a_trend() -> None:
    rising = [45.5, 46, 46.5, 47, 47.5, 48, 48.5]
    assert marks(rising, FIXED, "trend7") == list(range(7))
    assert marks([45.5, 46, 46.5, 46.5, 47, 47.5, 48, 48.5], FIXED, "trend7") == []


def test_a_value_on_the_limit_is_inside() -> None:
    assert marks([50, 54.788, 45.212], FIXED, "limit") == []
    assert marks([50, 54.789, 45.211], FIXED, "limit") == [1, 2]


@pytest.mark.parametrize(
    "values", [[0.1 + 0.2] * 5 + [0.3] * 5, [7.0] * 20, [0.1 + 0.2] * 10 + [0.3] * 2 + [0.1 + 0.2]]
)
@pytest.mark.parametrize("kind", KINDS)
def test_noise_of_computation_and_a_constant_raise_nothing(values: list[float], kind: str) -> None:
    assert marks(values, own(values), kind) == []


@pytest.mark.parametrize(
    ("values", "useful", "longest", "longest_max", "crossings", "crossings_min", "signal"),
    [
        (SHIFT, 20, 8, 7, 5, 6, True),
        (TREND, 13, 6, 7, 3, 3, False),
        ([19, 27, 20, 16, 18, 25, 22, 24, 17, 25, 15, 17, 20, 22, 19, 16, 22, 19, 25, 22, 18, 20,
          16, 17, 20, 15, 27, 25, 17, 19, 28], 27, 4, 8, 15, 9, False),
    ],
)  # fmt: skip
def test_anhoej(
    values: list[float], useful: int, longest: int, longest_max: int,
    crossings: int, crossings_min: int, signal: bool,
) -> None:  # fmt: skip
    found = anhoej(values)
    assert (found.n_useful, found.longest_run, found.longest_run_max) == (
        useful, longest, longest_max,
    )  # fmt: skip
    assert (found.crossings, found.crossings_min, found.signal) == (
        crossings, crossings_min, signal,
    )  # fmt: skip


@pytest.mark.parametrize(("n", "least"), [(10, 2), (12, 3), (15, 4), (24, 8), (40, 14), (60, 23)])
def test_the_least_crossings_are_the_binomial_quantile(n: int, least: int) -> None:
    assert anhoej([float(at % 2) for at in range(n)], 0.5).crossings_min == least


def test_anhoej_needs_ten_useful_points() -> None:
    assert not anhoej([1.0] * 4 + [2.0] * 5).signal
    assert anhoej([1.0] * 5 + [2.0] * 5).signal


def test_every_rule_that_holds_at_a_point_is_reported() -> None:
    values = [*SHIFT[:12], 60, 60, 61, 60, 62, 60, 61, 63]
    parts = (Stretch(0, len(values), limits_of(values[:12])),)
    last = by_point(chart_patterns(values, parts, "wheeler"), len(values))[-1]
    assert [one.kind for one in last] == ["limit", "run8", "3of4"]


def test_the_latest_signal_is_the_weightiest_that_still_holds() -> None:
    found = chart_patterns(SHIFT, stretches(SHIFT), "wheeler")
    assert latest(found, 20, "wheeler") == Pattern("run8", "above", tuple(range(12, 20)))
    back = [*SHIFT, 51.0]
    assert latest(chart_patterns(back, stretches(back), "wheeler"), 21, "wheeler") is None


def test_a_wide_range_is_marked_but_is_none_of_the_three_rules() -> None:
    values = [50.0, 51] * 8 + [53.6, 49.3]
    found = chart_patterns(values, stretches(values), "wheeler")
    assert [one.kind for one in by_point(found, 18)[-1]] == ["mr"]
    assert latest(found, 18, "wheeler") is None


def test_runs_do_not_cross_a_recorded_change() -> None:
    values = [50.0, 52, 49, 51, 50, 48, 51, 52, 53, 53, 54, 53, 53, 54, 53, 54, 53, 54, 53, 54]
    assert marks(values, own(values[:8]), "run8") == list(range(6, 20))
    found = chart_patterns(values, stretches(values, [12]), "wheeler")
    assert all(set(one.marks) <= set(range(12)) or one.start >= 12 for one in found)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (45.0, None, "consistently meets"),
        (55.0, None, "consistently fails"),
        (50.0, None, "hit or miss"),
        (45.212, None, "hit or miss"),
        (None, 55.0, "consistently meets"),
        (None, 45.0, "consistently fails"),
        (40, 60, "consistently meets"),
        (40, 52, "hit or miss"),
        (60, 70, "consistently fails"),
        (None, None, None),
    ],
)
def test_assurance(low: float | None, high: float | None, expected: str | None) -> None:
    assert assurance(FIXED, low, high) == expected


VALUES = st.lists(st.integers(0, 30).map(float), min_size=12, max_size=40)


@given(VALUES, st.sampled_from(RULES))
def test_flipping_the_direction_flips_better_and_worse(values: list[float], rules: str) -> None:
    for one in chart_patterns(values, stretches(values), rules):
        up, down = is_better(one.side, "increase"), is_better(one.side, "decrease")
        assert {up, down} == {True, False}
        assert is_better(one.side, None) is None


@given(VALUES, st.sampled_from(["wheeler", "nhs", "weco"]))
def test_a_mirrored_series_has_mirrored_signals(values: list[float], rules: str) -> None:
    mirrored = [-value for value in values]
    here = {(p.kind, p.side, p.marks) for p in chart_patterns(values, stretches(values), rules)}
    there = chart_patterns(mirrored, stretches(mirrored), rules)
    other = {"above": "below", "below": "above"}
    assert here == {(p.kind, other[p.side], p.marks) for p in there}


@given(VALUES, st.sampled_from(["wheeler", "nhs", "weco"]), st.integers(0, 30))
def test_a_future_point_never_changes_a_past_signal_when_limits_are_fixed(
    values: list[float], rules: str, future: int
) -> None:
    """A point once marked stays marked by the same rules, whatever comes."""
    longer = [*values, float(future)]
    before = by_point(chart_patterns(values, stretches(values, [0]), rules), len(values))
    found = chart_patterns(longer, stretches(longer, [0]), rules)
    after = by_point(found, len(longer))
    for old, new in zip(before, after, strict=False):
        assert {(p.kind, p.side) for p in old} <= {(p.kind, p.side) for p in new}
    finished = [p for p in found if p.marks[-1] < len(values) - 5]
    was = chart_patterns(values, stretches(values, [0]), rules)
    assert set(finished) <= set(was)
