"""Which way a KPI pulls, and how far: what two KPIs are compared by."""

from __future__ import annotations

from datetime import date
from math import inf

from kpi_cli.analysis.scheme import original_due, scheme_on
from kpi_cli.frozen import dataclass
from kpi_cli.kinds import Target
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch
from kpi_cli.locale import N_
from kpi_cli.models import Kpi
from kpi_cli.plan import Plan
from kpi_cli.quantity import close


@dataclass(frozen=True, slots=True)
class Pull:
    """What a KPI wants of its measure.

    `better` is increase or decrease, None for a band or where nothing tells. `low` and `high` are
    the edges of what satisfies the target in force, infinite where a side is open; `moves` says
    that the target is to be reached, not kept. `text` is the target in words.
    """

    kpi: Kpi
    team: str | None
    target: Target | None
    due: date | None
    better: str | None
    low: float
    high: float
    moves: bool
    text: str

    @property
    def is_band(self) -> bool:
        """Whether both sides are closed."""
        return self.low > -inf and self.high < inf

    @property
    def has_limits(self) -> bool:
        """Whether the target is a figure at all."""
        return self.low > -inf or self.high < inf

    @property
    def number(self) -> float | None:
        """The target as one figure; None for a band or without one."""
        if self.is_band or not self.has_limits:
            return None
        return self.low if self.low > -inf else self.high


def pull_of(plan: Plan, kpi: Kpi, as_of: date) -> Pull:
    """The pull of a KPI by the target in force on a day."""
    scheme = scheme_on(plan, kpi, plan.start_of(kpi), as_of)
    target = scheme.target
    base = kpi.baseline.value if kpi.baseline else None
    better = _better(kpi, target, base)
    low, high = _edges(target, base, better)
    due = scheme.due or original_due(plan, kpi)
    moves = isinstance(target, Value | Relative | Stretch)
    text = target.text(kpi.unit) if target else N_("no target")
    return Pull(kpi, plan.team_of(kpi), target, due, better, low, high, moves, text)


def _better(kpi: Kpi, target: Target | None, base: float | None) -> str | None:
    if kpi.direction is not None:
        return kpi.direction
    if target is None:
        return None
    if target.direction is not None:
        return "increase" if target.direction else "decrease"
    if kpi.is_total and isinstance(target, Value | Stretch):
        return "increase"
    number = target.value if isinstance(target, Stretch) else target.number(base)
    if number is None or base is None or not target.needs_baseline or close(number, base):
        return None
    return "increase" if number > base else "decrease"


def _edges(target: Target | None, base: float | None, better: str | None) -> tuple[float, float]:
    if isinstance(target, Threshold):
        limits = target.limits or (target.by_period[-1][1] if target.by_period else None)
        if limits is None:
            return -inf, inf
        return (
            -inf if limits.low is None else limits.low,
            inf if limits.high is None else limits.high,
        )
    if not isinstance(target, Value | Relative | Stretch):
        return -inf, inf
    number = target.value if isinstance(target, Stretch) else target.number(base)
    if number is None or better is None:
        return -inf, inf
    return (number, inf) if better == "increase" else (-inf, number)
