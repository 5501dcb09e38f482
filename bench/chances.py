"""Are the stated chances of reaching targets true? A seeded simulation, through the plan.

`python -m bench.chances [COUNT]` makes COUNT (1200) KPIs whose values are random
walks, wandering trends and seasonal series (equal parts, `bench.series`), loads them as a plan,
and asks each KPI's outlook - what `kpi forecast` and A305 to A309 state - for the chance of twelve
targets on its due date. The values that came decide. Printed is, for every tenth of the scale, the
mean chance stated, the share reached, and how many there were.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import fsum, sqrt

from bench.outlook import Memory
from bench.series import Series, make
from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.backtest import BINS, STEPS
from kpi_cli.period import Calendar, Frequency, Period
from kpi_cli.plan import load_plan

AS_OF = date(2026, 5, 31)
LAST = date(2026, 4, 30)
FAMILIES = ("walk", "trend", "seasonal")
ENOUGH = 200
"""Fewer questions in a tenth say nothing about it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the kind of series, the chance stated, and whether it came true."""

    family: str
    said: float
    came: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the scale: mean chance stated, share that came true, number of questions."""

    said: float
    came: float
    count: int

    @property
    def error(self) -> float:
        """How far what was stated is from what came."""
        return abs(self.said - self.came)


def ask(count: int, seed: int = 20261122) -> Iterator[Asked]:
    """Twelve questions on each of `count` series; the same for the same seed."""
    found = generated(count, seed)
    assessment = assess(load_plan(Memory("\n".join(plan(found)) + "\n")).plan, AS_OF)
    for at, series in enumerate(found):
        ending = assessment.outlooks[f"k{at}"].ending
        noise = noise_of(series.seen)
        if ending is None or ending.horizon != len(series.after):
            raise SystemExit(f"{series.name} has no outlook over {len(series.after)} periods")
        for step in STEPS:
            for sign in (1, -1):
                target = series.seen[-1] + sign * step * noise * sqrt(ending.horizon)
                low, high = (target, None) if sign > 0 else (None, target)
                came = (series.after[-1] - target) * sign >= 0
                yield Asked(family_of(series), ending.outcome.chance(low, high), came)


def generated(count: int, seed: int) -> list[Series]:
    """Equal parts of the three kinds of series."""
    return [one for one in make(count * 2, seed) if family_of(one) in FAMILIES][:count]


def family_of(series: Series) -> str:
    """walk, trend, seasonal or autoregression."""
    return series.name.split("-")[0]


def plan(found: Sequence[Series]) -> Iterator[str]:
    """The lines of a plan file with one KPI for each series."""
    yield "objectives:\n  o: {title: O, period: {start: 2000-01-01, end: 2040-12-31}}\nkpis:"
    for at, series in enumerate(found):
        seen, due = periods_of(series)
        actuals = ", ".join(
            f"{period.name}: {value!r}" for period, value in zip(seen, series.seen, strict=True)
        )
        yield f"  k{at}:\n    name: K\n    objective: o\n    frequency: {series.frequency}"
        yield f"    target: {{at_least: 0}}\n    due: {due}\n    actuals: {{{actuals}}}"


def periods_of(series: Series) -> tuple[list[Period], date]:
    """The periods of the values seen, and the end of the last that is to come."""
    calendar, frequency = Calendar(), Frequency(series.frequency)
    at = calendar.containing(frequency, LAST + timedelta(days=1))
    seen: list[Period] = []
    ahead = at
    for _ in range(len(series.after) - 1):
        ahead = calendar.containing(frequency, ahead.end + timedelta(days=1))
    for _ in series.seen:
        at = calendar.containing(frequency, at.start - timedelta(days=1))
        seen.insert(0, at)
    return seen, ahead.end


def noise_of(values: Sequence[float]) -> float:
    """The standard deviation of one step, from the mean step."""
    steps = [abs(after - before) for before, after in pairwise(values)]
    return fsum(steps) / len(steps) / 1.128


def bins(asked: Sequence[Asked]) -> list[Bin]:
    """Tenths of the scale that hold a question, from 0 up."""
    held: list[list[Asked]] = [[] for _ in range(BINS)]
    for one in asked:
        held[min(int(one.said * BINS), BINS - 1)].append(one)
    return [
        Bin(
            fsum(q.said for q in each) / len(each), sum(q.came for q in each) / len(each), len(each)
        )
        for each in held
        if each
    ]


def expected_error(asked: Sequence[Asked]) -> float:
    """The mean error over the bins, by their size."""
    return fsum(each.error * each.count for each in bins(asked)) / len(asked)


def by_family(asked: Sequence[Asked]) -> Mapping[str, list[Asked]]:
    """The questions of each kind of series, and of all together."""
    return {
        **{family: [q for q in asked if q.family == family] for family in FAMILIES},
        "all": list(asked),
    }


def table(asked: Sequence[Asked]) -> str:
    """The bins of all questions, then the mean error of each family, as Markdown."""
    lines = ["| stated | came true | questions |", "|--:|--:|--:|"]
    lines += [f"| {each.said:.2f} | {each.came:.2f} | {each.count} |" for each in bins(asked)]
    lines += ["", "| series | mean error | questions |", "|--|--:|--:|"]
    for family, found in by_family(asked).items():
        lines.append(f"| {family} | {expected_error(found):.3f} | {len(found)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    count = int(arguments[0]) if arguments else 1200
    print(table(list(ask(count))))


if __name__ == "__main__":
    main(sys.argv[1:])
