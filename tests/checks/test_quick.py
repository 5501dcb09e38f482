"""The quick tests of rules: what they pass over, the long way finds nothing in either."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.analysis.assess import assess, judge_of
from kpi_cli.analysis.behind import may_be_behind
from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.governance import is_red
from kpi_cli.analysis.well import is_plainly_well
from kpi_cli.checks.courses import Courses
from kpi_cli.checks.registry import Context
from kpi_cli.period import Calendar, Frequency
from tests.checks.bench import AS_OF, faults, firm, kpi, loaded, objective

MONTHS = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
NUMBERS = [-5, 0, 1, 2, 4, 5, 5.0001, 6, 7, 9, 10, 30, None]
TARGETS: list[Any] = [
    10, 10, 10, 2, {"at_least": 5}, {"at_most": 9, "tolerance": 1}, {"between": [2, 9]}, "+50%",
    {"at_least": {"2026-03": 4, "2026-05": 9}},
]  # fmt: skip
CHANGES = [{"from": "2026-03-01", "target": 30, "due": "2026-05-20", "reason": "agreed"}]
FIELDS: dict[str, list[Any]] = {
    "target": TARGETS,
    "baseline": [4, 4, {"value": 10, "date": "2025-12-31"}, None],
    "aggregation": ["last", "last", "last", "sum", "mean", "max"],
    "window": [None, None, None, 3],
    "reset": [None, None, "quarter"],
    "direction": [None, None, None, "increase", "decrease"],
    "method": [None, "sdg"],
    "pace": [None, None, None, "geometric"],
    "start": ["2026-01-01", "2026-01-01", "2026-04-10", None],
    "due": ["2026-12-31", "2026-12-31", "2026-05-20"],
    "path": [None, None, None, {"2026-05": 9}],
    "target_changes": [None, None, None, CHANGES],
}
ANY_KPI = st.fixed_dictionaries(
    {name: st.sampled_from(choices) for name, choices in FIELDS.items()}
    | {"actuals": st.tuples(*[st.sampled_from(NUMBERS)] * len(MONTHS))}
)


@settings(max_examples=400)
@given(ANY_KPI, st.sampled_from([date(2026, 4, 30), date(2026, 5, 31)]))
def test_a_red_kpi_is_never_passed_over(fields: dict[str, Any], as_of: date) -> None:
    actuals = dict(zip(MONTHS, fields.pop("actuals"), strict=True))
    plan = loaded(firm(kpis={"base": kpi(**fields, actuals=actuals)})).plan
    for one in plan.kpis.values():
        judge = judge_of(plan, one, SeriesBook(plan, as_of), as_of)
        if is_red(judge.result()):
            assert may_be_behind(judge)
            assert not is_plainly_well(plan, one, plan.series[one.id], as_of)


WAY: dict[str, Any] = {"target": 10, "baseline": 4, "start": "2026-01-01", "due": "2026-12-31"}
FALL: dict[str, Any] = {**WAY, "target": 4, "baseline": {"value": 10, "date": "2025-12-31"}}
LOOKS_WELL: dict[str, tuple[dict[str, Any], float]] = {
    "the due date is over": ({**WAY, "due": "2026-05-20"}, 9.5),
    "growth rates tell": ({**FALL, "target": 1, "method": "sdg"}, 7.4),
    "a path goes up early": ({**WAY, "path": {"2026-05": 9}}, 6.5),
    "a geometric pace falls early": ({**FALL, "pace": "geometric"}, 8.2),
    "the target was changed": ({**WAY, "target_changes": CHANGES}, 6.5),
    "all months add up": ({"aggregation": "sum", "due": "2026-12-31", "target": {"at_most": 9}}, 8),
}


@pytest.mark.parametrize("why", LOOKS_WELL)
def test_what_looks_well_at_first_sight_is_looked_at_again(why: str) -> None:
    fields, value = LOOKS_WELL[why]
    actuals = {"2026-03": 5, "2026-04": 5, "2026-05": value}
    plan = loaded(firm(kpis={"base": kpi(**{"start": "2026-01-01", "actuals": actuals, **fields})}))
    context = Context(plan.plan, AS_OF, lambda: assess(plan.plan, AS_OF))
    assert list(context.index.red) == ["base"]


@pytest.mark.parametrize(("value", "well"), [(5, True), (4, False)])
def test_a_kpi_that_does_well_is_passed_over(value: float, well: bool) -> None:
    plan = loaded(firm(kpis={"base": kpi(due="2026-12-31", actuals={"2026-05": value})})).plan
    as_of, base = date(2026, 5, 31), plan.kpis["base"]
    assert is_plainly_well(plan, base, plan.series["base"], as_of) is well
    total = loaded(
        firm(kpis={"base": kpi(target=5, aggregation="sum", actuals={"2026-05": value - 4})})
    ).plan
    judge = judge_of(total, total.kpis["base"], SeriesBook(total, as_of), as_of)
    assert may_be_behind(judge) is not well


@given(st.lists(st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-Q1", "2026-02-14"])))
def test_a_course_says_what_its_periods_say(names: list[str]) -> None:
    calendar, courses = Calendar(), Courses()
    courses.of([calendar.parse(name) for name in ("2026-01", "2026-02", "2026-03")])
    periods = [calendar.parse(name) for name in names]
    course = courses.of(periods)
    assert course is courses.of(list(periods))
    pairs = list(pairwise(periods))
    assert course.overlapping == tuple(
        row for row, (one, two) in enumerate(pairs, 1) if two.start <= one.end
    )
    whole = {period.frequency for period in periods}
    follow = all(two.start == one.end + timedelta(days=1) for one, two in pairs)
    assert course.unbroken == (whole.pop() if len(whole) == 1 and follow else None)
    assert Courses().of([]).unbroken is None
    assert courses.of([calendar.parse("2026-01")]).unbroken is Frequency.MONTHLY


UNKNOWN = {
    "objective": ("K102", "nothing"),
    "owner": ("K104", "nobody"),
    "contributors": ("K104", ["nobody"]),
    "team": ("K105", "none"),
    "check_ins": ("K104", [{"on": "2026-05-01", "by": "nobody", "note": "so"}]),
    "part_of": ("K103", "none"),
    "leads": ("K103", [{"kpi": "none", "lag_days": 30, "because": "so"}]),
    "guardrails": ("K103", ["none"]),
    "opposes": ("K103", ["none"]),
    "target_changes": (
        "K104",
        [{"from": "2026-05-02", "target": 6, "reason": "so", "approved_by": "nobody"}],
    ),
    "retired": ("K103", {"on": "2026-05-01", "reason": "so", "replaced_by": "none"}),
}


@pytest.mark.parametrize("field", UNKNOWN)
def test_no_id_of_a_kpi_is_passed_over(field: str) -> None:
    code, value = UNKNOWN[field]
    assert (code, "other") in faults(kpis={"other": kpi(**{field: value})})


def test_the_same_figure_under_two_objectives_is_found_whatever_its_source_is_called() -> None:
    same = {"definition": "All that were sold", "population": "every shop"}
    found = faults(
        objectives={"next": objective()},
        kpis={
            "one": kpi(**same, source={"manual": "The  Till"}),
            "two": kpi(**same, objective="next", source={"manual": "the till"}),
            "other": kpi(**same, source={"manual": "the web shop"}),
            "ratio": kpi(formula="one / other", source={"manual": "a book"}),
            "again": kpi(formula="one  /  other", source=None),
        },
    )
    assert [pair for pair in found if pair[0] == "R407"] == [("R407", "again"), ("R407", "two")]
