from typing import Any

import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.views.data_quality import data_quality
from kpi_cli.views.facts import Written, facts_of
from kpi_cli.views.kpi import KpiPage, kpi_page
from kpi_cli.views.lists import kpi_lists
from kpi_cli.views.objective import objective_page
from kpi_cli.views.report import build_report
from tests.memory import judge, load
from tests.views.plans import company, company_facts
from tests.views.test_overview import finding

FACTS = company_facts()


def page(name: str) -> KpiPage:
    """The page of one KPI of the company."""
    return kpi_page(FACTS, company().kpis[name])


def one(fields: str, as_of: str = "2026-05-31") -> KpiPage:
    """The page of a KPI with these fields."""
    plan = f"kpis: {{x: {{name: X, start: 2026-01-01, due: 2026-12-31, {fields}}}}}"
    assessment = judge(plan, as_of)
    return kpi_page(facts_of(assessment), assessment.kpis["x"])


def test_a_kpi_page_says_what_why_and_what_next() -> None:
    view = page("behind")
    assert view.headline.text == "Repeat rate: 30.5 %, off track: 5 % of the way, 41 % due"
    assert {
        "Now": "30.5 %", "Target": "40 %", "Expected by now": "34.1 %", "Progress": "5 %",
        "Data": "fresh",
    }.items() <= {key.label: key.value for key in view.keys}.items()  # fmt: skip
    assert view.notes == (("2026-05", "shop closed"),)
    assert [row.title for row in view.actions] == ["Late one"]
    assert [row.title for row in view.past_actions] == ["Ended"]
    assert [row.title for row in view.initiatives] == ["Loyalty card"]
    assert [row.text for row in view.decisions] == ["Still running"]
    assert view.place == Written("plan.yaml", 17, None)
    assert [ref.id for ref in view.trail] == ["loyal"]


def test_values_newest_first_with_the_plan_and_blanks() -> None:
    rows = page("behind").values
    assert [(row.period, row.judged, row.plan) for row in rows] == [
        ("2026-05", "30.5 %", "34.1 %"), ("2026-04", "30.2 %", "33.3 %"),
        ("2026-02", "–", "31.6 %"), ("2026-01", "30 %", "30.8 %"),
    ]  # fmt: skip


def test_a_total_shows_what_is_judged_beside_the_period_alone() -> None:
    view = one("aggregation: sum, target: 100, actuals: {2025-12: 9, 2026-01: 10, 2026-02: 5}")
    assert [(row.judged, row.own, row.plan) for row in view.values] == [
        ("15", "5", "15.9"), ("10", None, "8.24"), ("–", "9", None)
    ]  # fmt: skip
    assert view.lines is not None
    assert [dot.value for dot in view.lines.judged] == [None, 10, 15]
    assert view.lines.singles == ()


def test_a_cap_is_told_as_used_up() -> None:
    view = one("aggregation: sum, target: {at_most: 6}, actuals: {2026-05: 2}")
    keys = {key.label: (key.value, key.detail) for key in view.keys}
    assert keys["Used"] == ("33 %", "41 % in step")
    assert "Progress" not in keys


