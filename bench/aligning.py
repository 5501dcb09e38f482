"""Alignment of a plan with 1 000 objectives and 10 000 KPIs, and a diff of two revisions."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kpi_cli.analysis.assess import assess
from kpi_cli.plan import load_plan
from kpi_cli.views.alignment import AlignView
from kpi_cli.workspace import DiskTree

OBJECTIVES, KPIS, TEAMS, PEOPLE, DEPARTMENTS = 1000, 10000, 300, 1500, 20
AS_OF = date(2026, 3, 5)
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]


def text() -> Iterator[str]:
    """A plan in one file: teams, people, a tree of objectives, KPIs that share metrics."""
    yield "teams:"
    yield "  firm: {name: Firm}"
    yield from (f"  d{n}: {{name: D{n}, parent: firm}}" for n in range(DEPARTMENTS))
    yield from (f"  t{n}: {{name: T{n}, parent: d{n % DEPARTMENTS}}}" for n in range(TEAMS))
    yield "people:"
    yield from (f"  p{n}: {{name: P{n}, team: t{n % TEAMS}}}" for n in range(PEOPLE))
    yield "objectives:"
    yield "  o0: {title: Top, owner: p0, team: firm, period: '2026'}"
    for n in range(1, OBJECTIVES):
        team, above = f"t{n % TEAMS}", f"o{n // 3}"
        yield f"  o{n}: {{title: O, owner: p{n}, team: {team}, supports: {above}, period: '2026'}}"
    yield "kpis:"
    for n in range(KPIS):
        shared = f", metric: m{n % 3000}" if n % 2 else ""
        guard = f", guardrails: [k{n * 7 % KPIS}]" if n % 3 == 0 else ""
        rows = ", ".join(f"{month}: {(n * 31 + at * 17) % 101}" for at, month in enumerate(MONTHS))
        yield (
            f"  k{n}: {{name: K, objective: o{n % OBJECTIVES}, owner: p{n % PEOPLE}, unit: count, "
            f"baseline: 1, target: {100 + n % 7}{shared}{guard}, actuals: {{{rows}}}}}"
        )


def seconds(folder: Path) -> float:
    """CPU seconds of the alignment once the plan is loaded and assessed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    (folder / "plan.yaml").write_text("\n".join(text()) + "\n", encoding="utf-8")
    loaded = load_plan(DiskTree(folder))
    assessment = assess(loaded.plan, AS_OF)
    begun = time.process_time()
    AlignView(loaded, lambda: assessment)
    return time.process_time() - begun


def commit_and_edit(folder: Path, files: int = 10) -> None:
    """Put a plan under git and change one figure in each of so many files."""
    who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.invalid"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "plan"]):
        subprocess.run(["git", *who, *words], cwd=folder, check=True)
    edited = 0
    for path in sorted(folder.rglob("*.yaml")):
        before = path.read_text(encoding="utf-8")
        after = re.sub(r"(2026-0[1-5]: \d+\.\d)", r"\g<1>1", before, count=1)
        if after != before and edited < files:
            path.write_text(after, encoding="utf-8")
            edited += 1
