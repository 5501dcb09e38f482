"""Why a KPI or an objective moved: by hand, without a rest, and only where something signals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.contributions import months_back, objective_move
from kpi_cli.analysis.formula import Blank, evaluate, parse_formula
from kpi_cli.analysis.results import Assessment
from kpi_cli.analysis.terms import coefficients, powers
from kpi_cli.analysis.why import Move, effects_of, why_of
from tests.analysis.statistics.kit import SHIFT
from tests.memory import judge

NAMES = [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(40)]
LONG = "version: 1\nactuals: ['long.csv']"


def series(values: list[float]) -> str:
    return "{" + ", ".join(f"{n}: {v}" for n, v in zip(NAMES, values, strict=False)) + "}"


def plan(fields: str, others: str = "") -> str:
    return (
        'objectives:\n  o: {title: O, period: "2025"}\nkpis:\n'
        f"  x: {{name: X, objective: o, direction: increase, {fields}}}\n{others}"
    )


def long_csv(rows: dict[str, list[str]], columns: str = "value") -> str:
    """Segment -> its cells by month, from 2024-01 on; an empty cell leaves the row out."""
    lines = [f"kpi,period,{columns},segment"]
    for segment, cells in rows.items():
        lines += [f"x,{n},{cell},{segment}" for n, cell in zip(NAMES, cells, strict=False) if cell]
    return "\n".join(lines) + "\n"


def move_of(found: Assessment) -> Move:
    why = why_of(found, "x")
    assert why is not None
    assert why.state == "explained"
    assert why.move is not None
    return why.move


def segmented(rows: dict[str, list[str]], fields: str = "unit: count", columns: str = "value",
              as_of: str = "2025-08-31") -> Assessment:  # fmt: skip
    return judge(plan(fields), as_of, LONG, long__csv=long_csv(rows, columns))


def test_amounts_by_segment_of_a_long_file() -> None:
    north = [str(value - 20) for value in SHIFT]
    found = segmented({"north": north, "south": ["20"] * 20})
    assert list(found.plan.segments["x"]) == ["north", "south"]
    move = move_of(found)
    assert [p.name for p in (move.spans.before[0], move.spans.since[0])] == ["2024-01", "2025-01"]
    assert (len(move.spans.before), len(move.spans.since)) == (12, 8)
    assert (move.kind, move.before, move.after) == (
        "sum", pytest.approx(602 / 12), pytest.approx(446 / 8)
    )  # fmt: skip
    first, second = move.parts
    assert (first.name, first.before, first.after) == (
        "north", pytest.approx(602 / 12 - 20), pytest.approx(446 / 8 - 20)
    )  # fmt: skip
    assert first.amount == pytest.approx(446 / 8 - 602 / 12)
    assert (first.share, second.amount) == (1.0, 0.0)


def test_what_a_stated_total_has_beside_its_segments_is_a_part_too() -> None:
    found = segmented({"north": ["20"] * 20, "": [str(value) for value in SHIFT]})
    move = move_of(found)
    assert [(p.name, pytest.approx(p.amount)) for p in move.parts] == [
        ("", 446 / 8 - 602 / 12), ("north", 0.0)
    ]  # fmt: skip
    assert move.after == 446 / 8


def test_a_segment_that_began_later_counts_nothing_before() -> None:
    north = ["50", "51"] * 10
    fresh = [""] * 12 + ["30"] * 8
    move = move_of(segmented({"north": north, "new": fresh}))
    assert [(p.name, p.before, p.after) for p in move.parts] == [
        ("new", 0.0, 30.0), ("north", 50.5, 50.5)
    ]  # fmt: skip


def test_a_ratio_by_rate_and_mix_with_the_alert() -> None:
    """Both rates rise by 2 points; half of the weight moves to the poorer segment."""
    good = ["160,200", "162,200"] * 6 + ["83,100", "82,100"] * 4
    poor = ["20,100", "21,100"] * 6 + ["44,200", "46,200"] * 4
    rows = {"good": good, "poor": poor}
    found = segmented(rows, 'unit: "%", aggregation: last', "numerator,denominator")
    move = move_of(found)
    assert move.kind == "ratio"
    assert move.before == pytest.approx((161 * 12 + 20.5 * 12) / (300 * 12) * 100)
    assert move.after == pytest.approx((82.5 + 45) / 300 * 100)
    assert sum(p.amount for p in move.parts) == pytest.approx(move.change)
    rates = {p.name: p.rate for p in move.parts}
    assert rates["good"] == pytest.approx((2 / 3 + 1 / 3) / 2 * (82.5 - 80.5))
    assert rates["poor"] == pytest.approx((1 / 3 + 2 / 3) / 2 * (22.5 - 20.5))
    assert move.is_simpson


def test_without_a_signal_nothing_is_explained() -> None:
    flat = [str(value) for value in (SHIFT[:12] + SHIFT[:8])]
    why = why_of(segmented({"north": flat, "south": ["20"] * 20}), "x")
    assert why is not None
    assert (why.state, why.move) == ("routine", None)
    short = why_of(segmented({"north": flat[:4]}), "x")
    assert short is not None
    assert short.state == "too few"
    assert why_of(judge(plan("unit: count"), "2025-08-31"), "x") is None


def test_a_signal_without_parts_is_said_to_have_none() -> None:
    found = judge(plan(f"unit: count, actuals: {series(SHIFT)}"), "2025-08-31")
    why = why_of(found, "x")
    assert why is not None
    assert (why.state, why.move) == ("no parts", None)


def test_largest_values_have_no_sum_to_take_apart() -> None:
    north = [str(value) for value in SHIFT]
    why = why_of(segmented({"a": north, "b": ["1"] * 20}, "unit: ms, aggregation: max"), "x")
    assert why is not None
    assert why.state == "no parts"


def test_a_season_is_compared_with_the_season_before() -> None:
    shape = [0, 2, 5, 9, 14, 18, 20, 17, 12, 7, 3, 1]
    noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0.0, -0.1, 0.4, -0.3, 0.2]
    values = [100 + shape[at % 12] + noise[at % 10] + (15 if at >= 36 else 0) for at in range(38)]
    rows = {"a": [f"{v - 40:.1f}" for v in values], "b": ["40"] * 38}
    found = segmented(rows, as_of="2027-02-28")
    chart = found.outlooks["x"].chart
    assert chart is not None
    assert chart.season is not None
    move = move_of(found)
    assert move.spans.seasonal
    pairs = zip(move.spans.before, move.spans.since, strict=True)
    assert all(before.name[5:] == since.name[5:] for before, since in pairs)
    assert move.parts[0].name == "a"
    before = [float(rows["a"][NAMES.index(period.name)]) for period in move.spans.before]
    assert move.parts[0].before == pytest.approx(sum(before) / len(before))


def test_the_inputs_of_a_formula() -> None:
    others = (
        f"  won: {{name: W, unit: count, aggregation: sum, actuals: {series(SHIFT)}}}\n"
        f"  leads: {{name: L, unit: count, aggregation: sum, actuals: {series([100.0] * 20)}}}\n"
    )
    move = move_of(judge(plan("formula: won / leads", others), "2025-08-31"))
    assert (move.kind, move.before) == ("formula", pytest.approx(602 / 1200))
    assert [(p.name, p.is_kpi, p.before) for p in move.parts] == [
        ("won", True, pytest.approx(602 / 12)), ("leads", True, 100.0)
    ]  # fmt: skip
    assert move.parts[0].amount == pytest.approx(4.46 / 8 - 6.02 / 12)
    assert move.parts[1].amount == 0


def effects(formula: str, before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {e.name: e.amount for e in effects_of(parse_formula(formula), before, after)}


def test_sums_quotients_and_mixtures() -> None:
    assert effects("(a - 2 * b) / 4 + 7", {"a": 8, "b": 3}, {"a": 12, "b": 5}) == {"a": 1, "b": -1}
    # L(30, 20) = 10 / ln 1.5; a doubled, b up by a third
    found = effects("a / b * 100", {"a": 2, "b": 10}, {"a": 4, "b": 40 / 3})
    assert found == {"a": pytest.approx(17.0951129), "b": pytest.approx(-7.0951129)}
    squared = effects("a * a", {"a": 3}, {"a": 5})
    assert squared == {"a": pytest.approx(16)}
    # either order: (8 - 2) / 4 -> (8 - 4) / 4 is -.5, with a = 12 too
    mixed = effects("(a - b) / c", {"a": 8, "b": 2, "c": 4}, {"a": 12, "b": 4, "c": 4})
    assert mixed == {"a": 1.0, "b": -0.5, "c": 0.0}
    zero = effects("a * b", {"a": 0, "b": 2}, {"a": 3, "b": 4})
    assert zero == {"a": 9.0, "b": 3.0}


def test_the_kind_of_a_formula() -> None:
    assert coefficients(parse_formula("2 * (a + b) - a / 4 - - b")) == {"a": 1.75, "b": 3.0}
    assert coefficients(parse_formula("a * b")) is None
    assert coefficients(parse_formula("max(a, 1)")) is None
    assert powers(parse_formula("a * a / (b * 3)")) == {"a": 2, "b": -1}
    assert powers(parse_formula("a + b")) is None


def test_a_mixture_that_has_no_value_is_blank() -> None:
    with pytest.raises(Blank):
        effects("a / (b - c)", {"a": 1, "b": 2, "c": 1}, {"a": 1, "b": 4, "c": 2})


FORMULAS = ["a + b * c", "a * b / c", "a - b - c", "max(a, b) + c", "a / (b + c)"]
THREE = st.tuples(*[st.floats(0.1, 100)] * 3)


@given(THREE, THREE, st.sampled_from(FORMULAS))
def test_effects_leave_no_rest(
    first: tuple[float, ...], last: tuple[float, ...], text: str
) -> None:
    node = parse_formula(text)
    before, after = (dict(zip("abc", values, strict=True)) for values in (first, last))
    change = evaluate(node, after.__getitem__) - evaluate(node, before.__getitem__)
    total = sum(effect.amount for effect in effects_of(node, before, after))
    assert total == pytest.approx(change, abs=1e-7)


OBJECTIVES = """
objectives:
  top: {title: T, period: "2025"}
  low: {title: L, period: "2025", supports: [{objective: top, weight: 3}]}
