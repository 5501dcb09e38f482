"""CPU time of one KPI's signals and forecast, as `kpi status` reads them.

`python -m bench.outlook [COUNT]` makes COUNT (1 000) KPIs with 36 monthly values in memory and
prints milliseconds a KPI: the median and the mean, over all outlooks.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date

from kpi_cli.analysis.assess import assess
from kpi_cli.plan import Loaded, load_plan

AS_OF = date(2026, 5, 31)
NAMES = [f"{2023 + (at + 5) // 12}-{(at + 5) % 12 + 1:02d}" for at in range(36)]


class Memory:
    """A workspace of one plan file."""

    def __init__(self, text: str) -> None:
        self._files = {"kpi.yaml": b"version: 1\n", "plan.yaml": text.encode()}

    def paths(self) -> list[str]:
        """The two files."""
        return sorted(self._files)

    def strays(self) -> list[str]:
        """None."""
        return []

    def read(self, path: str) -> bytes:
        """A file's bytes."""
        return self._files[path]


def plan(count: int, seed: int = 7) -> Iterator[str]:
    """The lines of a plan file."""
    rng = random.Random(seed)
    yield 'objectives:\n  o: {title: O, period: "2026"}\nkpis:'
    for number in range(count):
        level, drift = rng.uniform(20, 200), rng.gauss(0, 0.5)
        season = rng.choice((0, 0, 0, 8))
        values = [
            round(level + drift * at + season * ((at % 12) > 6) + rng.gauss(0, 4), 2)
            for at in range(36)
        ]
        actuals = ", ".join(f"{n}: {v}" for n, v in zip(NAMES, values, strict=True))
        yield f"  k{number}:\n    name: K\n    objective: o\n    baseline: {level:.1f}"
        yield f"    target: {level + 20:.1f}\n    actuals: {{{actuals}}}"


def measure(loaded: Loaded) -> list[float]:
    """Milliseconds of CPU each outlook took."""
    found = assess(loaded.plan, AS_OF)
    spent = []
    for name in found.kpis:
        begin = time.process_time()
        outlook = found.outlooks[name]
        ending = outlook.ending
        spent.append((time.process_time() - begin) * 1000)
        if ending is None or outlook.limits is None:
            raise SystemExit(f"{name} has no outlook")
    return spent


def cost(count: int) -> list[float]:
    """Milliseconds of CPU for each of `count` KPIs of 36 months."""
    return measure(load_plan(Memory("\n".join(plan(count)) + "\n")))


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    count = int(arguments[0]) if arguments else 1000
    spent = cost(count)
    print(f"{count} KPIs of 36 values: median {statistics.median(spent):.2f} ms a KPI, ", end="")
    print(f"mean {statistics.fmean(spent):.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
