"""Sentences that were wrong once: each case is a plan and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.text import Text

from kpi_cli.render.terminal.table import Column, fit
from tests.cli.transcript import kpi


@pytest.fixture
def said(tmp_path: Path) -> Callable[[str], str]:
    """A plan -> what `kpi validate --format concise` says, and the advice in JSON."""

    def validate(plan: str) -> str:
        (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
        (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
        command = ["validate", "-C", str(tmp_path), "--as-of", "2026-05-31"]
        return kpi(*command, "--format", "concise").out + kpi(*command, "--format", "json").out

    return validate


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("target: {milestones: []}", "`milestones` names no step"),
        ("target: {milestones: x}", "`milestones` needs a list of steps, not a text"),
        ("window: 1.5", "a window is a whole number of periods, not 1.5"),
        ("window: x", "a window is a whole number of periods, not a text"),
        ("bounds: [1]", "`bounds` needs two numbers, not 1"),
        ("bounds: 1", "`bounds` needs two numbers, not a number"),
        ("<<: {unit: count}", "YAML 1.2 merges nothing by `<<`"),
        ("formula: a / ( xx )", "plan.yaml:2:31: error K109"),
    ],
)
def test_the_sentence_fits_the_fault(
    fields: str, sentence: str, said: Callable[[str], str]
) -> None:
    assert sentence in said(f"kpis:\n  a: {{name: A, {fields}}}\n")


def test_no_record_is_no_sound_record(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    assert kpi("validate", "-C", str(tmp_path)).out == "There is no record yet in 1 file\n"


def test_a_folder_named_like_the_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").mkdir()
    done = kpi("validate", "-C", str(tmp_path))
    assert done.code == 2
    assert f"kpi.yaml in {tmp_path} is a folder, and should be a file" in done.err


def test_others_are_other_than_something(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    plan = "".join(f"  k{n}: {{name: K, status: draft}}\n" for n in range(3))
    (tmp_path / "plan.yaml").write_text(f"kpis:\n{plan}", encoding="utf-8")
    out = kpi("status", "-C", str(tmp_path), "--as-of", "2026-05-31").out
    assert "3 KPIs draft" in out
    assert "other" not in out


class Screen:
    """So many columns."""

    color, ascii, width = False, True, 32


def test_a_narrow_table_breaks_no_word_while_another_column_can_fold() -> None:
    columns = (Column("a", "A", least=20), Column("b", "B", least=40), Column("c", "C"))
    row = {"a": Text("Electricity per tonne"), "b": Text("427.3 kWh/tonne"), "c": Text("x" * 8)}
    layout = fit(columns, [row], Screen())
    shown = [line.plain for line in layout.lines(row)]
    assert max(map(len, shown)) <= 32
    assert "Electricity" in shown[0]
    assert any("kWh/tonne" in line for line in shown)
