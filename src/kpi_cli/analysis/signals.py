"""Signals: patterns in a process behaviour chart that routine variation rarely makes.

Rules as in Wheeler (limit, run8, 3of4, mr), Western Electric (2of3, 4of5), NHS "Making data count"
(run7, trend7) and Anhoej & Olesen (2014). Unlike other tools every rule that holds at a point is
reported, and a point outside the limits also counts as one near them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import comb, log2
from typing import Literal

from kpi_cli.analysis.average import median
from kpi_cli.analysis.xmr import Limits, Stretch
from kpi_cli.frozen import dataclass

Side = Literal["above", "below"]
KINDS = ("limit", "run8", "3of4", "mr", "2of3", "4of5", "run7", "trend7", "anhoej")
"""In the order of weight: where several hold at the latest point, the first one names it."""
RULES = {
    "wheeler": ("limit", "run8", "3of4"),
    "nhs": ("limit", "run7", "2of3", "trend7"),
    "weco": ("limit", "run8", "2of3", "4of5"),
    "anhoej": ("limit", "anhoej"),
}
USEFUL = 10
"""Points off the median that Anhoej's tests need."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule that holds: the indices of the points it marks, oldest first, and their side.

    For `mr` and `trend7` the side is that of the movement.
    """

    kind: str
    side: Side
    marks: tuple[int, ...]

    @property
    def start(self) -> int:
        """The first point of the pattern."""
        return self.marks[0]


def patterns(
    values: Sequence[float], limits: Limits, kinds: Sequence[str], offset: int = 0
) -> Iterator[Pattern]:
    """Every pattern of the given rules; `offset` is added to the indices.

    No variation at all (mean moving range 0) gives none.
    """
    if limits.mean_range <= 0:
        return
    off = [value - limits.centre for value in values]
    for kind in kinds:
        for side, marks in _found(kind, values, off, limits):
            yield Pattern(
                kind, "above" if side > 0 else "below", tuple(mark + offset for mark in marks)
            )


Found = Iterator[tuple[int, Sequence[int]]]


def _found(kind: str, values: Sequence[float], off: list[float], limits: Limits) -> Found:
    slack, sigma = limits.tolerance, limits.sigma
    match kind:
        case "limit":
            sides = _sides(off, 3 * sigma + slack)
            return _runs(sides, 1) if any(sides) else iter(())
        case "run8" | "run7":
            return _runs(_sides(off, slack), 8 if kind == "run8" else 7)
        case "3of4":
            return _clusters(_sides(off, 1.5 * sigma + slack), 3, 4)
        case "2of3":
            return _clusters(_sides(off, 2 * sigma + slack), 2, 3)
        case "4of5":
            return _clusters(_sides(off, sigma + slack), 4, 5)
        case "trend7":
            steps = [after - before for before, after in pairwise(values)]
            return (
                (side, range(run[0], run[-1] + 2)) for side, run in _runs(_sides(steps, slack), 6)
            )
        case "mr":
            steps = [after - before for before, after in pairwise(values)]
            sides = _sides(steps, limits.range + slack)
            moved = _runs(sides, 1) if any(sides) else iter(())
            return ((side, [at + 1 for at in run]) for side, run in moved)
        case _:
            return _anhoej_marks(values[: limits.n], values, slack)


def _sides(off: Sequence[float], distance: float) -> list[int]:
    """1 beyond `distance` above, -1 below, 0 within: a tie is on no side and breaks a run."""
    return [1 if d > distance else -1 if d < -distance else 0 for d in off]


def _runs(sides: Sequence[int], least: int) -> Found:
    """Unbroken runs on one side of at least that length."""
    begin = 0
    for at in range(1, len(sides) + 1):
        if at == len(sides) or sides[at] != sides[begin]:
            if sides[begin] and at - begin >= least:
                yield sides[begin], range(begin, at)
            begin = at


def _clusters(sides: Sequence[int], needed: int, window: int) -> Found:
    """Points of one side of which `needed` lie within `window` in a row, touching ones joined."""
    for side in (1, -1):
        if sides.count(side) < needed:
            continue
        chosen = [at for at, one in enumerate(sides) if one == side]
        marks: list[int] = []
        for first in range(len(chosen) - needed + 1):
            group = chosen[first : first + needed]
            if group[-1] - group[0] < window:
                if marks and group[0] > marks[-1]:
                    yield side, tuple(marks)
                    marks = []
                marks += [at for at in group if not marks or at > marks[-1]]
        if marks:
            yield side, tuple(marks)


@dataclass(frozen=True, slots=True)
class Anhoej:
    """Runs around the median: useful points are those off it; a signal needs 10 of them."""

    n_useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int

    @property
    def signal(self) -> bool:
        """A run too long, or too few crossings."""
        enough = self.n_useful >= USEFUL
        return enough and (
            self.longest_run > self.longest_run_max or self.crossings < self.crossings_min
        )


def anhoej(values: Sequence[float], centre: float | None = None) -> Anhoej:
    """Anhoej's two tests around `centre`, by default the median of the values."""
    middle = median(values) if centre is None else centre
    sides = _sides([v - middle for v in values], 1e-9 * max(1.0, abs(middle)))
    useful = [side for side in sides if side]
    n = len(useful)
    lengths = [len(run) for _, run in _runs(useful, 1)]
    return Anhoej(
        n,
        max(lengths, default=0),
        round(log2(n) + 3) if n else 0,
        max(len(lengths) - 1, 0),
        _crossings_min(n),
    )


