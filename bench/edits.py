"""What an edit costs in a large workspace: each round changes the files, so none is idle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.measure import Cost, cost_of

KPI_ID, OTHER_ID, PERIOD = "t00011-k00", "t00011-renamed", "2026-05"


def start_up(kpi: str, as_of: str, folder: Path, rounds: int) -> float:
    """CPU seconds of a command that loads what an edit loads, and edits nothing: a lone KPI's."""
    lone = folder / "lone"
    lone.mkdir(exist_ok=True)
    (lone / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (lone / "plan.yaml").write_text("kpis:\n  a: {name: A}\n", encoding="utf-8")
    return _median([_status(kpi, as_of, lone) for _ in range(rounds)])


def _status(kpi: str, as_of: str, folder: Path) -> Cost:
    return cost_of([kpi, "status", "--as-of", as_of, "--format", "json"], folder)


def record(kpi: str, as_of: str, folder: Path, rounds: int) -> float:
    """CPU seconds of one `kpi record` that restates a value."""
    words = ["record", KPI_ID, PERIOD]
    said = ["--restate", "--note", "bench", "--as-of", as_of]
    return _median([cost_of([kpi, *words, str(turn + 1), *said], folder) for turn in range(rounds)])


def rename(kpi: str, folder: Path, rounds: int) -> float:
    """CPU seconds of one `kpi rename`, forth and back."""
    ids = [KPI_ID, OTHER_ID]
    costs = []
    for turn in range(2 * rounds):
        old, new = ids if turn % 2 == 0 else reversed(ids)
        costs.append(cost_of([kpi, "rename", old, new], folder))
    return _median(costs)


def _median(costs: Sequence[Cost]) -> float:
    return median(cost.cpu for cost in costs)
