"""The forms a date takes in English and Vietnamese, each with the last day it means.

`30/8`, `end of June`, `Q3 2026`, `quý III`, `cuối năm 2026`, `within 6 months`.
"""
# ruff: noqa: E501 - a pattern is read best on one line

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from kpi_cli.frozen import dataclass, replace
from kpi_cli.period import add_months
from kpi_cli.wording.text import Language

Role = Literal["due", "since", "relative"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}
_WORDS = {
    "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9,
    "ten": 10, "twelve": 12, "một": 1, "hai": 2, "ba": 3, "sáu": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date in a text. `end` exclusive; `day` is the last day meant, None where only people know.

    `moving` says that it means another day tomorrow (`next year`); `fiscal` that only the
    workspace's calendar knows the day.
    """

    start: int
    end: int
    day: date | None
    role: Role = "due"
    moving: bool = False
    fiscal: bool = False
    period: bool = True
    yearless: bool = False
    width: int = 31
    """Days of the period, where it is one."""

    def in_year(self, year: int) -> DateRef:
        """The same day of another year."""
        if self.day is None:
            return self
        last = _last(year, self.day.month).day
        whole = self.period or self.day.day > last
        return replace(self, day=self.day.replace(year=year, day=last if whole else self.day.day))


Maker = Callable[[re.Match[str], date, Language], DateRef | None]


def _ref(
    match: re.Match[str], day: date | None, *, moving: bool = False, fiscal: bool = False,
    period: bool = True, yearless: bool = False,
) -> DateRef:  # fmt: skip
    start, end = match.span()
    width = _width(match[0])
    return DateRef(start, end, day, "due", moving, fiscal, period, yearless, width)


def _width(text: str) -> int:
    """At most so many days has the period a text names."""
    if re.search(r"\bq\d|quý|quarter", text):
        return 92
    if re.search(r"\bh\d|half|6\s+tháng", text):
        return 184
    return 366 if re.search(r"^\d{4}$|\bfy|fiscal|year|\d{4}\s?[-–/]\s?\d", text) else 31


def _last(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first.replace(day=31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _coming(as_of: date, make: Callable[[int], date]) -> date:
    """The day of this year, or of the next where it is past."""
    day = make(as_of.year)
    return day if day >= as_of or as_of.year >= date.max.year else make(as_of.year + 1)


def _year(text: str) -> int:
    number = int(text.strip("'"))
    return number if number > 99 else 2000 + number


def _iso(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    return _ref(match, date(int(match[1]), int(match[2]), int(match[3])), period=False)


def _iso_period(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    year, part = int(match[2]), match[3]
    month = {"q": 3 * int(part[1]), "h": 6 * int(part[1])}.get(part[0]) or int(part)
    return _ref(match, _last(year, month), fiscal=bool(match[1]))


def _slashed(match: re.Match[str], _as_of: date, language: Language) -> DateRef | None:
    first, second = int(match[1]), int(match[2])
    month_first = (language == "en" and first <= 12) or second > 12
    month, day = (first, second) if month_first else (second, first)
    return _ref(match, date(_year(match[3]), month, day), period=False)


def _short_slashed(match: re.Match[str], as_of: date, language: Language) -> DateRef | None:
    first, second = int(match[1]), int(match[2])
    month_first = (language == "en" and first <= 12) or second > 12
    month, day = (first, second) if month_first else (second, first)
    plain = language == "vi" and first > 12 and (first, second) != (24, 7)
    before = match.string[max(0, match.start() - 12) : match.start()]
    if not plain and not re.search(
        r"(?:\bby|\bbefore|\buntil|\bon|ngày|trước|đến|tới|hạn)\s*$", before
    ):
        return None
    due = _coming(as_of, lambda year: date(year, month, day))
    return _ref(match, due, period=False, yearless=True)


def _month_year(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    return _ref(match, _last(int(match[2]), int(match[1])))


def _named_month(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`June`, `June 30th, 2026`, `end of June 2026`; a bare `may` or `march` needs company."""
    month = _MONTHS[match[1]]
    day, year = match[2], match[3]
    if match[1] in ("may", "march", "mar", "sep", "dec", "jan") and not (day or year):
        before = match.string[max(0, match.start() - 14) : match.start()]
        if not re.search(
            r"\b(?:by|in|of|until|till|before|from|since|to|this|next|through)\s+$", before
        ):
            return None
    if day:
        number = int(day)
        if year:
            return _ref(match, date(int(year), month, number), period=False)
        due = _coming(as_of, lambda y: date(y, month, number))
        return _ref(match, due, period=False, yearless=True)
    if year:
        return _ref(match, _last(int(year), month))
    return _ref(match, _coming(as_of, lambda y: _last(y, month)), yearless=True)


def _day_month(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    day, month = int(match[1]), _MONTHS[match[2]]
    if match[3]:
        return _ref(match, date(int(match[3]), month, day), period=False)
    due = _coming(as_of, lambda year: date(year, month, day))
    return _ref(match, due, period=False, yearless=True)


def _quarter(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`Q3`, `H1 2026`, `Q4 FY26`."""
    part = match[1]
    month = 3 * int(part[1]) if part[0] == "q" else 6 * int(part[1])
    return _of_year(match, month, match[3], as_of, fiscal=bool(match[2]))


def _named_quarter(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`third quarter`, `first half of 2026`, `quarter 2`."""
    number = _ORDINALS[match[1]] if match[1] else int(match[3])
    width = 6 if match[2] == "half" else 3
    return None if number * width > 12 else _of_year(match, number * width, match[4], as_of)


def _vi_quarter(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`quý III`, `quý 3/2026`, `quý 3 năm 2026`."""
    number = _ROMAN.get(match[1]) or int(match[1])
    return _of_year(match, 3 * number, match[2], as_of)


def _vi_month(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    month = int(match[1])
    return None if not 1 <= month <= 12 else _of_year(match, month, match[2], as_of)


def _of_year(
    match: re.Match[str], month: int, year: str | None, as_of: date, *, fiscal: bool = False
) -> DateRef:
    if year:
        return _ref(match, _last(_year(year), month), fiscal=fiscal)
    return _ref(match, _coming(as_of, lambda y: _last(y, month)), yearless=True)


def _vi_day(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`ngày 30/8`, `30 tháng 6 năm 2026`."""
    day, month = int(match[1]), int(match[2])
    if match[3]:
        return _ref(match, date(int(match[3]), month, day), period=False)
    due = _coming(as_of, lambda year: date(year, month, day))
    return _ref(match, due, period=False, yearless=True)


def _vi_half(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    month = 6 if match[1] == "đầu" else 12
    return _of_year(match, month, match[2], as_of)


def _fiscal_year(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    return _ref(match, date(_year(match[1]), 12, 31), fiscal=True)


def _bare_year(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    """A year by itself; before a counted noun (`2000 users`) it is a number."""
    text, start = match.string, match.start()
    before = text[max(0, start - 14) : start]
    named = re.search(
        r"(?:\b(?:by|in|before|until|till|since|during|of|year|end|from|than|vs|over|the|for|and|to)|năm|đến|từ|trước|hết|cuối|[-–(])\s*$",
        before,
    )
    if not named and re.match(r"\s+[^\W\d]", text[match.end() :]):
        return None
    return _ref(match, date(int(match[1]), 12, 31))


def _years(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    """`2014-2015`, `2026/27`: until the end of the later year."""
    first, second = int(match[1]), match[2]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return _ref(match, date(last, 12, 31)) if first < last <= first + 30 else None


def _within(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`within 6 months`, `over the next two quarters`, `trong 2 tháng`; short ones are measures."""
    count = _WORDS.get(match[1]) or (int(match[1]) if match[1].isdigit() else 0)
    unit = match[2].rstrip("s")
    months = {"month": 1, "tháng": 1, "quarter": 3, "quý": 3, "year": 12, "năm": 12, "semester": 6}
    if unit in months:
        return _ref(match, _shifted(as_of, months[unit] * count), moving=True)
    days = count * (7 if unit in ("week", "tuần") else 1)
    if days < 14 or re.match(r"\s+(?:of|from|after|kể từ|sau)\b", match.string[match.end() :]):
        return None
    if days > 36500 or as_of > date.max - timedelta(days=days):
        return None
    return _ref(match, as_of + timedelta(days=days), moving=True)


def _shifted(as_of: date, months: int) -> date | None:
    last = (date.max.year - as_of.year) * 12 - 12
    return add_months(as_of, months) if 0 <= months <= last else None


def _moving(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    """`this quarter`, `next year`, `end of the month`, `cuối năm`, `năm nay`."""
    groups = [group for group in match.groups() if group]
    unit = next((_UNITS[g] for g in groups if g in _UNITS), None)
    ahead = any(
        group in ("next", "sau", "tới", "coming", "following", "upcoming") for group in groups
    )
    day = None if unit is None else _end_of(unit, as_of, ahead)
    return _ref(match, day, moving=True)


_UNITS = {
    "week": 0, "tuần": 0, "month": 1, "tháng": 1, "quarter": 3, "quý": 3, "year": 12, "năm": 12,
}  # fmt: skip


def _end_of(months: int, as_of: date, ahead: bool) -> date | None:
    """The end of the calendar month, quarter or year, or of the next one."""
    if not months:
        return None
    last = (as_of.month - 1) // months * months + months
    end = _last(as_of.year, last)
    if not ahead:
        return end
    after = _shifted(date(end.year, end.month, 1), months)
    return after and _last(after.year, after.month)


def _year_end(match: re.Match[str], as_of: date, _language: Language) -> DateRef | None:
    months = {"y": 12, "q": 3, "m": 1}.get(match[1] or "y", 12)
    return _ref(match, _end_of(months, as_of, False), moving=True)


def _event(match: re.Match[str], _as_of: date, _language: Language) -> DateRef | None:
    """A day people know and we do not: `by the end of the semester`, `trước Tết`."""
    return _ref(match, None)


_ANY_MONTH = "jan feb mar apr may jun jul aug sep oct nov dec"

FORMS: tuple[tuple[str, Maker, bool, tuple[str, ...]], ...] = tuple(
    (pattern, make, "#" in hints, tuple(h.replace("_", " ") for h in hints.split() if h != "#"))
    for pattern, make, hints in (
        (r"\b(\d{4})-(\d\d)-(\d\d)\b", _iso, "# -"),
        (r"\b(fy)?(\d{4})-(q[1-4]|h[12]|\d\d)\b(?!-)", _iso_period, "# -"),
        (r"(?<![\d/.,])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d|\d\d)(?![\d/])", _slashed, "# / . -"),
        (r"(?<![\d/.,$-])(\d{1,2})/(\d{1,2})(?![\d/%.,]?\d|[%/])", _short_slashed, "# /"),
        (rf"(?<![\d/])(\d{{1,2}})/{_YEAR}", _month_year, "# /"),
        (rf"\b{_MONTH}(?:\s+(\d{{1,2}})(?!\d)(?:st|nd|rd|th)?)?(?:,?\s+{_YEAR})?", _named_month, _ANY_MONTH),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?", _day_month, f"# {_ANY_MONTH}"),
        (
            r"\b(q[1-4]|h[12])\b(?:\s*[-/,]?\s*(?:of\s+)?(fy\s*)?('?\d\d\b|(?:19|20)\d\d\b))?",
            _quarter,
            "# q1 q2 q3 q4 h1 h2",
        ),
        (
            r"\b(?:(first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:fiscal\s+)?(quarter|half)|quarter\s+([1-4])\b)"
            rf"(?:\s+(?:of\s+)?{_YEAR})?",
            _named_quarter,
            "quarter half",
        ),
        (rf"\bquý\s*([1-4]|iv|i{{1,3}})\b(?:\s*(?:[-/,]|năm)?\s*{_YEAR})?", _vi_quarter, "quý"),
        (rf"(?<!\d )\btháng\s*(\d{{1,2}})\b(?:\s*(?:[-/,]|năm)?\s*{_YEAR})?", _vi_month, "# tháng"),
        (
            rf"\b(?:ngày\s*)?(\d{{1,2}})\s+tháng\s+(\d{{1,2}})\b(?:\s*(?:[-/,]|năm)?\s*{_YEAR})?",
            _vi_day,
            "# tháng",
        ),
        (rf"\b6\s+tháng\s+(đầu|cuối)\s+năm\b(?:\s+{_YEAR})?", _vi_half, "# năm"),
        (r"\b(?:fy|fiscal year|năm tài chính)\s*('?\d\d\b|(?:19|20)\d\d\b)", _fiscal_year, "# fy fiscal chính"),
        (rf"(?<![\w$€£.,/%+-]){_YEAR}\s?[-–/]\s?((?:19|20)\d\d|\d\d)(?![\w%-])(?:\s+year)?", _years, "# 19 20"),
        (rf"(?<![\w$€£.,/%+-]){_YEAR}(?!\w|[.,/-]\d|\s*(?:%|usd|vnd|đồng))", _bare_year, "# 19 20"),
        (
            r"\b(?:within|in|over|during|for|trong|trong vòng|sau|vòng)\s+(?:the\s+)?(?:next|coming|first|following|space of)?\s*"
            r"(\d{1,3}|one|two|three|four|five|six|nine|ten|twelve|an?|một|hai|ba|sáu)[\s-]"
            r"(days?|weeks?|months?|quarters?|years?|semesters?|ngày|tuần|tháng|quý|năm)\b(?: tới)?",
            _within,
            "day week month quarter year semester ngày tuần tháng quý năm",
        ),
        (
            r"\b(this|next|the coming|current|following|upcoming)\s+(?:(?:fiscal|calendar|school|academic|financial)\s+)?"
            r"(week|month|quarter|year|semester|half|season|term)\b",
            _moving,
            "this next coming current following upcoming",
        ),
        (
            r"\bend of (?:the )?(?:(this|next|current|fiscal|calendar|financial|school|academic)\s+)?"
            r"(week|month|quarter|year|semester)\b",
            _moving,
            "end_of",
        ),
        (r"\b(?:(?:cuối|hết|đầu|giữa|trong)\s+)?(năm|quý|tháng|tuần)\s+(nay|này|tới|sau)\b", _moving, "năm quý tháng tuần"),
        (r"\b(?:cuối|hết)\s+(năm|quý|tháng)\b(?!\s+(?:\d|iv\b|i{1,3}\b))", _moving, "cuối hết"),
        (r"\byear[- ]end\b|\beo([yqm])\b|\bend of year\b|\bendofyear\b", _year_end, "year-end year_end of_year ofyear eoy eoq eom"),
        (
            r"\b(?:by|before|until) (?:the )?(?:end|start|beginning|close|time|launch) of "
            r"(?:the |my |our |this |each )?(?!(?:next|this|the|year|month|quarter|week|fiscal|calendar|financial|school|academic|current|q\d|h\d|fy|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)[^\W\d]+",
            _event,
            "of",
        ),
        (r"\bby (?:year|quarter|month|week) (?:one|two|three|four|five|\d{1,2})\b", _event, "by_year by_quarter by_month by_week"),
        (r"\b(?:by|before) (?:christmas|easter|thanksgiving|ramadan|summer|winter|spring|fall|autumn|graduation)\b", _event,
         "christmas easter thanksgiving ramadan summer winter spring fall autumn graduation"),
        (r"\b(?:trước|sau|dịp) tết\b|\bnăm học\b(?: \d{4}\s*[-–]\s*\d{4})?|\bhọc kỳ\b(?: (?:\d|i{1,3}|này|tới))?|\bnhiệm kỳ\b(?: \d{4}\s*[-–]\s*\d{4})?", _event, "tết học kỳ"),
    )
)  # fmt: skip
"""Pattern, what makes a date of a match (None: it is none), whether it needs a digit, and texts of
which one must be there: most forms are passed over, and their patterns never compiled."""
