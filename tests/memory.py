"""Workspaces in memory, for tests: file names and texts, loaded and judged as from disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import dedent

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.results import Assessment, KpiResult
from kpi_cli.plan import Loaded, load_plan


class MemoryTree:
    """A `workspace.Tree` of texts."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {
            path: text.encode() if isinstance(text, str) else text for path, text in files.items()
        }

    def paths(self) -> list[str]:
        return sorted(self.files)

    def strays(self) -> list[str]:
        return []

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(path)
        return self.files[path]


def load(plan: str, config: str = "version: 1", **files: str) -> Loaded:
    """A workspace of one plan file, its settings and further files (`name__csv` -> name.csv)."""
    named = {name.replace("__", "."): dedent(text) for name, text in files.items()}
    return load_plan(MemoryTree({"kpi.yaml": dedent(config), "plan.yaml": dedent(plan), **named}))


def judge(plan: str, as_of: str, config: str = "version: 1", **files: str) -> Assessment:
    """The assessment of a workspace without faults."""
    loaded = load(plan, config, **files)
    assert loaded.diagnostics == ()
    return assess(loaded.plan, date.fromisoformat(as_of))


def judge_kpi(
    fields: str, as_of: str, config: str = "version: 1", period: str = '"2026"'
) -> KpiResult:
    """One KPI `x` with these YAML fields under an objective that runs for `period`."""
    body = "\n".join("    " + line for line in dedent(fields).strip().splitlines())
    plan = f"objectives:\n  o: {{title: O, period: {period}}}\nkpis:\n  x:\n    name: X\n"
    return judge(f"{plan}    objective: o\n{body}\n", as_of, config).kpis["x"]
