"""Completion in the shell: ids of the right kind, quickly, and silent where there is no plan."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

PROBE = """
import sys
from kpi_cli.__main__ import main
sys.argv = ["kpi"]
try:
    main()
finally:
    heavy = {"yaml", "rich.console", "jinja2"} & set(sys.modules)
    heavy |= {name for name in sys.modules if name.startswith("kpi_cli.models")}
    sys.stderr.write("LOADED " + " ".join(sorted(heavy)))
"""


def completed(words: str, folder: Path) -> tuple[list[str], str]:
    """What bash is offered for the last word, and which heavy modules that took."""
    parts = words.split(" ")
    env = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env={**os.environ, **env, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split(), done.stderr.rpartition("LOADED ")[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one fault in it, and a folder below."""
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    plan = (
        "teams:\n  sales: {name: Sales}\n  supply: {name: [}\npeople:\n  lan: {name: Lan}\n"
        "objectives:\n  orders-flow: {title: T}\nkpis:\n  orders:\n    name: Orders\n  sold: {}\n"
    )
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "below").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kpi status --team s", ["sales", "supply"]),
        ("kpi status --owner ", ["lan"]),
        ("kpi status --objective o", ["orders-flow"]),
        ("kpi status o", ["orders", "orders-flow"]),
        ("kpi show so", ["sold"]),
        ("kpi explain orders-", ["orders-flow"]),
        ("kpi record o", ["orders"]),
        ("kpi check-in o", ["orders", "orders-flow"]),
        ("kpi valid", ["validate"]),
    ],
)
def test_ids_of_the_right_kind_without_loading_the_plan(
    words: str, offered: list[str], root: Path
) -> None:
    found, heavy = completed(words, root / "below")
    assert found == offered
    assert heavy == ""


def test_the_root_may_be_named(root: Path) -> None:
    assert completed(f"kpi --root {root} show so", ROOT)[0] == ["sold"]
    assert completed(f"kpi show --root {root} so", ROOT)[0] == ["sold"]


def test_without_a_workspace_nothing_is_offered_or_said(tmp_path: Path) -> None:
    assert completed("kpi show s", tmp_path) == ([], "")