def test_milestones_have_rows_and_no_chart() -> None:
    view = one(
        "target: {milestones: [{name: A, due: 2026-02-01, done: 2026-01-20},"
        " {name: B, due: 2026-03-01, weight: 2}, {name: C, due: 2026-12-01}]}"
    )
    assert [(row.name, row.state, row.weight) for row in view.milestones] == [
        ("A", "done 20 January 2026", "1"), ("B", "overdue", "2"), ("C", "open", "1")
    ]  # fmt: skip
    assert view.lines is None
    assert view.keys[0].value == "1 of 3 done"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("target: {done: true}, actuals: {2026-05-01: true}", {"Now": "done", "Target": "done"}),
        (
            "target: {zones: {low: 0, target: 0.7, high: 1}}, actuals: {2026-05: high}",
            {"Now": "high", "Target": "reach “target”"},
        ),
        (
            "unit: '%', baseline: 20, target: '+50%', actuals: {2026-05: 25}",
            {"Now": "25 %", "Target": "30 % (+50 %)"},
        ),
        (
            "baseline: 10, target: {stretch: 20}, actuals: {2026-05: 14}",
            {"Now": "14 (commit)", "Target": "17 (stretch 20)"},
        ),
        (
            "target: {between: [4, 5]}, actuals: {2026-04: 4.4, 2026-05: 6}",
            {"Now": "6", "Target": "4 to 5", "Kept": "1 of 5"},
        ),
        ("status: retired, retired: {on: 2026-02-01}, target: 5", {"Now": "no figure"}),
        ("target: 5", {"Data": "stale"}),
    ],
)
def test_the_key_figures_of_every_form(fields: str, expected: dict[str, str]) -> None:
    found = {key.label: key.value for key in one(fields).keys}
    assert {label: found[label] for label in expected} == expected


def test_target_changes_known_by_the_day() -> None:
    view = one(
        "baseline: 0, target: 10, actuals: {2026-05: 2}, target_changes: ["
        "{from: 2026-03-01, target: 8, reason: store closed, approved_by: lan},"
        "{from: 2026-07-01, target: 4, reason: later}]"
    )
    assert [(row.on, row.target, row.reason) for row in view.changes] == [
        ("1 March 2026", "8", "store closed")
    ]
    assert view.lines is None


def test_events_on_the_chart_lie_inside_it() -> None:
    values = ", ".join(f"2025-{m:02d}: {{value: {m}, note: note {m}}}" for m in range(1, 13))
    view = one(f"baseline: 0, target: 20, actuals: {{{values}, 2026-01: 14}}")
    assert view.lines is not None
    assert [event.text for event in view.lines.events] == ["note 10", "note 11", "note 12"]
    assert view.lines.plan[0] == (view.lines.plan[0][0], 0)
    assert view.lines.plan[-1][1] == 20


def test_an_objective_page_shows_evidence_support_and_standing() -> None:
    view = objective_page(FACTS, company().objectives["loyal"])
    assert [row.ref.id for row in view.evidence] == [
        "behind", "fine", "old", "silent", "word", "aimless"
    ]  # fmt: skip
    assert [row.ref.id for row in view.supporting] == ["heavy"]
    assert {ref.id for ref, _ in view.left_out} == {"aimless"}
    assert [row.title for row in view.actions] == ["Late one", "Soon", "Far"]
    assert [row.text for row in view.decisions] == ["The newest", "Still running"]
    assert view.resources is not None
    assert any("at risk while one that counts is behind" in line for line in view.standing) == (
        company().objectives["loyal"].capped
    )
    labels = [fact.label for fact in view.facts]
    assert labels == ["Owner", "Team", "Period"]


def test_a_closed_objective_tells_its_lesson() -> None:
    plan = (
        "objectives: {o: {title: O, period: '2025', status: closed, closed: {on: 2026-01-05,"
        " outcome: missed, lesson: Start earlier}}}"
    )
    result = judge(plan, "2026-05-31")
    view = objective_page(facts_of(result), result.objectives["o"])
    assert view.closed == ("Missed on 5 January 2026", "Start earlier")
    before = judge(plan, "2025-05-31")
    assert objective_page(facts_of(before), before.objectives["o"]).closed is None


def test_data_quality_puts_stale_sources_first_and_finds_gaps() -> None:
    view = data_quality(FACTS, [finding(Severity.WARNING, 9), finding()], left_out=1)
    assert view.headline.text == "1 KPI is stale, 1 has no figure, 1 error in the files"
    assert view.rows[0].ref.id in ("old", "silent")
    rows: dict[str, Any] = {row.ref.id: row for row in view.rows}
    assert (rows["old"].age, rows["old"].allowed) == ("92 days", "41 days")
    assert rows["behind"].gaps == "2026-02, 2026-03"
    assert [(one.severity, one.line) for one in view.findings] == [("error", 3), ("warning", 9)]


