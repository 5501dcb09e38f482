"""What each chart draws, as plain data: a view makes it, a renderer turns it into marks."""

from __future__ import annotations

from datetime import date

from kpi_cli.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Spark:
    """The latest values of one series (None breaks the line), the target, and a sentence.

    `spread` is the scale it shares with others; None gives it its own.
    """

    values: tuple[float | None, ...]
    target: float | None
    label: str
    spread: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a part did to the whole, -1 to 1 of the largest; `better` is None where neither is."""

    size: float
    better: bool | None
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One row of the aligned target plot; right is better, in shares of the way.

    A move puts 0 at the baseline and 1 at the target. A kept limit has no baseline: 1 is the
    limit. A band (`low`, `high` set) runs from 0 to 1 between its two limits. `now` None draws
    the frame alone; `expected` is where it should be by now, `forecast` where a move ends on its
    due date if nothing changes.
    """

    now: float | None
    expected: float | None
    label: str
    shape: str = "move"
    forecast: float | None = None


@dataclass(frozen=True, slots=True)
class Bullet:
    """One measure on its own scale: value, target, baseline, expected by now, a year before."""

    value: float
    target: tuple[float, ...]
    baseline: float | None
    expected: float | None
    rising: bool | None
    decimals: int
    label: str
    prior: float | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on a day; `name` is its period, `note` what was written beside it."""

    on: date
    value: float | None
    name: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A limit that holds from day to day: one side open, or a band."""

    start: date
    end: date
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, with a few words."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Natural:
    """Natural limits of a stretch, from its first to its last value."""

    start: date
    end: date
    low: float
    centre: float
    high: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that signals; `better` is None where neither side is."""

    on: date
    value: float
    better: bool | None


@dataclass(frozen=True, slots=True)
class FanPoint:
    """The middle of the outcomes on a day, and what holds 80 % of them."""

    on: date
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Lines:
    """A series over time against its plan.

    `judged` is the value the status is judged by at each period; `singles` the periods' own
    values where they differ from it. `plan` is the way to the target as a polyline. `grades`
    replaces the numbers of the value axis by names; `step_name` says what the steps are.
    `naturals` are the limits of routine variation, `marks` the signals, `fan` the forecast.
    """

    slug: str
    title: str
    desc: str
    judged: tuple[Dot, ...]
    singles: tuple[Dot, ...]
    plan: tuple[tuple[date, float], ...]
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    as_of: date
    end: date
    now_text: str
    target_text: str
    step_name: str = "limit"
    unit: str | None = None
    grades: tuple[tuple[float, str], ...] = ()
    naturals: tuple[Natural, ...] = ()
    marks: tuple[Mark, ...] = ()
    fan: tuple[FanPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """The age of a series against the age allowed, in days."""

    age: int
    allowed: int
    label: str


@dataclass(frozen=True, slots=True)
class Balance:
    """How many KPIs lead, lag, or do not say."""

    leading: int
    lagging: int
    unsaid: int
    label: str


@dataclass(frozen=True, slots=True)
class Variance:
    """Actual and plan on a scale from `ends[0]` to `ends[1]`; `widest` is the largest difference of
    the table, `better` says which way this one points."""

    actual: float
    plan: float
    ends: tuple[float, float]
    widest: float
    better: bool | None
    label: str
