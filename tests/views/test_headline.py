import re

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.results import KpiResult, Status
from kpi_cli.views.facts import facts_of, goal_text, now_text
from kpi_cli.views.headline import LENGTH, Headline, headline, of_kpi, of_objective, of_organisation
from kpi_cli.views.words import BADGES
from tests.memory import judge
from tests.views.plans import company

# Words a status must not appear with: what only another one would say.
GOOD = r"\bon track\b|\bachieved\b"
BAD = r"\boff track\b|\bmissed\b|\bat risk\b|\bworse\b|\bbehind\b"
CONTRADICTS = {
    Status.ON_TRACK: r"\boff track\b|\bmissed\b|\bat risk\b|\bworse\b|\bachieved\b",
    Status.ACHIEVED: BAD,
    Status.OFF_TRACK: GOOD,
    Status.AT_RISK: GOOD,
    Status.MISSED: GOOD,
}

numbers = st.integers(-50, 150) | st.floats(-50, 150, allow_nan=False).map(lambda v: round(v, 2))
targets = st.one_of(
    numbers.map(str),
    st.sampled_from(['"+15%"', '"-20%"', '"+5pp"', "{stretch: 60}", "{done: true}"]),
    numbers.map(lambda n: f"{{at_least: {n}, tolerance: 5}}"),
    numbers.map(lambda n: f"{{at_most: {n}}}"),
    st.integers(0, 60).map(lambda n: f"{{between: [{n}, {n + 9}]}}"),
    st.just("{milestones: [{name: A, due: 2026-03-01}, {name: B, due: 2026-09-01}]}"),
)


@st.composite
def judged(draw: st.DrawFn) -> tuple[KpiResult, str]:
    """A KPI of any form in any state, and its headline's clause."""
    target = draw(targets)
    done, milestones = "done" in target, "milestones" in target
    value = draw(st.booleans()).__str__().lower() if done else draw(numbers)
    as_of = draw(st.sampled_from(["2025-06-01", "2026-05-31", "2026-12-20", "2027-06-01"]))
    extra = draw(st.sampled_from(["", ", aggregation: sum", ", status: draft"]))
    said = draw(st.sampled_from(["", ", check_ins: [{on: 2026-06-01, status: on_track}]"]))
    actuals = "" if milestones else f", actuals: {{2026-04: {value}}}"
    plan = (
        "objectives: {o: {title: O, period: '2026'}}\n"
        f"kpis: {{x: {{name: X, objective: o, unit: '%', direction: increase, baseline: 10,"
        f" target: {target}{'' if done or milestones else extra}{actuals}{said}}}}}"
    )
    assessment = judge(plan, as_of)
    result, scale = assessment.kpis["x"], facts_of(assessment).scales["x"]
    now = now_text(result, scale, facts_of(assessment))
    return result, of_kpi(result, now, goal_text(result, scale)).clause


@given(judged())
def test_a_headline_never_contradicts_the_status(case: tuple[KpiResult, str]) -> None:
    result, clause = case
    assert BADGES[result.status].word.lower() in clause
    if result.status is not result.counts_as:
        assert BADGES[result.counts_as].word.lower() in clause
    elif result.status in CONTRADICTS:
        assert not re.search(CONTRADICTS[result.status], clause)


@given(st.text(), st.text(max_size=400))
def test_a_headline_is_at_most_ninety_characters(subject: str, clause: str) -> None:
    assert len(headline(subject, clause).text) <= LENGTH


def test_the_organisation_in_one_sentence() -> None:
    assert of_organisation(company()).text == "Two of 8 KPIs are off track; 2 on track or achieved"


def test_an_objective_with_its_word() -> None:
    said = of_objective(company().objectives["loyal"])
    assert said == Headline("Customers come back", said.clause)
    assert BADGES[company().objectives["loyal"].status].word.lower() in said.clause


def _one(fields: str) -> str:
    plan = f"kpis: {{x: {{name: X, unit: '%', start: 2026-01-01, due: 2026-12-31, {fields}}}}}"
    return of_organisation(judge(plan, "2026-05-31")).text


def test_the_sentence_names_the_worst_there_is() -> None:
    assert _one("baseline: 0, target: 10, actuals: {2026-05: 9}") == "The one KPI is on track"
    assert _one("baseline: 0, target: 10, actuals: {2026-05: 11}") == "The one KPI is achieved"
    assert _one("baseline: 0, target: 100, actuals: {2026-05: 31}") == (
        "The one KPI is at risk, none off track"
    )
    assert _one("baseline: 0, target: 10").startswith("The one KPI is without a current figure")
    assert _one("status: draft, target: 10") == "No KPI is running yet"
    assert _one("target: 10, status: retired, retired: {on: 2026-03-01, reason: R}") == (
        "No KPI is running any more"
    )
