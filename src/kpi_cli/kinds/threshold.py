"""`{at_least}`, `{at_most}`, `{between}`: keep it there; one limit, or one for each period."""

from __future__ import annotations

from typing import Any

from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Reading, Score, Target, Verdict, cap, toward
from kpi_cli.locale import N_
from kpi_cli.period import BadPeriod, Calendar, Period
from kpi_cli.quantity import at_least, at_most, show_number, show_quantity
from kpi_cli.shape import ShapeError, ShapeFault, fail, kind_of, mapping_of, number_of

BOUNDS = ("at_least", "at_most", "between")


@dataclass(frozen=True, slots=True)
class Limits:
    """The allowed band; None is an open side. Edges are inside."""

    low: float | None
    high: float | None

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Whether the value lies in the band widened by `slack` on both sides."""
        above = self.low is None or at_least(value, self.low - slack, self.low)
        return above and (self.high is None or at_most(value, self.high + slack, self.high))

    def text(self, unit: str | None) -> str:
        """`at least 99.9 %`, `at most 25 days`, `4 to 5 points`."""
        if self.low is not None and self.high is not None:
            both = {"low": show_number(self.low), "high": show_quantity(self.high, unit)}
            return N_("{low} to {high}", **both)
        if self.low is not None:
            return N_("at least {figure}", figure=show_quantity(self.low, unit))
        return N_("at most {figure}", figure=show_quantity(self.high or 0.0, unit))


@dataclass(frozen=True, slots=True)
class Threshold(Target):
    """A band to keep: the same all the time, or `by_period` (each period has its own entry)."""

    bound: str
    limits: Limits | None
    by_period: tuple[tuple[Period, Limits], ...] = ()
    tolerance: float = 0.0
    form = "threshold"

    def limits_for(self, period: Period | None) -> Limits | None:
        """The limits a period is judged by; None where it has no entry of its own."""
        if self.limits is not None:
            return self.limits
        if period is None:
            return None
        around = [
            e for e in self.by_period if e[0].start <= period.start and period.end <= e[0].end
        ]
        return min(around, key=lambda e: (e[0].end - e[0].start, e[0]))[1] if around else None

    def score(self, reading: Reading) -> Score:
        limits = self.limits_for(reading.period)
        value = reading.number
        if limits is None:
            hits, counted = self._hits(reading)
            lacks = N_("no target")
            if reading.period:
                lacks = N_("no target for {period}", period=reading.period.name)
            share = hits / counted if counted else None
            return Score(
                share, 1.0, share, verdict=Verdict.UNJUDGED, reason=lacks,
                hits=hits, counted=counted,
            )  # fmt: skip
        if reading.total:
            return self._total(reading, limits)
        if value is None:
            return Score(None, 1.0, number=_figure(limits))
        return self._judge(reading, limits, value)

    def _judge(self, reading: Reading, limits: Limits, value: float) -> Score:
        met = limits.holds(value)
        near = bool(self.tolerance) and limits.holds(value, self.tolerance)
        hits, counted = self._hits(reading)
        share = hits / counted if counted else None
        return Score(
            raw=share,
            progress=share,
            expected=1.0,
            number=_figure(limits),
            met=met,
            verdict=Verdict.ON_TRACK if met else Verdict.AT_RISK if near else Verdict.OFF_TRACK,
            success=met,
            hits=hits,
            counted=counted,
        )

    def _hits(self, reading: Reading) -> tuple[int, int]:
        hits = counted = 0
        for entry in reading.counted:
            limits = self.limits_for(entry.period)
            if limits is not None:
                counted += 1
                hits += entry.value is not None and limits.holds(entry.value)
        return hits, counted

    def _total(self, reading: Reading, limits: Limits) -> Score:
        if limits.low is None:
            return cap(reading, limits.high or 0.0)
        score = toward(reading, 0.0, limits.low)
        value = reading.number
        if limits.high is None or value is None or at_most(value, limits.high):
            return score
        return Score(
            raw=score.raw, progress=0.0, expected=score.expected, number=None, met=False,
            verdict=Verdict.OFF_TRACK, flags=score.flags,
        )  # fmt: skip

    def text(self, unit: str | None) -> str:
        if self.limits is not None:
            return self.limits.text(unit)
        if not self.by_period:
            return self.bound
        return "; ".join(f"{period.name}: {limits.text(unit)}" for period, limits in self.by_period)

    def text_for(self, period: Period | None, unit: str | None) -> str:
        """The limits of one period in words, or those of all where it has none."""
        limits = self.limits_for(period)
        if self.limits is not None or limits is None or period is None:
            return self.text(unit)
        return f"{limits.text(unit)} ({period.name})"

    def number(self, baseline: float | None) -> float | None:
        return _figure(self.limits) if self.limits else None

    @property
    def direction(self) -> bool | None:
        return {"at_least": True, "at_most": False}.get(self.bound)

    @property
    def needs_direction_here(self) -> bool:
        """A band needs no direction; the other two have their own."""
        return False


def _figure(limits: Limits) -> float | None:
    if limits.low is not None and limits.high is not None:
        return None
    return limits.low if limits.low is not None else limits.high


def parse(raw: dict[str, Any], calendar: Calendar) -> Threshold:
    """`{at_least: 99.9, tolerance: 2}` and its kin. Raises ShapeError with every fault."""
    bound = next(name for name in BOUNDS if name in raw)
    mapping_of(raw, (bound, "tolerance"))
    faults: list[ShapeFault] = []
    tolerance = 0.0
    try:
        tolerance = _tolerance(raw)
    except ShapeError as error:
        faults += error.faults
    limits: Limits | None = None
    entries: list[tuple[Period, Limits]] = []
    try:
        if isinstance(raw[bound], dict):
            entries = _by_period(bound, raw[bound], calendar)
        else:
            limits = _limits(bound, raw[bound])
    except ShapeError as error:
        faults += [fault.below(bound) for fault in error.faults]
    if faults:
        raise ShapeError(faults)
    return Threshold(bound, limits, tuple(sorted(entries, key=lambda e: e[0])), tolerance)


def _tolerance(raw: dict[str, Any]) -> float:
    if "tolerance" not in raw:
        return 0.0
    value = number_of(raw["tolerance"], ("tolerance",))
    if value < 0:
        raise fail("K015", "a tolerance cannot be negative", route=("tolerance",))
    return value


def _limits(bound: str, raw: object) -> Limits:
    if bound != "between":
        value = number_of(raw)
        return Limits(value, None) if bound == "at_least" else Limits(None, value)
    if not isinstance(raw, list) or len(raw) != 2:
        given = f"a list of {len(raw)}" if isinstance(raw, list) else kind_of(raw)
        raise fail(
            "K011", f"`between` needs two numbers, not {given}", help="write `between: [4, 5]`"
        )
    low, high = number_of(raw[0], (0,)), number_of(raw[1], (1,))
    if low > high:
        raise fail(
            "K015",
            f"the lower limit {show_number(low)} is above the upper {show_number(high)}",
            help=f"write `between: [{raw[1]}, {raw[0]}]`",
        )
    return Limits(low, high)


def _by_period(bound: str, raw: dict[str, Any], calendar: Calendar) -> list[tuple[Period, Limits]]:
    entries: list[tuple[Period, Limits]] = []
    faults: list[ShapeFault] = []
    for name, value in raw.items():
        try:
            entries.append((calendar.parse(name), _limits(bound, value)))
        except BadPeriod as error:
            faults.append(ShapeFault("K014", str(error), (name,), part="key"))
        except ShapeError as error:
            faults += [fault.below(name) for fault in error.faults]
    if not entries and not faults:
        faults.append(ShapeFault("K015", f"`{bound}` names no period", (), "write `2026: 3.2`"))
    if faults:
        raise ShapeError(faults)
    return entries
