"""The first paragraph of a page agrees with its status, and a crowded page says so."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.analysis.results import Status
from kpi_cli.locale import LANGUAGES, speaking
from kpi_cli.views.crowd import PAGE
from kpi_cli.views.lede import (
    WORDS,
    lede_of_kpi,
    lede_of_objective,
    lede_of_quality,
    lede_of_teams,
    tally,
)
from kpi_cli.views.metric_changes import Since
from kpi_cli.views.outlook import Sign
from kpi_cli.views.report import Extent, Report, build_report
from kpi_cli.views.words import counts_of
from tests.memory import judge

AS_OF = "2026-05-31"
GROUPS = {
    "off track or missed": {Status.OFF_TRACK, Status.MISSED},
    "at risk": {Status.AT_RISK},
    "without a current figure": {Status.STALE, Status.NO_DATA, Status.INSUFFICIENT_DATA},
    "on track or achieved": {Status.ON_TRACK, Status.ACHIEVED},
}
NEEDS = {Status.OFF_TRACK, Status.MISSED, Status.AT_RISK}
signs = st.none() | st.sampled_from(["worse", "better", "plain"]).map(
    lambda tone: Sign("↘", "Worsening", tone)
)
counted = st.dictionaries(st.sampled_from(list(Status)), st.integers(1, 12_000))
few = settings(max_examples=25)
numbers = st.integers(0, 12_000)


@given(st.sampled_from(list(Status)), signs, st.integers(0, 40), st.booleans())
def test_a_step_is_called_for_where_the_status_calls_for_one(
    status: Status, sign: Sign | None, actions: int, decided: bool
) -> None:
    text = lede_of_kpi(status, sign, actions, decided)
    assert ("needs a step" in text) == (status in NEEDS)
    assert ("as planned" in text) == (status in GROUPS["on track or achieved"])
    waits = status in GROUPS["without a current figure"] or status is Status.NO_TARGET
    assert ("cannot be judged" in text) == waits
    assert ("none is recorded" in text) == (status in NEEDS and not actions and not decided)
    if status in GROUPS["on track or achieved"] and sign is not None:
        assert ("fall back" in text) == (sign.tone == "worse")


@given(counted)
def test_a_tally_is_that_of_the_statuses(counts: dict[Status, int]) -> None:
    found = {
        words: int(number.replace(",", ""))
        for number, words in re.findall(r"([\d,]*\d) ([a-z ]+)", tally(counts))
    }
    expected = {
        words: sum(counts.get(status, 0) for status in group) for words, group in GROUPS.items()
    }
    assert found == {words: number for words, number in expected.items() if number}


@pytest.mark.parametrize("language", LANGUAGES)
@few
@given(
    status=st.sampled_from(list(Status)), sign=signs, counts=counted, n=numbers, more=numbers,
    decided=st.booleans(),
)  # fmt: skip
def test_a_paragraph_has_at_most_forty_five_words(
    language: str, status: Status, sign: Sign | None, counts: dict[Status, int], n: int, more: int,
    decided: bool,
) -> None:  # fmt: skip
    with speaking(language):
        texts = (
            lede_of_kpi(status, sign, n, decided),
            lede_of_objective(counts, n, more),
            lede_of_teams([counts_of(counts)] * 3),
            lede_of_quality(n + more, n, 0, more),
        )
    assert all(text.endswith(".") and len(text.split()) <= WORDS for text in texts)


def test_the_paragraphs_by_value() -> None:
    counts = {Status.OFF_TRACK: 2, Status.ACHIEVED: 1, Status.DRAFT: 4}
    assert lede_of_objective(counts, 2, 1) == (
        "It rests on 2 KPIs and 1 supporting objective. "
        "By status: 2 off track or missed, 1 on track or achieved."
    )
    assert lede_of_objective({}, 0, 0).startswith("It rests on nothing yet")
    assert lede_of_teams([counts_of(counts), counts_of({Status.OFF_TRACK: 1})]) == (
        "8 KPIs in 2 departments: 3 off track or missed, 1 on track or achieved."
    )
    assert lede_of_quality(9, 2, 1, 1) == (
        "6 of 9 KPIs have a figure that can be used. 1 series has gaps."
    )


KPI = "{name: K, unit: '%', owner: lan, start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 10"
JUMP = ", ".join(f"2025-{month:02}: {month % 2}" for month in range(1, 13))


def plan_of(kpis: int, extra: str = "", value: object = 6, team: str = "dep") -> str:
    rows = "".join(
        f"  k{n}: {KPI}, objective: p{extra}, actuals: {{{JUMP}, 2026-05: {value}}}}}\n"
        for n in range(kpis)
    )
    return (
        "teams: {top: {name: Top}, dep: {name: Dep, parent: top}}\n"
        "people: {lan: {name: Lan, team: dep}}\n"
        "objectives:\n  o: {title: O, team: top, period: '2026'}\n"
        f"  p: {{title: P, team: {team}, supports: [o], period: '2026'}}\nkpis:\n{rows}"
    )


def report_of(plan: str, config: str = "version: 1\n", since: Since | None = None) -> Report:
    found = judge(plan, AS_OF, config)
    return build_report(found, version="1", digest="d", extent=Extent(since=since))


def test_more_kpis_than_an_objective_should_have_are_noticed() -> None:
    by_id = {page.ref.id: page for page in report_of(plan_of(6)).objectives}
    assert by_id["o"].crowd is None
    crowd = by_id["p"].crowd
    assert crowd is not None
    assert crowd.text == "6 KPIs here; the guide advises at most 5."
    assert all(page.crowd is None for page in report_of(plan_of(5)).objectives)
    drafts = report_of(plan_of(6, ", status: draft"))
    assert all(page.crowd is None for page in drafts.objectives)
    wide = report_of(plan_of(6), "version: 1\nlimits: {kpis_per_objective: 6}\n")
    assert all(page.crowd is None for page in wide.objectives)
    assert "At most 6 for an objective" in wide.guide.few


def test_more_kpis_than_a_page_should_have_are_noticed() -> None:
    (page,) = report_of(plan_of(PAGE + 1)).teams
    assert page.crowd is not None
    assert (page.crowd.kpis, page.crowd.most) == (26, 25)
    (page,) = report_of(plan_of(PAGE)).teams
    assert page.crowd is None


def test_an_objective_shows_its_balance_and_warns_of_one_side() -> None:
    pages = {p.ref.id: p for p in report_of(plan_of(3, ", indicator: lagging")).objectives}
    balance = pages["p"].balance
    assert balance is not None
    assert balance.rows == (("Lagging", 3),)
    assert balance.warning == "All 3 KPIs look back: none tells in time what is coming."
    assert pages["o"].balance is None
    assert {p.balance for p in report_of(plan_of(1)).objectives} == {None}


def test_a_team_sees_its_counts_beside_those_of_before() -> None:
    before = judge(plan_of(2, value=0), AS_OF)
    after = plan_of(2)
    since = Since(before.as_of, "the review of April", before)
    (page,) = report_of(after, since=since).teams
    assert page.compared is not None
    assert page.compared.label == "the review of April"
    assert page.compared.deltas == {"on_track": 2, "off_track": -2}
    assert page.compared.moved
    (same,) = report_of(plan_of(2, value=0), since=since).teams
    assert same.compared is not None
    assert not same.compared.moved
    (alone,) = report_of(after).teams
    assert alone.compared is None


def test_a_team_is_told_of_signals_that_are_not_listed() -> None:
    (page,) = report_of(plan_of(14, value=9)).teams
    assert (len(page.signals), page.signals_more) == (12, 2)
