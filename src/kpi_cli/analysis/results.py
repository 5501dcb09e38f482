"""What the analysis finds out, with every intermediate figure, so that any can be explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_cli.frozen import dataclass, field
from kpi_cli.kinds import Target
from kpi_cli.kinds.base import Datum, Score
from kpi_cli.models import Kpi, Objective
from kpi_cli.models.record import CheckIn
from kpi_cli.models.series import Rows
from kpi_cli.period import Period
from kpi_cli.plan import Edge, Plan

if TYPE_CHECKING:
    from kpi_cli.analysis.behaviour import Outlook


class Status(StrEnum):
    """Where a KPI or objective stands against its plan."""

    OFF_TRACK = "off_track"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"
    ACHIEVED = "achieved"
    MISSED = "missed"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"
    STALE = "stale"
    INSUFFICIENT_DATA = "insufficient_data"
    NOT_STARTED = "not_started"
    DRAFT = "draft"
    RETIRED = "retired"
    DROPPED = "dropped"


LEFT_OUT = frozenset(
    {Status.DRAFT, Status.RETIRED, Status.DROPPED, Status.NOT_STARTED, Status.NO_TARGET}
)
"""Counted in no roll-up at all."""
UNMEASURED = frozenset({Status.NO_DATA, Status.STALE, Status.INSUFFICIENT_DATA})
"""Counted in a roll-up's weight, but not in its value."""
BEHIND = frozenset({Status.OFF_TRACK, Status.MISSED})
"""Caps the objective above at `at_risk`."""


class Freshness(StrEnum):
    """How old the data is against how often it should come."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    COMPLETE = "complete"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Observation:
    """The KPI's value as of a day, after aggregation.

    `period` is that of the latest actual, `on` its date (the period's end, at most the due date).
    `used` are the periods that went into the value, `since` where a total or mean begins.
    `gaps` names periods without a value in between. `reason` says why a value is None.
    """

    value: Datum | None
    on: date
    period: Period
    used: tuple[Period, ...] = ()
    since: date | None = None
    gaps: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class BaselineUsed:
    """The baseline the progress is counted from; `inferred` from an actual where none stands."""

    value: float
    on: date | None
    inferred: bool = False
    after_start: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """Start, due date, target in force and how the way there is paced."""

    start: date | None
    due: date | None
    target: Target | None
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class FreshnessResult:
    """Freshness, the day the next value is expected by, and the last one's period."""

    state: Freshness
    next_due: date | None
    last: Period | None
    grace: int | None


@dataclass(frozen=True, slots=True)
class SdgResult:
    """The SDG method: ratio of the observed to the required yearly growth, and its category."""

    ratio: float | None
    category: str
    observed_growth: float
    required_growth: float | None
    years: float
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class KpiResult:
    """One KPI on one day. Shares are of the way (1 = all of it); dates are inclusive."""

    kpi: Kpi
    scheme: Scheme
    freshness: FreshnessResult
    status: Status
    computed: Status
    counts_as: Status
    observation: Observation | None = None
    baseline: BaselineUsed | None = None
    score: Score | None = None
    progress: float | None = None
    progress_original: float | None = None
    elapsed: float | None = None
    planned: float | None = None
    gap: float | None = None
    check_in: CheckIn | None = None
    check_in_holds: bool = False
    sdg: SdgResult | None = None
    flags: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def value(self) -> Datum | None:
        """The observed value."""
        return self.observation.value if self.observation else None

    @property
    def raw(self) -> float | None:
        """Progress before it is held within 0..1."""
        return self.score.raw if self.score else None

    @property
    def expected(self) -> float | None:
        """The share of the way that should be done at the observation's date."""
        return self.score.expected if self.score else None

    @property
    def target_number(self) -> float | None:
        """The target in force as one figure, where it has one."""
        if self.score and self.score.number is not None:
            return self.score.number
        target = self.scheme.target
        return target.number(self.baseline.value if self.baseline else None) if target else None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One contributor of an objective as it entered the roll-up."""

    edge: Edge
    is_kpi: bool
    status: Status
    progress: float | None
    expected: float | None
    measured: bool


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """One objective on one day: `profile` counts the KPIs below it, each once."""

    objective: Objective
    status: Status
    computed: Status
    progress: float | None
    expected: float | None
    coverage: float | None
    gap: float | None
    capped: bool
    worst: str | None
    contributions: tuple[Contribution, ...]
    left_out: tuple[Contribution, ...]
    profile: Mapping[Status, int]
    check_in: CheckIn | None = None
    check_in_holds: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every KPI and objective of a plan on the day `as_of`.

    `outlooks` holds each KPI's signal and forecast, read when first asked for; `earlier` gives the
    same plan on another day, each day once.
    """

    plan: Plan
    as_of: date
    kpis: Mapping[str, KpiResult]
    objectives: Mapping[str, ObjectiveResult]
    series: Mapping[str, Rows]
    outlooks: Mapping[str, Outlook] = field(default_factory=dict)
    earlier: Callable[[date], Assessment] | None = None

    def counts(self) -> dict[Status, int]:
        """How many KPIs stand where (a stale, draft or retired one counts as that)."""
        found: dict[Status, int] = {}
        for result in self.kpis.values():
            found[result.counts_as] = found.get(result.counts_as, 0) + 1
        return {status: found[status] for status in Status if status in found}
