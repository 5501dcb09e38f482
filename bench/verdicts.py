"""What comes of targets that check-smart calls a gift or out of reach: a seeded simulation.

`python -m bench.verdicts [COUNT]` gives each of COUNT (200) generated series (`bench.chances`)
fourteen targets, as KPIs without a rationale, runs A306, A307 and A308 over the plan, and lets what
came decide. Printed is how many targets each rule spoke of, and which share of them was reached.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from bench.chances import AS_OF, LAST, generated, noise_of, periods_of
from bench.outlook import Memory
from bench.series import Series
from kpi_cli.checks.engine import Selection, findings
from kpi_cli.period import later
from kpi_cli.plan import load_plan

STEPS = (0.02, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0)
"""Targets so many standard deviations of the way beyond the last value, up and down."""
RULES = ("A306", "A307", "A308")


@dataclass(frozen=True, slots=True)
class Called:
    """How many targets a rule spoke of, and how many of them were reached."""

    code: str
    count: int
    reached: int

    @property
    def share(self) -> float:
        """The share that was reached; 0 of none."""
        return self.reached / self.count if self.count else 0.0


def called(count: int = 200, seed: int = 20261122) -> list[Called]:
    """What became of the targets each rule spoke of; the last entry is all of them."""
    reached: dict[str, bool] = {}
    lines = [
        "objectives:",
        "  o: {title: O, period: {start: 2000-01-01, end: 2040-12-31}}",
        "kpis:",
    ]
    for series in generated(count, seed):
        for name, target, sign in _targets(series):
            reached[name] = (series.after[-1] - target) * sign >= 0
            lines += _kpi(name, series, target, sign)
    loaded = load_plan(Memory("\n".join(lines) + "\n"))
    found = findings(loaded, AS_OF, Selection(frozenset(RULES), {}))
    said = {code: {one.subject for one in found if one.code == code} for code in RULES}
    rows = [
        Called(code, len(names), sum(reached[name] for name in names if name))
        for code, names in said.items()
    ]
    return [*rows, Called("all", len(reached), sum(reached.values()))]


def _targets(series: Series) -> Iterator[tuple[str, float, int]]:
    unit = noise_of(series.seen) * sqrt(len(series.after))
    for step in STEPS:
        for sign, side in ((1, "up"), (-1, "down")):
            yield f"{series.name}-{step}-{side}", series.seen[-1] + sign * step * unit, sign


def _kpi(name: str, series: Series, target: float, sign: int) -> Iterator[str]:
    seen, due = periods_of(series)
    actuals = ", ".join(
        f"{period.name}: {value!r}" for period, value in zip(seen, series.seen, strict=True)
    )
    yield f"  {name}:\n    name: K\n    objective: o\n    frequency: {series.frequency}"
    yield f"    start: {later(LAST, 1)}\n    due: {due}\n    baseline: {series.seen[-1]!r}"
    yield f"    direction: {'increase' if sign > 0 else 'decrease'}\n    target: {target!r}"
    yield f"    actuals: {{{actuals}}}"


def table(rows: Sequence[Called]) -> str:
    """The rows as Markdown."""
    lines = ["| rule | targets | reached |", "|---|--:|--:|"]
    lines += [f"| {row.code} | {row.count} | {row.share:.2f} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(called(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
