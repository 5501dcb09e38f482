"""Which way is better."""

from __future__ import annotations

from kpi_cli.analysis.results import KpiResult


def direction_of(result: KpiResult) -> str | None:
    """The declared direction, else the one the target's form or its numbers tell."""
    if result.kpi.direction:
        return result.kpi.direction
    target = result.scheme.target
    if target is None:
        return None
    if target.direction is not None:
        return "increase" if target.direction else "decrease"
    number, base = result.target_number, result.baseline
    if number is None or base is None or number == base.value or not target.needs_baseline:
        return None
    return "increase" if number > base.value else "decrease"