def test_the_method_uses_the_workspaces_own_numbers() -> None:
    config = "version: 1\nstatus: {on_track: {share: 0.2, floor: 0.08}}\ngrace_days: {weekly: 4}"
    view = data_quality(facts_of(judge("teams: {a: {name: A}}", "2026-05-31", config)), [], 0)
    text = dict(view.method)
    assert "at most 20 % of the progress expected (or 8 %" in text["Status"]
    assert "4 days (weekly)" in text["Freshness"]
    assert view.headline.text == "Every KPI has a current figure"


def test_the_method_says_what_a_signal_and_a_forecast_are() -> None:
    plan, day = "teams: {a: {name: A}}", "2026-05-31"
    own = "version: 1\nsignals: {rules: anhoej, centre: median}"
    text = dict(data_quality(facts_of(judge(plan, day)), [], 0).method)
    assert "2.66 times" in text["Signal"]
    assert "eight or more values in a row on one side of the centre" in text["Signal"]
    assert text["Signal"].endswith("Rules: wheeler.")
    assert text["Forecast"].startswith("From 8 values on")
    assert text["Forecast"].endswith("Method: theta+damped+ses.")
    text = dict(data_quality(facts_of(judge(plan, day, own)), [], 0).method)
    assert "3.145 times" in text["Signal"]
    assert "too few crossings of the median. Without" in text["Signal"]


def test_above_three_hundred_kpis_the_table_is_split_by_department() -> None:
    teams = "teams: {f: {name: F}, a: {name: A, parent: f}, b: {name: B, parent: a}}"
    rows = "".join(
        f"  k{n}: {{name: K{n}, team: {'b' if n % 2 else 'f'}, target: 5}}\n" for n in range(304)
    )
    loose = "".join(f"  l{n}: {{name: L{n}, target: 5}}\n" for n in range(301))
    facts = facts_of(judge(f"{teams}\nkpis:\n{rows}{loose}", "2026-05-31"))
    found = [(table.key, table.title, table.part, len(table.rows)) for table in kpi_lists(facts)]
    assert found == [
        ("f", "F", None, 152),
        ("a", "A", None, 152),
        ("_", "Without a team", "part 1 of 2", 300),
        ("_~2", "Without a team", "part 2 of 2", 1),
    ]


def test_a_report_has_a_page_for_every_record() -> None:
    report = build_report(company(), version="1", digest="d")
    assert [view.ref.id for view in report.kpis] == list(company().kpis)
    assert [view.ref.id for view in report.objectives] == list(company().objectives)
    assert (report.imprint.organisation, report.imprint.as_of_text) == ("The firm", "31 May 2026")


def test_a_record_links_to_its_line_where_the_settings_say_where_files_are_read() -> None:
    config = 'version: 1\nsource_url: "https://git.example.org/a/blob/main/{path}#L{line}"'
    assessment = judge("kpis: {x: {name: X}}", "2026-01-01", config)
    facts = facts_of(assessment, {"x": ("đơn vị/a b.yaml", 3)})
    assert facts.place("x") == Written(
        "đơn vị/a b.yaml",
        3,
        "https://git.example.org/a/blob/main/%C4%91%C6%A1n%20v%E1%BB%8B/a%20b.yaml#L3",
    )
    assert facts.place("nobody") is None


@pytest.mark.parametrize(
    "url", ["http://a/{path}", "javascript:alert(1)//{path}", "https://a/b", "https://a/{path}/{x}"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    loaded = load("kpis: {x: {name: X}}", f"version: 1\nsource_url: '{url}'")
    assert [(one.code, one.place.route) for one in loaded.diagnostics] == [
        ("K015", ("source_url",))
    ]
