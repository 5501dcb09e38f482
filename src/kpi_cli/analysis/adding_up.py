"""Do the targets of the parts add up to the target of the whole?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.analysis.pulls import Pull, pull_of
from kpi_cli.analysis.reach import Running
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.quantity import PERCENT, show_quantity

TOLERANCE = 0.01
"""Rounding allowed between the parts and the whole, as a share of the whole."""
_RATES = frozenset({"ratio", "mean", "min", "max"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A whole whose parts (two or more, by `part_of`) do not reach its target."""

    whole: str
    parts: tuple[str, ...]
    target: float
    together: float
    message: str


def gaps(found: Running, as_of: date) -> Iterator[Gap]:
    """Amounts must add up to the whole's target; rates must lie on both sides of it.

    Only parts with a figure as target in the whole's unit and with its due date are compared.
    """
    parts: dict[str, list[str]] = {}
    for kpi in found.kpis.values():
        if kpi.part_of in found.kpis and kpi.part_of:
            parts.setdefault(kpi.part_of, []).append(kpi.id)
    for name, members in parts.items():
        whole = pull_of(found.plan, found.kpis[name], as_of)
        pulls = [pull_of(found.plan, found.kpis[member], as_of) for member in members]
        if whole.number is None or len(pulls) < 2 or not all(_fits(whole, p) for p in pulls):
            continue
        gap = _rates(whole, pulls) if _is_rate(whole) else _sum(whole, pulls)
        if gap is not None:
            yield gap


def _fits(whole: Pull, part: Pull) -> bool:
    same = whole.kpi.unit == part.kpi.unit and whole.due == part.due
    return same and part.number is not None and whole.better == part.better


def _is_rate(whole: Pull) -> bool:
    return whole.kpi.unit == PERCENT or whole.kpi.aggregation in _RATES


def _sum(whole: Pull, parts: list[Pull]) -> Gap | None:
    target, total = whole.number or 0.0, sum(part.number or 0.0 for part in parts)
    if abs(total - target) <= TOLERANCE * max(abs(target), abs(total)):
        return None
    unit = whole.kpi.unit
    less = N_("the targets of {ids} add up to {total}, {gap} short of the {target} of '{whole}'")
    more = N_("the targets of {ids} add up to {total}, {gap} more than the {target} of '{whole}'")
    message = N_(
        less if total < target else more,
        ids=_named(parts),
        total=show_quantity(total, unit),
        gap=show_quantity(abs(target - total), unit),
        target=show_quantity(target, unit),
        whole=whole.kpi.id,
    )
    return Gap(whole.kpi.id, tuple(part.kpi.id for part in parts), target, total, message)


def _rates(whole: Pull, parts: list[Pull]) -> Gap | None:
    target, figures = whole.number or 0.0, [part.number or 0.0 for part in parts]
    low, high = min(figures), max(figures)
    slack = TOLERANCE * max(abs(target), abs(low), abs(high))
    if low - slack <= target <= high + slack:
        return None
    unit, nearest = whole.kpi.unit, low if target < low else high
    message = N_(
        "no mix of the targets of {ids} ({low} to {high}) gives the {target} of '{whole}'",
        ids=_named(parts),
        low=show_quantity(low, unit),
        high=show_quantity(high, unit),
        target=show_quantity(target, unit),
        whole=whole.kpi.id,
    )
    return Gap(whole.kpi.id, tuple(part.kpi.id for part in parts), target, nearest, message)


def _named(parts: list[Pull]) -> str:
    return ", ".join(f"'{part.kpi.id}'" for part in parts)
