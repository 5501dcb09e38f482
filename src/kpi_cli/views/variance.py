"""Actual against plan, for KPIs with one unit on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

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
    """One KPI's value and plan, and what every table with it says of them."""

    ref: Ref
    actual: float
    plan: float
    texts: tuple[str, str, str]
    better: bool | None


def variance_tables(facts: Facts) -> tuple[VarianceTable, ...]:
    """One table for each unit that two KPIs or more share, in plan order."""
    groups: dict[str, list[_Pair]] = {}
    for name, result in facts.assessment.kpis.items():
        unit = facts.scales[name].unit
        if unit is not None and (pair := facts.once("pair", name, partial(_pair, facts, result))):
            groups.setdefault(unit, []).append(pair)
    return tuple(
        VarianceTable(unit, tuple(_rows(group)))
        for unit, group in groups.items()
        if len(group) >= LEAST
    )


def _pair(facts: Facts, result: KpiResult) -> _Pair | None:
    """None where value or plan is no number."""
    value, plan = result.value, expected_value(facts, result)
    if plan is None or value is None or isinstance(value, str | bool):
        return None
    kpi, delta = result.kpi, value - plan
    scale, up = facts.scales[kpi.id], rising(facts, result)
    better = None if up is None or delta == 0 else (delta > 0) is up
    texts = scale.figure(value), scale.figure(plan), scale.change(delta)
    return _Pair(Ref("kpi", kpi.id, kpi.name), float(value), plan, texts, better)


def _rows(group: list[_Pair]) -> Iterator[VarianceRow]:
    numbers = [number for pair in group for number in (pair.actual, pair.plan)]
    ends = min(0.0, *numbers), max(0.0, *numbers)
    widest = max(abs(pair.actual - pair.plan) for pair in group)
    for pair in group:
        label = ", ".join(pair.texts)
        chart = Variance(pair.actual, pair.plan, ends, widest, pair.better, label)
        yield VarianceRow(pair.ref, *pair.texts, pair.better, chart)
