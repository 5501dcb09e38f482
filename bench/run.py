"""The budgets, measured: `make bench`, or `python -m bench.run [--large] [--layouts] [--check]`.

Every ratio is of CPU-time medians of runs that took turns with their floor: B0 starting Python,
B1 a bare scan of the same files' YAML events, B2 reading and hashing them.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bench import editor, edits, grading, outlook
from bench.aligning import commit_and_edit, seconds
from bench.generate import AS_OF, Layout, write
from bench.measure import BenchError, Command, Cost, medians
from bench.table import Row, table

ROOT = Path(__file__).resolve().parents[1]
KPI = str(Path(sys.executable).parent / "kpi")
FLOORS = str(ROOT / "bench" / "baselines.py")
EXAMPLE = ROOT / "examples" / "harbour-foods"
# Fewer rounds where a run is long enough to be steady by itself.
ROUNDS = {100: 9, 1000: 5, 10000: 3}


@dataclass
class Bench:
    """One session of measuring; `scratch` is where plans are generated."""

    scratch: Path
    rows: list[Row] = field(default_factory=list)

    def add(self, name: str, value: float, note: str = "") -> None:
        """Note a row and say it at once, since the next may take minutes."""
        row = Row(name, value, note)
        self.rows.append(row)
        print(f"  {name}: {value:.2f}  {row.verdict}", file=sys.stderr, flush=True)

    def corpus(self, layout: Layout) -> Path:
        """A generated plan, proved to be without a finding."""
        folder = self.scratch / f"{layout.kpis}-{layout.files}-{layout.actuals}"
        write(layout, folder)
        require_clean(folder)
        return folder


def on_plan(command: str, *options: str) -> Command:
    """A cold `kpi` command with machine output, at the plan's date."""
    return [KPI, command, "--as-of", AS_OF, "--no-cache", "--format", "json", *options]


def require_clean(folder: Path) -> None:
    """Raise BenchError unless `kpi validate` finds nothing, not even an info."""
    command = on_plan("validate")
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BenchError(f"{KPI} is not there: run `make bench`, it installs it") from error
    try:
        findings = json.loads(done.stdout)["findings"]
    except (ValueError, KeyError) as error:
        said = (done.stderr or done.stdout)[-2000:]
        raise BenchError(f"kpi validate ended with {done.returncode}: {said}") from error
    if findings or done.returncode:
        lines = [f"  {f['path']}:{f['line']} {f['code']} {f['message']}" for f in findings[:5]]
        raise BenchError(f"the generated plan has {len(findings)} findings\n" + "\n".join(lines))


def start_up(bench: Bench) -> None:
    """What it costs to say hello."""
    subjects: dict[str, Command] = {
        "B0": [sys.executable, "-c", "pass"],
        "version": [KPI, "--version"],
        "help": [KPI, "--help"],
    }
    costs = medians(subjects, bench.scratch, 15)
    for name in ("version", "help"):
        bench.add(f"kpi --{name} / B0", *_ratio(costs[name], costs["B0"]))


def validate(bench: Bench, sizes: list[int]) -> None:
    """Cold validation against the bare scan, its growth, and what status adds."""
    before: tuple[int, float] | None = None
    for size in sizes:
        costs = _plan_costs(bench.corpus(Layout(size)), ROUNDS[size])
        cold, status = costs["validate"], costs["status"]
        bench.add(f"validate cold {size} / B1", *_ratio(cold, costs["B1"]))
        bench.add(f"validate cold {size} / B2", *_ratio(cold, costs["B2"]))
        bench.add(f"validate cold {size}, peak MiB", cold.peak / 2**20)
        if before:
            bench.add(f"growth {before[0]} to {size}", cold.cpu / before[1])
        before = (size, cold.cpu)
    for name, cost in (("status", status), ("status as text", costs["text"])):
        bench.add(
            f"{name} on top of validate, ms a KPI",
            1000 * (cost.cpu - cold.cpu) / size,
            f"{cost.cpu:.2f} s less {cold.cpu:.2f} s, {size} KPIs",
        )


def outlooks(bench: Bench, count: int = 1000) -> None:
    """Signals, season, forecast and evidence, computed on a plan that is loaded."""
    spent = outlook.cost(count)
    note = f"mean of {count} KPIs of 36 values, median {statistics.median(spent):.2f}"
    bench.add("signals and forecast, ms a KPI", statistics.fmean(spent), note)


def smart(bench: Bench, size: int) -> None:
    """Every SMART rule and the scores, over a plan that is loaded."""
    spent = grading.cost(bench.corpus(Layout(size)), AS_OF)
    bench.add(
        "check-smart beyond loading, ms a KPI",
        1000 * spent.checking / size,
        f"{spent.checking:.2f} s after {spent.loading:.2f} s of loading, {size} KPIs",
    )


