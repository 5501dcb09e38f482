"""On the examples only what is there on purpose is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpi_cli.analysis.assess import assess
from kpi_cli.plan import load_plan
from kpi_cli.views.alignment import AlignView
from kpi_cli.workspace import DiskTree

EXAMPLES = Path(__file__).parents[2] / "examples"


def view(name: str, as_of: date) -> AlignView:
    loaded = load_plan(DiskTree(EXAMPLES / name))
    return AlignView(loaded, lambda: assess(loaded.plan, as_of))


def test_harbour_foods_pulls_one_way() -> None:
    found = view("harbour-foods", date(2026, 5, 31))
    assert found.deductions() == []
    assert found.alignment.score == 100
    (agreed,) = found.alignment.agreements
    assert (agreed.objective.id, agreed.tension.with_) == ("keep-the-promise", "cash-and-people")


def test_owners_that_do_not_fit_are_counted_and_listed_on_demand() -> None:
    found = view("harbour-foods", date(2026, 5, 31))
    few, all_of_them = (
        next(
            part for part in found.document(everything=everything).sections if part.title == "Load"
        )
        for everything in (False, True)
    )
    assert few.grid
    assert all_of_them.grid
    assert (len(few.grid.rows), len(all_of_them.grid.rows)) == (12, 15)
    assert few.note == "the limit is 7 KPIs for one owner; 3 more: `kpi align --all`"
    assert all_of_them.note == "the limit is 7 KPIs for one owner"


def test_the_federal_goals_are_three_silos() -> None:
    found = view("public-services", date(2018, 12, 31))
    assert {(d["code"], d["subject"]) for d in found.deductions()} == {
        ("R416", "acquisition"), ("R416", "expansion"), ("R416", "real-estate"),
    }  # fmt: skip
