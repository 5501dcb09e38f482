"""The generated plans: the same for the same seed, whole in every layout, as large as they say."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench import records, words
from bench.generate import CSV_HEADER, KPIS_PER_TEAM, Layout, main, plan, write

LAYOUTS = [
    Layout(kpis, files, actuals)
    for kpis in (1, 7, 160)
    for files in ("team", "kpi")
    for actuals in ("inline", "csv")
]


def parsed(layout: Layout) -> dict[str, dict[str, Any]]:
    """All records of a plan by kind and id; an id that is given twice is an error."""
    records_by_kind: dict[str, dict[str, Any]] = {}
    for path, text in plan(layout):
        if not path.endswith(".yaml") or path == "kpi.yaml":
            continue
        for kind, entries in yaml.load(text, yaml.CBaseLoader).items():
            known = records_by_kind.setdefault(kind, {})
            assert not known.keys() & entries.keys()
            known.update(entries)
    return records_by_kind


def long_rows(layout: Layout) -> list[dict[str, str]]:
    """The rows of all long CSV files."""
    texts = [text for path, text in plan(layout) if path.endswith(".csv")]
    return [row for text in texts for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_it_has_as_many_kpis_as_asked_and_no_dangling_id(layout: Layout) -> None:
    found = parsed(layout)
    assert len(found["kpis"]) == layout.kpis
    people, teams, objectives = (found[kind].keys() for kind in ("people", "teams", "objectives"))
    for kpi in found["kpis"].values():
        assert kpi["objective"] in objectives
        assert {kpi["owner"], *kpi["contributors"]} <= people
    for team in found["teams"].values():
        assert team["lead"] in people
        assert team.get("parent", "company") in teams
    for person in found["people"].values():
        assert person["team"] in teams
        assert person.get("manager", "chair") in people


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_objective_is_supported_and_none_is_crowded(layout: Layout) -> None:
    found = parsed(layout)
    carried: dict[str, int] = dict.fromkeys(found["objectives"], 0)
    for kpi in found["kpis"].values():
        carried[kpi["objective"]] += 1
    assert max(carried.values()) <= 5
    for objective in found["objectives"].values():
        for parent in objective["supports"]:
            if parent:
                carried[parent] += 1
    assert min(carried.values()) >= 1


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_kpi_has_36_months(layout: Layout) -> None:
    kpis = parsed(layout)["kpis"]
    if layout.actuals == "inline":
        assert {tuple(kpi["actuals"]) for kpi in kpis.values()} == {tuple(records.periods())}
        return
    months: dict[str, list[str]] = {}
    for row in long_rows(layout):
        months.setdefault(row["kpi"], []).append(row["period"])
    assert months == {kpi: records.periods() for kpi in kpis}
    assert not any("actuals" in kpi for kpi in kpis.values())


def test_periods_run_over_three_years() -> None:
    months = records.periods()
    assert (months[0], months[7], months[-1], len(months)) == ("2023-06", "2024-01", "2026-05", 36)


def test_inline_and_csv_hold_the_same_numbers() -> None:
    inline = parsed(Layout(30))["kpis"]
    for row in long_rows(Layout(30, actuals="csv")):
        given_inline = inline[row["kpi"]]["actuals"][row["period"]]
        cells = given_inline if isinstance(given_inline, dict) else {"value": given_inline}
        assert {key: text for key, text in row.items() if text} == {
            "kpi": row["kpi"],
            "period": row["period"],
            **cells,
        }


def test_the_files_follow_the_layout() -> None:
    def plan_files(layout: Layout) -> int:
        return sum(path.endswith(".yaml") for path, _ in plan(layout))

    teams = -(-100 // KPIS_PER_TEAM)
    assert plan_files(Layout(100, "team")) == 3 + teams
    assert plan_files(Layout(100, "kpi")) == 3 + teams + 100
    assert (
        next(text for path, text in plan(Layout(1, actuals="csv")) if path.endswith(".csv"))[
            : len(CSV_HEADER)
        ]
        == CSV_HEADER
    )


def test_a_kpi_is_as_large_as_the_budgets_assume() -> None:
    texts = dict(plan(Layout(300)))
    assert 2400 <= sum(len(text.encode()) for text in texts.values()) / 300 <= 2900
    heads = [kpi.split("    actuals:")[0] for kpi in _kpi_texts(texts)]
    lines = [head.count("\n") for head in heads]
    assert len(lines) == 300
    assert 25 <= min(lines) <= max(lines) <= 40
    assert all(head.count("# ") >= 3 for head in heads)


def _kpi_texts(texts: dict[str, str]) -> list[str]:
    bodies = (text.split("\nkpis:\n")[1] for text in texts.values() if "\nkpis:\n" in text)
    return [kpi for body in bodies for kpi in re.split(r"(?m)^  (?=t)", body)[1:]]


@given(st.integers(1, 60), st.integers(0, 5))
def test_the_same_seed_gives_the_same_bytes(kpis: int, seed: int) -> None:
    assert list(plan(Layout(kpis, seed=seed))) == list(plan(Layout(kpis, seed=seed)))


def test_another_seed_gives_other_numbers_and_the_same_files() -> None:
    one, two = dict(plan(Layout(20, seed=1))), dict(plan(Layout(20, seed=2)))
    assert one.keys() == two.keys()
    assert one != two


def test_a_longer_plan_begins_with_the_kpis_of_the_shorter() -> None:
    short, long = parsed(Layout(40))["kpis"], parsed(Layout(80))["kpis"]
    assert {name: long[name] for name in short} == short


def test_no_team_measures_a_thing_twice() -> None:
    assert len(words.MEASURES) >= KPIS_PER_TEAM
    assert len({measure.slug for measure in words.MEASURES}) == len(words.MEASURES)


def test_write_lays_down_exactly_the_plan(tmp_path: Path) -> None:
    layout = Layout(20, "kpi", "csv")
    written = write(layout, tmp_path)
    on_disk = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes().decode()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert on_disk == dict(plan(layout))
    assert written == sum(len(text.encode()) for text in on_disk.values())


def test_it_refuses_a_folder_in_use_and_an_empty_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.yaml").write_text("kept")
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path)])
    assert ended.value.code == 2
    assert "is not empty" in capsys.readouterr().err
    with pytest.raises(ValueError, match="at least one KPI"):
        list(plan(Layout(0)))
