"""The table, the kept figures, and the page made of them."""

from pathlib import Path

import pytest

from bench import page, results, run
from bench.results import Results
from bench.table import BUDGETS, Row, grid, table
from tests.house.tree import ROOT, read

LESS, MORE = "kpi --version / B0", "validate 1000, times faster than doorstop"
MACHINE = {"processor": "2 × Chip", "system": "Linux", "python": "3", "packages": "none"}


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        (LESS, 1.1, "stretch"),
        (LESS, 1.5, "must"),
        (LESS, 1.51, "MISSED"),
        (MORE, 10, "stretch"),
        (MORE, 4, "must"),
        (MORE, 3.9, "MISSED"),
        ("unbudgeted", 1, ""),
    ],
)
def test_a_row_is_judged_by_its_budget(name: str, value: float, verdict: str) -> None:
    assert Row(name, value).verdict == verdict


def test_stretch_goals_lie_within_the_promise() -> None:
    for budget in BUDGETS.values():
        low, high = sorted((budget.must, budget.stretch))
        assert (budget.stretch == high) == budget.more_is_better
        assert 0 < low < high


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0514, "0.051"), (0.5, "0.50"), (99.9, "99.90"), (123.4, "123")]
)
def test_about_three_digits_are_shown(value: float, shown: str) -> None:
    assert Row("x", value).shown == shown
    assert Row("x", value, at_least=True).shown == f"> {shown}"


def test_the_table_is_markdown_with_even_columns() -> None:
    shown = table([Row("kpi --help / B0", 7.0, "84 ms / 12 ms"), Row(MORE, 12.0)])
    lines = shown.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "| 7.00     | 8    | 4       | must    | 84 ms / 12 ms |" in lines[2]
    assert "| 12.00    | ≥ 4  | ≥ 10    | stretch |" in lines[3]


def test_a_grid_sets_numbers_to_the_right() -> None:
    assert grid(("a", "s"), [("b", "10"), ("cc", "1")], numbers=(1,)).splitlines() == [
        "| a  |  s |",
        "|----|---:|",
        "| b  | 10 |",
        "| cc |  1 |",
    ]


def test_what_is_saved_is_read_back_with_four_digits(tmp_path: Path) -> None:
    rows = (Row(LESS, 1.234567, "é", "start"), Row("slow", 1234567, "", "peers", at_least=True))
    found = Results(MACHINE, rows, {"yamllint": "1.0", "gone": ""})
    results.save(found, tmp_path / "r.json")
    again = results.load(tmp_path / "r.json")
    assert [row.value for row in again.rows] == [1.235, 1235000]
    assert (again.machine, again.peers) == (found.machine, found.peers)
    assert again.rows[1].at_least
    assert results.load(tmp_path / "none.json") == Results()


def test_rows_of_several_runs_are_merged() -> None:
    first = Results(MACHINE, (Row("a", 1, part="p"), Row("b", 1, part="p")), {"x": "1", "y": "1"})
    second = Results(MACHINE, (Row("b", 2, part="p"), Row("c", 2, part="q")), {"y": ""})
    found = results.merged(first, second)
    assert [(row.name, row.value) for row in found.rows] == [("a", 1), ("b", 2), ("c", 2)]
    assert found.peers == {"x": "1", "y": ""}


def test_a_profile_is_replaced_as_a_whole() -> None:
    before = Results(MACHINE, (Row("phase: x", 1, part="phases"), Row("a", 1, part="p")))
    now = Results(MACHINE, (Row("phase: y", 1, part="phases"),))
    assert [row.name for row in results.merged(before, now).rows] == ["a", "phase: y"]


def test_rows_of_another_machine_are_dropped() -> None:
    before = Results(MACHINE, (Row("a", 1),))
    now = Results({**MACHINE, "python": "4"}, (Row("b", 1),))
    assert results.merged(before, now) == now


def test_figures_are_kept_after_every_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(results, "FILE", tmp_path / "r.json")
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")

    def ends(_bench: object) -> None:
        raise run.BenchError("broke")

    parts = {"start": lambda bench: bench.add(LESS, 9.9), "lsp": ends}
    monkeypatch.setattr(run, "PARTS", parts)
    assert run.main(["--save", "--only", "start"]) == 0
    assert run.main(["--save", "--only", "start", "--check"]) == 1
    assert run.main(["--save", "--all"]) == 2
    assert "bench: broke" in capsys.readouterr().err
    assert [row.name for row in results.load(tmp_path / "r.json").rows] == [LESS]
    assert f"| {LESS} | 9.90 |" in " ".join((tmp_path / "page.md").read_text().split())


def everything() -> Results:
    """A row of every kind."""
    rows = (
        Row(LESS, 1.0, "12 ms / 12 ms", "start"),
        Row(MORE, 3.0, "6 s / 2 s", "peers"),
        Row("validate warm 1000, peak MiB", 40, "", "validate"),
        Row("validate warm 100, peak MiB", 30, "", "validate"),
        Row("kpi validate, 100, s", 0.1, "", "peers"),
        Row("doorstop, 100, s", 0.5, "", "peers"),
        Row("doorstop, 1000, s", 600, "", "peers", at_least=True),
        Row("profile of 1000 KPIs, s", 2.5, "", "phases"),
        Row("profile of 1000 KPIs, floor B1, s", 1.5, "", "phases"),
        Row("phase: rules", 2.0, "80.0%", "phases"),
        Row("function: f in b.py", 0.5, "20.0%", "phases"),
    )
    return Results(MACHINE, rows, {"doorstop": "3.2", "yamllint": ""})


def test_the_page_tells_all_that_was_measured() -> None:
    text = page.page(everything())
    assert "* Processor: 2 × Chip\n* System: Linux\n" in text
    assert "Of 2 rows 1 reach the stretch, 0 the must, 1 miss it." in text
    assert text.index("validate warm 100, peak") < text.index("validate warm 1000, peak")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    tools = [line for line in lines if line.startswith(("| doorstop", "| yamllint"))]
    assert tools[0].startswith("| doorstop 3.2 |") is False
    assert (
        "| doorstop 3.2 | items and a fifth as many above them, links checked |"
        in lines[lines.index(tools[1])]
    )
    assert tools[1].endswith("| 0.50 | > 600 |")
    assert tools[0].startswith("| yamllint (could not be installed) |")
    assert "2.50 s for 1000 KPIs, of which the scan of\nthe same files" in text
    assert "| rules | 2.00 | 80.0% |" in lines
    assert "| f in b.py | 0.50 | 20.0% |" in lines


def test_a_page_of_nothing_is_no_fault() -> None:
    text = page.page(Results())
    assert "Of 0 rows" in text
    assert text.count("| not measured |") == len(BUDGETS)
    assert "What remains" not in text


def test_the_page_is_what_the_kept_figures_come_to() -> None:
    text = page.page(results.load())
    assert read("docs/benchmarks.md") == text, "type `python -m bench.page` to write it anew"


@pytest.mark.parametrize("name", BUDGETS)
def test_every_budget_has_its_row_on_the_page(name: str) -> None:
    assert f"\n| {name} " in read("docs/benchmarks.md")


def test_the_kept_figures_name_no_machine() -> None:
    text = (ROOT / "bench" / "results.json").read_text("utf-8")
    assert "/usr" not in text
    assert "site-packages" not in text
