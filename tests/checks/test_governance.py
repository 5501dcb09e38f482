"""Actions, notes, decisions, reviews and money beside red figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.governance import is_red
from kpi_cli.checks.index import PlanIndex
from kpi_cli.checks.left_out import LeftOut
from tests.checks.bench import every, firm, kpi, loaded, objective

RED = {"one": kpi(target={"at_least": 5}, actuals={"2026-05": {"value": 1, "note": "a strike"}})}
SILENT = {"one": kpi(target={"at_least": 5}, actuals={"2026-05": 1})}
AN = {"title": "So", "kpi": "one", "owner": "an"}


def codes(as_of: str = "2026-05-31", **sections: dict[str, Any]) -> list[tuple[str, str | None]]:
    found = every(firm(**sections), date.fromisoformat(as_of))
    return sorted((f.code, f.subject) for f in found)


@pytest.mark.parametrize(
    ("work", "is_answered"),
    [
        ({}, False),
        ({"actions": {"a": AN}}, True),
        ({"actions": {"a": AN | {"opened": "2026-06-02"}}}, False),
        ({"actions": {"a": AN | {"status": "dropped"}}}, False),
        ({"actions": {"a": AN | {"status": "done", "due": "2026-05-31"}}}, True),
        ({"actions": {"a": AN | {"status": "done", "due": "2026-05-30"}}}, False),
        ({"reviews": {"r": {"decisions": [AN | {}]}}}, True),
        ({"reviews": {"r": {"on": "2026-06-04", "decisions": [AN]}}}, False),
    ],
)
def test_red_wants_an_action(work: dict[str, Any], is_answered: bool) -> None:
    for records in work.get("reviews", {}).values():
        records["decisions"] = [{"text": "So", "kpi": "one", "owner": "an"}]
    assert codes(kpis=RED, **work) == ([] if is_answered else [("K401", "one")])


def test_a_decision_past_its_date_answers_nothing() -> None:
    decision = {"text": "So", "kpi": "one", "owner": "an", "due": "2026-05-30"}
    assert codes(kpis=RED, reviews={"r": {"decisions": [decision]}}) == [("K401", "one")]


def test_what_is_missed_wants_words_and_no_action() -> None:
    ended = {"one": kpi(due="2026-05-31", target={"at_least": 5}, actuals={"2026-05": 1})}
    found = codes("2026-06-30", kpis=ended)
    assert ("K403", "one") in found
    assert "K401" not in dict(found)


@pytest.mark.parametrize(
    "said",
    [
        {"check_ins": [{"on": "2026-05-20", "by": "an", "note": "a strike"}]},
        {"check_ins": [{"on": "2026-05-20", "by": "an", "cause": "external"}]},
    ],
)
def test_why_it_is_red_may_stand_in_a_check_in(said: dict[str, Any]) -> None:
    one = {"one": SILENT["one"] | said}
    assert codes(kpis=one, actions={"a": AN}) == []
    assert codes(kpis=SILENT, actions={"a": AN}) == [("K403", "one")]
    assert codes(kpis=SILENT, actions={"a": AN | {"cause": "quality"}}) == []


def test_words_of_an_earlier_period_explain_nothing() -> None:
    early = [{"on": "2026-04-20", "by": "an", "note": "a strike"}]
    one = {"one": SILENT["one"] | {"check_ins": early}}
    assert codes(kpis=one, actions={"a": AN}) == [("K403", "one")]


def test_set_aside_is_not_red() -> None:
    draft = {"one": RED["one"] | {"status": "draft"}}
    assert codes(kpis=draft) == []


@pytest.mark.parametrize(("due", "late"), [("2026-05-30", True), ("2026-05-31", False)])
def test_an_action_is_overdue_from_the_day_after(due: str, late: bool) -> None:
    found = codes(actions={"a": {"title": "So", "kpi": "base", "owner": "an", "due": due}})
    assert found == ([("K402", "a")] if late else [])


@pytest.mark.parametrize(
    ("kind", "as_of", "overdue"),
    [
        ("weekly", "2026-05-10", False),
        ("weekly", "2026-05-11", True),
        ("monthly", "2026-06-09", False),
        ("monthly", "2026-06-10", True),
        ("quarterly", "2026-08-19", False),
        ("quarterly", "2026-08-20", True),
        ("annual", "2027-06-14", False),
        ("annual", "2027-06-15", True),
    ],
)
def test_a_review_is_overdue_after_its_grace(kind: str, as_of: str, overdue: bool) -> None:
    found = codes(as_of, reviews={"r": {"on": "2026-04-30", "kind": kind}})
    assert (("K404", "r") in found) is overdue


def test_the_month_after_31_january_is_february() -> None:
    reviews = {"r": {"on": "2026-01-31", "kind": "monthly"}}
    assert "K404" in dict(codes("2026-03-11", reviews=reviews))
    assert "K404" not in dict(codes("2026-03-10", reviews=reviews))


def test_over_budget_needs_one_currency() -> None:
    plan = {"title": "So", "kpis": ["base"], "owner": "an", "budget": "4 EUR", "spent": "5 EUR"}
    assert codes(initiatives={"i": plan}) == [("K406", "i")]
    assert codes(initiatives={"i": plan | {"spent": "4 EUR"}}) == []
    assert codes(initiatives={"i": plan | {"spent": "5 USD"}}) == []


def two(red: dict[str, Any], rich: dict[str, Any], **more: Any) -> list[tuple[str, str | None]]:
    """A red and a healthy objective with these fields, and what is found."""
    means = {"budget": "100 EUR", "spent": "1 EUR"}
    whole = {"start": "2026-01-01", "end": "2026-12-31"}
    bad = {f"2026-0{month}": {"value": 1, "note": "a strike"} for month in range(1, 6)}
    good = {f"2026-0{month}": 9 for month in range(1, 6)}
    return codes(
        objectives={
            "top": objective(supports=[], team="firm", period=whole),
            "red": objective(period=whole, team="firm", **red),
            "rich": objective(period=whole, team="firm", **{"resources": means, **rich}),
        },
        kpis={"base": kpi(actuals=good), "one": kpi(objective="red", actuals=bad),
              "two": kpi(objective="rich", actuals=good)},
        actions={"a": AN},
        **more,
    )  # fmt: skip


def test_money_on_the_healthy_while_the_red_starve() -> None:
    assert two({}, {}) == [("K407", "red")]
    assert two({"resources": {"people_days": 3}}, {}) == []
    assert two({}, {"resources": {"budget": "100 EUR", "spent": "90 EUR"}}) == []
    assert two({"weight": 1}, {"weight": 2}) == []
    running = {"i": {"title": "So", "kpis": ["one"], "owner": "an", "status": "doing"}}
    assert two({}, {}, initiatives=running) == []


@given(
    value=st.floats(-5, 15),
    end=st.sampled_from(["2026-02", "2026-04", "2026-05"]),
    base=st.sampled_from([0, 10]),
)
@settings(max_examples=80, deadline=None)
def test_the_quick_test_never_hides_a_red_kpi(value: float, end: str, base: int) -> None:
    period = {"start": "2026-01-01", "end": "2026-12-31"}
    one = kpi(baseline=base, target=10 - base, actuals={end: value}, due="2026-12-31",
              start="2026-01-01", frequency="irregular")  # fmt: skip
    text = firm(objectives={"top": objective(supports=[], team="firm", period=period)},
                kpis={"one": one})  # fmt: skip
    plan = loaded(text).plan
    day = date(2026, 5, 31)
    judged = {name for name, r in assess(plan, day).kpis.items() if is_red(r)}
    assert set(PlanIndex(plan, day, LeftOut(None)).red) == judged