def layouts(bench: Bench, size: int = 1000) -> None:
    """The same plan spread over files in the other three ways."""
    for layout in (Layout(size, "kpi"), Layout(size, "team", "csv"), Layout(size, "kpi", "csv")):
        costs = _plan_costs(bench.corpus(layout), ROUNDS[size], status=False)
        name = f"validate cold {size}, file per {layout.files}, {layout.actuals} / B1"
        bench.add(name, *_ratio(costs["validate"], costs["B1"]))


def report(bench: Bench) -> None:
    """The whole site of the example."""
    command = [KPI, "report", "--as-of", AS_OF, "--no-cache", "-o", str(bench.scratch / "site")]
    cost = medians({"report": command}, EXAMPLE, 5)["report"]
    bench.add("report of harbour-foods, s", cost.cpu, "CPU seconds")


def serving(bench: Bench, size: int = 1000) -> None:
    """An editor's wait; the server waits 0.15 s for quiet before it looks."""
    waited = editor.change_to_diagnostics([KPI], bench.corpus(Layout(size)))
    name = f"lsp, change to findings in {size} KPIs, s"
    bench.add(name, statistics.median(waited), f"wall clock, median of {len(waited)}")


def editing(bench: Bench, size: int = 5000, rounds: int = 5) -> None:
    """A record and a rename in a large workspace, which is clean afterwards too."""
    folder = bench.corpus(Layout(size))
    loading = edits.start_up(KPI, AS_OF, bench.scratch, rounds)
    recorded = edits.record(KPI, AS_OF, folder, rounds)
    beyond = f"{recorded:.2f} s less {loading:.2f} s for status of one KPI"
    bench.add(f"record in {size} KPIs, s beyond start-up", recorded - loading, beyond)
    bench.add(f"rename in {size} KPIs, s", edits.rename(KPI, folder, rounds), "CPU seconds")
    require_clean(folder)


def aligning(bench: Bench, size: int = 1000, rounds: int = 5) -> None:
    """Alignment of a large plan, and a diff of ten files against one validate."""
    bench.add("align 1000 objectives, 10000 KPIs, s", seconds(bench.scratch / "align"), "loaded")
    folder = bench.scratch / "diff"
    write(Layout(size), folder)
    commit_and_edit(folder)
    subjects: dict[str, Command] = {
        "validate": on_plan("validate"),
        "diff": on_plan("diff"),
    }
    costs = medians(subjects, folder, rounds)
    bench.add("diff of 10 files / validate", *_ratio(costs["diff"], costs["validate"]))


def _plan_costs(folder: Path, rounds: int, *, status: bool = True) -> dict[str, Cost]:
    subjects: dict[str, Command] = {
        "B1": [sys.executable, FLOORS, "scan", "."],
        "B2": [sys.executable, FLOORS, "read", "."],
        "validate": on_plan("validate"),
    }
    if status:
        subjects["status"] = on_plan("status")
        subjects["text"] = [*on_plan("status"), "--format", "text"]
    return medians(subjects, folder, rounds)


def _ratio(ours: Cost, floor: Cost) -> tuple[float, str]:
    return ours.cpu / floor.cpu, f"{1000 * ours.cpu:.0f} ms / {1000 * floor.cpu:.0f} ms"


def run(options: argparse.Namespace) -> list[Row]:
    """Measure everything asked for. Raises BenchError at the first command that fails."""
    with tempfile.TemporaryDirectory(prefix="kpi-bench-") as scratch:
        bench = Bench(Path(scratch))
        start_up(bench)
        validate(bench, [100, 1000, 10000] if options.large else [100, 1000])
        smart(bench, 10000 if options.large else 1000)
        outlooks(bench, 10000 if options.large else 1000)
        if options.layouts:
            layouts(bench)
        report(bench)
        editing(bench)
        serving(bench)
        aligning(bench)
        return bench.rows


def heading() -> Iterator[str]:
    """What the figures depend on."""
    libyaml = ".".join(map(str, yaml._yaml.get_version()))
    yield f"Python {platform.python_version()}, PyYAML {yaml.__version__}, libyaml {libyaml}"
    yield "Medians of CPU time; B0 python -c pass, B1 bare libyaml event scan, B2 read + sha256"


def main(arguments: list[str]) -> int:
    """Measure and print; 2 where a command failed, with --check 1 where a `must` is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 10 000 KPIs (minutes)")
    parser.add_argument("--layouts", action="store_true", help="also the other file layouts")
    parser.add_argument("--check", action="store_true", help="end 1 where a budget is missed")
    options = parser.parse_args(arguments)
    try:
        rows = run(options)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print("\n".join(heading()), end="\n\n")
    print(table(rows))
    missed = [row.name for row in rows if row.verdict == "MISSED"]
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
