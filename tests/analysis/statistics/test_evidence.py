"""Achieved before, proposals of new limits, contributions, declared leads."""

import random
from math import fsum, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.achievable import evidence, verdict
from kpi_cli.analysis.decompose import (
    lmdi,
    log_mean,
    of_mean,
    of_product,
    of_ratio,
    of_sum,
    shapley,
)
from kpi_cli.analysis.leadlag import autoregression, cross_correlation, lead_lag, words
from kpi_cli.analysis.rebaseline import propose
from kpi_cli.analysis.signals import chart_patterns
from kpi_cli.analysis.xmr import stretches
from tests.analysis.statistics.kit import SHIFT

YEAR = [100, 102, 101, 104, 106, 105, 108, 111, 110, 113, 115, 114]


@pytest.mark.parametrize(
    ("target", "need", "hits", "share"), [(119, 5, 3, 0.35), (130, 16, 0, 0.05), (118, 4, 9, 0.95)]
)
def test_achieved_before(target: float, need: float, hits: int, share: float) -> None:
    found = evidence(YEAR, target, 3, increase=True)
    assert found is not None
    assert (found.need, found.spans, found.hits, found.best) == (need, 9, hits, 5)
    assert found.share == pytest.approx(share)
    assert found.required == pytest.approx(need / 3)
    assert found.typical == pytest.approx(4 / 3)


def test_achieved_before_counts_falls_where_falling_is_good() -> None:
    found = evidence([10.0, 9, 8, 8, 7], 5, 2, increase=False)
    assert found is not None
    assert (found.need, found.spans, found.hits, found.best) == (2, 3, 1, 2)
    assert found.observed == pytest.approx(0.7)


def test_spans_over_a_gap_are_not_counted() -> None:
    found = evidence([1.0, None, 3, 4], 6, 1, increase=True)
    assert found is not None
    assert (found.spans, found.best) == (1, 1)


def test_no_evidence_without_a_value_or_a_period_left() -> None:
    assert evidence([None], 5, 3, increase=True) is None
    assert evidence(YEAR, 120, 0, increase=True) is None


@pytest.mark.parametrize(
    ("target", "chance", "values", "expected"),
    [
        (114, 0.5, 12, "maintain"),
        (110, None, 3, "maintain"),
        (119, 0.09, 12, "stretch"),
        (119, 0.1, 12, "challenging"),
        (119, 0.5, 12, "balanced"),
        (119, 0.67, 12, "comfortable"),
        (119, 0.9, 12, "trivial"),
        (130, 0.2, 12, "never seen"),
        (119, 0.5, 7, "no evidence"),
        (119, None, 12, "no evidence"),
    ],
)
def test_verdicts(target: float, chance: float | None, values: int, expected: str) -> None:
    assert verdict(evidence(YEAR, target, 3, increase=True), chance, values) == expected


def test_a_lasting_run_proposes_new_limits() -> None:
    parts = stretches(SHIFT)
    found = propose(chart_patterns(SHIFT, parts, "wheeler"), parts, 20, ("run8",))
    assert found is not None
    assert (found.start, found.points, found.side) == (12, 8, "above")


def test_nothing_is_proposed_for_a_run_that_ended_or_began_with_the_series() -> None:
    ended = [*SHIFT, 50]
    parts = stretches(ended)
    assert propose(chart_patterns(ended, parts, "wheeler"), parts, 21, ("run8",)) is None
    young = [50.0, 51, 49, 50, 58, 59, 58, 59, 58, 59, 58, 59]
    parts = stretches(young)
    assert propose(chart_patterns(young, parts, "wheeler"), parts, 12, ("run8",)) is None
    assert propose((), (), 0, ("run8",)) is None


def test_seven_points_in_a_row_propose_nothing() -> None:
    seven = SHIFT[:-1]
    parts = stretches(seven)
    found = chart_patterns(seven, parts, "nhs")
    assert any(one.kind == "run7" for one in found)
    assert propose(found, parts, 19, ("run7",)) is None


