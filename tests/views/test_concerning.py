"""What concerns a record is gathered once, and is all of it, in plan order."""

from collections.abc import Iterator

import pytest

from kpi_cli.locale import speaking
from kpi_cli.models import Action
from kpi_cli.views.concerning import actions_about, initiatives_about, thanks_about
from kpi_cli.views.facts import Facts, facts_of, said_of
from kpi_cli.views.kpi import kpi_page
from kpi_cli.views.overview import decisions, decisions_about
from kpi_cli.views.rows import open_actions
from tests.memory import judge

PLAN = """
teams: {t: {name: T}}
people: {lan: {name: Lan, team: t}}
objectives: {o: {title: O, owner: lan, team: t}}
kpis:
  a: {name: A, unit: "%", objective: o, owner: lan, target: 50, actuals: {2026-04: 41.5}}
  b: {name: B, unit: "%", objective: o, owner: lan, target: 50, actuals: {2026-03: 40}}
initiatives:
  second: {title: For one, owner: lan, kpis: [b]}
  first: {title: For both, owner: lan, kpis: [b, a]}
actions:
  later: {title: Later, owner: lan, kpi: a, status: open, due: 2026-07-01}
  sooner: {title: Sooner, owner: lan, kpi: a, status: open, due: 2026-06-01}
  over: {title: Over, owner: lan, kpi: a, status: done}
  other: {title: Other, owner: lan, kpi: b, status: open}
recognitions:
  thanks: {to: [lan], for: a, on: 2026-05-01, by: lan, text: Well done}
reviews:
  r1: {on: 2026-05-20, kind: monthly, covers: [o, o], decisions: [
    {text: Of a, kpi: a, owner: lan, due: 2026-07-01}, {text: Of nothing, owner: lan}]}
"""


@pytest.fixture
def facts() -> Facts:
    """A plan in which something concerns each of two KPIs."""
    return facts_of(judge(PLAN, "2026-05-31"))


def test_what_is_meant_for_several_comes_once_in_plan_order(facts: Facts) -> None:
    assert [one.id for one in initiatives_about(facts, ("a", "b"))] == ["second", "first"]
    assert [one.id for one in initiatives_about(facts, ("a",))] == ["first"]
    assert [one.id for one in actions_about(facts, ("a",))] == ["later", "sooner", "over"]
    assert [one.id for one in thanks_about(facts, ("a", "o", "a"))] == ["thanks"]
    assert thanks_about(facts, ("o",)) == []


def test_open_actions_of_some_are_those_of_all_that_are_about_them(facts: Facts) -> None:
    every = open_actions(facts)
    assert [one.id for one in every] == ["sooner", "later", "other"]
    assert open_actions(facts, frozenset({"a"})) == tuple(one for one in every if one.kpi == "a")


def test_decisions_about_a_record_are_those_of_all_that_name_it(facts: Facts) -> None:
    assert [row.text for row in decisions(facts)] == ["Of a", "Of nothing"]
    assert decisions(facts, "o") == decisions(facts)
    assert [row.text for row in decisions_about(facts, "a")] == ["Of a"]
    assert decisions_about(facts, "b") == ()


class _Counted(dict[str, Action]):
    """Actions that count how often somebody walks over all of them."""

    walks = 0

    def values(self) -> Iterator[Action]:  # type: ignore[override]
        self.walks += 1
        return iter(super().values())


def test_the_pages_of_many_kpis_walk_over_the_plan_once() -> None:
    assessment = judge(PLAN, "2026-05-31")
    actions = _Counted(assessment.plan.actions)
    object.__setattr__(assessment.plan, "actions", actions)
    facts = facts_of(assessment)
    for result in assessment.kpis.values():
        kpi_page(facts, result)
    assert actions.walks == 1


def test_figures_are_put_in_words_once_in_each_language(facts: Facts) -> None:
    result = facts.assessment.kpis["a"]
    assert said_of(facts, result) is said_of(facts, result)
    assert said_of(facts, result).now == "41.5 %"
    with speaking("vi"):
        assert said_of(facts, result).now == "41,5 %"
