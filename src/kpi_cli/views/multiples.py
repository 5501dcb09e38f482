"""One metric in several places: small charts that share one scale."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.conflicts import shared
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.zones import Zones
from kpi_cli.views.charts import Spark
from kpi_cli.views.facts import Facts, Ref, said_of
from kpi_cli.views.plots import SPARK_POINTS
from kpi_cli.views.series import number_of
from kpi_cli.views.words import BADGES, Badge


@dataclass(frozen=True, slots=True)
class Multiple:
    """One place: its team, its KPI, its latest values on the scale of all."""

    team: str | None
    ref: Ref
    badge: Badge
    now: str | None
    spark: Spark


@dataclass(frozen=True, slots=True)
class Grid:
    """A metric with its places; `low` and `high` are the ends of the shared scale, in words."""

    metric: str
    low: str
    high: str
    cells: tuple[Multiple, ...]


def grids(facts: Facts) -> tuple[Grid, ...]:
    """A grid for every metric that two KPIs or more measure in one unit."""
    kpis = [result.kpi for result in facts.assessment.kpis.values()]
    return tuple(grid for name, ids in shared(kpis).items() if (grid := _grid(facts, name, ids)))


def _grid(facts: Facts, metric: str, names: list[str]) -> Grid | None:
    units = {facts.scales[name].unit for name in names}
    series = {name: values for name in names if (values := _values(facts, name))}
    known = [v for values in series.values() for v in values if v is not None]
    if len(units) > 1 or len(series) < 2 or not known:
        return None
    low, high = min(known), max(known)
    scale = facts.scales[names[0]]
    cells = tuple(_cells(facts, series, (low, high)))
    return Grid(metric, scale.figure(low), scale.figure(high), cells)


def _values(facts: Facts, name: str) -> tuple[float | None, ...]:
    target = facts.assessment.kpis[name].scheme.target
    points = facts.points.get(name, ())[-SPARK_POINTS:]
    found = tuple(number_of(point.judged, target) for point in points)
    few = sum(value is not None for value in found) < 2
    return () if few or isinstance(target, Zones) else found


def _cells(
    facts: Facts, series: dict[str, tuple[float | None, ...]], ends: tuple[float, float]
) -> Iterator[Multiple]:
    for name, values in series.items():
        result = facts.assessment.kpis[name]
        now = said_of(facts, result).now
        team = facts.team(facts.plan.team_of(result.kpi))
        label = f"{team or result.kpi.name}: {now or '–'}"
        spark = Spark(values, result.target_number, label, ends)
        yield Multiple(team, Ref("kpi", name, result.kpi.name), BADGES[result.status], now, spark)
