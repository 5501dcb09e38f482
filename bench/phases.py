"""What dominates a cold `kpi validate`: CPU time by phase, and the functions that take most.

python -m bench.phases [KPIS]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.generate import Layout
from bench.measure import Cost, Subject, medians
from bench.session import ROOT, Bench, cold, floors, largest
from bench.table import grid

SAMPLER = str(ROOT / "bench" / "sampler.py")
MOST = 12
"""How many functions are told."""


@dataclass(frozen=True, slots=True)
class Profile:
    """CPU seconds of a command, and how many samples fell on each phase and each function."""

    seconds: float
    phases: Counter[str]
    functions: Counter[str]

    @property
    def samples(self) -> int:
        """All of them."""
        return self.phases.total()


def profile(lines: Iterable[str], seconds: float) -> Profile:
    """The samples of a run: lines of phase, file and function, tabs between."""
    phases: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for line in lines:
        phase, file, function = line.rstrip("\n").split("\t")
        phases[phase] += 1
        # What is imported is no function of ours to mend; the phase tells it.
        if phase != "imports":
            functions[f"{function} in {file}"] += 1
    return Profile(seconds, phases, functions)


def sampled(bench: Bench, folder: Path) -> tuple[Profile, dict[str, Cost]]:
    """A cold validate, sampled once, beside its cost without the sampler and its floors."""
    command = cold("validate")
    seen = bench.scratch / "samples"
    costs = medians({**floors(folder), "validate": Subject(command, folder)}, 2)
    watched = Subject(
        [sys.executable, SAMPLER, str(seen), *command[1:]], folder,
        before=lambda _turn: seen.unlink(missing_ok=True),
    )  # fmt: skip
    medians({"sampled": watched}, 1)
    with seen.open(encoding="utf-8") as lines:
        return profile(lines, costs["validate"].cpu), costs


def phases(bench: Bench) -> None:
    """The profile of the largest plan up to 10 000 KPIs, as rows."""
    size = largest(bench.sizes)
    found, costs = sampled(bench, bench.corpus(Layout(size)))
    bench.add(f"profile of {size} KPIs, s", found.seconds, "CPU seconds, not sampled")
    bench.add(f"profile of {size} KPIs, floor B1, s", costs["B1"].cpu, "CPU seconds")
    for name, count in found.phases.most_common():
        share = count / found.samples
        bench.add(f"phase: {name}", share * found.seconds, f"{share:.1%}")
    for name, count in found.functions.most_common(MOST):
        share = count / found.samples
        bench.add(f"function: {name}", share * found.seconds, f"{share:.1%}")


def main(arguments: list[str]) -> None:
    """Measure and print."""
    size = int(arguments[0]) if arguments else 10_000
    with tempfile.TemporaryDirectory(prefix="kpi-bench-") as scratch:
        bench = Bench(Path(scratch), (size,))
        phases(bench)
    lines = [(row.name, row.shown, row.note) for row in bench.rows]
    print(grid(("what", "s", "share"), lines, numbers=(1, 2)))


if __name__ == "__main__":
    main(sys.argv[1:])
