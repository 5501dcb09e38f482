"""What every target form shares: the reading it scores, the score it gives, the linear formula."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import ClassVar

from kpi_cli.frozen import dataclass
from kpi_cli.period import Period
from kpi_cli.quantity import at_least, close

Datum = float | bool | str
"""One actual: a number, true/false of a `done` KPI, or the name of a zone."""


class Verdict(StrEnum):
    """What a form decides by itself, where the gap rule has no say."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Judged:
    """One counted period of a threshold KPI: its value as it stood then, None where missing."""

    period: Period
    value: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All a form needs to score an observation.

    `elapsed` is the share of the time from start (or reset) to due gone at `on`, None without
    dates. `planned(b, t)` is the value expected at `on` by a path or a geometric pace between
    baseline b and target t, None where the pace is linear. `total` marks a sum that counts from 0.
    `counted` holds the periods by which a threshold's hits are counted, oldest first.
    """

    value: Datum | None
    on: date
    as_of: date
    period: Period | None
    baseline: float | None
    increasing: bool | None
    total: bool
    elapsed: float | None
    due: date | None
    planned: Callable[[float, float], float | None]
    counted: tuple[Judged, ...] = ()

    @property
    def number(self) -> float | None:
        """The value where it is a number."""
        value = self.value
        return None if value is None or isinstance(value, str | bool) else value


@dataclass(frozen=True, slots=True)
class Score:
    """How far and where it should be, all as shares of the way.

    `number` is the target as one figure where there is one. `verdict` replaces the gap rule.
    `reached` means achieved even before the due date; `success` decides after it.
    `rolled_expected` is the expected share used in roll-ups where it differs from `expected`.
    """

    raw: float | None
    expected: float | None
    progress: float | None = None
    number: float | None = None
    met: bool | None = None
    zone: str | None = None
    verdict: Verdict | None = None
    reached: bool = False
    success: bool = False
    hits: int | None = None
    counted: int | None = None
    overdue: int = 0
    flags: tuple[str, ...] = ()
    rolled_expected: float | None = None
    reason: str | None = None


class Target:
    """A target as written; `form` is its key in the format page's table of forms."""

    form: ClassVar[str]
    needs_baseline: ClassVar[bool] = False
    needs_direction: ClassVar[bool] = True
    needs_unit: ClassVar[bool] = True
    takes: ClassVar[str] = "number"

    @abstractmethod
    def score(self, reading: Reading) -> Score:
        """Progress, expected progress and what the form itself decides."""

    @abstractmethod
    def text(self, unit: str | None) -> str:
        """The target in words and figures."""

    def number(self, baseline: float | None) -> float | None:
        """The target as one figure, resolved against the baseline where it is relative."""
        del baseline
        return None

    @property
    def direction(self) -> bool | None:
        """True where the form itself means "increase", False for "decrease"."""
        return None


def clamp(share: float) -> float:
    """A share held within 0..1."""
    return min(max(share, 0.0), 1.0)


def linear(baseline: float, target: float, value: float) -> float:
    """(c - b) / (t - b), for both directions; semantics 2. Needs t != b."""
    return (value - baseline) / (target - baseline)


def flags_of(raw: float) -> tuple[str, ...]:
    """`regressed` below 0, `overachieved` above 1."""
    if raw < 0 and not close(raw, 0.0, 1.0):
        return ("regressed",)
    return ("overachieved",) if raw > 1 and not close(raw, 1.0) else ()


def toward(reading: Reading, start: float, target: float) -> Score:
    """The score of a move from `start` to `target` (semantics 2, value targets)."""
    value = reading.number
    if value is None:
        return Score(None, reading.elapsed, number=target)
    if close(start, target):
        return as_threshold(reading, target, value)
    raw = linear(start, target, value)
    planned = reading.planned(start, target)
    expected = reading.elapsed if planned is None else linear(start, target, planned)
    done = at_least(raw, 1.0)
    return Score(
        raw=raw,
        progress=1.0 if done else clamp(raw),
        expected=expected,
        number=target,
        reached=done,
        success=done,
        flags=flags_of(raw),
    )


def as_threshold(reading: Reading, target: float, value: float) -> Score:
    """A target equal to its baseline: met 1, else 0, never a division by zero."""
    if reading.increasing is None:
        met = close(value, target)
    elif reading.increasing:
        met = at_least(value, target)
    else:
        met = at_least(-value, -target)
    share = 1.0 if met else 0.0
    return Score(
        raw=share,
        progress=share,
        expected=1.0,
        number=target,
        met=met,
        verdict=Verdict.ON_TRACK if met else Verdict.OFF_TRACK,
        success=met,
    )


def cap(reading: Reading, limit: float) -> Score:
    """A total that must stay under `limit`: judged against its share of the time gone."""
    total = reading.number
    planned = reading.planned(0.0, limit)
    expected = reading.elapsed if planned is None or limit == 0 else planned / limit
    if total is None:
        return Score(None, expected, number=limit)
    met = at_least(limit, total)
    paced = expected is not None and at_least(limit * expected, total, limit)
    verdict = Verdict.OFF_TRACK if not met else Verdict.ON_TRACK if paced else Verdict.AT_RISK
    return Score(
        raw=total / limit if limit else None,
        progress=1.0 if met else 0.0,
        expected=expected,
        rolled_expected=1.0,
        number=limit,
        met=met,
        verdict=verdict,
        success=met,
    )
