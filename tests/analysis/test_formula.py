"""Formulas over KPI ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.formula import Blank, FormulaError, Node, evaluate, parse_formula
from tests.memory import judge

VALUES = {"a": 6.0, "b": 3.0, "sales.net": 10.0, "cost-share": 4.0, "zero": 0.0}


def value(text: str) -> float:
    return evaluate(parse_formula(text), VALUES.__getitem__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a / b", 2),
        ("a + b * 2", 12),
        ("(a + b) * 2", 18),
        ("a - b - 1", 2),
        ("a / b / 2", 1),
        ("sales.net - cost-share", 6),
        ("min(a, b, 1) + max(a, b)", 7),
        ("- a + 10", 4),
        ("2.5 * b", 7.5),
        ("max(min(a, b), 2)", 3),
    ],
)
def test_formulas_have_the_usual_precedence(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a/b", "write operators between spaces"),
        ("a +", "ends where"),
        ("(a + b", r"ends where '\)' is needed"),
        ("a b", "put an operator before it"),
        ("", "ends where"),
        ("A + b", "neither a KPI's id nor a number"),
        ("min a, b", "neither"),
        ("__import__('os')", "neither"),
        ("a ** b", "the operators are"),
        ("(" * 60 + "a" + ")" * 60, "nested too deeply"),
        ("a + " * 1000 + "a", "at most 2000 characters"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        parse_formula(text)


def test_a_division_by_zero_is_blank() -> None:
    with pytest.raises(Blank, match="zero is zero"):
        value("a / zero")
    with pytest.raises(Blank, match="the divisor is zero"):
        value("a / (b - 3)")


def test_names_are_listed_once_in_order() -> None:
    assert parse_formula("b / (a + b) + max(zero, 1)").names() == ("b", "a", "zero")


@given(st.text(alphabet="ab01.+-*/() ,minax", max_size=40))
def test_any_text_is_a_formula_or_an_error(text: str) -> None:
    try:
        node = parse_formula(text)
    except FormulaError:
        return
    assert isinstance(node, Node)


PLAN = """
objectives: {o: {title: O, period: "2026"}}
kpis:
  won: {name: W, objective: o, aggregation: sum, actuals: {2026-01: 5, 2026-02: 7, 2026-04: 3}}
  leads:
    name: L
    objective: o
    aggregation: sum
    actuals: {2026-01: 20, 2026-02: 10, 2026-03: 8, 2026-04: 0}
  rate: {name: R, objective: o, unit: "%", formula: won / leads}
  quarter: {name: Q, objective: o, frequency: quarterly, formula: won / leads}
  total: {name: T, objective: o, aggregation: sum, formula: won + leads}
  fine: {name: F, objective: o, formula: quarter * 2}
  twice: {name: D, objective: o, formula: rate * 2}
"""


def test_a_formula_is_evaluated_for_each_own_period() -> None:
    found = judge(PLAN, "2026-04-30")
    assert list(found.series["rate"]) == [
        (found.series["rate"].periods[i], v) for i, v in enumerate([0.25, 0.7, None, None])
    ]
    assert found.kpis["rate"].value == 0.7  # never scaled, although its unit is %
    assert found.kpis["rate"].observation is not None
    assert found.kpis["rate"].observation.period.name == "2026-02"
    assert found.kpis["quarter"].value == pytest.approx(12 / 38)
    assert found.kpis["total"].value == 25 + 17 + 3
    assert found.kpis["twice"].value == 1.4


def test_a_coarser_input_gives_blank_with_the_reason() -> None:
    fine = judge(PLAN, "2026-04-30").kpis["fine"]
    assert (fine.value, fine.status) == (None, "no_target")
    assert fine.reason == "2026-04: quarter is quarterly, coarser than monthly"


def test_later_actuals_are_not_seen() -> None:
    assert judge(PLAN, "2026-02-27").kpis["rate"].value == 0.25


def test_a_circle_of_formulas_has_no_value() -> None:
    plan = """
    objectives: {o: {title: O, period: "2026"}}
    kpis:
      a: {name: A, objective: o, formula: b + 1}
      b: {name: B, objective: o, formula: a + 1}
    """
    assert judge(plan, "2026-04-30").kpis["a"].value is None
