"""`kpi init` writes a workspace that is sound and fresh on any day, and overwrites nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from kpi_cli.library.starter import CI_FILES, months_to, names, shifted
from tests.cli.transcript import kpi

DAYS = ["2026-11-22", "2026-10-31", "2027-02-28", "2024-02-29", "2031-08-01", "2019-12-31"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("template", names())
def test_the_result_is_sound_and_fresh(template: str, day: str, tmp_path: Path) -> None:
    made = kpi("init", str(tmp_path / "plan"), "--template", template, "--as-of", day)
    assert (made.code, made.err) == (0, "")
    checked = kpi("validate", "-C", str(tmp_path / "plan"), "--as-of", day, "--lang", "en")
    assert (checked.code, checked.out[:4]) == (0, "All ")
    shown = kpi("status", "-C", str(tmp_path / "plan"), "--as-of", day, "--format", "json")
    rows = json.loads(shown.out)["kpis"]
    assert {row["freshness"] for row in rows} == {"fresh"}
    assert {row["status"] for row in rows} <= {"on_track", "at_risk", "off_track", "achieved"}


def test_there_are_the_promised_templates() -> None:
    assert names() == ["minimal", "starter", "starter-vi"]


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        (date(2026, 10, 31), 0),
        (date(2026, 11, 29), 0),
        (date(2026, 11, 30), 1),
        (date(2027, 1, 30), 2),
        (date(2026, 10, 30), -1),
        (date(2024, 2, 29), -32),
    ],
)
def test_the_last_full_month_decides(as_of: date, months: int) -> None:
    assert months_to(as_of) == months


@pytest.mark.parametrize(
    ("before", "months", "after"),
    [
        ("2026-10: 4", 3, "2027-01: 4"),
        ("{on: 2026-10-13}", -12, "{on: 2025-10-13}"),
        ("due: 2026-12-31", 2, "due: 2027-02-28"),
        ("due: 2026-02-28", 1, "due: 2026-03-31"),
        ("on: 2026-01-30", 1, "on: 2026-02-28"),
        ("r-2026-10-ben", 1, "r-2026-11-ben"),
        ("453 2026-101 1.2026-10", 1, "453 2026-101 1.2026-10"),
    ],
)
def test_dates_move_by_whole_months(before: str, months: int, after: str) -> None:
    assert shifted(before, months) == after


@pytest.mark.parametrize("ci", sorted(CI_FILES))
def test_ci_files_are_yaml_and_no_part_of_the_plan(ci: str, tmp_path: Path) -> None:
    kpi("init", str(tmp_path), "--ci", ci, "--as-of", "2026-11-22")
    text = (tmp_path / CI_FILES[ci]).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert "kpi validate" in text
    checked = kpi("validate", "-C", str(tmp_path), "--as-of", "2026-11-22")
    assert checked.code == 0


def test_the_pipeline_can_only_read_and_runs_no_text_of_others(tmp_path: Path) -> None:
    kpi("init", str(tmp_path), "--ci", "github", "--as-of", "2026-11-22")
    text = (tmp_path / CI_FILES["github"]).read_text(encoding="utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert "${{" not in text


def test_every_plan_file_names_its_schema(tmp_path: Path) -> None:
    kpi("init", str(tmp_path), "--as-of", "2026-11-22")
    for path in tmp_path.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads((tmp_path / schema).read_text(encoding="utf-8"))["$schema"]
    assert json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))


def test_it_refuses_to_overwrite(tmp_path: Path) -> None:
    (tmp_path / "work.yaml").write_text("mine", encoding="utf-8")
    refused = kpi("init", str(tmp_path), "--as-of", "2026-11-22")
    assert refused.code == 2
    assert "work.yaml already" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["work.yaml"]
    assert (tmp_path / "work.yaml").read_text(encoding="utf-8") == "mine"


def test_it_refuses_a_workspace_and_a_folder_inside_one(tmp_path: Path) -> None:
    assert kpi("init", str(tmp_path), "--as-of", "2026-11-22").code == 0
    again = kpi("init", str(tmp_path), "--as-of", "2026-11-22")
    assert (again.code, "kpi.yaml" in again.err) == (2, True)
    inside = kpi("init", str(tmp_path / "deep" / "er"), "--as-of", "2026-11-22")
    assert (inside.code, "lies in the workspace" in inside.err) == (2, True)


def test_a_folder_beside_a_workspace_is_outside_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kpi("init", str(tmp_path / "one"), "--as-of", "2026-11-22").code == 0
    monkeypatch.chdir(tmp_path / "one")
    assert kpi("init", "../two", "--as-of", "2026-11-22").code == 0
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--template", "starte"], "choose one of minimal, starter, starter-vi"),
        (["--as-of", "9999-12-31"], "cannot be moved to 9999"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = kpi("init", str(tmp_path / "x"), *arguments)
    assert (done.code, told in done.err) == (2, True)
    assert not (tmp_path / "x").exists()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    assert kpi("init", str(tmp_path / "x"), "--as-of", "2026-11-22").code == 2
