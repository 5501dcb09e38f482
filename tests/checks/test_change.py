"""Changes: reasons, overlaps, check-ins, retirement, directions and baselines."""

from datetime import date
from typing import Any

import pytest

from tests.checks.bench import faults, firm, found, kpi, missed, objective, only

VALUE = {"direction": "increase", "target": 40}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"from": "2026-05-10", "target": 30}, ["K301"]),
        ({"from": "2026-05-10", "due": "2026-11-30"}, ["K301"]),
        ({"from": "2026-05-10", "target": 30, "reason": "the street is closed"}, []),
        ({"from": "2026-06-10", "target": 30}, []),
    ],
)
def test_a_change_needs_a_reason_once_it_holds(change: dict[str, Any], codes: list[str]) -> None:
    found_ = faults(kpis={"one": kpi(**VALUE, target_changes=[change])})
    assert [code for code, _ in found_] == codes


def test_a_change_is_pointed_at_by_its_first_key() -> None:
    text = """\
kpis:
  one:
    {name: N, objective: top, owner: an, unit: count, source: {manual: b}, direction: increase,
     target: 5, target_changes: [{«K301»target: 4, from: 2026-05-10}]}
  two:
    name: N
    objective: top
    owner: an
    unit: count
    source: {manual: c}
    direction: increase
    target: 5
    target_changes:
      - «K301»due: 2026-11-30
        from: 2026-05-10
"""
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())


def test_the_later_written_of_two_overlapping_periods_is_at_fault() -> None:
    text = """\
kpis:
  one:
    name: N
    objective: top
    owner: an
    unit: count
    source: {manual: b}
    target: {at_least: 5}
    actuals:
      2026-05-20: 4
      2026-05-10: 4
      «K303»2026-05: 4
"""
    missing, extra = missed({"firm.yaml": firm(), "more.yaml": text})
    assert (missing, extra) == (set(), set())


def test_a_row_of_a_file_overlaps_what_the_record_says() -> None:
    files = {
        "kpi.yaml": "version: 1\nactuals: [n.csv]\n",
        "firm.yaml": firm(kpis={"one": kpi(actuals={"2026-05": 3})}),
        "n.csv": "kpi,period,value\none,«K303»2026-05-20,4\n",
    }
    assert missed(files) == (set(), set())


def test_fiscal_quarters_overlap_calendar_dates() -> None:
    files = {
        "kpi.yaml": "version: 1\ncalendar: {fiscal_year_start: 5}\n",
        "firm.yaml": firm(
            objectives={"top": objective(supports=[], team="firm", period="FY2026")},
            kpis={
                "base": kpi(frequency="irregular"),
                "one": kpi(frequency="quarterly", actuals={"FY2026-Q1": 3, "2026-07-30": 4}),
            },
        ),
    }
    assert [f.code for f in found(files, date(2026, 7, 31))] == ["K303"]


@pytest.mark.parametrize(
    ("value", "said", "disagrees"),
    [
        (2, "on_track", True),
        (2, "at_risk", True),
        (2, "off_track", False),
        (9, "off_track", True),
        (9, "on_track", False),
    ],
)
def test_a_check_in_is_compared_with_the_figures(value: int, said: str, disagrees: bool) -> None:
    check_ins = [
        {"on": "2026-05-31", "by": "an", "status": said},
        {"on": "2026-06-20", "by": "an", "status": "at_risk"},
    ]
    one = kpi(actuals={"2026-05": value}, check_ins=check_ins)
    assert faults(kpis={"one": one}) == ([("K306", "one")] if disagrees else [])


@pytest.mark.parametrize(
    "fields",
    [
        {"check_ins": [{"on": "2026-05-30", "status": "on_track"}]},
        {"check_ins": [{"on": "2026-05-31", "note": "nothing new"}]},
        {"check_ins": [{"on": "2026-05-31", "status": "on_track"}], "status": "draft"},
        {"check_ins": [{"on": "2026-05-31", "status": "on_track"}], "actuals": None},
    ],
)
def test_check_ins_that_say_nothing_against_the_figures(fields: dict[str, Any]) -> None:
    assert faults(kpis={"one": kpi(**({"actuals": {"2026-05": 2}} | fields))}) == []


def test_a_check_in_after_the_end_holds_against_the_last_period() -> None:
    ended = {"start": "2026-05-01", "end": "2026-08-15"}
    one = kpi(
        objective="o",
        actuals={"2026-08": 2},
        check_ins=[{"on": "2026-08-20", "status": "on_track"}],
    )
    sections = {"objectives": {"o": objective(period=ended)}}
    kpis = {"base": kpi(frequency="irregular"), "one": one}
    found_ = faults(date(2026, 9, 1), **sections, kpis=kpis)
    assert ("K306", "one") in found_


