"""From published quarterly figures to progress: the shape of a real data set, rows invented.

The published share is (current - start) / (target - start); nothing is clamped away.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi_cli.analysis.assess import assess
from kpi_cli.edit.importing import run_import
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree
from tests.feeds.kit import Bench

MAPS = Path(__file__).resolve().parents[2] / "examples" / "maps"
QUARTER_ENDS = {
    "1": date(2021, 12, 31),
    "2": date(2022, 3, 31),
    "3": date(2022, 6, 30),
    "4": date(2022, 9, 30),
}


def goal(number: str, agency: str, **more: str) -> dict[str, str]:
    return {
        "goal_type": "APG", "goal_id": number, "joint_goal_id": number, "agency_code": number[:3],
        "goal_name": f"Goal {number} ", "goal_description": "Two  lines\nof text",
        "organization_abbreviation": agency, "organization_name": f"Agency {agency}",
        "leaders4": "", "date_start_fy": "2022", "date_end_fy": "2023", **more,
    }  # fmt: skip


def row(quarter: str, number: str, kind: str, figures: str, **more: str) -> dict[str, str]:
    start, target, current, published = figures.split("/")
    return {
        "fiscal_yr": "2022", "fiscal_qtr": quarter, "related_goal_id": number,
        "related_owner": "DOX", "target": "Plant trees", "indicator": "Trees planted",
        "indicator_type": kind, "value_start": start, "value_target": target,
        "value_current": current, "progress_pct": published, **more,
    }  # fmt: skip


UP, DOWN, DONE = "Measurable increase", "Measurable decrease", "Complete milestone"
ABOVE, BELOW, OPEN = (
    "Maintain at or above threshold",
    "Maintain at or below threshold",
    "Target undefined",
)
GOALS: list[dict[str, str]] = [
    goal("099APG2201", "DOX", leaders4="Ana-Lima-DOX,Bo-van-Chen-AGY"),
    goal("099SG01", "DOX", goal_type="SG"),
    goal("098APG2203", "AGY", joint_goal_id="006098JPG01", leaders4="Bo-van-Chen-AGY"),
    goal("006APG2204", "DOC", joint_goal_id="006098JPG01", goal_name="The same goal"),
    {"Update": ""},
]
ROWS: list[dict[str, str]] = [
    row("1", "099APG2201", UP, "100/200/150/0.5"),
    row("2", "099APG2201", UP, "100/200/90/-0.1"),
    row("3", "099APG2201", UP, "100/200//0"),
    row("4", "099APG2201", UP, "100/200/1200/11"),
    row("1", "099APG2201", UP, "100/200/150/0.5"),
    row("2", "099APG2201", UP, "100/200//0"),
    row("1", "099APG2201", UP, "100/300/150/0.25"),
    row("1", "099APG2201", DOWN, "0.9/0.3/0.7/0.333333333", indicator="Share without trees"),
    row("1", "099APG2201", DONE, "0/1/1/1", indicator="", target="Write the plan\r\n"),
    row("2", "099APG2201", ABOVE, "88/86/67/0", indicator="Percent of trees alive"),
    row("2", "006APG2204", BELOW, "0.2/1/0.4/0", indicator="Trees felled per site"),
    row("2", "006APG2204", OPEN, "/5//0", indicator="Trees known"),
    {"fiscal_yr": ""},
]


@pytest.fixture
def imported(bench: Bench) -> Any:
    bench.table("goals.json", GOALS)
    bench.table("target.json", ROWS)
    files = [str(bench.folder / name) for name in ("goals.json", "target.json")]
    return bench, run_import(MAPS / "us-federal-apg.yaml", files, bench.root)


def test_every_row_is_accounted_for(imported: Any) -> None:
    _, result = imported
    goals, targets = result.inputs["goals"], result.inputs["targets"]
    assert (goals.rows, goals.used + goals.merged) == (4, 3)
    assert goals.rejected[0].reason == "not an Agency Priority Goal (goal_type SG)"
    assert (targets.rows, targets.used, targets.merged) == (12, 10, 1)
    assert [(r.row, r.reason) for r in targets.rejected] == [
        (6, "actuals of FY2022-Q2: nothing here, but 90 in row 2 of targets, which stays")
    ]
    assert result.records == {"teams": 4, "people": 2, "objectives": 2, "kpis": 7}


def test_progress_is_the_published_one_at_the_end_of_each_quarter(imported: Any) -> None:
    bench, _ = imported
    plan = load_plan(DiskTree(bench.root)).plan
    checked = 0
    for found in ROWS:
        if found.get("indicator_type") in (UP, DOWN, DONE) and found["value_current"]:
            as_of = QUARTER_ENDS[found["fiscal_qtr"]]
            result = assess(plan, as_of).kpis[kpi_of(bench, found)]
            assert result.raw == pytest.approx(float(found["progress_pct"]), abs=1e-6)
            checked += 1
    assert checked == 7


def kpi_of(bench: Bench, found: dict[str, str]) -> str:
    """The id of the KPI a row belongs to, told by its name and target."""
    name = " ".join((found["indicator"] or found["target"]).split())
    (identifier,) = [
        identifier
        for identifier, kpi in bench.records("kpis").items()
        if kpi["name"] == name and kpi["target"] == float(found["value_target"])
    ]
    return identifier


def test_a_blank_keeps_the_last_value_and_is_never_zero(imported: Any) -> None:
    bench, _ = imported
    plan = load_plan(DiskTree(bench.root)).plan
    kpi = kpi_of(bench, ROWS[0])
    third = assess(plan, QUARTER_ENDS["3"]).kpis[kpi]
    assert third.value == 90
    known = next(name for name in bench.records("kpis") if "trees-known" in name)
    assert assess(plan, QUARTER_ENDS["2"]).kpis[known].status == "no_target"


def test_thresholds_and_open_targets_take_their_forms(imported: Any) -> None:
    bench, _ = imported
    found = {kpi["name"]: kpi for kpi in bench.records("kpis").values()}
    assert found["Percent of trees alive"]["target"] == {"at_least": 86}
    assert found["Percent of trees alive"]["unit"] == "%"
    assert found["Trees felled per site"]["target"] == {"at_most": 1}
    assert "target" not in found["Trees known"]
    assert "figure 5" in found["Trees known"]["definition"]
    assert found["Write the plan"]["target"] == 1


def test_leaders_joint_goals_and_agencies(imported: Any) -> None:
    bench, _ = imported
    objectives = bench.records("objectives")
    first, joint = objectives["dox-apg2201"], objectives["joint-006098jpg01"]
    assert (first["owner"], first["contributors"]) == ("ana-lima-dox", ["bo-van-chen-agy"])
    assert (joint["owner"], joint["team"]) == ("bo-van-chen-agy", "doc")
    assert bench.records("people")["bo-van-chen-agy"] == {"name": "Bo van Chen", "team": "agy"}
    assert first["period"] == {"start": "2021-10-01", "end": "2023-09-30"}
    assert first["why"] == "Two lines of text"
    assert {team["level"] for team in bench.records("teams").values()} == {
        "organization",
        "department",
    }


def test_yearly_targets_up_down_in_a_range_and_without_a_direction(bench: Bench) -> None:
    header = (
        "Goal,2018 Strategic Objective,KPI,Year,Target,Actual,Min Target,Max Target,Unit,"
        "Desired Direction,Description,Notes\n"
    )
    rows = [
        "Land,Plant more.,Trees alive,2018,0.9,0.033,,,Percentage,Increase,,",
        "Land,Plant More, Trees alive ,2017,,0.8,,,Percentage,Increase,,",
        "Land,Plant More,Cost,2018,5.2,5.5,,,Billions,Decrease,,",
        "Land,Plant More,Shade,2018,3,2,1,4,5 point scale,With in Range,,",
        "Land,Plant More,Wind,2018,3,2,,,5 point scale,With in Range,Speed,Local",
        "Land,Plant More,Rain,2018,3.50,2,,,Raw Count,,,",
    ]
    data = bench.table("gsa.csv", header + "\n".join(rows) + "\n")
    result = run_import(MAPS / "gsa-apr-fy2018.yaml", [str(data)], bench.root)
    assert (result.inputs["report"].used, result.records["objectives"]) == (6, 2)
    kpis = {kpi["name"]: kpi for kpi in bench.records("kpis").values()}
    assert kpis["Trees alive"]["actuals"] == {"FY2017": 80, "FY2018": 3.3}
    assert kpis["Trees alive"]["target"] == {"at_least": {"FY2018": 90}}
    assert kpis["Cost"]["target"] == {"at_most": {"FY2018": 5.2}}
    assert kpis["Shade"]["target"] == {"between": {"FY2018": [1, 4]}}
    assert "target" not in kpis["Wind"]
    assert "direction" not in kpis["Rain"]
    assert kpis["Rain"]["definition"].endswith("judged by them: FY2018 3.5")
    assert kpis["Wind"]["definition"].startswith("Speed Note: Local Published")
    assert kpis["Trees alive"]["start"] == "2016-10-01"


def test_the_map_in_the_readme_works(bench: Bench) -> None:
    from openpyxl import Workbook

    text = (MAPS / "README.md").read_text("utf-8")
    path = bench.folder / "map.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], "utf-8")
    shops = Workbook()
    for line in (["number", "town", "region"], ["7", "Huế", "N"], ["8", "Vinh", "X"]):
        shops.active.append(line)  # type: ignore[union-attr]
    shops.save(bench.folder / "shops.xlsx")
    bench.table("figures.csv", 'Shop no.;Month;Sold (EUR)\n7;03/2026;"1,200"\n8;03/2026;\n')
    result = run_import(path, [], bench.root)
    assert [file.name for file in result.files] == ["kpi.yaml", "north.yaml"]
    assert [r.reason for r in result.inputs["figures"].rejected] == ["nothing sold in 03/2026"]
    assert bench.records("kpis") == {
        "sales-hue": {
            "name": "Sales in Huế",
            "unit": "EUR",
            "tags": ["North"],
            "actuals": {"2026-03": 1200},
        }
    }
