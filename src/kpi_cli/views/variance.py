"""Actual against plan, for KPIs with one unit on one scale."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.results import KpiResult
from kpi_cli.frozen import dataclass
from kpi_cli.views.charts import Variance
from kpi_cli.views.facts import Facts, Ref, expected_value
from kpi_cli.views.plots import rising

LEAST = 2
"""Rows a table needs to be worth a scale."""


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """One KPI: its value, what the plan expects by now, and the difference with its sign."""

    ref: Ref
    actual: str
    plan: str
    delta: str
    better: bool | None
    chart: Variance


@dataclass(frozen=True, slots=True)
class VarianceTable:
    """All KPIs of one unit; every chart has the same scale."""

    unit: str
    rows: tuple[VarianceRow, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    result: KpiResult
    actual: float
    plan: float


def variance_tables(facts: Facts) -> tuple[VarianceTable, ...]:
    """One table for each unit that two KPIs or more share, in plan order."""
    groups: dict[str, list[_Pair]] = {}
    for pair in _pairs(facts):
        unit = facts.scales[pair.result.kpi.id].unit
        if unit is not None:
            groups.setdefault(unit, []).append(pair)
    return tuple(
        VarianceTable(unit, tuple(_rows(facts, group)))
        for unit, group in groups.items()
        if len(group) >= LEAST
    )


def _pairs(facts: Facts) -> Iterator[_Pair]:
    for result in facts.assessment.kpis.values():
        value, planned = result.value, expected_value(facts, result)
        if planned is not None and isinstance(value, int | float) and not isinstance(value, bool):
            yield _Pair(result, float(value), planned)


def _rows(facts: Facts, group: list[_Pair]) -> Iterator[VarianceRow]:
    numbers = [number for pair in group for number in (pair.actual, pair.plan)]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    widest = max(abs(pair.actual - pair.plan) for pair in group)
    for pair in group:
        kpi, delta = pair.result.kpi, pair.actual - pair.plan
        scale, up = facts.scales[kpi.id], rising(facts, pair.result)
        better = None if up is None or delta == 0 else (delta > 0) is up
        actual, plan = scale.figure(pair.actual), scale.figure(pair.plan)
        told = scale.change(delta)
        chart = Variance(
            pair.actual, pair.plan, (low, high), widest, better, f"{actual}, {plan}, {told}"
        )
        yield VarianceRow(Ref("kpi", kpi.id, kpi.name), actual, plan, told, better, chart)
