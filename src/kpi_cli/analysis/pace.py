"""Expected progress: linear by days, by a path, or geometric (semantics 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from math import exp, log

from kpi_cli.models import Kpi

Planned = Callable[[float, float], float | None]
"""Baseline and target -> the value expected on a day; None where the pace is linear."""


def elapsed_share(start: date | None, due: date | None, on: date) -> float | None:
    """0 on `start`, 1 on `due`, linear by days between, held within 0..1; None without dates."""
    if start is None or due is None:
        return None
    if due <= start:
        return 1.0 if on >= due else 0.0
    return min(max((on - start).days / (due - start).days, 0.0), 1.0)


def planned_by(
    kpi: Kpi, start: date | None, due: date | None, on: date, elapsed: float | None
) -> Planned:
    """The value expected at `on`: the path's, else a geometric pace's, else None (linear)."""
    if kpi.path and start is not None and due is not None:
        return lambda baseline, target: _on_path(kpi, start, due, on, baseline, target)
    if kpi.pace == "geometric" and elapsed is not None and not kpi.is_total:
        return lambda baseline, target: geometric(baseline, target, elapsed)
    return lambda _baseline, _target: None


def geometric(baseline: float, target: float, elapsed: float) -> float | None:
    """baseline x (target / baseline)^elapsed; None where either is not above zero (K015)."""
    if baseline <= 0 or target <= 0:
        return None
    return exp(log(baseline) + elapsed * (log(target) - log(baseline)))


def _on_path(
    kpi: Kpi, start: date, due: date, on: date, baseline: float, target: float
) -> float | None:
    """Linear between the path's points, anchored at (start, baseline) and (due, target)."""
    points: dict[date, float] = {start: baseline, due: target}
    points.update({p.end: value for p, value in kpi.path if start <= p.end <= due})
    days = sorted(points)
    if on <= days[0]:
        return points[days[0]]
    for before, after in pairwise(days):
        if on <= after:
            share = (on - before).days / (after - before).days
            return points[before] + share * (points[after] - points[before])
    return points[days[-1]]
