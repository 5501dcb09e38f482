"""The leads people declared, as edges from the KPI that moves first to the one that follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kpi_cli.frozen import dataclass
from kpi_cli.plan import Plan


@dataclass(frozen=True, slots=True)
class LeadEdge:
    """`leading` moves first, `lagging` follows `lag_days` later; `because` is the mechanism."""

    leading: str
    lagging: str
    lag_days: float
    because: str | None


def lead_edges(plan: Plan, kept: Collection[str]) -> tuple[LeadEdge, ...]:
    """Every declared lead between two KPIs of `kept`, in plan order, each pair once."""
    return tuple({(edge.leading, edge.lagging): edge for edge in _edges(plan, kept)}.values())


def _edges(plan: Plan, kept: Collection[str]) -> Iterator[LeadEdge]:
    for kpi in plan.kpis.values():
        for lead in kpi.leads:
            if kpi.id in kept and lead.kpi in kept and lead.kpi in plan.kpis:
                yield LeadEdge(kpi.id, lead.kpi, lead.lag_days, lead.because)
