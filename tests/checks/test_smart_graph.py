"""The rules of `kpi check-smart` about owners, work, likeness and links, by value."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_cli.checks.engine import Selection, checked
from kpi_cli.checks.selection import for_check_smart, for_validate
from kpi_cli.diagnostics import Severity
from kpi_cli.models import Config
from tests.checks.bench import AS_OF, YEAR, firm, kpi, loaded, objective
from tests.checks.smart_bench import MONTHS, MOVE, RETIRED, look

# Owners, levers, means


@pytest.mark.parametrize(
    ("name", "several"),
    [("An and Binh", True), ("An & Binh", True), ("An và Bình", True), ("Firm", True),
     ("Nguyễn Thị An", False), ("Fernando", False), ("Anderson", False)],
)  # fmt: skip
def test_one_person_is_accountable(name: str, several: bool) -> None:
    people = {"both": {"name": name, "team": "firm"}}
    found = look("A302", people=people, kpis={"one": kpi(owner="both")}).findings
    assert [f.subject for f in found] == ["one"] * several


def test_an_owner_of_too_many() -> None:
    kpis = {f"k{n}": kpi() for n in range(7)}
    (finding,) = look("A303", kpis=kpis).findings
    assert finding.message == "'an' answers for 8 KPIs; the limit is 7"
    assert set(finding.concerns) == {"base", *kpis}
    limits = "version: 1\nlimits: {kpis_per_owner: 8}\n"
    assert look("A303", config=limits, kpis=kpis).findings == []


def levers(**sections: Any) -> list[str | None]:
    kpis = {"one": kpi(**MOVE), **sections.pop("kpis", {})}
    found = look("A310", kpis=kpis, **sections)
    return sorted(str(f.subject) for f in found.findings)


def test_somebody_does_something_for_it() -> None:
    other = {"other": {"title": "Work", "kpis": ["base"], "owner": "an"}}
    assert levers() == []
    assert levers(initiatives=other) == ["one"]
    assert levers(initiatives={"w": {"title": "W", "kpis": ["one"], "owner": "an"}}) == []
    assert levers(actions={"a": {"kpi": "one", "owner": "an"}}) == []
    part = {"part": kpi(**MOVE, part_of="one")}
    work = {"w": {"title": "W", "kpis": ["part"], "owner": "an"}}
    assert levers(kpis=part, initiatives=work) == []
    lead = {"part": kpi(**MOVE, leads=[{"kpi": "one", "lag_days": 30}])}
    assert levers(kpis=lead, initiatives=work) == []
    stopped = {"w": {"title": "W", "kpis": ["one"], "owner": "an", "status": "stopped"}}
    assert levers(initiatives=stopped) == ["one"]


def test_a_budget_reaches_the_kpi() -> None:
    rich = {"rich": objective(resources={"budget": "9000 USD"})}
    kpis = {"one": kpi(**MOVE, objective="rich")}
    assert [f.subject for f in look("A314", objectives=rich, kpis=kpis).findings] == ["one"]
    paid = {"w": {"title": "W", "kpis": ["one"], "owner": "an", "people_days": 9}}
    assert look("A314", objectives=rich, kpis=kpis, initiatives=paid).findings == []


# Alike and copied


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Repeat purchase rate", "Repeat purchases rate", True),
        ("Tỷ lệ khách quay lại", "Ty le khach quay lai", True),
        ("Customer satisfaction score", "Customer satisfaction index", True),
        ("Average order value", "Average order values", True),
        ("Tickets answered at level 1", "Tickets answered at level 2", False),
        ("Revenue of the north", "Revenue of the south", False),
        ("Customers won in the quarter", "Customers lost in the quarter", False),
        ("Revenue", "Churn", False),
    ],
)
def test_names_that_say_nearly_the_same(one: str, two: str, alike: bool) -> None:
    kpis = {"one": kpi(name=one), "two": kpi(name=two)}
    found = look("R408", kpis=kpis).findings
    assert [(f.subject, f.concerns) for f in found] == [("two", ("one",))] * alike
    apart = {"one": kpi(name=one, population="a"), "two": kpi(name=two, population="b")}
    assert look("R408", kpis=apart).findings == []
    shared = {"one": kpi(name=one, metric="m"), "two": kpi(name=two, metric="m")}
    assert look("R408", kpis=shared).findings == []


@pytest.mark.parametrize(
    ("due", "kind", "severity"),
    [("2026-08-31", "weekly", "warning"), ("2026-08-31", "monthly", None),
     ("2026-10-31", "weekly", None), ("2026-06-30", "monthly", "error")],
)  # fmt: skip
def test_enough_figures_for_the_reviews(due: str, kind: str, severity: str | None) -> None:
    reviews = {"r": {"on": "2026-05-20", "kind": kind, "covers": ["top"]}}
    found = look("T505", kpis={"one": kpi(due=due)}, reviews=reviews).findings
    assert [f.severity.value for f in found if f.subject == "one"] == [severity] * bool(severity)


def test_many_names_are_not_compared_in_pairs() -> None:
    kpis = {f"k{n}": kpi(name=f"Sales of article {n}") for n in range(3000)}
    assert look("R408", kpis=kpis).findings == []


TEAMS = {"down": {"name": "Down", "parent": "firm"}, "side": {"name": "Side", "parent": "firm"}}
DOWN = objective(team="down")


def test_a_target_copied_down_without_a_shared_metric() -> None:
    top = kpi(name="Visits", target={"at_least": 60})
    copy = kpi(name="visits", target={"at_least": 60}, objective="below", source={"manual": "x"})
    records = {"teams": TEAMS, "objectives": {"below": DOWN}}
    found = look("R413", **records, kpis={"above": top, "copy": copy}).findings
    assert [f.subject for f in found] == ["copy"]
    own = {**copy, "target": {"at_least": 20}}
    assert look("R413", **records, kpis={"above": top, "copy": own}).findings == []
    part = {**copy, "part_of": "above"}
    assert look("R413", **records, kpis={"above": top, "copy": part}).findings == []


def test_one_kpi_alone_is_noted() -> None:
    (finding,) = look("R411").findings
    assert (finding.subject, finding.severity) == ("top", Severity.INFO)
    assert look("R411", kpis={"two": kpi()}).findings == []


def test_a_circle_counts_against_what_lies_in_it() -> None:
    goals = {"a": objective(supports="b"), "b": objective(supports="a")}
    found = look("R403", objectives=goals, kpis={"one": kpi(objective="a")}).findings
    assert {f.subject for f in found} <= {"a", "b"}
    assert all("one" in f.concerns for f in found)


def test_an_island_counts_against_its_kpis() -> None:
    records = {"teams": TEAMS, "objectives": {"alone": objective(team="down", supports=[])}}
    (finding,) = look("R402", **records, kpis={"one": kpi(objective="alone")}).findings
    assert (finding.subject, finding.severity, finding.concerns) == (
        "alone", Severity.ERROR, ("one",),
    )  # fmt: skip


OLD = {"start": "2025-01-01", "end": "2026-12-31"}


@pytest.mark.parametrize(
    ("review", "told"),
    [
        ({"on": "2026-05-20", "covers": ["base"]}, True),
        ({"on": "2026-05-20", "covers": ["one"]}, False),
        ({"on": "2026-05-20", "covers": ["old"]}, False),
        ({"on": "2026-05-20", "covers": ["firm"]}, False),
        ({"on": "2025-05-20", "covers": ["one"]}, True),
        ({"on": "2026-05-20", "decisions": [{"text": "Keep it", "kpi": "one"}]}, False),
    ],
)
def test_a_look_within_a_year(review: dict[str, Any], told: bool) -> None:
    goals = {"old": objective(period=OLD, supports=[], team="firm")}
    kpis = {"one": kpi(objective="old")}
    found = look("R415", objectives=goals, kpis=kpis, reviews={"r": review}).findings
    assert ("one" in {f.subject for f in found}) == told


def test_a_retired_kpi_is_leant_on() -> None:
    kpis = {"gone": kpi(**RETIRED), "one": kpi(guardrails=["gone"])}
    (finding,) = look("R415", kpis=kpis).findings
    assert (finding.subject, finding.severity) == ("one", Severity.ERROR)


def test_another_teams_figures() -> None:
    people = {"chi": {"name": "Chi", "team": "side"}}
    goals = {"below": DOWN, "beside": objective(team="side", owner="chi")}
    kpis = {
        "theirs": kpi(objective="beside", owner="chi"),
        "one": kpi(objective="below", formula="theirs * 2", source=None),
    }
    records: dict[str, Any] = {"teams": TEAMS, "people": people, "kpis": kpis}
    assert [f.subject for f in look("A312", **records, objectives=goals).findings] == ["one"]
    agreed = {**goals, "below": {**DOWN, "agreed_by": ["chi"]}}
    assert look("A312", **records, objectives=agreed).findings == []
    within = {**goals, "beside": objective(team="down", owner="chi")}
    assert look("A312", **records, objectives=within).findings == []


def test_the_guardrail_that_is_there_already_is_named() -> None:
    goals = {"below": objective(team="firm")}
    fast = kpi(name="Waiting time at the desk", objective="below", target={"at_most": 9})
    (alone,) = look("R405", objectives=goals, kpis={"one": fast}).findings
    assert str(alone.help).startswith("add `guardrails: [ID]` with ")
    happy = {"happy": kpi(name="Satisfaction of guests")}
    (named,) = look("R405", objectives=goals, kpis={"one": fast, **happy}).findings
    assert str(named.help).startswith("add `guardrails: [happy]` if that would show it, else ")


# What each command runs


def test_each_command_says_a_thing_under_its_own_code() -> None:
    wrong = {"one": kpi(direction="increase", baseline=80, target=80, bounds=[0, 50])}
    plan = loaded({"firm.yaml": firm(kpis=wrong)})
    plain = {f.code for f in checked(plan, AS_OF, for_validate(Config())).findings}
    smart = {f.code for f in checked(plan, AS_OF, for_check_smart(Config())).findings}
    assert {"K305", "K204"} <= plain
    assert not {"A304", "M213"} & plain
    assert {"A304", "M213"} <= smart
    assert not {code for code in smart if code.startswith("K")}


def test_profiles() -> None:
    def profile(name: str) -> Selection:
        return for_check_smart(Config.model_validate({"version": 1, "checks": {"profile": name}}))

    assert "S109" not in profile("kpi").codes
    assert {"S109", "O603"} <= profile("strict").codes
    assert profile("okr").severities["S104"] is Severity.ERROR
    assert "S104" not in profile("kpi").severities


def test_drafts_are_judged_in_full() -> None:
    plan = loaded({"firm.yaml": firm(kpis={"one": kpi(target=None, status="draft")})})
    found = {f.code: f for f in checked(plan, AS_OF, for_check_smart(Config())).findings}
    assert found["M201"].severity is Severity.ERROR


@pytest.mark.parametrize("code", ["R409", "A303", "R411"])
def test_what_align_prices_can_be_set_aside_and_switched_off(code: str) -> None:
    stock = {"unit": "days", "metric": "stock", "ignore": [{"code": code, "reason": "meant"}]}
    kpis = {
        "up": kpi(**stock, baseline=10, target=30),
        "down": kpi(**stock, baseline=40, target=20),
        **{f"k{n}": kpi() for n in range(7)},
    }
    people = {"an": {"name": "An", "team": "firm", "ignore": [{"code": code, "reason": "meant"}]}}
    top = {"top": objective(supports=[], team="firm", ignore=[{"code": code, "reason": "meant"}])}
    bare = {name: {k: v for k, v in one.items() if k != "ignore"} for name, one in kpis.items()}
    assert look(code, kpis=bare).findings
    aside = look(code, kpis=kpis, people=people, objectives=top)
    assert aside.findings == []
    assert {s.reason for s in aside.suppressed} == {"meant"}
    off = f"version: 1\nchecks: {{disable: {{{code}: we know}}}}\n"
    assert look(code, config=off, kpis=bare).findings == []


def test_the_years_of_the_fixture() -> None:
    assert YEAR["start"] == "2026-05-01"
    assert (MONTHS[0], MONTHS[-1]) == ("2025-05", "2026-05")
