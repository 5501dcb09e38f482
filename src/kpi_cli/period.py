"""Calendar, ISO-week and fiscal periods: names to days and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn

from kpi_cli.frozen import dataclass, field

DAY = timedelta(days=1)
_LAST = date.max - 400 * DAY
"""Near the calendar's end nothing is asked for any more."""


class Frequency(StrEnum):
    """How often a KPI is measured."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    IRREGULAR = "irregular"

    @property
    def months(self) -> int:
        """Months in one period; 0 for days, weeks and irregular."""
        return _MONTHS[self]


_MONTHS = {
    Frequency.DAILY: 0,
    Frequency.WEEKLY: 0,
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.SEMIANNUAL: 6,
    Frequency.ANNUAL: 12,
    Frequency.IRREGULAR: 0,
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days `start`..`end`, both inside; `frequency` is the period's own length."""

    start: date
    end: date
    frequency: Frequency = field(compare=False)
    name: str = field(compare=False)

    @property
    def is_day(self) -> bool:
        """A dated entry, legal at any frequency."""
        return self.frequency is Frequency.DAILY

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether a day lies in both; None is an open side."""
        return (end is None or self.start <= end) and (start is None or self.end >= start)

    def within(self, start: date | None, end: date | None) -> bool:
        """Whether every day lies in start..end; None is an open side."""
        return (start is None or self.start >= start) and (end is None or self.end <= end)


_MOST_COLUMNS = 256


class BadPeriod(ValueError):
    """A text that names no period; its message says what would.

    `better` is the one spelling that can have been meant, where there is only one.
    """

    def __init__(self, message: str, better: str | None = None) -> None:
        super().__init__(message)
        self.better = better


# Patterns are texts: `re` compiles each when it is first used, and most runs need none.
_FORM = (
    r"(?P<fy>FY)?(?P<year>\d{4})"
    r"(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d{2})"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
)
_HELP = (
    "write 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09, 2026-03-31, FY2026, FY2026-H1 or FY2026-Q1"
)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day.

    Raises OverflowError past the year 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("date out of range")
    return date(year, month + 1, min(day.day, _month_length(year, month + 1)))


def later(day: date, days: float) -> date:
    """The day so many days later (or earlier); the calendar's own ends are never passed."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class _Parsed(dict[str, Period]):
    """Names that were parsed before, each with its period."""

    def __init__(self, parse: Callable[[str], Period]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> Period:
        period = self[text] = self._parse(text)
        return period


class _Column(list[Period]):
    """Periods that the rows of many KPIs have in common: nobody may add to them."""

    def __init__(self, periods: Iterable[Period]) -> None:
        super().__init__(periods)
        self.series: dict[Frequency, bool] = {}

    def append(self, _period: Period) -> NoReturn:
        raise TypeError("these periods belong to several KPIs")


class Calendar:
    """Periods of a workspace: calendar and ISO names as they are, fiscal ones by its year's start.

    `fiscal_start` is a month 1..12; `named_by` says whether the fiscal year bears the calendar
    year of its "start" or of its "end".
    """

    def __init__(self, fiscal_start: int = 1, named_by: str = "start") -> None:
        self.fiscal_start = fiscal_start
        self.named_by = named_by
        self._parsed = _Parsed(self._parse)
        self._columns: dict[tuple[str, ...], _Column] = {}
        self._following: dict[str, Period] = {}
        self._fitting: dict[Frequency, dict[str, bool]] = {f: {} for f in Frequency}

    def parse(self, text: str) -> Period:
        """The period a name stands for. Raises BadPeriod with a message for the user."""
        return self._parsed[text]

    def parse_all(self, texts: Iterable[str]) -> list[Period]:
        """The periods of many names, one list for all that have the same; nothing can be added.

        Raises BadPeriod for the first that is none.
        """
        names = tuple(texts)
        known = self._columns.get(names)
        if known is None:
            if len(self._columns) >= _MOST_COLUMNS:
                self._columns.clear()
            known = self._columns[names] = _Column(map(self._parsed.__getitem__, names))
        return known

    def _parse(self, text: str) -> Period:
        match = re.fullmatch(_FORM, text, re.ASCII)
        if not match:
            raise BadPeriod(f"'{text}' is not a period; {_HELP}", certain(text))
        part = match.groupdict()
        year = int(part["year"])
        try:
            if part["fy"]:
                if part["week"] or part["month"]:
                    raise BadPeriod(f"'{text}' is not a period; a fiscal year has H and Q only")
                return self._fiscal(year, part["half"], part["quarter"], text)
            return _calendar(year, part, text)
        except (ValueError, OverflowError) as fault:
            if isinstance(fault, BadPeriod):
                raise
            raise BadPeriod(f"'{text}' is not a period: there is no such date") from None

    def _fiscal(self, year: int, half: str | None, quarter: str | None, name: str) -> Period:
        first = year - 1 if self.named_by == "end" and self.fiscal_start > 1 else year
        start = date(first, self.fiscal_start, 1)
        return _part_of_year(start, half, quarter, name)

    def fiscal_year_of(self, day: date) -> int:
        """The number in the name of the fiscal year `day` lies in."""
        begins = day.year if day.month >= self.fiscal_start else day.year - 1
        return begins + 1 if self.named_by == "end" and self.fiscal_start > 1 else begins

    @property
    def is_fiscal(self) -> bool:
        """Whether quarters, halves and years of this workspace are not the calendar's."""
        return self.fiscal_start != 1

    def containing(self, frequency: Frequency, day: date) -> Period:
        """The period of `frequency` that `day` lies in; irregular counts as a day."""
        return self.parse(self.name_of(frequency, day))

    def name_of(self, frequency: Frequency, day: date) -> str:
        """The name of that period, fiscal where the workspace's year is."""
        if frequency is Frequency.MONTHLY:
            return day.isoformat()[:7]
        if frequency is Frequency.WEEKLY:
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        if not frequency.months:
            return day.isoformat()
        return self._part_name(frequency, day)

    def _part_name(self, frequency: Frequency, day: date) -> str:
        month = (day.month - self.fiscal_start) % 12
        year = f"FY{self.fiscal_year_of(day):04d}" if self.is_fiscal else f"{day.year:04d}"
        if frequency is Frequency.QUARTERLY:
            return f"{year}-Q{month // 3 + 1}"
        return f"{year}-H{month // 6 + 1}" if frequency is Frequency.SEMIANNUAL else year

    def fits(self, period: Period, frequency: Frequency) -> bool:
        """Whether an actual of `period` may stand for a KPI of `frequency`."""
        known = self._fitting[frequency].get(period.name)
        if known is None:
            known = self._fitting[frequency][period.name] = self._fits(period, frequency)
        return known

    def is_series(self, periods: list[Period], frequency: Frequency) -> bool:
        """Whether periods follow one another, each fit to stand for a KPI of `frequency`."""
        known = periods.series if isinstance(periods, _Column) else {}
        if frequency not in known:
            follow = all(one.end < other.end for one, other in pairwise(periods))
            known[frequency] = follow and all(self.fits(one, frequency) for one in periods)
        return known[frequency]

    def _fits(self, period: Period, frequency: Frequency) -> bool:
        if period.is_day or frequency is Frequency.IRREGULAR:
            return True
        return period.frequency is frequency and period == self.containing(frequency, period.start)

    def after(self, period: Period, frequency: Frequency) -> date:
        """The last day by which the next value is expected after one for `period`.

        A dated value is followed one calendar step later, a period by the next one's end.
        """
        if period.end >= later(date.max, -400):
            return date.max
        if not period.is_day or frequency is Frequency.DAILY:
            return self.containing(frequency, period.end + DAY).end
        if frequency is Frequency.WEEKLY:
            return period.end + 7 * DAY
        return add_months(period.end, frequency.months) if frequency.months else period.end

    def between(self, frequency: Frequency, start: date, end: date) -> Iterator[Period]:
        """The periods of `frequency` that overlap start..end, in order; none for irregular."""
        if frequency is Frequency.IRREGULAR:
            return
        period = self.containing(frequency, start)
        while period.start <= end:
            yield period
            if period.end >= _LAST:
                return
            period = self._following.get(period.name) or self._follow(period, frequency)

    def _follow(self, period: Period, frequency: Frequency) -> Period:
        """The next one of the same length, remembered: every series walks over the same."""
        found = self._following[period.name] = self.containing(frequency, period.end + DAY)
        return found

    def previous(self, period: Period) -> Period:
        """The period of the same length just before."""
        return self.containing(period.frequency, period.start - DAY)


def _calendar(year: int, part: dict[str, str | None], name: str) -> Period:
    if part["week"]:
        start = date.fromisocalendar(year, int(part["week"]), 1)
        return Period(start, start + 6 * DAY, Frequency.WEEKLY, name)
    if part["day"] and part["month"]:
        day = date(year, int(part["month"]), int(part["day"]))
        return Period(day, day, Frequency.DAILY, name)
    if part["month"]:
        start = date(year, int(part["month"]), 1)
        return Period(start, _last_day(start, 1), Frequency.MONTHLY, name)
    return _part_of_year(date(year, 1, 1), part["half"], part["quarter"], name)


def _part_of_year(start: date, half: str | None, quarter: str | None, name: str) -> Period:
    if quarter:
        first = add_months(start, 3 * (int(quarter) - 1))
        return Period(first, _last_day(first, 3), Frequency.QUARTERLY, name)
    if half:
        first = add_months(start, 6 * (int(half) - 1))
        return Period(first, _last_day(first, 6), Frequency.SEMIANNUAL, name)
    return Period(start, _last_day(start, 12), Frequency.ANNUAL, name)


def _last_day(start: date, months: int) -> date:
    last = add_months(start, months - 1)
    return date(last.year, last.month, _month_length(last.year, last.month))


_DATE = r"\d{4}-\d{2}-\d{2}"


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date:
    """A date written YYYY-MM-DD. Raises BadPeriod with a message for the user."""
    if not re.fullmatch(_DATE, text, re.ASCII):
        better = certain_day(text)
        write = better or "2026-03-31"
        raise BadPeriod(f"'{text}' is not a date; write it as {write}", better)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadPeriod(f"'{text}' is not a date: there is no such day") from None


_LOOSE_DATE = r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})"
_LOOSE_PART = (
    r"(?:(?P<fy>FY)\s?)?(?:(?P<year>\d{4})[-/ ]?(?P<part>[HQ][1-4]|W\d{1,2})"
    r"|(?P<part2>[HQ][1-4])[-/ ](?P<year2>\d{4}))"
)


