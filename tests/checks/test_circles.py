"""Circles, weights that come to nothing, formulas."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.bench import faults, firm, found, kpi, missed, objective, only

NAMES = ["aa", "bb", "cc", "dd", "ee", "ff"]
GRAPHS = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True, max_size=4)
)


def is_circular(links: dict[str, list[str]]) -> bool:
    """Whether some node reaches itself, by taking away what leads nowhere until nothing moves."""
    left = {name: set(targets) for name, targets in links.items()}
    while True:
        ends = [name for name, targets in left.items() if not targets & left.keys()]
        if not ends:
            return bool(left)
        for name in ends:
            del left[name]


@given(GRAPHS)
def test_objectives_go_in_a_circle_if_and_only_if_k107_says_so(links: dict[str, list[str]]) -> None:
    objectives = {name: objective(supports=links.get(name, [])) for name in NAMES}
    kpis = {f"k-{name}": kpi(objective=name) for name in NAMES}
    found_ = [f for f in found(firm(objectives=objectives, kpis=kpis)) if f.code == "K107"]
    assert bool(found_) == is_circular(links)
    for finding in found_:
        path = finding.message.split(": ")[1].split(" → ")
        assert path[0] == path[-1]
        assert all(b in links[a] for a, b in pairwise(path))
        assert len(finding.related) == len(path) - 2


@given(GRAPHS)
def test_formulas_go_in_a_circle_if_and_only_if_k110_says_so(links: dict[str, list[str]]) -> None:
    kpis = {
        name: kpi(formula=" + ".join(links[name]), source=None) if links.get(name) else kpi()
        for name in NAMES
    }
    found_ = {f.code for f in found(firm(kpis=kpis))} & {"K110"}
    assert bool(found_) == is_circular(links)


@pytest.mark.parametrize(
    ("section", "key", "record"),
    [("teams", "parent", {"name": "T"}), ("people", "manager", {"name": "P", "team": "firm"})],
)
def test_teams_and_managers(section: str, key: str, record: dict[str, Any]) -> None:
    records = {"one": record | {key: "two"}, "two": record | {key: "one"}}
    (finding,) = [f for f in found(firm(**{section: records})) if f.code == "K107"]
    assert "one → two → one" in finding.message
    assert [(r.message) for r in finding.related] == ["two → one"]


def test_a_whole_that_is_part_of_itself() -> None:
    finding = only("K107", kpis={"one": kpi(part_of="one")})
    assert finding.message == "'one' leads back to itself: one → one"


def test_the_places_of_a_circle_are_the_ids_that_make_it() -> None:
    text = """\
objectives:
  one: {title: One, owner: an, period: "2026", supports: [top, {objective: «K107»two}]}
  two: {title: Two, owner: an, period: "2026", supports: one}
"""
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())


@pytest.mark.parametrize(
    ("fields", "kpis"),
    [
        ({}, {"one": kpi(objective="sum", weight=0), "two": kpi(objective="sum", weight=0)}),
        ({}, {"one": kpi(objective={"objective": "sum", "weight": 0})}),
        ({}, {"one": kpi(objective="sum", weight=0), "two": kpi(objective="sum", status="draft")}),
        ({"rollup": "both"}, {"one": kpi(objective="sum", weight=0)}),
    ],
)
def test_weights_that_come_to_nothing(fields: dict[str, Any], kpis: dict[str, Any]) -> None:
    assert faults(objectives={"sum": objective(**fields)}, kpis=kpis) == [("K108", "sum")]


@pytest.mark.parametrize(
    ("fields", "kpis"),
    [
        ({}, {"one": kpi(objective="sum", weight=0), "two": kpi(objective="sum")}),
        ({}, {"one": kpi(objective={"objective": "sum", "weight": 3}, weight=0)}),
        ({}, {"one": kpi(objective={"objective": "sum", "counts": False}, weight=0)}),
        ({"rollup": "children"}, {"one": kpi(objective="sum", weight=0)}),
    ],
)
def test_weights_that_do_count(fields: dict[str, Any], kpis: dict[str, Any]) -> None:
    assert faults(objectives={"sum": objective(**fields)}, kpis=kpis) == []


def test_a_dropped_objective_gives_no_weight() -> None:
    closed = {"on": "2026-05-20", "outcome": "dropped"}
    objectives = {
        "sum": objective(),
        "gone": objective(supports="sum", status="closed", closed=closed),
        "zero": objective(supports="sum", weight=0),
    }
    kpis = {"one": kpi(objective="gone"), "two": kpi(objective="zero")}
    assert faults(objectives=objectives, kpis=kpis) == [("K108", "sum")]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("base +", "the formula cannot be read: the formula ends where"),
        ("base / top", "'top' is an objective; a formula uses KPIs only"),
        ("base / nothing", "the formula names 'nothing', and there is no such KPI"),
    ],
)
def test_formulas_that_cannot_be_computed(formula: str, message: str) -> None:
    finding = only("K109", kpis={"one": kpi(formula=formula)})
    assert finding.message.startswith(message)
    assert finding.help


def test_each_unknown_name_of_a_formula_is_said() -> None:
    assert faults(kpis={"one": kpi(formula="xx / yy")}) == [("K109", "one")] * 2


def test_a_formula_needs_periods_and_has_no_figures_of_its_own() -> None:
    text = """\
kpis:
  own:
    name: Own
    objective: top
    owner: an
    unit: count
    target: {at_least: 5}
    formula: base * 2
    actuals:
      «K109»2026-05: 4
  loose:
    name: Loose
    objective: top
    owner: an
    unit: count
    target: {at_least: 5}
    formula: base * 3
    frequency: «K109»irregular
"""
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())
