"""Pens and scales of the charts: escaped text, short numbers, round ticks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil, floor, isfinite, log10

from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, language
from kpi_cli.locale.forms import number
from kpi_cli.render.svg.clean import escaped

Pair = tuple[float, float]


def tenths(value: float) -> str:
    """A coordinate: one decimal, no trailing `.0`, no `-0`."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


class _Coordinates(dict[float, str]):
    """Coordinates as they are written; charts of one kind have many of the same."""

    def __missing__(self, value: float) -> str:
        if len(self) >= _REPEATED:
            self.clear()
        self[value] = text = tenths(value)
        return text


_REPEATED = 2**15
"""Coordinates remembered."""
n = _Coordinates().__getitem__
"""A coordinate as it is written; looking it up takes less than half of a call."""


def text(x: float, y: float, words: str, classes: str = "", anchor: str = "") -> str:
    """A line of text with its end or middle at x where `anchor` says so."""
    style = f' class="{classes}"' if classes else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{n(x)}" y="{n(y)}"{style}{where}>{escaped(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, classes: str) -> str:
    """A straight line."""
    return f'<path class="{classes}" d="M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}"/>'


def box(x: float, y: float, width: float, height: float, classes: str) -> str:
    """A filled rectangle; nothing where it has no width."""
    if width <= 0:
        return ""
    return (
        f'<rect class="{classes}" x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}"/>'
    )


def dot(x: float, y: float, radius: float, classes: str) -> str:
    """A round mark."""
    return f'<circle class="{classes}" cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"/>'


def way(points: Iterable[Pair]) -> str:
    """Coordinates from point to point."""
    return "L".join([f"{n(x)} {n(y)}" for x, y in points])


def dots(points: str, radius: float, classes: str) -> str:
    """Round marks of one kind at the points of a way, each as `dot` draws it."""
    if not points:
        return ""
    start, end = f'<circle class="{classes}" cx="', f'" r="{n(radius)}"/>'
    return start + points.replace(" ", '" cy="').replace("L", end + start) + end


def polyline(points: Iterable[Pair | None], classes: str) -> str:
    """One path through the points; None lifts the pen, a lone point draws no line."""
    parts: list[str] = []
    run: list[Pair] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
            continue
        if len(run) > 1:
            parts.append("M" + way(run))
        run = []
    return f'<path class="{classes}" d="{"".join(parts)}"/>' if parts else ""


def small(width: int, height: int, label: str, classes: str, body: str) -> str:
    """A small picture that is named by its label."""
    return (
        f'<svg class="{classes}" role="img" aria-label="{escaped(label)}" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}">{body}</svg>'
    )


@dataclass(frozen=True, slots=True)
class Axis:
    """Values to pixels, linear; `low` and `high` lie at `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, wanted: int = 5) -> tuple[float, ...]:
    """Round numbers from at or below `low` to at or above `high`, about `wanted` steps."""
    span = high - low
    if not span > 1e-90 or not isfinite(span):
        span = max(abs(low) * 0.2, 1e-90) if low else 1.0
        low, high = low - span / 2, high + span / 2
    step = _round_step(span / max(wanted - 1, 1))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(number * step for number in range(first, last + 1))


def _round_step(rough: float) -> float:
    size = 10.0 ** floor(log10(rough))
    return size * next(step for step in (1, 2, 2.5, 5, 10) if rough / size <= step * (1 + 1e-9))


def tick_labels(values: tuple[float, ...]) -> tuple[str, ...]:
    """Labels with one number of decimals for all, in thousands or millions where they are large."""
    return _tick_labels(values, language())


@lru_cache(maxsize=1024)
def _tick_labels(values: tuple[float, ...], _language: str) -> tuple[str, ...]:
    """Once for the charts that have one scale."""
    largest = max((abs(value) for value in values), default=0.0)
    unit, name = next(((u, t) for u, t in _LARGE if largest >= u * 10), (1.0, ""))
    scaled = [value / unit for value in values]
    decimals = next((d for d in range(7) if all(_fits(value, d) for value in scaled)), 7)
    mark = _(name) if name else ""
    return tuple(
        number(_zero(f"{value:,.{decimals}f}")) + (mark if value else "") for value in scaled
    )


_LARGE = ((1e12, N_("T")), (1e9, N_("bn")), (1e6, N_("M")), (1e3, N_("k")))


def _fits(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) <= 1e-9 * max(abs(value), 1e-9) + 1e-12


def _zero(label: str) -> str:
    return label[1:] if label.startswith("-") and not label.strip("-0.,") else label
