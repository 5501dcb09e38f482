"""One session of measuring: where plans are generated, what was found, and how `kpi` is called."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.generate import AS_OF, Layout, write
from bench.measure import BenchError, Command, Cost, Subject, environment, medians
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
KPI = str(Path(sys.executable).parent / "kpi")
FLOORS = str(ROOT / "bench" / "baselines.py")
ROUNDS = {100: 9, 1000: 5, 10000: 3, 100000: 3}
"""Fewer rounds where a run is long enough to be steady by itself."""


BUDGETED = 0.012
"""CPU seconds of B0 on the machine the budgets in seconds were set on."""


@dataclass
class Bench:
    """One session; `scratch` is where plans are generated, `sizes` how many KPIs they have."""

    scratch: Path
    sizes: Sequence[int] = (100, 1000)
    rows: list[Row] = field(default_factory=list)
    part: str = ""
    peers: dict[str, str] = field(default_factory=dict)
    """Other tools that were measured -> their version; "" for one that could not be installed."""
    checkpoint: Callable[[], None] = lambda: None
    """Called where a part has come to a figure that would be costly to measure again."""

    def add(self, name: str, value: float, note: str = "", *, at_least: bool = False) -> None:
        """Note a row and say it at once, since the next may take minutes."""
        row = Row(name, value, note, self.part, at_least)
        self.rows.append(row)
        print(f"  {name}: {row.shown}  {row.verdict}", file=sys.stderr, flush=True)

    def ratio(self, name: str, ours: Cost, floor: Cost) -> None:
        """Note how many times the CPU time of one is that of the other."""
        note = f"{milliseconds(ours)} / {milliseconds(floor)}"
        self.add(name, ours.cpu / floor.cpu, note)

    def seconds(self, name: str, cpu: float, note: str = "") -> None:
        """Note a row in seconds, with what it would be where the budgets were set."""
        now = self._start_up()
        there = f"{cpu * BUDGETED / now.cpu:.2f} s where B0 is {1000 * BUDGETED:.0f} ms"
        told = f"B0 then {milliseconds(now)}, so {there}"
        self.add(name, cpu, f"{note}; {told}" if note else told)

    def pace(self) -> str:
        """How fast the machine is at this moment: `B0 then 12 ms`."""
        return f"B0 then {milliseconds(self._start_up())}"

    def _start_up(self) -> Cost:
        floor = Subject([sys.executable, "-c", "pass"], self.scratch)
        return medians({"B0": floor}, 9)["B0"]

    def corpus(self, layout: Layout) -> Path:
        """A generated plan, proved to be without a finding; nobody changes it."""
        folder = self.scratch / f"{layout.kpis}-{layout.files}-{layout.actuals}"
        if not folder.exists():
            write(layout, folder)
            require_clean(folder)
        return folder

    def copy(self, layout: Layout, name: str) -> Path:
        """A copy of a generated plan, to be changed."""
        folder = self.scratch / f"{name}-{layout.kpis}-{layout.files}-{layout.actuals}"
        shutil.copytree(self.corpus(layout), folder)
        return folder

    def cache(self, name: str) -> Path:
        """An empty folder for one scenario's cache."""
        folder = self.scratch / "caches" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


def largest(sizes: Sequence[int], most: int = 10_000) -> int:
    """The largest of the sizes that is not above `most`."""
    return max((size for size in sizes if size <= most), default=min(sizes))


def milliseconds(cost: Cost) -> str:
    """`84 ms`."""
    return f"{1000 * cost.cpu:.0f} ms"


def cold(command: str, *options: str) -> Command:
    """A `kpi` command with machine output at the plan's date, that reads every file afresh."""
    return warm(command, "--no-cache", *options)


def warm(command: str, *options: str) -> Command:
    """The same, with what its cache holds."""
    return [KPI, command, "--as-of", AS_OF, "--format", "json", *options]


def floors(folder: Path) -> dict[str, Subject]:
    """B1 and B2 over the files of a plan."""
    return {
        "B1": Subject([sys.executable, FLOORS, "scan", "."], folder),
        "B2": Subject([sys.executable, FLOORS, "read", "."], folder),
    }


def said_by(subject: Subject) -> subprocess.CompletedProcess[str]:
    """Run a command once for what it says. Raises BenchError where it is not there."""
    env = environment(subject.cache or subject.cwd / ".cache", subject.env)
    try:
        return subprocess.run(
            subject.command, cwd=subject.cwd, env=env, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        name = subject.command[0]
        raise BenchError(f"{name} is not there: run `make bench`, it installs it") from error


def require_clean(folder: Path) -> None:
    """Raise BenchError unless `kpi validate` finds nothing, not even an info."""
    done = said_by(Subject(cold("validate"), folder))
    try:
        findings = json.loads(done.stdout)["findings"]
    except (ValueError, KeyError) as error:
        said = (done.stderr or done.stdout)[-2000:]
        raise BenchError(f"kpi validate ended with {done.returncode}: {said}") from error
    if findings or done.returncode:
        lines = [f"  {f['path']}:{f['line']} {f['code']} {f['message']}" for f in findings[:5]]
        raise BenchError(f"the generated plan has {len(findings)} findings\n" + "\n".join(lines))
