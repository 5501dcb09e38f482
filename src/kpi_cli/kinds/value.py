"""`40`, `{value: 40}`, `"+15%"`, `"+15pp"`: a move from the baseline to a value."""

from __future__ import annotations

import re

from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Reading, Score, Target, cap, toward
from kpi_cli.locale import N_
from kpi_cli.quantity import show_number, show_quantity
from kpi_cli.shape import fail, mapping_of, number_of

KEYS = ("value",)


def move(reading: Reading, target: float) -> Score:
    """Score a resolved value target: a cap for a falling total, else the way from the baseline."""
    if reading.total:
        return cap(reading, target) if reading.increasing is False else toward(reading, 0.0, target)
    if reading.baseline is None:
        return Score(None, reading.elapsed, number=target, reason=N_("no baseline"))
    return toward(reading, reading.baseline, target)


@dataclass(frozen=True, slots=True)
class Value(Target):
    """A value to reach."""

    value: float
    form = "value"
    needs_baseline = True

    def score(self, reading: Reading) -> Score:
        return move(reading, self.value)

    def text(self, unit: str | None) -> str:
        return show_quantity(self.value, unit)

    def number(self, baseline: float | None) -> float | None:
        return self.value


@dataclass(frozen=True, slots=True)
class Relative(Target):
    """A change against the baseline: `amount` percent of it, or `amount` points added."""

    amount: float
    points: bool
    form = "relative"
    needs_baseline = True

    def score(self, reading: Reading) -> Score:
        target = self.number(reading.baseline)
        if target is None:
            return Score(None, reading.elapsed, reason=N_("no baseline to count from"))
        return move(reading, target)

    def text(self, unit: str | None) -> str:
        sign = "+" if self.amount >= 0 else ""
        return f"{sign}{show_number(self.amount)} {'pp' if self.points else '%'}"

    def number(self, baseline: float | None) -> float | None:
        if baseline is None:
            return None
        return baseline + (self.amount if self.points else abs(baseline) * self.amount / 100)

    @property
    def direction(self) -> bool | None:
        return self.amount > 0 if self.amount else None


_RELATIVE = re.compile(r"([+-])\s*(\d+(?:\.\d+)?)\s*(%|pp)", re.ASCII)


def parse_relative(text: str) -> Relative:
    """`+15%`, `-15%`, `+15pp`. Raises ShapeError K015."""
    match = _RELATIVE.fullmatch(text.strip())
    if not match:
        raise fail(
            "K015",
            f"'{text}' is not a target",
            help='write a number (40), a change ("+15%", "-15%", "+15pp") or a form such as'
            " {at_least: 99.9}",
        )
    return Relative(float(match[1] + match[2]), match[3] == "pp")


def parse(raw: dict[str, object]) -> Value:
    """`{value: 40}`."""
    mapping_of(raw, KEYS)
    return Value(number_of(raw["value"], ("value",)))
