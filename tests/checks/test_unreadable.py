"""Faults no text of a manual page can show: bytes and sizes; paths and links on disk."""

from pathlib import Path

import pytest

from kpi_cli.checks.engine import findings
from kpi_cli.checks.selection import for_validate
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree
from tests.checks.bench import AS_OF, codes, firm, found


def test_bytes_that_are_not_utf_8() -> None:
    files = {"a.yaml": firm(), "b.yaml": "teams:\n  t: {name: Đội}\n".encode("utf-16")}
    assert codes(files) == ["K003"]


def test_an_alias_bomb() -> None:
    rows = ["x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "K005" in codes({"a.yaml": firm(), "b.yaml": "\n".join(rows) + "\n"})


def test_too_large_a_file() -> None:
    files = {"a.yaml": firm(), "b.yaml": b"# " + b"x" * (50 * 2**20)}
    assert codes(files) == ["K006"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "inside"
    root.mkdir()
    (root / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (root / "a.yaml").write_text(firm(), encoding="utf-8")
    (tmp_path / "outside.yaml").write_text("teams: {}\n", encoding="utf-8")
    return root


def test_a_link_out_of_the_workspace(workspace: Path) -> None:
    (workspace / "b.yaml").symlink_to(workspace.parent / "outside.yaml")
    plan = load_plan(DiskTree(workspace))
    reported = findings(plan, AS_OF, for_validate(plan.plan.config))
    assert [(f.code, f.path, f.line, f.column) for f in reported] == [("K007", "b.yaml", 1, 1)]


def test_a_table_that_is_not_utf_8_is_one_fault() -> None:
    files: dict[str, str | bytes] = {
        "kpi.yaml": "version: 1\nactuals: [n.csv]\n",
        "a.yaml": firm(),
        "n.csv": b"kpi,period,value\nbase,2026-05,\xff\n",
    }
    assert [f.code for f in found(files)] == ["K210"]
