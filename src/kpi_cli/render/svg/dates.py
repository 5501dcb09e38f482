"""Days on an axis: first days of months or years at even steps, with short labels."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kpi_cli.locale import language
from kpi_cli.locale.forms import day_mark, month_mark
from kpi_cli.period import add_months
from kpi_cli.render.svg.kit import Axis

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_DAY_STEPS = (1, 2, 7, 14)
_AXES = 256
"""Axes remembered."""


class Days(dict[date, float]):
    """The pixels of days from `begin` at `start` to `last` at `end`."""

    def __init__(self, begin: date, last: date, start: float, end: float) -> None:
        super().__init__()
        self.begin, self.last, self.start, self.end = begin, last, start, end
        self.axis = Axis(begin.toordinal(), last.toordinal(), start, end)

    def __missing__(self, day: date) -> float:
        self[day] = at = self.axis.at(day.toordinal())
        return at


@lru_cache(maxsize=_AXES)
def days(begin: date, last: date, start: float, end: float) -> Days:
    """Charts of a report share few axes, and on them most days."""
    return Days(begin, last, start, end)


def date_ticks(low: int, high: int, most: int) -> list[tuple[int, str]]:
    """(ordinal, label) of at most `most` + 1 round days from `low` to `high`, both ordinals."""
    return _ticks(low, high, most, language())


@lru_cache(maxsize=1024)
def _ticks(low: int, high: int, most: int, _language: str) -> list[tuple[int, str]]:
    """Once for the charts of one stretch of time, whose labels are in one language."""
    span = max(high - low, 1)
    if span <= 45:
        step = next((s for s in _DAY_STEPS if span / s <= most), 21)
        return [(day, _day(day)) for day in range(low, high + 1, step)]
    step = next((s for s in _MONTH_STEPS if span / 30.44 / s <= most), _MONTH_STEPS[-1])
    return [(day, _label(day, step)) for day in _months(low, high, step)]


def _months(low: int, high: int, step: int) -> list[int]:
    """First days of every `step`-th month, counted from January (of year 0 for whole years)."""
    first = date.fromordinal(low)
    months = first.year * 12 + first.month - 1
    start = -(-months // step) * step
    if first.day > 1 and start == months:
        start += step
    day = add_months(date(first.year, first.month, 1), start - months)
    found = []
    while day.toordinal() <= high:
        found.append(day.toordinal())
        if day.year + step // 12 >= date.max.year:
            break
        day = add_months(day, step)
    return found


def _label(ordinal: int, step: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day.year:04d}" if step >= 12 else month_mark(day)


def _day(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return day_mark(day)