def certain_day(text: str) -> str | None:
    """The date a loose spelling must mean, as YYYY-MM-DD; None where it could be two.

    >>> certain_day("2026/3/1"), certain_day("31.12.2026"), certain_day("05/06/2026")
    ('2026-03-01', '2026-12-31', None)
    """
    found = re.fullmatch(_LOOSE_DATE, text.strip(), re.ASCII)
    if found is None:
        return None
    first, second, third = found[1], found[3], found[4]
    if len(first) == 4 and len(third) <= 2:
        ways = [(first, second, third)]
    elif len(third) == 4 and len(first) <= 2:
        ways = [(third, second, first), (third, first, second)]
    else:
        return None
    days = {day for way in ways if (day := _day_or_none(*map(int, way)))}
    return days.pop().isoformat() if len(days) == 1 else None


def certain(text: str) -> str | None:
    """The period a loose spelling must mean; None where it could be two, or none.

    >>> certain("2026 q1"), certain("Q1/2026"), certain("fy2026-h2"), certain("2026-w9")
    ('2026-Q1', '2026-Q1', 'FY2026-H2', '2026-W09')
    """
    found = re.fullmatch(_LOOSE_PART, text.strip(), re.ASCII | re.IGNORECASE)
    if found is None:
        return certain_day(text)
    year, part = found["year"] or found["year2"], (found["part"] or found["part2"]).upper()
    name = f"{found['fy'].upper() if found['fy'] else ''}{year}-{part[0]}"
    name += f"{int(part[1:]):02d}" if part[0] == "W" else part[1:]
    try:
        return Calendar().parse(name).name if name != text else None
    except BadPeriod:
        return None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
