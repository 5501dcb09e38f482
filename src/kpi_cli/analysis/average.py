"""Median and mean, as in `statistics`, which would load fractions, decimals and random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum


def median(figures: Sequence[float]) -> float:
    """The middle figure, or the mean of the two in the middle; of one at least."""
    ordered = sorted(figures)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(figures: Sequence[float]) -> float:
    """The sum without rounding errors, by the count; of one figure at least."""
    return fsum(figures) / len(figures)
