"""What the first lines say of plans that are empty, all of one colour, or of one team."""

import pytest

from kpi_cli.locale import speaking
from kpi_cli.views.overview import Overview
from kpi_cli.views.report import Report, build_report
from tests.memory import judge

AS_OF = "2026-05-31"
HALF = "{name: K, unit: '%', start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 10"


def _report(plan: str) -> Report:
    return build_report(judge(plan, AS_OF), version="1", digest="d")


def _overview(*kpis: str, more: str = "") -> Overview:
    rows = "".join(f"  k{n}: {HALF}, {fields}}}\n" for n, fields in enumerate(kpis))
    return _report(f"{more}kpis:\n{rows}" if kpis else more or "teams: {a: {name: A}}").overview


GOOD, MET, BAD = (f"actuals: {{2026-05: {value}}}" for value in (6, 11, 0))
DRAFT = "status: draft"
OBJECTIVE = "objectives: {o: {title: O, period: '2026'}}\n"


@pytest.mark.parametrize(
    ("kpis", "headline", "lede"),
    [
        ((), "No KPI is running yet", "The plan holds no objective and no KPI yet."),
        ((DRAFT,) * 3, "No KPI is running yet", "3 KPIs for 0 objectives: 3 draft."),
        ((GOOD,) * 3, "All 3 KPIs are on track", "3 KPIs for 0 objectives."),
        ((MET,) * 3, "All 3 KPIs are achieved", "3 KPIs for 0 objectives: 3 achieved."),
        ((GOOD, MET), "Both KPIs are on track or achieved", "2 KPIs for 0 objectives: 1 achieved."),
        ((BAD,) * 3, "All 3 KPIs are off track", "3 KPIs for 0 objectives."),
        ((BAD, GOOD), "One of 2 KPIs is off track; 1 on track or achieved", "2 KPIs"),
        (("tags: [a]",), "The one KPI is without a current figure", "1 KPI for 0 objectives: 1"),
    ],
)
def test_the_first_lines_say_no_more_than_the_counts(
    kpis: tuple[str, ...], headline: str, lede: str
) -> None:
    found = _overview(*kpis)
    assert found.headline.text.startswith(headline)
    assert found.lede.startswith(lede)


def test_an_objective_alone_is_counted() -> None:
    assert _overview(more=OBJECTIVE).lede == "0 KPIs for 1 objective."


def test_a_lone_department_is_not_the_only_one_of_one() -> None:
    plan = f"""
teams: {{top: {{name: Top}}, dep: {{name: Dep, parent: top}}}}
objectives:
  o: {{title: O, team: top, period: "2026"}}
  p: {{title: P, team: dep, supports: [o], period: "2026"}}
kpis: {{a: {HALF}, objective: p, {BAD}}}, b: {HALF}, objective: o, {GOOD}}}}}
"""
    departments = _report(plan).departments
    assert departments is not None
    assert departments.headline.text == "The one department has a KPI off track"


def test_a_conclusion_on_a_card_is_whole_however_long_its_figures() -> None:
    long = HALF.replace("target: 10", "target: 9876543210").replace("'%'", "VND")
    card = _report(f"kpis: {{a: {long}, actuals: {{2026-05: 1234567890}}}}}}").overview.attention[0]
    assert "…" not in card.conclusion
    assert card.conclusion.endswith("41 % due")


def test_a_cause_is_said_in_the_language_of_the_reader() -> None:
    plan = f"kpis: {{a: {HALF}, {BAD}}}}}\nactions: {{x: {{title: T, kpi: a, cause: capacity}}}}"
    with speaking("vi"):
        detail = _report(plan).overview.attention[0].action
    assert detail is not None
    assert detail.detail == ("nguyên nhân: năng lực",)


def test_a_figure_that_was_due_is_not_announced() -> None:
    keys = {key.label: key.detail for key in _report(f"kpis: {{a: {HALF}}}}}").kpis[0].keys}
    assert keys["Data"] == "was due by 31 January 2026"
