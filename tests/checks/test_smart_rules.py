"""The structured, graph and history rules of `kpi check-smart`, by value: what rescues a record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kpi_cli.checks.engine import Checked, Selection, checked
from kpi_cli.checks.selection import for_check_smart, for_validate
from kpi_cli.diagnostics import Severity
from kpi_cli.models import Config
from tests.checks.bench import AS_OF, YEAR, firm, kpi, loaded, objective

MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)][4:17]
"""2025-05 to 2026-05."""
BASE = {"value": 60, "date": "2026-04-30"}
MOVE: dict[str, Any] = {"baseline": BASE, "target": 80}
RETIRED = {"status": "retired", "retired": {"on": "2026-05-10", "reason": "nobody read it"}}


def look(code: str, as_of: date = AS_OF, config: str = "version: 1\n", **sections: Any) -> Checked:
    """What one rule alone says of `firm` with these records."""
    plan = loaded({"kpi.yaml": config, "firm.yaml": firm(**sections)})
    assert not [d for d in plan.diagnostics if d.drops], plan.diagnostics
    return checked(plan, as_of, Selection(frozenset({code}), {}))


def says(code: str, as_of: date = AS_OF, **fields: Any) -> str | None:
    """`warning`, or None: what a rule makes of one KPI with these fields."""
    found = look(code, as_of, kpis={"one": kpi(**fields)}).findings
    severities = {f.severity.value for f in found if f.subject == "one"}
    assert len(severities) < 2
    return next(iter(severities), None)


def series(*values: float) -> dict[str, float]:
    """The latest months up to 2026-05 with these figures."""
    return dict(zip(MONTHS[-len(values) :], values, strict=True))


FLAT = (58, 61, 59, 62, 60, 58, 61, 59, 60, 61)


@pytest.mark.parametrize(
    ("code", "fields", "severity"),
    [
        ("M204", {"target": 80, "direction": "increase"}, "warning"),
        ("M204", {"target": "+10%"}, "error"),
        ("M204", {"target": 80, "baseline": 60}, "info"),
        ("M204", MOVE, None),
        ("M204", {"target": {"at_least": 80}}, None),
        ("M204", {"target": 80, "aggregation": "sum"}, None),
        ("M204", {"target": "+10%", **RETIRED}, None),
        ("M207", {}, "warning"),
        ("M207", {"definition": "A measure"}, "warning"),
        ("M207", {"definition": "Paid orders"}, "warning"),
        ("M207", {"definition": "Orders paid, less those returned"}, None),
        ("M207", {"numerator": "those who pay", "denominator": "all"}, None),
        ("M207", {"formula": "base * 2", "source": None}, None),
        ("M207", {"target": {"milestones": [{"name": "m", "due": "2026-09-30"}]}}, None),
        ("M208", {"formula": "nothing * 2"}, "error"),
        ("M208", {"formula": "base * 2"}, None),
        ("M213", {"bounds": [0, 100], "target": {"at_least": 120}}, "error"),
        ("M213", {"name": "NPS", "target": {"at_least": 120}}, "error"),
        ("M213", {"name": "NPS", "target": {"at_least": 45}}, None),
        ("M213", {"name": "On-time share", "unit": "%", "target": {"at_least": 101}}, "error"),
        ("M213", {"name": "Net revenue retention", "unit": "%", "target": {"at_least": 110}}, None),
        ("M213", {"target": {"at_least": -3}}, "error"),
        ("M213", {"name": "Net new people", "target": {"at_least": -3}}, None),
        ("M213", {"unit": "USD", "target": {"at_least": -3}}, None),
        ("M214", {"target": {"at_least": 5.25}, "actuals": series(5, 6, 7)}, "info"),
        ("M214", {"target": {"at_least": 5.5}, "actuals": series(5.1, 6, 7)}, None),
        ("M214", {"target": {"at_least": 5.25}, "actuals": series(5, 6)}, None),
        ("M215", {"name": "Customer survey"}, "warning"),
        ("M215", {"name": "Customer survey", "population": "400 regulars"}, None),
        ("M215", {"name": "Khảo sát khách hàng"}, "warning"),
        ("M217", {"target": 1, "baseline": 0, "actuals": series(0, 0, 1)}, "warning"),
        ("M217", {"target": 1, "baseline": 0, "actuals": series(0, 0, 2)}, None),
        ("M217", {"target": {"at_most": 1}, "actuals": series(0, 0, 1)}, None),
        ("M218", {"name": "Customers to date", "actuals": series(1, 2, 3, 4, 5, 6)}, "warning"),
        ("M218", {"name": "Tổng khách hàng", "actuals": series(1, 2, 3, 4, 5, 6)}, "warning"),
        ("M218", {"name": "Customers to date", "actuals": series(1, 2, 3, 4, 3, 6)}, None),
        ("M218", {"name": "Customers", "actuals": series(1, 2, 3, 4, 5, 6)}, None),
        ("M216", {**MOVE, "target": 61, "actuals": series(*FLAT)}, "warning"),
        ("M216", {**MOVE, "target": 70, "actuals": series(*FLAT)}, None),
        ("M216", {**MOVE, "target": 61, "actuals": series(*FLAT[:5])}, None),
        ("A304", {"baseline": 80, "target": 80, "direction": "increase"}, "error"),
        ("A304", MOVE, None),
        ("A309", {**MOVE, "target": "+10%"}, "info"),
        ("A309", {**MOVE, "target": 120}, "info"),
        ("A309", {**MOVE, "target": 83}, None),
        ("A309", {**MOVE, "target": "+10pp"}, None),
        ("A309", {**MOVE, "target": "+10%", "start": "2026-05-01", "actuals": series(1, 2, 3, 4)},
         None),
        ("R414", {}, "info"),
        ("R414", {"when_red": "An calls the regulars"}, None),
        ("R414", RETIRED, None),
        ("T506", {"frequency": "weekly", "source": {"manual": "m", "refresh": "monthly"}},
         "warning"),
        ("T506", {"frequency": "monthly", "source": {"manual": "m", "refresh": "daily"}}, None),
        ("T506", {"frequency": "daily", "source": {"manual": "m", "refresh": "irregular"}}, None),
        ("T508", MOVE, "info"),
        ("T508", {**MOVE, "path": {"2026-08": 70}}, None),
        ("T508", {**MOVE, "due": "2026-10-31"}, None),
        ("T508", {"target": {"at_least": 5}}, None),
        ("T509", {**MOVE, "baseline": {"value": 60, "date": "2026-02-10"}}, "warning"),
        ("T509", {**MOVE, "baseline": {"value": 60, "date": "2026-03-31"}}, None),
        ("T509", {**MOVE, "baseline": {"value": 60, "date": "2026-05-02"}}, "warning"),
        ("T509", {**MOVE, "frequency": "quarterly",
                  "baseline": {"value": 60, "date": "2025-12-31"}}, None),
        ("T511", {"leads": [{"kpi": "base", "lag_days": 300}]}, "warning"),
        ("T511", {"leads": [{"kpi": "base", "lag_days": 90}]}, None),
        ("R406", {"guardrails": ["one"]}, "warning"),
        ("R406", {"guardrails": ["base"], "part_of": "base"}, "warning"),
        ("R406", {"guardrails": ["base"]}, None),
    ],
)  # fmt: skip
def test_one_kpi(code: str, fields: dict[str, Any], severity: str | None) -> None:
    assert says(code, **fields) == severity


def test_the_baseline_to_write_is_the_last_figure_before_the_start() -> None:
    found = look(
        "M204", kpis={"one": kpi(target=80, direction="increase", actuals=series(55, 57, 59))}
    )
    (finding,) = [f for f in found.findings if f.subject == "one"]
    assert finding.help == (
        "add `baseline: {value: 57, date: 2026-04-30}`, the last figure before it starts"
    )


def pairs(count: int, hits: int) -> dict[str, Any]:
    return {"2026-05": {"numerator": hits, "denominator": count}}


@pytest.mark.parametrize(
    ("count", "target", "severity"), [(20, 83, "warning"), (20, 90, None), (400, 83, None)]
)
def test_a_sample_may_be_too_small(count: int, target: float, severity: str | None) -> None:
    share = {"unit": "%", "numerator": "a", "denominator": "b", "baseline": 80, "target": target}
    assert says("M215", **share, actuals=pairs(count, count // 2)) == severity


def test_what_cannot_be_told_is_said_to_be_unknown() -> None:
    found = look("A307", kpis={"one": kpi(**MOVE, actuals=series(1, 2, 3))})
    assert found.findings == []
    assert found.unknown["one"] == {"A307"}
    assert "one" in look("M214", kpis={"one": kpi()}).unknown
    assert "one" in look("T506", kpis={"one": kpi()}).unknown


# Feasibility: ten months about 60, the target from May on.


def test_the_wording_of_a_target_nobody_ever_came_near() -> None:
    fields = {**MOVE, "target": 66, "start": "2026-05-01", "due": "2026-08-31"}
    (finding,) = look(
        "A308", kpis={"one": kpi(**fields, actuals=series(*FLAT, 58, 62, 60))}
    ).findings
    assert finding.message.startswith(
        "'one' needs +6 in 3 months; in 10 such spans since 2025-05 the largest rise was +4"
        " (0 of 10); at the usual behaviour the chance is "
    )
    assert finding.severity is Severity.WARNING
    assert str(finding.help).startswith(
        "say in `rationale:` what will be different, or re-plan to about "
    )


FAR = {"baseline": BASE, "target": 300, "start": "2026-05-01", "actuals": series(*FLAT)}


def test_a_rationale_sets_a_doubt_aside_and_is_shown() -> None:
    assert says("A307", **FAR) == "warning"
    aside = look("A307", kpis={"one": kpi(**FAR, rationale="A second shop opens")})
    assert aside.findings == []
    assert [(s.finding.code, s.reason) for s in aside.suppressed] == [
        ("A307", "rationale: A second shop opens")
    ]


def test_a_target_beyond_the_bounds_is_an_error() -> None:
    assert says("A307", **FAR, bounds=[0, 200]) == "error"


def test_a_stretch_of_an_aspirational_objective_is_meant() -> None:
    noisy = series(57, 61, 58, 63, 59, 62, 58, 57, 62, 59, 58, 60)
    fields = {"baseline": BASE, "target": 66, "due": "2026-09-30", "actuals": noisy}
    bold = objective(supports=[], team="firm", commitment="aspirational")
    kpis = {"one": kpi(**fields, objective="bold")}
    found = look("A308", objectives={"bold": bold}, kpis=kpis)
    assert [s.reason for s in found.suppressed] == ["'bold' is aspirational"]
    assert says("A308", **fields) == "warning"


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"target": 58, "actuals": series(*FLAT)}, "warning"),
        ({"target": 80, "actuals": series(*FLAT)}, None),
        ({"target": {"at_least": 58}, "actuals": series(*FLAT)}, None),
        ({"target": 58, "actuals": series(60)}, None),
        ({"target": 58, "actuals": series(50, 52, 54, 56, 64)}, None),
    ],
)
def test_met_before_it_was_set(fields: dict[str, Any], severity: str | None) -> None:
    base = {"value": 50, "date": "2026-04-30"}
    assert says("A305", **fields, baseline=base, start="2026-05-01") == severity


def test_what_was_reached_after_the_target_was_set_is_no_fault() -> None:
    rising = series(50, 51, 49, 50, 51, 50, 49, 50, 51, 50, 58, 62)
    done = {"baseline": {"value": 50, "date": "2026-03-31"}, "target": 60, "start": "2026-04-01"}
    year = objective(supports=[], team="firm", period={"start": "2026-04-01", "end": "2026-12-31"})
    for code in ("A305", "A306", "A307", "A308"):
        kpis = {"one": kpi(**done, objective="year", actuals=rising)}
        found = look(code, objectives={"year": year}, kpis=kpis)
        assert [f for f in found.findings if f.subject == "one"] == []


def test_a_target_that_comes_by_itself() -> None:
    climbing = series(101, 104, 107, 111, 114, 117, 120, 124, 126, 129, 130)
    fields = {"baseline": {"value": 129, "date": "2026-04-30"}, "start": "2026-05-01"}
    assert says("A306", **fields, target=130, actuals=climbing) == "warning"
    assert says("A306", **fields, target=170, actuals=climbing) is None
    assert says("A306", **fields, target={"at_least": 130}, actuals=climbing) is None


@pytest.mark.parametrize(
    ("target", "values", "severity"),
    [
        ({"at_least": 50}, (60, 61, 62, 60), "info"),
        ({"at_least": 50}, (60, 61, 52, 60), None),
        ({"at_least": 70}, (60, 61, 62, 60), "info"),
        ({"at_most": 50}, (40, 41, 39, 40), "info"),
        ({"at_least": 50}, (60, 61, 62), None),
        ({"between": [50, 70]}, (60, 60, 60, 60), None),
    ],
)
def test_limits_that_say_nothing_new(
    target: dict[str, Any], values: tuple[float, ...], severity: str | None
) -> None:
    spring = objective(
        supports=[], team="firm", period={"start": "2026-02-01", "end": "2026-12-31"}
    )
    kpis = {"one": kpi(target=target, actuals=series(*values), objective="spring")}
    found = look("A313", objectives={"spring": spring}, kpis=kpis).findings
    assert [f.severity.value for f in found if f.subject == "one"] == [severity] * bool(severity)


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