@lru_cache(maxsize=512)
def _crossings_min(n: int) -> int:
    """The lower 5 % point of the number of crossings among n points: qbinom(0.05, n-1, 0.5)."""
    below, at = 0, 0
    while n > 1 and (below := below + comb(n - 1, at)) * 20 < 2 ** (n - 1):
        at += 1
    return at


def _anhoej_marks(basis: Sequence[float], values: Sequence[float], slack: float) -> Found:
    """The runs that are too long; where only the crossings are too few, the latest run."""
    middle = median(basis)
    found = anhoej(values, middle)
    if not found.signal:
        return
    sides = _sides([v - middle for v in values], slack)
    useful = [at for at, side in enumerate(sides) if side]
    runs = list(_runs([sides[at] for at in useful], 1))
    long = [one for one in runs if len(one[1]) > found.longest_run_max]
    for side, run in long or runs[-1:]:
        yield side, [useful[at] for at in run]


def chart_patterns(
    values: Sequence[float], parts: Sequence[Stretch], rules: str
) -> tuple[Pattern, ...]:
    """The patterns of a whole chart; runs and moving ranges never cross into another stretch.

    The moving range is marked beside Wheeler's three rules without being one of them.
    """
    kinds = (*RULES[rules], "mr") if rules == "wheeler" else RULES[rules]
    return tuple(
        pattern
        for part in parts
        if part.limits is not None
        for pattern in patterns(values[part.start : part.end], part.limits, kinds, part.start)
    )


def by_point(found: Sequence[Pattern], points: int) -> tuple[tuple[Pattern, ...], ...]:
    """For every point all patterns that mark it, in the order of weight."""
    marked: list[list[Pattern]] = [[] for _ in range(points)]
    for pattern in sorted(found, key=lambda one: KINDS.index(one.kind)):
        for mark in pattern.marks:
            marked[mark].append(pattern)
    return tuple(tuple(entry) for entry in marked)


def latest(found: Sequence[Pattern], points: int, rules: str) -> Pattern | None:
    """The pattern that holds at the last point by a rule of the set; None: routine variation."""
    holding = [one for one in found if one.marks[-1] == points - 1 and one.kind in RULES[rules]]
    return min(holding, key=lambda one: KINDS.index(one.kind), default=None)


def is_better(side: Side, direction: str | None) -> bool | None:
    """Whether that side is the good one; None without a direction."""
    if direction is None:
        return None
    return (side == "above") == (direction == "increase")


Assurance = Literal["consistently meets", "hit or miss", "consistently fails"]


def assurance(limits: Limits, low: float | None, high: float | None) -> Assurance | None:
    """Whether the process as it is meets `low`..`high` (edges included; None is an open side)."""
    if low is None and high is None:
        return None
    slack = limits.tolerance
    above_low = low is None or low < limits.lower - slack
    below_high = high is None or high > limits.upper + slack
    if above_low and below_high:
        return "consistently meets"
    misses_low = low is not None and low > limits.upper + slack
    misses_high = high is not None and high < limits.lower - slack
    return "consistently fails" if misses_low or misses_high else "hit or miss"
