"""`kpi align` and `kpi review-metrics` for a part of the plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_cli.analysis.assess import assess
from kpi_cli.views.alignment import AlignView
from kpi_cli.views.document import Section
from kpi_cli.views.status import Selected
from tests.alignment.workspaces import AS_OF, PLANTED, PLANTED_CONFIG, aligned, loaded
from tests.cli.transcript import kpi

HARBOUR = [
    "--root",
    str(Path(__file__).parents[2] / "examples" / "harbour-foods"),
    "--as-of",
    "2026-05-31",
]


def part(**selected: object) -> AlignView:
    found = loaded(PLANTED, PLANTED_CONFIG)
    return AlignView(found, lambda: assess(found.plan, AS_OF), Selected(**selected))  # type: ignore[arg-type]


def section(view: AlignView, title: str, *, everything: bool = False) -> Section:
    found = view.document(everything=everything).sections
    return next(one for one in found if one.title == title)


def subjects(view: AlignView, code: str) -> set[str | None]:
    return {one.subject for one in view.alignment.deductions if one.code == code}


def test_a_part_has_the_score_of_the_whole_and_its_own_deductions() -> None:
    whole, sales = aligned(PLANTED, PLANTED_CONFIG), part(team="sales")
    assert sales.alignment.score == whole.alignment.score == 80.95
    assert (whole.envelope()["points"], sales.envelope()["points"]) == (19.05, 8.8)
    assert set(sales.alignment.deductions) < set(whole.alignment.deductions)
    assert subjects(sales, "R411") >= {"sales", "skip"}
    assert not subjects(sales, "R411") & {"plant", "chi", "idle"}
    assert subjects(sales, "K121") == set()


def test_a_conflict_belongs_to_both_of_its_sides() -> None:
    pair = ("wins-a", "wins-b")
    for team in ("sales", "plant"):
        found = part(team=team).alignment
        assert pair in {one.subjects for one in found.conflicts}
        assert any("wins" in one.message for one in found.deductions)
    assert pair not in {one.subjects for one in part(team="garden").alignment.conflicts}


def test_reach_coverage_balance_and_load_are_those_of_the_part() -> None:
    lab = part(team="lab").envelope()
    assert lab["coverage"] == {"lab": 0.6}
    assert set(lab["balance"]["teams"]) == {"lab"}
    assert lab["load"] == {"dung": 5, "em": 7}  # she answers for a KPI of the lab
    assert lab["reach"]["unaligned"] == ("nowhere",)
    assert part(owner="idle").alignment.load.idle == ("idle",)
    assert subjects(part(owner="idle"), "R411") == {"idle"}


def test_metrics_are_reviewed_for_a_team_only() -> None:
    told = kpi("review-metrics", "--team", "supply", "--format", "json", *HARBOUR)
    found = {one["id"] for one in json.loads(told.out)["kpis"]}
    assert len(found) == 9
    assert {"otif", "cold-store-open"} <= found
    assert "nps" not in found


@pytest.mark.parametrize("command", ["align", "review-metrics"])
def test_an_unknown_team_is_refused_with_the_closest(command: str) -> None:
    told = kpi(command, "--team", "suply", *HARBOUR)
    assert (told.code, told.out) == (2, "")
    assert "there is no team 'suply'" in told.err
    assert "supply" in told.err


def test_the_verdict_names_the_part() -> None:
    told = kpi("align", "trusted-shelf", *HARBOUR).out
    assert told.startswith("Alignment 100 of 100 in all; in this part 0 deductions, 0 open conf")


def test_many_deductions_of_a_kind_are_summed_up_and_the_rest_is_asked_for() -> None:
    many = "".join(f"  t{n}: {{name: T{n}, parent: firm}}\n" for n in range(20))
    top = "  top: {title: Top, owner: an, team: firm, period: '2026'}\n"
    kpis = "  a: {name: A, objective: top, owner: an, unit: count, target: {at_least: 1}}\n"
    people = "  an: {name: An, team: firm}\n"
    view = aligned(
        f"teams:\n  firm: {{name: Firm}}\n{many}people:\n{people}objectives:\n{top}kpis:\n{kpis}"
    )
    kinds = section(view, "Where the points go")
    assert kinds.grid is not None
    assert kinds.grid.rows == (("-4.80", "K123", "team without objective", "20"),)
    costs = section(view, "What costs points")
    assert (len(costs.items), costs.note) == (12, "8 more of these kinds: `kpi align --all`")
    costs = section(view, "What costs points", everything=True)
    assert (len(costs.items), costs.note) == (20, None)


def test_a_part_of_the_tree_is_shown_with_what_is_above_it() -> None:
    told = json.loads(kpi("tree", "--owner", "phuc", "--format", "json", *HARBOUR).out)
    assert {node["id"] for node in told["nodes"]} == {
        "late-trips-central", "phuc-central-routes", "on-the-day", "keep-the-promise",
        "trusted-shelf", "lighter-footprint",
    }  # fmt: skip
    assert told["roots"] == ["trusted-shelf", "lighter-footprint"]
    refused = kpi("tree", "--owner", "phuc", "--focus", "otif", *HARBOUR)
    assert (refused.code, "--focus shows one record" in refused.err) == (2, True)


STARVED = """
teams: {firm: {name: Firm}}
people: {an: {name: An, team: firm}}
objectives:
  rich: {title: Rich, owner: an, team: firm, period: "2026", resources: {budget: 900 EUR, spent: 90 EUR}}
  poor: {title: Poor, owner: an, team: firm, period: "2026"}
kpis:
  good: {name: G, objective: rich, owner: an, unit: count, start: 2026-05-01, target: {at_least: 1}, actuals: {2026-05: 2}}
  bad: {name: B, objective: poor, owner: an, unit: count, target: {at_least: 9}, actuals: {2026-05: 2}}
"""  # noqa: E501 - one record a line reads best


def test_where_money_sits_while_a_red_objective_has_none() -> None:
    (item,) = section(aligned(STARVED), "Money and people").items
    assert (
        item.text == "“Poor” is off track without any means; “Rich” is healthy and has 810 EUR left"
    )
    spent = aligned(STARVED.replace("spent: 90 EUR", "spent: 800 EUR"))
    assert section(spent, "Money and people").items == ()
