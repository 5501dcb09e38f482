"""The signs of a status and of a series, in Unicode or ASCII."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from kpi_cli.quantity import close
from kpi_cli.render.terminal.paper import ASCII_SIGNS, Screen
from kpi_cli.views.words import Badge, Count

_LEVELS = "▁▂▃▄▅▆▇█"
_ASCII_LEVELS = "_.-=#"


def sign(badge: Badge, screen: Screen) -> str:
    """The sign alone: `■` or `[X]`."""
    return ASCII_SIGNS[badge.status] if screen.ascii else badge.glyph


def signed(badge: Badge, screen: Screen) -> Text:
    """Sign and word: `■ Off track`, `[X] Off track`."""
    return Text(f"{sign(badge, screen)} {badge.word}", badge.tone)


def profile(counts: Sequence[Count], screen: Screen) -> list[Text]:
    """`■ 2 ▲ 1 ● 4`, worst first; the counts of what is below."""
    found: list[Text] = []
    for count in counts:
        gap = " " if found else ""
        text = f"{sign(count.badge, screen)}{' ' if screen.ascii else ''}{count.number}"
        found.append(Text(gap + text, count.badge.tone))
    return found


def legend(badges: Sequence[Badge], screen: Screen) -> str:
    """What the signs mean: `■ off track, ● on track`."""
    return ", ".join(f"{sign(badge, screen)} {badge.word.lower()}" for badge in badges)


def sparkline(values: Sequence[float | None], screen: Screen) -> str:
    """One character a value, lowest to highest of this series; a blank where there is none.

    Values that differ by noise of computation only are level.
    """
    levels = _ASCII_LEVELS if screen.ascii else _LEVELS
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    high = low if close(low, high) else high
    return "".join(_level(value, low, high, levels) for value in values)


def _level(value: float | None, low: float, high: float, levels: str) -> str:
    if value is None:
        return " "
    return levels[min(int(between(low, high, value) * len(levels)), len(levels) - 1)]


def between(low: float, high: float, value: float) -> float:
    """Where a value lies from low (0) to high (1); halves, so that no difference overflows."""
    span = high / 2 - low / 2
    return min(max((value / 2 - low / 2) / span, 0.0), 1.0) if span > 0 else 0.5
