"""Objectives from what is below them: weighted mean, coverage, cap and worst (semantics 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kpi_cli import frozen
from kpi_cli.analysis.kpi import latest_check_in
from kpi_cli.analysis.results import (
    BEHIND,
    LEFT_OUT,
    UNMEASURED,
    Assessment,
    Contribution,
    KpiResult,
    ObjectiveResult,
    Status,
)
from kpi_cli.analysis.status import by_gap, gap_of, shown
from kpi_cli.frozen import dataclass, field
from kpi_cli.kinds.base import clamp
from kpi_cli.locale import N_
from kpi_cli.models import Objective
from kpi_cli.plan import Edge, Plan
from kpi_cli.quantity import TOLERANCE, at_least

MIN_COVERAGE = 0.5
ASPIRATIONAL = 0.7
NOTHING_COUNTS = N_("nothing below it counts")


@frozen.dataclass(frozen=True, slots=True)
class Average:
    """Weighted means over the measured contributors; None where nothing is measured."""

    progress: float | None
    expected: float | None
    coverage: float | None


def average(contributions: Iterable[Contribution]) -> Average:
    """Progress and expected by weight; coverage = measured weight / total weight."""
    rows = list(contributions)
    whole = sum(row.edge.weight for row in rows)
    measured = [row for row in rows if row.measured and row.edge.weight > 0]
    weight = sum(row.edge.weight for row in measured)
    if not whole:
        return Average(None, None, None)
    if not weight:
        return Average(None, None, 0.0)
    progress = sum(row.edge.weight * clamp(row.progress or 0.0) for row in measured) / weight
    expected = sum(row.edge.weight * (row.expected or 0.0) for row in measured) / weight
    return Average(progress, expected, weight / whole)


@dataclass(slots=True)
class Rollup:
    """Objectives assessed bottom-up; `done` fills as they are. What is `known` of another state of
    the plan on the same day is taken from there where nothing below it differs."""

    plan: Plan
    as_of: date
    kpis: Mapping[str, KpiResult]
    known: Assessment | None = None
    done: dict[str, ObjectiveResult] = field(default_factory=dict)

    def run(self) -> dict[str, ObjectiveResult]:
        """Every objective, in plan order."""
        for name in bottom_up(self.plan):
            self.done[name] = self.unchanged(name) or self.objective(self.plan.objectives[name])
        return {name: self.done[name] for name in self.plan.objectives}

    def unchanged(self, name: str) -> ObjectiveResult | None:
        """What is known of an objective of the same record, links and results below it."""
        known, plan = self.known, self.plan
        if known is None or known.plan.objectives.get(name) is not plan.objectives[name]:
            return None
        own, below = plan.evidence.get(name, ()), plan.children.get(name, ())
        was = known.plan.evidence.get(name, ()), known.plan.children.get(name, ())
        is_same = (
            (own, below) == was
            and all(self.kpis[edge.child] is known.kpis[edge.child] for edge in own)
            and all(self.done[edge.child] is known.objectives[edge.child] for edge in below)
        )
        return known.objectives[name] if is_same else None

    def objective(self, objective: Objective) -> ObjectiveResult:
        """One objective whose contributors are done."""
        every = [self.contribution(edge) for edge in self.edges(objective)]
        out = [row for row in every if not row.edge.counts or row.status in LEFT_OUT]
        counted = [row for row in every if row not in out]
        mean = average(counted)
        worst = _worst(counted)
        computed, capped, reason = self.computed(objective, counted, mean, worst)
        lifecycle = self.lifecycle(objective)
        counts_as = lifecycle or computed
        check_in = latest_check_in(objective.check_ins, self.as_of)
        under = [self.kpis[name] for name in self.plan.kpis_below(objective.id)]
        seen = _last_observed(under)
        holds = check_in is not None and seen is not None and check_in.on >= seen
        both = mean.progress is not None and mean.expected is not None
        return ObjectiveResult(
            objective=objective,
            status=shown(counts_as, computed, check_in, holds),
            computed=counts_as if lifecycle is Status.NOT_STARTED else computed,
            progress=mean.progress,
            expected=mean.expected,
            coverage=mean.coverage,
            gap=gap_of(mean.expected or 0.0, mean.progress or 0.0) if both else None,
            capped=capped,
            worst=worst.edge.child if worst else None,
            contributions=tuple(counted),
            left_out=tuple(out),
            profile=_profile(under),
            check_in=check_in,
            check_in_holds=holds,
            reason=reason,
        )

    def edges(self, objective: Objective) -> tuple[Edge, ...]:
        """The contributors by `rollup`: KPIs if it has any, else supporting objectives."""
        own = self.plan.evidence.get(objective.id, ())
        below = self.plan.children.get(objective.id, ())
        if objective.rollup == "both":
            return own + below
        by_kpis = objective.rollup == "kpis" or (objective.rollup is None and own)
        return own if by_kpis else below

    def contribution(self, edge: Edge) -> Contribution:
        """A KPI or objective as it enters the roll-up: by its computed status."""
        kpi = self.kpis.get(edge.child)
        if kpi is not None:
            score = kpi.score
            rolled = score.rolled_expected if score else None
            expected = kpi.expected if rolled is None else rolled
            return _row(edge, True, kpi.counts_as, kpi.progress, expected)
        child = self.done[edge.child]
        lifecycle = self.lifecycle(child.objective)
        return _row(edge, False, lifecycle or child.computed, child.progress, child.expected)

    def lifecycle(self, objective: Objective) -> Status | None:
        """closed (its outcome), draft or not_started; None while it runs."""
        closed = objective.closed
        if closed is not None and closed.on <= self.as_of:
            return Status(closed.outcome)
        if objective.status == "draft":
            return Status.DRAFT
        starts = objective.period.start if objective.period else None
        return Status.NOT_STARTED if starts is not None and self.as_of < starts else None

    def computed(
        self,
        objective: Objective,
        counted: list[Contribution],
        mean: Average,
        worst: Contribution | None,
    ) -> tuple[Status, bool, str | None]:
        """Status by the numbers, whether the worst contributor capped it, and why none."""
        if not counted:
            return Status.NO_DATA, False, NOTHING_COUNTS
        if mean.coverage is None:
            return Status.INSUFFICIENT_DATA, False, N_("the weights below it add up to zero")
        if mean.coverage < MIN_COVERAGE - TOLERANCE or mean.progress is None:
            missing = [row.edge.child for row in counted if not row.measured]
            told = N_("not measured: {ids}", ids=", ".join(missing))
            return Status.INSUFFICIENT_DATA, False, told
        if self.is_over(objective, counted):
            won = self.reached(objective, mean) or all(
                row.status is Status.ACHIEVED for row in counted if row.measured
            )
            return (Status.ACHIEVED if won else Status.MISSED), False, None
        expected = mean.expected or 0.0
        found = by_gap(self.plan.config.status, expected, gap_of(expected, mean.progress))
        if self.reached(objective, mean) and not self.may_yet_fail(objective, counted):
            found = Status.ACHIEVED
        if worst is not None and found in (Status.ACHIEVED, Status.ON_TRACK):
            return Status.AT_RISK, True, None
        return found, False, None

    def reached(self, objective: Objective, mean: Average) -> bool:
        """All of the way, or 0.7 of it where the objective is aspirational."""
        needed = ASPIRATIONAL if objective.commitment == "aspirational" else 1.0
        return mean.progress is not None and at_least(mean.progress, needed)

    def may_yet_fail(self, objective: Objective, counted: list[Contribution]) -> bool:
        """Whether something below is only kept so far (a cap, a threshold) and not reached."""
        if objective.commitment == "aspirational":
            return False
        return any(row.measured and row.status is not Status.ACHIEVED for row in counted)

    def is_over(self, objective: Objective, counted: list[Contribution]) -> bool:
        """After its last day, once every measured contributor is itself final."""
        if objective.period is None or self.as_of <= objective.period.end:
            return False
        final = (Status.ACHIEVED, Status.MISSED)
        return all(row.status in final for row in counted if row.measured)


def _last_observed(under: list[KpiResult]) -> date | None:
    """The latest observation among the KPIs below an objective."""
    return max((one.observation.on for one in under if one.observation is not None), default=None)


def _profile(under: list[KpiResult]) -> dict[Status, int]:
    """How many of the KPIs below stand where, each KPI once."""
    found: dict[Status, int] = {}
    for one in under:
        found[one.counts_as] = found.get(one.counts_as, 0) + 1
    return {status: found[status] for status in Status if status in found}


def _row(
    edge: Edge, is_kpi: bool, status: Status, progress: float | None, expected: float | None
) -> Contribution:
    measured = status not in UNMEASURED and progress is not None and expected is not None
    return Contribution(edge, is_kpi, status, progress, expected, measured)


def _worst(counted: list[Contribution]) -> Contribution | None:
    """The contributor furthest behind among those off track or missed."""
    behind = [row for row in counted if row.status in BEHIND and row.edge.weight > 0]
    return max(
        behind, key=lambda row: (row.expected or 0.0) - clamp(row.progress or 0.0), default=None
    )


def bottom_up(plan: Plan) -> list[str]:
    """Objectives so that each comes after all that support it; no recursion, no cycles."""
    order: dict[str, None] = {}
    for root in plan.objectives:
        stack = [(root, iter(plan.children.get(root, ())))]
        while stack:
            name, below = stack[-1]
            edge = next((e for e in below if e.child not in order), None)
            if edge is None:
                order.setdefault(name)
                stack.pop()
            else:
                stack.append((edge.child, iter(plan.children.get(edge.child, ()))))
    return list(order)
