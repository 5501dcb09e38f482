"""How a language writes numbers and days. The forms are those of the CLDR; a test compares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kpi_cli.frozen import dataclass
from kpi_cli.locale import language

_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())


@dataclass(frozen=True, slots=True)
class Forms:
    """`swap` turns the signs of an English number into the language's own."""

    swap: Mapping[int, int]
    long_day: Callable[[date], str]
    short_day: Callable[[date], str]
    month: Callable[[date], str]
    month_mark: Callable[[date], str]
    day_mark: Callable[[date], str]


_SWAPPED = str.maketrans("0123456789-,.", "0123456789-.,")
"""Every sign of a usual number: a sign that `translate` does not find costs it an exception."""

_FORMS: Mapping[str, Forms] = {
    "en": Forms(
        {},
        lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year % 100:02d}",
        lambda d: f"{MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{MONTHS[d.month - 1][:3]} {d.year % 100:02d}",
        lambda d: f"{d.day} {MONTHS[d.month - 1][:3]}",
    ),
    "vi": Forms(
        _SWAPPED,
        lambda d: f"{d.day} tháng {d.month}, {d.year}",
        lambda d: f"{d.day}/{d.month}/{d.year % 100:02d}",
        lambda d: f"tháng {d.month} năm {d.year}",
        lambda d: f"{d.month}/{d.year % 100:02d}",
        lambda d: f"{d.day}/{d.month}",
    ),
}


def forms() -> Forms:
    """Those of the spoken language."""
    return _FORMS[language()]


def number(text: str) -> str:
    """A number as English writes it (`1,234.5`), in the spoken language (`1.234,5`)."""
    swap = _FORMS[language()].swap
    return text.translate(swap) if swap else text


def day(value: date) -> str:
    """`31 May 2026`."""
    return forms().long_day(value)


def short_day(value: date) -> str:
    """`31 May 26`, for axes and narrow columns."""
    return forms().short_day(value)


def month(value: date) -> str:
    """`May 2026`."""
    return forms().month(value)


def month_mark(value: date) -> str:
    """`May 26`, below an axis."""
    return forms().month_mark(value)


def day_mark(value: date) -> str:
    """`3 May`, below an axis."""
    return forms().day_mark(value)
