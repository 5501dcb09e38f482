"""What a series does and where it goes: the shapes that the outlook of a KPI is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from kpi_cli import frozen
from kpi_cli.analysis.achievable import Evidence, Verdict
from kpi_cli.analysis.chance import Outcome
from kpi_cli.analysis.forecast import Filled, Forecast
from kpi_cli.analysis.grid import Grid
from kpi_cli.analysis.rebaseline import Proposal
from kpi_cli.analysis.season import DEPENDENT, Season
from kpi_cli.analysis.signals import Assurance, Pattern, Side
from kpi_cli.analysis.xmr import Limits, Stretch
from kpi_cli.frozen import dataclass


@frozen.dataclass(frozen=True, slots=True)
class Chart:
    """A process behaviour chart, one entry a charted value, oldest first.

    `rows` are the row numbers of the KPI's series. `values` are deseasonalised where `season` is
    given. `points` holds the patterns that mark each value. `grid` and `filled` are the series by
    period, None where it is irregular or has too many gaps.
    """

    rows: tuple[int, ...]
    values: tuple[float, ...]
    stretches: tuple[Stretch, ...]
    points: tuple[tuple[Pattern, ...], ...]
    signal: Pattern | None
    proposal: Proposal | None
    season: Season | None
    dependence: float
    grid: Grid | None
    filled: Filled | None

    @property
    def limits(self) -> Limits | None:
        """The limits in force at the latest value."""
        return self.stretches[-1].limits if self.stretches else None

    @property
    def is_dependent(self) -> bool:
        """Whether neighbouring values hang together so much that the limits are too narrow."""
        return self.dependence > DEPENDENT


@frozen.dataclass(frozen=True, slots=True)
class Signal:
    """A signal that holds at the latest value; `since` names the period it began."""

    kind: str
    side: Side
    better: bool | None
    since: str


@frozen.dataclass(frozen=True, slots=True)
class Wanted:
    """What the target asks of the value at the due date, edges included; None is an open side."""

    low: float | None
    high: float | None


@frozen.dataclass(frozen=True, slots=True)
class Ending:
    """Where the KPI ends on `due` if nothing changes, `horizon` periods after its latest value.

    `low`..`high` hold 80 % of the outcomes. `chance` is a share, unrounded; None without a target
    in figures. `missing` values were bridged. `impossible` is a target beyond the KPI's bounds.
    """

    due: date
    horizon: int
    outcome: Outcome
    low: float
    high: float
    chance: float | None
    n: int
    method: str
    missing: int
    calibrated: bool
    impossible: bool

    @property
    def median(self) -> float:
        """The middle of the outcomes, within the bounds of the KPI."""
        return self.outcome.middle


@frozen.dataclass(frozen=True, slots=True)
class Coming:
    """Where a KPI goes and what speaks for its target: `blank` says why there is no forecast.

    `forecast` reaches to the due date; it may be there without an ending, where its parts tell
    none.
    """

    forecast: Forecast | None = None
    ending: Ending | None = None
    evidence: Evidence | None = None
    verdict: Verdict = "no evidence"
    blank: str | None = None


@dataclass(frozen=True)
class Outlook:
    """Everything about a KPI's series. `look` finds out where it goes, which takes most of the
    work: once, and only when somebody asks."""

    chart: Chart | None = None
    signal: Signal | None = None
    assurance: Assurance | None = None
    wanted: Wanted | None = None
    look: Callable[[], Coming] = Coming

    @cached_property
    def coming(self) -> Coming:
        """The forecast and the evidence."""
        return self.look()

    @property
    def ending(self) -> Ending | None:
        """Where it ends if nothing changes."""
        return self.coming.ending

    @property
    def evidence(self) -> Evidence | None:
        """What past spans of the same length say."""
        return self.coming.evidence

    @property
    def verdict(self) -> Verdict:
        """How hard the target is."""
        return self.coming.verdict

    @property
    def blank(self) -> str | None:
        """Why there is no forecast."""
        return self.coming.blank

    @property
    def limits(self) -> Limits | None:
        """The limits in force at the latest value."""
        return self.chart.limits if self.chart else None
