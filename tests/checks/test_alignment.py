"""The cascade: levels, islands, evidence, teams, links to what is retired."""

from typing import Any

import pytest

from kpi_cli.diagnostics import Severity
from tests.checks.bench import faults, kpi, objective, only

TEAMS = {
    "north": {"name": "North", "parent": "firm"},
    "shop": {"name": "Shop", "parent": "north"},
}


def cascade(shop_supports: Any, **more: Any) -> dict[str, Any]:
    """Objectives of the firm, the north and its shop, each with a KPI."""
    objectives = {
        "in-north": objective(team="north"),
        "in-shop": objective(team="shop", supports=shop_supports),
    } | more
    kpis = {f"k-{name}": kpi(objective=name) for name in objectives}
    return {"teams": TEAMS, "objectives": objectives, "kpis": kpis}


def test_a_level_is_skipped_only_where_somebody_is_passed_over() -> None:
    assert faults(**cascade("top")) == [("K120", "in-shop")]
    assert faults(**cascade("in-north")) == []
    assert faults(**cascade(["top", "in-north"])) == []


def test_a_team_without_objectives_cannot_be_passed_over() -> None:
    sections = cascade("top")
    del sections["objectives"]["in-north"], sections["kpis"]["k-in-north"]
    assert faults(**sections) == [("K123", "north")]


def test_a_persons_objective_passes_over_the_persons_team() -> None:
    sections = cascade("in-north", own=objective(person="binh", owner=None, supports="in-north"))
    sections["people"] = {"binh": {"name": "Binh", "team": "shop"}}
    assert faults(**sections) == [("K120", "own")]


def test_a_link_across_departments_skips_nobody() -> None:
    sections = cascade("in-north", far=objective(team="south", supports="in-north"))
    sections["teams"] = TEAMS | {"south": {"name": "South", "parent": "firm"}}
    assert faults(**sections) == []


def test_an_island_is_said_once_at_its_head() -> None:
    sections = cascade("in-north", **{"in-north": objective(team="north", supports=[])})
    assert only("K121", **sections).message.endswith("(1 more below it)")
    assert faults(**sections) == [("K121", "in-north")]


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "closed"}])
def test_drafts_and_closed_objectives_are_no_islands(fields: dict[str, Any]) -> None:
    head = objective(team="north", supports=[], **fields)
    found = faults(**cascade("top", **{"in-north": head}))
    assert "K121" not in [code for code, _ in found]


def test_objectives_without_a_team() -> None:
    alone = objective(supports=[])
    below = {"low": objective(supports="high"), "high": objective(supports=[])}
    assert faults(objectives={"o": alone}, kpis={"k": kpi(objective="o")}) == [("K121", "o")]
    assert faults(objectives=below, kpis={"k": kpi(objective="low")}) == []


def test_without_any_top_team_nothing_is_an_island() -> None:
    plain = {"top": objective(supports=[]), "two": objective(supports=[])}
    sections = {"teams": {"firm": {"name": "F"}}, "objectives": plain}
    assert faults(**sections, kpis={"k": kpi(objective="two")}) == []


def test_a_head_in_a_team_that_could_not_be_read_is_no_island() -> None:
    sections = cascade("top", **{"in-north": objective(team="north", supports=[])})
    sections["teams"] = TEAMS | {"north": {"nmae": "North"}}
    codes = {code for code, _ in faults(**sections)}
    assert codes == {"K010", "K012"}


def test_a_draft_without_evidence_is_a_warning_a_closed_one_nothing() -> None:
    assert only("K122", objectives={"o": objective()}).severity is Severity.ERROR
    assert only("K122", objectives={"o": objective(status="draft")}).severity is Severity.WARNING
    assert faults(objectives={"o": objective(status="closed")}) == []


def test_a_supporting_objective_is_evidence() -> None:
    both = {"o": objective(), "p": objective(supports="o")}
    assert faults(objectives=both, kpis={"k": kpi(objective="p")}) == []


def test_a_closed_objective_does_not_busy_its_team() -> None:
    closed = {"on": "2026-05-09", "outcome": "achieved"}
    sections = cascade("in-north")
    sections["objectives"]["in-shop"] = objective(team="shop", status="closed", closed=closed)
    assert faults(**sections) == [("K123", "shop")]


def test_teams_before_any_objective_are_left_alone() -> None:
    assert faults(teams=TEAMS, objectives={"top": {"title": "T", "owner": "an"}}, kpis={}) != []
    assert ("K123", "north") not in faults(teams=TEAMS, objectives={"top": {"nope": 1}})


GONE = kpi(status="retired", retired={"on": "2026-05-10", "reason": "nobody read it"})
HEIR = {"on": "2026-05-10", "reason": "a better one came", "replaced_by": "base"}


@pytest.mark.parametrize(
    "sections",
    [
        {"kpis": {"one": kpi(part_of="gone")}},
        {"kpis": {"one": kpi(opposes=["gone"])}},
        {"kpis": {"one": kpi(leads=[{"kpi": "gone", "lag_days": 30}])}},
        {"kpis": {"one": kpi(formula="gone * 2")}},
        {"initiatives": {"one": {"kpis": ["base", "gone"], "status": "doing"}}},
        {"actions": {"one": {"kpi": "gone"}}},
    ],
)
def test_what_leans_on_a_retired_kpi(sections: dict[str, Any]) -> None:
    kpis = {"gone": GONE, **sections.get("kpis", {})}
    assert faults(**(sections | {"kpis": kpis})) == [("K124", "one")]


@pytest.mark.parametrize(
    "sections",
    [
        {"kpis": {"one": GONE | {"guardrails": ["gone"]}}},
        {"initiatives": {"one": {"kpis": ["gone"], "status": "done"}}},
        {"actions": {"one": {"kpi": "gone", "status": "dropped"}}},
        {"reviews": {"one": {"decisions": [{"text": "so", "kpi": "gone", "owner": "an"}]}}},
    ],
)
def test_what_is_over_may_speak_of_a_retired_kpi(sections: dict[str, Any]) -> None:
    kpis = {"gone": GONE, **sections.get("kpis", {})}
    assert faults(**(sections | {"kpis": kpis})) == []


def test_the_heir_is_what_to_write_instead() -> None:
    kpis = {"gone": GONE | {"retired": HEIR}, "one": kpi(guardrails=["gone"])}
    assert only("K124", kpis=kpis).help == "write 'base', which replaced it"


def test_a_kpi_is_retired_only_from_its_day_on() -> None:
    later = kpi(status="active", retired={"on": "2026-06-10", "reason": "enough"})
    assert faults(kpis={"gone": later, "one": kpi(guardrails=["gone"])}) == []