def test_a_recorded_change_is_not_proposed_again() -> None:
    parts = stretches(SHIFT, [12])
    assert propose(chart_patterns(SHIFT, parts, "wheeler"), parts, 20, ("run8",)) is None


def test_a_sum_lists_its_parts_by_size() -> None:
    found = of_sum({"a": 10, "b": 5}, {"a": 12, "b": 11, "c": 2})
    assert [(one.name, one.amount) for one in found] == [("b", 6), ("a", 2), ("c", 2)]
    assert [one.share for one in found] == pytest.approx([0.6, 0.2, 0.2])


def test_parts_that_moved_apart_have_no_shares() -> None:
    found = of_sum({"a": 10, "b": 5}, {"a": 12, "b": 1})
    assert [(one.name, one.amount, one.share) for one in found] == [("b", -4, None), ("a", 2, None)]


def test_mix_can_turn_a_gain_of_every_segment_into_a_loss() -> None:
    found = of_ratio({"a": (30, 100), "b": (60, 100)}, {"a": (64, 200), "b": (31, 50)})
    assert found is not None
    assert (found.before, found.after) == pytest.approx((0.45, 0.38))
    assert (found.rate, found.mix) == pytest.approx((0.02, -0.09))
    assert found.is_simpson
    steady = of_ratio({"a": (30, 100), "b": (60, 100)}, {"a": (33, 100), "b": (63, 100)})
    assert steady is not None
    assert not steady.is_simpson
    assert steady.mix == pytest.approx(0)


def test_weight_moved_to_a_better_segment_is_a_gain_of_both() -> None:
    found = of_ratio({"poor": (20, 100), "good": (80, 100)}, {"poor": (10, 50), "good": (120, 150)})
    assert found is not None
    assert found.rate == pytest.approx(0)
    assert [effect.mix > 0 for effect in found.effects] == [True, True]


def test_a_new_segment_is_pure_mix() -> None:
    found = of_ratio({"a": (50, 100)}, {"a": (50, 100), "b": (30, 100)})
    assert found is not None
    (old, new) = found.effects
    assert (old.rate, new.rate) == (0, 0)
    assert found.mix == pytest.approx(-0.1)


def test_a_ratio_without_a_denominator_has_no_effects() -> None:
    assert of_ratio({"a": (0, 0)}, {"a": (1, 2)}) is None


PAIRS = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(st.integers(0, 50), st.integers(1, 100)), min_size=1
)


@given(PAIRS, PAIRS)
def test_mix_and_rate_leave_no_rest(
    before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]
) -> None:
    found = of_ratio(before, after)
    assert found is not None
    total = fsum(effect.amount for effect in found.effects)
    assert total == pytest.approx(found.after - found.before, abs=1e-12)


def test_shapley_by_the_closed_form_of_three_factors() -> None:
    expected = [806.6666666666666, -468.3333333333333, 521.6666666666666]
    assert shapley([1000, 0.05, 80], [1200, 0.045, 90]) == pytest.approx(expected, abs=1e-9)


def test_lmdi() -> None:
    expected = [805.1415037893978, -465.2775322264116, 520.1360284370129]
    assert lmdi([1000, 0.05, 80], [1200, 0.045, 90]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "mean"),
    [(3.0, 3.0, 3.0), (2.0, 1.0, 1.4426950408889634), (1 + 1e-9, 1, 1 + 5e-10)],
)
def test_the_logarithmic_mean(a: float, b: float, mean: float) -> None:
    assert log_mean(a, b) == pytest.approx(mean, rel=1e-12)


def test_a_zero_factor_takes_shapley() -> None:
    found = of_product({"visits": 100.0, "rate": 0.0}, {"visits": 200.0, "rate": 0.1})
    assert [(one.name, one.amount) for one in found] == [("visits", 5.0), ("rate", 15.0)]


def test_nine_factors_with_a_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="9 factors"):
        shapley([0.0] * 9, [1.0] * 9)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=5))
