"""What an edit costs in a large workspace: each round changes the files, so none is idle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.measure import Cost, Subject, cost_of

KPI_ID, OTHER_ID, PERIOD = "t00011-k00", "t00011-renamed", "2026-05"


def start_up(kpi: str, as_of: str, folder: Path, rounds: int, cache: Path) -> float:
    """CPU seconds of a command that loads what an edit loads, and edits nothing: a lone KPI's."""
    lone = folder / "lone"
    lone.mkdir(exist_ok=True)
    (lone / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (lone / "plan.yaml").write_text("kpis:\n  a: {name: A}\n", encoding="utf-8")
    command = [kpi, "status", "--as-of", as_of, "--format", "json"]
    return _median(_costs([command] * (rounds + 1), lone, cache)[1:])


def record(kpi: str, as_of: str, folder: Path, rounds: int, cache: Path) -> float:
    """CPU seconds of one `kpi record` that restates a value."""
    said = ["--restate", "--note", "bench", "--as-of", as_of]
    commands = [[kpi, "record", KPI_ID, PERIOD, str(turn + 1), *said] for turn in range(rounds + 1)]
    return _median(_costs(commands, folder, cache)[1:])


def rename(kpi: str, folder: Path, rounds: int, cache: Path) -> float:
    """CPU seconds of one `kpi rename`, forth and back."""
    ids = [KPI_ID, OTHER_ID]
    forth_and_back = [[kpi, "rename", *ids], [kpi, "rename", *reversed(ids)]]
    return _median(_costs(forth_and_back * rounds, folder, cache))


def _costs(commands: Sequence[Sequence[str]], folder: Path, cache: Path) -> list[Cost]:
    return [cost_of(Subject(command, folder, cache)) for command in commands]


def _median(costs: Sequence[Cost]) -> float:
    return median(cost.cpu for cost in costs)