kpis:
  moved: {name: M, objective: low, direction: increase, baseline: 50, target: 60, actuals: ACTUALS}
  still: {name: S, objective: low, weight: 3, baseline: 0, target: 10,
          actuals: {2025-01: 1, 2025-05: 2, 2025-08: 4}}
"""


def test_what_moved_an_objective() -> None:
    found = judge(OBJECTIVES.replace("ACTUALS", series(SHIFT)), "2025-08-31")
    move = objective_move(found, "low")
    assert move is not None
    # moved: 55 on 31 May (.5), 55 on 31 August (.5); still: .2 -> .4, three quarters of the weight
    assert move.since == date(2025, 5, 31)
    assert (move.before, move.after) == (pytest.approx(0.275), pytest.approx(0.425))
    assert [(p.child, pytest.approx(p.amount), p.by_weight, p.signals) for p in move.parts] == [
        ("still", 0.15, 0, ()), ("moved", 0.0, 0, ("moved",))
    ]  # fmt: skip
    assert move.state == "explained"
    above = objective_move(found, "top")
    assert above is not None
    assert [(p.child, p.is_kpi, p.signals) for p in above.parts] == [("low", False, ("moved",))]


def test_an_objective_over_routine_variation() -> None:
    flat = SHIFT[:12] + SHIFT[:8]
    move = objective_move(judge(OBJECTIVES.replace("ACTUALS", series(flat)), "2025-08-31"), "low")
    assert move is not None
    assert move.state == "routine"


def test_an_objective_that_was_not_measured_then() -> None:
    found = judge(OBJECTIVES.replace("ACTUALS", "{2025-07: 51}"), "2025-08-31")
    move = objective_move(found, "low")
    assert move is not None
    assert move.state == "too few"
    early = judge(OBJECTIVES.replace("ACTUALS", series(SHIFT)), "2025-02-28")
    assert objective_move(early, "low") is None


def test_months_back() -> None:
    assert months_back(date(2026, 5, 31)) == date(2026, 2, 28)
    assert months_back(date(2026, 5, 1)) == date(2026, 2, 28)
    assert months_back(date(2026, 1, 15)) == date(2025, 10, 31)
    assert months_back(date(2024, 3, 5), 1) == date(2024, 2, 29)