def test_a_product_leaves_no_rest(pairs: list[tuple[int, int]]) -> None:
    before = {str(at): float(pair[0]) for at, pair in enumerate(pairs)}
    after = {str(at): float(pair[1]) for at, pair in enumerate(pairs)}
    moved = prod(after.values()) - prod(before.values())
    total = fsum(one.amount for one in of_product(before, after))
    assert total == pytest.approx(moved, abs=1e-6)


def test_an_objective_moves_by_its_children() -> None:
    found = of_mean({"a": (0.2, 1), "b": (0.4, 3)}, {"a": (0.6, 1), "b": (0.4, 3)})
    assert found is not None
    assert [(e.name, e.rate, e.mix) for e in found.effects] == [
        ("a", pytest.approx(0.1), 0), ("b", 0, 0),
    ]  # fmt: skip


X = [2.0, 2, 15, 9, 11, 12, 14, 0, 9, 2, 8, 18]
Y = [10.0, 1, 10, 2, 15, 18, 19, 12, 17, 7, 2, 10]


def test_cross_correlation() -> None:
    expected = [0.3772387643119429, 0.1584036558882673, 0.4401118916972667, 0.3848689982179288]
    assert [cross_correlation(X, Y, lag) for lag in range(4)] == pytest.approx(expected)
    assert cross_correlation(Y, X, -2) == pytest.approx(expected[2])
    assert cross_correlation([1.0] * 12, Y, 1) == 0.0


def walk(rng: random.Random, n: int) -> list[float]:
    values = [0.0]
    for _ in range(n - 1):
        values.append(values[-1] + rng.gauss(0, 1))
    return values


def following(rng: random.Random, x: list[float], lag: int, sign: int) -> list[float]:
    values = [0.0]
    for at in range(1, len(x)):
        push = x[at - lag] - x[at - lag - 1] if at > lag else 0.0
        values.append(values[-1] + sign * 0.8 * push + rng.gauss(0, 0.6))
    return values


def test_a_true_lead_is_found_at_its_lag_and_its_sign_counts() -> None:
    rng = random.Random(4)
    x = walk(rng, 60)
    y = following(rng, x, 3, 1)
    assert lead_lag(x, y, 3, "monthly").verdict == "consistent"
    assert lead_lag(x, y, 3, "monthly", sign=-1).verdict == "contradicts"
    assert lead_lag(x, y, 9, "monthly").verdict == "not yet"


def test_thirty_five_points_are_too_few() -> None:
    rng = random.Random(4)
    x = walk(rng, 35)
    found = lead_lag(x, following(rng, x, 3, 1), 3, "monthly")
    assert (found.verdict, found.r) == ("too few points", None)
    assert words(found, "x", "y") == "too few points to test: 35 common values, 36 are needed"


@pytest.mark.parametrize("make", ["walk", "trend", "season"])
def test_unrelated_series_are_rarely_linked(make: str) -> None:
    rng = random.Random(8)
    shapes = {
        "walk": lambda: walk(rng, 48),
        "trend": lambda: [at * 0.3 + rng.gauss(0, 1) for at in range(48)],
        "season": lambda: [3.0 * ((at % 12) > 5) + rng.gauss(0, 1) for at in range(48)],
    }
    one = shapes[make]
    verdicts = [lead_lag(one(), one(), 3, "monthly").verdict for _ in range(150)]
    assert sum(verdict != "not yet" for verdict in verdicts) <= 15


def test_the_autoregression_finds_the_memory() -> None:
    rng = random.Random(3)
    values = [0.0]
    for _ in range(400):
        values.append(0.7 * values[-1] + rng.gauss(0, 1))
    weights = autoregression(values)
    assert weights[0] == pytest.approx(0.7, abs=0.1)
    assert autoregression([1.0] * 40) == ()


@pytest.mark.parametrize("verdict", ["consistent", "contradicts", "not yet"])
def test_words_never_claim_a_cause(verdict: str) -> None:
    from kpi_cli.analysis.leadlag import LeadLag

    text = words(LeadLag(1, 40, 0.4, 0.3, verdict), "visits", "sales")  # type: ignore[arg-type]
    assert "1 period" in text
    assert "1 periods" not in text
    assert "proves" not in text