def test_the_check_in_of_a_formula_is_compared_too() -> None:
    kpis = {
        "base": kpi(actuals={"2026-05": 6}),
        "one": kpi(
            formula="base / 3", source=None, check_ins=[{"on": "2026-05-31", "status": "on_track"}]
        ),
    }
    assert faults(kpis=kpis) == [("K306", "one")]


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_the_check_in_of_a_draft_or_closed_objective_is_history(status: str) -> None:
    check_ins = [{"on": "2026-05-31", "status": "on_track"}]
    objectives = {"o": objective(check_ins=check_ins, status=status)}
    one = kpi(objective="o", actuals={"2026-05": 2})
    assert faults(objectives=objectives, kpis={"one": one}) == []


def test_an_objectives_check_in_is_compared_with_its_roll_up() -> None:
    check_ins = [{"on": "2026-05-31", "status": "on_track"}]
    objectives = {"o": objective(check_ins=check_ins)}
    one = kpi(objective="o", actuals={"2026-05": 2})
    finding = only("K306", objectives=objectives, kpis={"one": one})
    assert finding.message == (
        "the check-in of 2026-05-31 says on track, and the figures say off track"
    )
    assert finding.help == 'check in again: `kpi check-in o --status off_track --note "…"`'
    agreed = {"o": objective(check_ins=[{"on": "2026-05-31", "status": "off_track"}])}
    assert faults(objectives=agreed, kpis={"one": one}) == []


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"status": "retired"}, True),
        ({"status": "retired", "retired": {"on": "2026-05-10"}}, True),
        ({"retired": {"on": "2026-05-10"}}, True),
        ({"status": "retired", "retired": {"reason": "nobody read it"}}, False),
        ({"retired": {"on": "2026-07-10"}}, False),
    ],
)
def test_retirement_needs_a_reason(fields: dict[str, Any], faulty: bool) -> None:
    assert faults(kpis={"one": kpi(**fields)}) == ([("K307", "one")] if faulty else [])


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"direction": "increase", "baseline": 50, "target": 40}, ["K304"]),
        ({"direction": "decrease", "baseline": 30, "target": 40}, ["K304"]),
        ({"direction": "decrease", "baseline": 50, "target": 40}, []),
        ({"direction": "increase", "target": "-15%"}, ["K304"]),
        ({"direction": "decrease", "target": "-15pp", "baseline": 3}, []),
        ({"direction": "increase", "baseline": -50, "target": "+10%"}, []),
        ({"direction": "increase", "baseline": 50, "target": {"stretch": 40}}, ["K304"]),
        ({"direction": "increase", "baseline": 40, "target": {"stretch": 40}}, ["K305"]),
        ({"direction": "increase", "baseline": 40, "target": {"value": 40}}, ["K305"]),
        ({"direction": "increase", "baseline": 40.0, "target": "+0%"}, ["K305"]),
        ({"baseline": 0, "target": "+10%"}, ["K305"]),
        ({"baseline": 0, "target": "+10pp"}, []),
        ({"direction": "decrease", "baseline": 50, "target": {"at_least": 60}}, ["K304"]),
        ({"direction": "increase", "target": {"at_most": {"2026": 60}}}, ["K304"]),
        ({"direction": "decrease", "target": {"at_most": 60}}, []),
        ({"direction": "decrease", "target": {"between": [1, 2]}}, []),
        (
            {
                "direction": "decrease",
                "target": {"at_most": 60},
                "target_changes": [
                    {"from": "2026-02-01", "target": {"at_least": 3}, "reason": "x"},
                    {"from": "2026-12-01", "target": {"at_least": 3}, "reason": "x"},
                ],
            },
            ["K304"],
        ),
        ({"direction": "increase", "baseline": 60, "target": {"at_least": 60}}, []),
        ({"direction": "increase", "baseline": 500, "target": 400, "aggregation": "sum"}, []),
        ({"baseline": 400, "target": 400, "aggregation": "sum"}, []),
        (
            {"baseline": 400, "target": 400, "aggregation": "sum", "window": 3},
            ["K305"],
        ),
        ({"direction": "increase", "target": 40, "actuals": {"2026-05": 40}}, []),
    ],
)
def test_direction_and_baseline_against_the_target(
    fields: dict[str, Any], codes: list[str]
) -> None:
    assert [code for code, _ in faults(kpis={"one": kpi(**fields)})] == codes


@pytest.mark.parametrize(
    ("direction", "form"), [("increase", "at_least"), ("decrease", "at_most"), (None, "at_least")]
)
def test_how_to_keep_a_value_is_said(direction: str | None, form: str) -> None:
    one = kpi(direction=direction, baseline=40, target=40)
    assert only("K305", kpis={"one": one}).help == (
        f"to keep it there write `target: {{{form}: 40}}`"
    )


def test_changed_targets_are_looked_at_as_well() -> None:
    text = """\
kpis:
  one:
    name: N
    objective: top
    owner: an
    unit: count
    source: {manual: b}
    direction: increase
    baseline: 40
    target: 50
    target_changes:
      - {from: 2026-05-05, reason: so, target: «K304»30}
      - {from: 2026-05-15, reason: so, target: «K305»40}
      - {from: 2026-06-15, reason: so, target: 40}
"""
    assert missed({"firm.yaml": firm(), "more.yaml": text}) == (set(), set())
