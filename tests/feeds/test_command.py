"""`kpi import` from the command line: the account as text and as JSON, and the exit code."""

import json
from pathlib import Path

import pytest

from kpi_cli.cli.app import run
from tests.feeds.kit import Bench

MAP = """
inputs: {sales: sales.csv}
records:
  kpis:
    from: sales
    id: "{{ product | slug }}"
    fields: {name: = product}
output: {file: sales.yaml}
"""


@pytest.fixture
def command(bench: Bench) -> list[str]:
    bench.table("sales.csv", "product\nTea\nTea\n!\n")
    return ["import", "--map", str(bench.map(MAP)), "--root", str(bench.root)]


def test_json_is_that_of_the_format_page(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": "kpi-import/1",
        "inputs": {
            "sales": {
                "rows": 3,
                "used": 2,
                "merged": 1,
                "rejected": [],
            }
        },
        "records": {"kpis": 2},
        "files": ["kpi.yaml", "sales.yaml"],
    }


def test_text_says_the_same(
    command: list[str], bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    other = bench.table("other.csv", "product,x\nTea,1\n,2\n")
    assert run([*command, f"sales={other}", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sales: 2 rows = 1 used + 0 merged + 1 rejected",
        "  row 3: '' cannot be an id: a to z first, then a-z 0-9 . _ -, at most 80",
        "records: 1 in kpis",
        "  + kpi.yaml",
        "  + sales.yaml",
        "files: 2 new (+), 0 changed (~), 0 unchanged (=) (nothing written: --dry-run)",
    ]
    assert bench.bytes() == {}


def test_a_map_that_cannot_run_ends_with_2(
    command: list[str], bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.map(MAP.replace("= product", "= produkt"))
    assert run(command) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "map.yaml:9:20: there is no column or name 'produkt'; did you mean" in said.err


def test_a_folder_that_is_not_there(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command[:-1], str(tmp_path / "gone")]) == 2
    assert "there is no folder" in capsys.readouterr().err
