"""`kpi-smart/1` by value and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.checks.score import (
    BY_CHANCE,
    CRITERIA,
    by_chance,
    objective_score,
    smart_scores,
    worst,
)
from kpi_cli.diagnostics import Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741
CODES = [f"{letter}{n}" for letter, n in zip("SSMMAAARRTT", range(101, 112), strict=True)]
KNOWN = ["M201", "T501", "R401", "A301", "S106", "S107", *sorted(BY_CHANCE)]
FIRED = st.dictionaries(st.sampled_from([*CODES, *KNOWN]), st.sampled_from(list(Severity)))


def scores(fired: dict[str, Severity], chance: float | None = None) -> dict[str, float]:
    found = smart_scores(fired, chance=chance)
    return {"total": round(found.total, 6)} | {k: round(v, 6) for k, v in found.criteria.items()}


def test_nothing_wrong_is_a_hundred() -> None:
    assert scores({}) == {"total": 100} | dict.fromkeys(CRITERIA, 100)


@pytest.mark.parametrize(
    ("fired", "letter", "score"),
    [
        ({"M205": E}, "M", 40),
        ({"M207": W}, "M", 75),
        ({"M214": I}, "M", 95),
        ({"M207": W, "M204": W}, "M", 56.25),
        ({"M205": E, "M207": W, "M214": I}, "M", 28.5),
        ({"M201": E}, "M", 20),
        ({"M201": W}, "M", 20),
        ({"T501": E}, "T", 10),
        ({"R401": E}, "R", 10),
        ({"A301": E}, "A", 40),
        ({"S107": W}, "S", 40),
        ({"S106": W}, "S", 40),
        ({"S106": I}, "S", 95),
    ],
)
def test_a_criterion(fired: dict[str, Severity], letter: str, score: float) -> None:
    assert scores(fired)[letter] == pytest.approx(score)


def test_the_total_is_held_down_by_the_lowest() -> None:
    fired = {"T501": E, "S101": I, "M207": I, "A302": I, "R405": I}
    assert scores(fired)["total"] == 40
    assert scores({"M207": W})["total"] == 95


def test_weights_of_the_workspace() -> None:
    heavy = smart_scores({"M207": W}, weights={"M": 6})
    assert heavy.total == pytest.approx((4 * 100 + 6 * 75) / 10)
    left_out = smart_scores({"T501": E}, weights={"T": 0})
    assert left_out.total == 100


@pytest.mark.parametrize(
    ("chance", "score"),
    [(0.0, 30), (0.005, 30), (0.0775, 65), (0.15, 100), (0.5, 100), (0.75, 100), (0.865, 77.5),
     (0.98, 55), (1.0, 55)],
)  # fmt: skip
def test_a_by_the_chance(chance: float, score: float) -> None:
    assert by_chance(chance) == pytest.approx(score)
    assert scores({}, chance)["A"] == pytest.approx(score)


def test_the_chance_takes_the_place_of_the_weight() -> None:
    assert scores({"A307": W}, 0.005)["A"] == pytest.approx(30)
    assert scores({"A307": E}, 0.14)["A"] == pytest.approx(40)
    assert scores({"A307": W, "A303": W}, 0.005)["A"] == pytest.approx(22.5)


def test_the_cheapest_fix() -> None:
    found = smart_scores({"M205": E, "R414": I, "A303": W})
    assert found.cheapest == "M205"
    assert round(found.gains["M205"], 6) == 24
    assert smart_scores({}).cheapest is None
    assert smart_scores({"R405": W, "A302": W}).cheapest == "A302"
    with_chance = smart_scores({"A307": W, "M207": W}, chance=0.005)
    assert with_chance.cheapest == "A307"


def test_evidence_counts_what_could_tell() -> None:
    found = smart_scores({}, unknown=["A306", "A307"], rules=["A301", "A306", "A307", "M201"])
    assert str(found.evidence["A"]) == "1/3"
    assert str(found.evidence["M"]) == "1/1"
    assert str(found.evidence["S"]) == "0/0"


def test_strict_evidence_counts_the_unknown_as_warnings() -> None:
    found = smart_scores({"A306": E}, unknown=["A306", "A307"], rules=["A306", "A307"], strict=True)
    assert found.criteria["A"] == pytest.approx(100 * 0.4 * 0.75)


def test_an_objective_has_a_score_of_its_own() -> None:
    assert objective_score({}) == 100
    assert objective_score({"O602": I, "R410": W}) == pytest.approx(71.25)
    assert scores({"O601": W})["total"] == 100


def test_one_rule_is_one_hit() -> None:
    assert worst([("M213", W), ("M213", E), ("M213", I)]) == {"M213": E}


@given(FIRED, st.sampled_from([*CODES, *KNOWN]), st.sampled_from(list(Severity)),
       st.one_of(st.none(), st.floats(0, 1)))  # fmt: skip
def test_another_finding_never_raises_a_score(
    fired: dict[str, Severity], code: str, severity: Severity, chance: float | None
) -> None:
    more = worst([*fired.items(), (code, severity)])
    before, after = scores(fired, chance), scores(more, chance)
    assert all(after[key] <= before[key] + 1e-9 for key in before)
    assert all(0 <= value <= 100 for value in after.values())


@given(FIRED, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(fired: dict[str, Severity], random: object) -> None:
    turned = list(fired.items())
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert smart_scores(dict(turned)) == smart_scores(fired)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_curve_has_one_top(one: float, other: float) -> None:
    low, high = sorted((one, other))
    if high <= 0.15:
        assert by_chance(low) <= by_chance(high)
    if low >= 0.75:
        assert by_chance(low) >= by_chance(high)
