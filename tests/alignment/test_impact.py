"""The figures of `kpi impact` are those of a real edit followed by a new assessment."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.impact import Impact, impact, impact_of, with_target, with_value, without
from kpi_cli.kinds import parse_target
from tests.alignment.workspaces import AS_OF, loaded

PLAN = """
objectives:
  top: {title: Top, period: "2026"}
  mid: {title: Mid, period: "2026", supports: top, rollup: both}
  low: {title: Low, period: "2026", supports: [{objective: mid, weight: 3}]}
kpis:
  a: {name: A, objective: low, unit: count, baseline: 0, target: 100, indicator: leading,
      actuals: {2026-03: 20, 2026-05: 30}}
  b: {name: B, objective: [low, mid], unit: count, target: {at_least: 5},
      actuals: {2026-04: 6, 2026-05: 4}}
  c: {name: C, objective: mid, unit: count, formula: a / b, baseline: 1, target: 9}
  d: {name: D, objective: low, unit: "%", baseline: 10, target: 60, actuals: {2026-05: 20},
      target_changes: [{from: 2026-02-01, target: 50, reason: less money}]}
  e: {name: E, objective: mid, unit: count, baseline: 0, target: 10}
"""


def edited(text: str) -> tuple[Impact, ...]:
    """The impact of a plan whose text was edited."""
    assert text != PLAN
    return impact(assess(loaded(PLAN).plan, AS_OF), assess(loaded(text).plan, AS_OF))


NUMBERS = st.integers(-50, 200).map(float) | st.floats(-50, 200).map(lambda x: round(x, 3))


@settings(max_examples=60, deadline=None)
@given(value=NUMBERS, which=st.sampled_from([("a", "2026-05: 30"), ("b", "2026-05: 4"),
                                              ("d", "2026-05: 20")]))  # fmt: skip
def test_a_value(value: float, which: tuple[str, str]) -> None:
    name, row = which
    plan = loaded(PLAN).plan
    changed, period = with_value(plan, plan.kpis[name], value, AS_OF)
    assert period == "2026-05"
    text = re.sub(rf"({name}: {{name.*?){row}(?=[,}}])", rf"\g<1>2026-05: {value!r}", PLAN,
                  count=1, flags=re.DOTALL)  # fmt: skip
    after = assess(loaded(text).plan, AS_OF)
    assert impact_of(assess(plan, AS_OF), changed) == impact(assess(plan, AS_OF), after)


def test_a_first_value_is_that_of_the_last_period() -> None:
    plan = loaded(PLAN).plan
    changed, period = with_value(plan, plan.kpis["e"], 4.0, AS_OF)
    assert period == "2026-05"
    text = PLAN.replace("e: {name: E,", "e: {name: E, actuals: {2026-05: 4.0},")
    assert impact_of(assess(plan, AS_OF), changed) == edited(text)
    assert {row.id for row in edited(text)} == {"e", "mid", "top"}


@settings(max_examples=40, deadline=None)
@given(number=st.integers(31, 400))
def test_a_target(number: int) -> None:
    plan = loaded(PLAN).plan
    old = assess(plan, AS_OF)
    target = parse_target(number, plan.calendar)
    for name, text in (
        ("a", PLAN.replace("target: 100", f"target: {number}")),
        ("d", PLAN.replace("target: 50,", f"target: {number},")),
    ):
        changed = with_target(plan, plan.kpis[name], target, AS_OF)
        after = assess(loaded(text).plan, AS_OF)
        assert impact_of(old, changed) == impact(old, after)


@pytest.mark.parametrize("name", ["a", "b", "d", "e", "low"])
def test_a_removal(name: str) -> None:
    plan = loaded(PLAN).plan
    lines = PLAN.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {name}:"))
    end = next(i for i in range(at + 1, len(lines) + 1)
               if i == len(lines) or not lines[i].startswith("   "))  # fmt: skip
    text = "\n".join([*lines[:at], *lines[end:]])
    old = assess(plan, AS_OF)
    rows = impact_of(old, without(plan, name))
    assert rows == edited(text)
    gone = old.kpis.get(name) or old.objectives[name]
    assert Impact(name, "status", gone.status, None) in rows


def test_the_balance_changes_too() -> None:
    plan = loaded(PLAN).plan
    rows = impact_of(assess(plan, AS_OF), without(plan, "a"))
    then = {"leading": 1, "lagging": 0, "undeclared": 2}
    assert Impact("low", "balance", then, {**then, "leading": 0}) in rows


def test_nothing_changes_where_nothing_changed() -> None:
    plan = loaded(PLAN).plan
    changed, _ = with_value(plan, plan.kpis["a"], 30.0, AS_OF)
    assert impact_of(assess(plan, AS_OF), changed) == ()
