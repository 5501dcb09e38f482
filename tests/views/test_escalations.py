"""A department's page names what others have to decide for it, and only that."""

from kpi_cli.views.facts import facts_of
from kpi_cli.views.map_page import Alignments
from kpi_cli.views.part import parts_by_team
from kpi_cli.views.team import team_page
from tests.memory import judge

KPI = "unit: '%', start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 10"
PLAN = f"""
teams:
  top: {{name: Top}}
  dep: {{name: Dep, parent: top}}
  sub: {{name: Sub, parent: dep}}
people:
  chief: {{name: Chief, team: top}}
  own: {{name: Own, team: sub}}
objectives:
  o: {{title: O, team: top, period: "2026", resources: {{budget: 900 USD, spent: 1 USD}}}}
  p: {{title: P, team: dep, supports: [o], period: "2026"}}
kpis:
  theirs: {{name: Theirs, objective: p, owner: chief, {KPI}, actuals: {{2026-05: 0}}}}
  ours: {{name: Ours, objective: p, owner: own, {KPI}, actuals: {{2026-05: 0}}}}
  helped: {{name: Helped, objective: p, owner: chief, {KPI}, actuals: {{2026-05: 0}}}}
  fine: {{name: Fine, objective: o, owner: chief, {KPI}, actuals: {{2026-05: 9}}}}
actions:
  ask: {{title: Buy a line, kind: decide, kpi: ours, owner: chief, opened: 2026-05-01}}
  do: {{title: Mend it, kpi: helped, owner: own, opened: 2026-05-01}}
  mine: {{title: Own choice, kind: decide, kpi: helped, owner: own, opened: 2026-05-01}}
  later: {{title: Unheard of, kind: decide, kpi: ours, owner: chief, opened: 2026-06-30}}
"""


def told(team: str) -> list[tuple[str, str, str | None]]:
    facts = facts_of(judge(PLAN, "2026-05-31"))
    page = team_page(facts, Alignments(facts), parts_by_team(facts), team)
    return [(one.kind, one.title, one.owner) for one in page.escalations]


def test_only_what_others_decide_is_sent_up() -> None:
    assert told("dep") == [
        ("action", "Buy a line", "Chief"),
        ("red", "What to do about Theirs", "Chief"),
        ("money", "Means for P", None),
    ]


def test_the_whole_has_nobody_above_to_send_to() -> None:
    assert told("top") == []


TORN = """
teams:
  top: {name: Top}
  dep: {name: Dep, parent: top}
  other: {name: Other, parent: top}
objectives:
  o: {title: O, team: top, period: "2026"}
  p: {title: P, team: dep, supports: [o], period: "2026"}
  q: {title: Q, team: other, supports: [o], period: "2026"}
kpis:
  ours: {name: Ours, objective: p, unit: count, metric: m, target: {at_least: 9}}
  inside: {name: Inside, objective: WHERE, unit: count, metric: m, target: {at_most: 3}}
"""


def between(where: str, team: str) -> list[str]:
    """Titles of the conflicts that a team sends up, with the second KPI at an objective."""
    facts = facts_of(judge(TORN.replace("WHERE", where), "2026-05-31"))
    page = team_page(facts, Alignments(facts), parts_by_team(facts), team)
    return [one.title for one in page.escalations if one.kind == "conflict"]


def test_a_conflict_with_a_record_of_others_is_sent_up_by_both() -> None:
    assert between("q", "dep") == ["Settle between Ours / Inside"]
    assert between("q", "other") == ["Settle between Ours / Inside"]
    assert between("q", "top") == []


def test_a_conflict_within_a_team_is_its_own_to_settle() -> None:
    assert between("p", "dep") == []
    assert between("p", "other") == []


def test_a_settled_conflict_is_not_sent_up() -> None:
    plan = TORN.replace(
        'team: dep, supports: [o], period: "2026"',
        'team: dep, supports: [o], period: "2026",'
        " tension: [{with: q, agreed: Ours goes first, on: 2026-02-01}]",
    )
    facts = facts_of(judge(plan.replace("WHERE", "q"), "2026-05-31"))
    page = team_page(facts, Alignments(facts), parts_by_team(facts), "dep")
    assert [one.kind for one in page.escalations] == []
