"""KPIs that moved against each other in the past: a hint, never a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from math import log, sqrt

from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.reach import Running
from kpi_cli.analysis.results import Assessment
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_

LEAST = 24
"""Changes that two KPIs must have in common."""
LOUD = -0.5
RISK = 0.01
"""Chance of even one hint among pairs that have nothing to do with each other (Bonferroni)."""
MOST = 12
"""Objectives with more KPIs are left out: among so many pairs some correlate by chance."""


@dataclass(frozen=True, slots=True)
class Hint:
    """The correlation `r` of the changes of two KPIs over `n` periods; up means better in both."""

    one: str
    other: str
    r: float
    n: int

    @property
    def message(self) -> str:
        """The hint with its caveat."""
        return N_(
            "when '{one}' got better '{other}' tended to get worse in the same period (r = {r},"
            " n = {n}); that is no proof that one causes the other",
            one=self.one,
            other=self.other,
            r=f"{self.r:.2f}",
            n=self.n,
        )


def hints(found: Running, assessment: Assessment) -> Iterator[Hint]:
    """Pairs under one objective, or tied by `opposes` or a guardrail, that moved against each
    other."""
    moves: dict[str, Mapping[int, float]] = {}
    pairs = _pairs(found)
    # The tail of the normal distribution is below exp(-z^2 / 2).
    z = sqrt(2 * log(max(len(pairs), 1) / RISK))
    for one, other in pairs:
        for name in (one, other):
            if name not in moves:
                moves[name] = _moves(assessment, name)
        first, second = moves[one], moves[other]
        if min(len(first), len(second)) < max(LEAST, z * z):
            continue
        common = sorted(first.keys() & second.keys())
        if len(common) >= LEAST:
            r = _correlation([first[p] for p in common], [second[p] for p in common])
            if r <= min(LOUD, -z / sqrt(len(common))):
                yield Hint(one, other, r, len(common))


def _pairs(found: Running) -> list[tuple[str, str]]:
    pairs: dict[tuple[str, str], None] = {}
    homes: dict[str, list[str]] = {}
    for kpi in found.kpis.values():
        for home in found.homes(kpi):
            homes.setdefault(home, []).append(kpi.id)
        for name in (*kpi.opposes, *kpi.guardrails):
            if name in found.kpis and name != kpi.id:
                pairs.setdefault((min(kpi.id, name), max(kpi.id, name)))
    for members in homes.values():
        if len(members) <= MOST:
            pairs.update(dict.fromkeys(combinations(sorted(members), 2)))
    return sorted(pairs)


def _moves(assessment: Assessment, name: str) -> dict[int, float]:
    """Changes from one actual to the next by the period's last day; positive is better."""
    better = direction_of(assessment.kpis[name])
    if better is None:
        return {}
    sign = 1.0 if better == "increase" else -1.0
    rows = assessment.series[name]
    dated = [
        (period.end.toordinal(), float(value))
        for period, value in rows
        if period.end <= assessment.as_of
        and isinstance(value, (int, float))
        and not isinstance(value, bool)
    ]
    return {after: sign * (new - old) for (_, old), (after, new) in pairwise(dated)}


def _correlation(x: list[float], y: list[float]) -> float:
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    off_x, off_y = [v - mean_x for v in x], [v - mean_y for v in y]
    size = sqrt(sum(v * v for v in off_x) * sum(v * v for v in off_y))
    return sum(a * b for a, b in zip(off_x, off_y, strict=True)) / size if size > 0 else 0.0
