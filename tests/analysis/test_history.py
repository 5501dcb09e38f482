"""Each period as it stood at its own end, with what was known by then."""

from __future__ import annotations

import pytest

from kpi_cli.analysis.history import history
from tests.memory import judge

PLAN = """
objectives:
  o: {title: Grow, period: "2026"}
kpis:
  sales:
    name: Sales
    objective: o
    unit: EUR
    direction: increase
    aggregation: sum
    target: 1200
    actuals: {2025-12: 80, 2026-01: 100, 2026-02: 100, 2026-03: null, 2026-04: 10, 2026-05: 99}
  late:
    name: Late
    objective: o
    unit: days
    baseline: 10
    target: 0
    target_changes: [{from: 2026-03-01, target: 8, reason: two sites closed}]
    check_ins: [{on: 2026-02-28, status: on_track}]
    actuals: {2026-02: 10, 2026-03: 9}
  double: {name: Double, objective: o, unit: EUR, formula: sales * 2, baseline: 0, target: 1000}
"""


def test_totals_grow_and_what_came_later_is_not_known() -> None:
    rows = history(judge(PLAN, "2026-04-30"), "sales")
    assert [row.period.name for row in rows] == [
        "2025-12", "2026-01", "2026-02", "2026-03", "2026-04",
    ]  # fmt: skip
    assert [row.value for row in rows] == [80, 100, 100, None, 10]
    assert [row.judged for row in rows] == [None, 100, 200, None, 210]


def test_status_is_that_of_the_day() -> None:
    rows = history(judge(PLAN, "2026-05-31"), "sales")
    assert [row.status.value for row in rows] == [
        "not_started", "on_track", "on_track", "on_track", "off_track", "off_track",
    ]  # fmt: skip


def test_expected_is_the_share_of_the_time_gone() -> None:
    rows = history(judge(PLAN, "2026-05-31"), "sales")
    assert [row.expected for row in rows][:3] == [
        None,
        pytest.approx(30 / 364),
        pytest.approx(58 / 364),
    ]
    assert rows[-1].expected == pytest.approx(150 / 364)


def test_a_change_of_the_target_holds_from_its_day_and_the_word_never_counts() -> None:
    rows = history(judge(PLAN, "2026-04-30"), "late")
    assert [row.status.value for row in rows] == ["off_track", "on_track"]


def test_a_formula_has_a_history_too() -> None:
    rows = history(judge(PLAN, "2026-02-28"), "double")
    assert [(row.period.name, row.value) for row in rows] == [
        ("2025-12", 160), ("2026-01", 200), ("2026-02", 200),
    ]  # fmt: skip


@pytest.mark.parametrize(("latest", "names"), [(0, []), (1, ["2026-02"]), (9, None)])
def test_the_latest_only(latest: int, names: list[str] | None) -> None:
    rows = history(judge(PLAN, "2026-02-28"), "sales", latest)
    assert [row.period.name for row in rows] == (
        names if names is not None else ["2025-12", "2026-01", "2026-02"]
    )


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        history(judge(PLAN, "2026-02-28"), "o")


KEPT = """
kpis:
  cap:
    name: Limit by quarter
    unit: count
    frequency: quarterly
    due: 2026-12-31
    target: {at_most: {2026-Q1: 4, 2026-Q2: 3}}
    actuals: {2026-Q1: 4, 2026-Q2: 4, 2026-Q3: 1}
  band:
    {name: Band, unit: h, due: 2026-12-31, target: {between: [4, 5]}, actuals: {2026-01: 4}}
  grade:
    name: Grade
    due: 2026-12-31
    target: {zones: {poor: 0, good: 0.6, best: 1}, reach: good}
    actuals: {2026-01: poor}
"""


@pytest.mark.parametrize(
    ("name", "marks"),
    [("cap", [(4,), (3,), ()]), ("band", [(4, 5)]), ("grade", [(0.6,)])],
)
def test_the_marks_are_those_of_the_period(name: str, marks: list[tuple[float, ...]]) -> None:
    assert [row.marks for row in history(judge(KEPT, "2026-09-30"), name)] == marks


def test_a_changed_target_moves_its_mark() -> None:
    rows = history(judge(PLAN, "2026-04-30"), "late")
    assert [row.marks for row in rows] == [(0,), (8,)]
