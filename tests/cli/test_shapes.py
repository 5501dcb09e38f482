"""The machine outputs have exactly the keys the format promises, and numbers as numbers."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.transcript import HERE, ROOT, kpi

FORMS = str(HERE / "workspaces" / "forms")


def _keys(names: str) -> set[str]:
    return set(names.split())


KPI_KEYS = _keys(
    "id name objectives owner team unit direction indicator value observed baseline target"
    " target_text due raw_progress progress progress_original expected status computed check_in met"
    " zone overdue flags reason freshness next_due limits signal forecast sdg"
)
OBJECTIVE_KEYS = _keys(
    "id title owner team progress expected coverage status computed worst profile check_in kpis"
    " children"
)
FINDING_KEYS = _keys(
    "code name severity path line column end_line end_column subject message help fix fingerprint"
    " related"
)


def output(*arguments: str) -> Any:
    """The JSON of a run on the forms."""
    done = kpi(*arguments, "-C", FORMS, "--as-of", "2026-06-30", "--format", "json")
    assert done.err == ""
    return json.loads(done.out)


def test_status() -> None:
    found = output("status")
    assert set(found) == {"schema", "as_of", "counts", "objectives", "kpis"}
    assert found["schema"] == "kpi-status/1"
    assert {frozenset(row) for row in found["kpis"]} == {frozenset(KPI_KEYS)}
    assert {frozenset(row) for row in found["objectives"]} == {frozenset(OBJECTIVE_KEYS)}


def test_status_gives_plain_values() -> None:
    rows = {row["id"]: row for row in output("status")["kpis"]}
    assert rows["up"]["value"] == 30
    assert rows["up"]["raw_progress"] == 0.5
    assert rows["done"]["value"] is False
    assert rows["zones"]["value"] == rows["zones"]["zone"] == "commit"
    assert rows["measured-first"]["progress"] is None
    assert rows["growth"]["sdg"]["category"] == "moderate_progress"
    assert rows["changed"]["check_in"]["on"] == "2026-06-30"


def test_show_adds_the_series() -> None:
    found = output("show", "up")
    assert set(found) == KPI_KEYS | {"schema", "series", "segments", "why"}
    assert (found["segments"], found["why"]["state"]) == ([], "too_few")
    assert found["schema"] == "kpi-show/1"
    assert [set(row) for row in found["series"]] == [
        {"period", "date", "value", "expected", "status", "signals"}
    ] * 2
    assert [(row["period"], row["date"], row["value"]) for row in found["series"]] == [
        ("2026-05", "2026-05-31", 28),
        ("2026-06", "2026-06-30", 30),
    ]


def test_show_of_an_objective() -> None:
    found = output("show", "moves")
    assert set(found) == OBJECTIVE_KEYS | {"schema", "series", "segments", "why"}
    assert found["series"] == []


def test_findings() -> None:
    faulty = str(HERE / "workspaces" / "faulty")
    done = kpi("validate", "-C", faulty, "--as-of", "2026-06-30", "--format", "json")
    found = json.loads(done.out)
    assert set(found) == {"schema", "as_of", "findings", "counts"}
    assert set(found["counts"]) == {"error", "warning", "info", "suppressed"}
    assert {frozenset(row) for row in found["findings"]} == {frozenset(FINDING_KEYS)}


def test_the_tree_names_only_nodes_it_has() -> None:
    found = output("tree")
    ids = {node["id"] for node in found["nodes"]}
    named = {name for n in found["nodes"] for name in (*n["parents"], *n["children"], *n["kpis"])}
    assert named | set(found["roots"]) | set(found["loose"]) <= ids


def test_csv_has_a_line_for_each_kpi_and_numbers_stay_numbers() -> None:
    done = kpi("status", "-C", FORMS, "--as-of", "2026-06-30", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["id"] for row in rows] == [row["id"] for row in output("status")["kpis"]]
    down = next(row for row in rows if row["id"] == "down")
    assert float(down["raw_progress"]) == pytest.approx(-0.2)
    assert "'" not in down["raw_progress"]


@pytest.mark.parametrize("command", ["status", "tree"])
@pytest.mark.parametrize("width", ["40", "60", "80", "120"])
@pytest.mark.parametrize(
    ("root", "day"),
    [("examples/harbour-foods", "2026-05-31"), ("examples/public-services", "2018-12-31")],
)
def test_nothing_is_wider_than_the_screen(command: str, width: str, root: str, day: str) -> None:
    done = kpi(command, "-C", str(ROOT / root), "--as-of", day, COLUMNS=width)
    lines = done.out.splitlines()
    assert [line for line in lines if cell_len(line) > int(width)] == []


def test_the_same_twice_and_from_anywhere() -> None:
    first = kpi("status", "-C", FORMS, "--as-of", "2026-06-30")
    assert first == kpi("-C", f"{FORMS}/.", "--as-of", "2026-06-30", "status")


def test_the_order_of_options_does_not_matter() -> None:
    after = kpi("status", "--format", "json", "-C", FORMS, "--as-of", "2026-06-30")
    before = kpi("--format", "json", "-C", FORMS, "--as-of", "2026-06-30", "status")
    assert after == before
