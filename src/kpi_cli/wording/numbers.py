"""Numbers in a text with their units: `$50k`, `1,5 triệu`, `20.000`, `4.2/5`, `72h`, `20/month`.

Dates are masked before; numbers that only name something (`Tier 1`, `ISO 27001`, `30-day`) are
no quantities.
"""
# ruff: noqa: E501 - patterns are read best in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kpi_cli.frozen import dataclass
from kpi_cli.wording.dates import DateRef
from kpi_cli.wording.expression import expression, hinted
from kpi_cli.wording.text import Language

_SCALES = {
    "k": 1e3, "thousand": 1e3, "nghìn": 1e3, "ngàn": 1e3, "hundred": 1e2, "trăm": 1e2, "dozen": 12.0,
    "m": 1e6, "mn": 1e6, "mm": 1e6, "mil": 1e6, "million": 1e6, "triệu": 1e6, "tr": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "tỷ": 1e9, "tỉ": 1e9, "trillion": 1e12, "nghìn tỷ": 1e12,
    "nghìn tỉ": 1e12, "ngàn tỷ": 1e12, "trăm tỷ": 1e11, "chục": 10.0, "millions": 1e6, "billions": 1e9,
    "thousands": 1e3, "trăm triệu": 1e8, "chục triệu": 1e7, "trăm nghìn": 1e5,
}  # fmt: skip
_SIGNS = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₫": "VND", "₹": "INR"}
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%", "phần trăm": "%", "‰": "‰",
    "percentage point": "pp", "percentage points": "pp", "pp": "pp", "ppt": "pp", "ppts": "pp", "pps": "pp",
    "điểm phần trăm": "pp", "điểm %": "pp", "% points": "pp", "%-points": "pp", "p.p": "pp",
    "ms": "ms", "milliseconds": "ms", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "giây": "s",
    "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes", "phút": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours", "giờ": "hours",
    "tiếng": "hours", "d": "days", "day": "days", "days": "days", "ngày": "days", "working days": "days",
    "business days": "days", "ngày làm việc": "days", "week": "weeks", "weeks": "weeks", "tuần": "weeks",
    "month": "months", "months": "months", "mo": "months", "tháng": "months", "year": "years", "years": "years",
    "năm": "years", "x": "x", "×": "x", "times": "times", "lần": "times",
    "point": "points", "points": "points", "pts": "points", "điểm": "points", "stars": "points", "star": "points",
    "sao": "points", "usd": "USD", "dollar": "USD", "dollars": "USD", "đô": "USD", "đô la": "USD", "đô-la": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "gbp": "GBP", "pounds": "GBP", "vnd": "VND", "vnđ": "VND",
    "đồng": "VND", "đ": "VND", "₫": "VND", "€": "EUR", "£": "GBP", "yen": "JPY", "jpy": "JPY",
    "kg": "kg", "g": "g", "t": "t", "tonnes": "t", "tons": "t", "tấn": "t", "km": "km", "miles": "mi", "lít": "l", "litres": "l", "liters": "l", "litre": "l", "liter": "l",
    "m2": "m2", "ha": "ha", "kwh": "kWh", "mwh": "MWh", "gb": "GB", "mb": "MB", "tb": "TB", "°c": "°C",
    "fte": "FTE", "ftes": "FTE", "người": "people", "people": "people", "employees": "employees",
    "khách hàng": "customers", "customers": "customers", "đơn hàng": "orders", "orders": "orders",
}  # fmt: skip
_THINGS = frozenset({"people", "employees", "customers", "orders"})
DURATIONS = frozenset({"ms", "s", "minutes", "hours", "days", "weeks", "months", "years"})
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "hundred": 100, "zero": 0, "twice": 2, "hai": 2, "mười": 10, "bốn": 4,
}  # fmt: skip
_PERIODS = "second|minute|hour|day|week|month|quarter|year|giờ|ngày|tuần|tháng|quý|năm|head|person|employee|người|user|customer|tấn|kg"

_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_PLAIN = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,15}(?:[.,]\d{1,6})?"
_NUMBER = expression(
    r"(?<![\w.,/=-])(?:(?P<sign>[+−±~≥≤<>=-]=?)\s?)?(?P<money>us\$|[$€£¥₫₹])?\s?"
    rf"(?P<number>{_PLAIN})(?P<ordinal>st\b|nd\b|rd\b|th\b)?"
    rf"(?:\s?[-–—]\s?(?:us\$|[$€£¥₫₹])?(?P<high>{_PLAIN})(?![\w/]*/))?"
    rf"(?:\s?(?P<scale>{_SCALE})\b(?!['’&]))?\+?"
    rf"(?:\s?/\s?(?P<out_of>\d{{1,4}}(?:\.\d)?)(?![\d/]))?"
    rf"(?:\s?(?P<unit>{_UNIT})(?!\w))?"
    rf"(?:\s?(?:/|per |an? |mỗi |mỗi một |một )\s?(?P<per>{_PERIODS})\b)?"
)
_LABEL_BEFORE = (
    r"(?:\b(?:tier|level|phase|version|stage|line|lines|section|title|chapter|iso|type|grade|class|zone|page|wave|"
    r"part|model|windows|no\.?|number|category|step|round|sprint|scope|series|group|year|building|room|highway|route|"
    r"covid|top|p|v|cấp|giai đoạn|loại|hạng|tầng|lớp|điều|nghị quyết|quyết định|bước|phiên bản|mức độ|tuyến|covid-?|"
    r"bậc|vòng|đợt|khối|top|khóa|chương|nhóm|chi nhánh|số hiệu|nghị định|thông tư|máy nén số|dây chuyền số|dây chuyền|chuyền|xưởng|phân xưởng|quận|phường|huyện|khu|khu vực|đường|tòa|toà|lô|ca|tổ)"
    r"|#)\s?$"
)
_FIGURE = expression(r"(?<!\w)\d")
_SPAN_BEFORE = expression(r"\b(?:first|last|past|previous|next)\s$")
_ORDINAL_BEFORE = expression(r"\b(?:first|last|past|previous|next|lần thứ|thứ)\s(?:an?\s)?$")
_NONE = hinted(
    "no; zero; không",
    r"^\W*(?:have |see |with )?(?P<no>no|zero|không có|không còn|không để xảy ra|không xảy ra|không phát sinh)\s+"
    r"(?=(?:\w+[\s-]){0,3}(?:accidents?|incidents?|injur(?:y|ies)|complaints?|fires?|deaths?|fatalit(?:y|ies)|errors?|outages?|"
    r"breach(?:es)?|defects?|infections?|stock-?outs?|delays?|violations?|"
    r"tai nạn|sự cố|cháy|khiếu nại|vụ|ca|trường hợp|lỗi|hồ sơ (?:quá|trễ) hạn|vi phạm|thất thoát)(?!\w))",
)
"""`No serious accidents`, `không xảy ra tai nạn`: none of something bad is a figure."""
_COUNTED_BY_LABEL = expression(r"\btop\s?$|(?:^|\W)#\s?$")
_WINDOW = expression(r"[-‑](?!\d)[^\W\d_]")
_NEXT_WORD = expression(r"[\s-](\w*)")
_FIRST_WORDS = frozenset(re.split(r"\W", name)[0] for name in (*_SCALES, *_UNITS))
"""How a scale or unit begins; empty for a sign."""
_AFTER_WORD = expression(rf"(?:[\s-]({_SCALE})\b)?(?:[\s-]({_UNIT})(?!\w))?")
_WORD_NUMBER = expression(r"\b(" + "|".join(_WORDS) + r")\b(?![-‑])")


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in a text; `end` exclusive. `high` ends a range, `out_of` is the scale's top.

    `value` is scaled (`$50k` is 50 000). `sign` is what stands before: `+`, `-`, `≥` …
    """

    value: float
    start: int
    end: int
    unit: str | None = None
    high: float | None = None
    out_of: float | None = None
    per: str | None = None
    sign: str = ""
    counted: int | None = None
    """Where the counted things stand that are the unit: `10 customers`."""

    @property
    def is_relative_unit(self) -> bool:
        """A percentage or percentage points."""
        return self.unit in ("%", "pp")


def parse_number(text: str, language: Language, scaled: bool = False) -> float:
    """`10,000`, `1.234,5` or `20.000` as a number; which sign is decimal depends on the language.

    `scaled`: a word such as `triệu` follows, so that `1,500 tỷ` is one and a half.
    """
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole = text[:decimal].replace(".", "").replace(",", "")
        return float(f"{whole}.{text[decimal + 1 :]}")
    mark = "." if dots else ","
    groups = text.split(mark)
    if len(groups) == 1:
        return float(text)
    grouped = all(len(group) == 3 for group in groups[1:]) and groups[0] != "0"
    if len(groups) > 2:
        return float("".join(groups)) if grouped else float(groups[0] + "." + "".join(groups[1:]))
    decimal_mark = "," if language == "vi" else "."
    thousands = grouped and (mark != decimal_mark or (language == "vi" and not scaled))
    return float("".join(groups)) if thousands else float(".".join(groups))


def find_numbers(low: str, dates: Sequence[DateRef], language: Language) -> tuple[Number, ...]:
    """The quantities of a text in lower case, from left to right."""
    masked = _masked(low, dates)
    found = list(_figures(masked, language)) if _FIGURE.search(masked) else []
    for match in _WORD_NUMBER.finditer(masked):
        if match[1] in ("hai", "mười", "bốn") and language != "vi":
            continue
        inside = any(one.start <= match.start() < one.end for one in found)
        if not inside and not _ORDINAL_BEFORE.search(masked, 0, match.start()):
            found.append(_worded(masked, match))
    if none := _NONE.search(masked):
        found = [one for one in found if one.start != none.start("no")]
        found.append(Number(0.0, *none.span("no"), sign="≤"))
    return tuple(sorted(found, key=lambda number: number.start))


def _masked(low: str, dates: Sequence[DateRef]) -> str:
    for ref in dates:
        low = f"{low[: ref.start]}{'|' * (ref.end - ref.start)}{low[ref.end :]}"
    return low


def _figures(masked: str, language: Language) -> Iterator[Number]:
    at = 0
    while match := _NUMBER.search(masked, at):
        at = max(match.end(), match.start() + 1)
        begins = match.start("number")
        label = re.search(_LABEL_BEFORE, masked[max(0, begins - 16) : begins])
        ranked = label and _COUNTED_BY_LABEL.search(masked[max(0, begins - 16) : begins])
        if _SPAN_BEFORE.search(masked, max(0, begins - 12), begins):
            continue
        if match["ordinal"] or (label and not ranked and not _is_quantity(match)):
            continue
        if match["unit"] in ("day", "days", "month", "week", "year", None) and _WINDOW.match(
            masked, match.end("number")
        ):
            continue
        if (match["number"], match["out_of"]) == ("24", "7"):
            continue
        yield _number(match, language)


def _is_quantity(match: re.Match[str]) -> bool:
    return bool(match["unit"] or match["scale"] or match["money"] or match["out_of"])


def _number(match: re.Match[str], language: Language) -> Number:
    scale, unit = match["scale"], match["unit"]
    money = match["money"]
    factor = _SCALES[scale] if scale else 1.0
    value = parse_number(match["number"], language, bool(scale)) * factor
    high = match["high"]
    named = _UNITS.get(unit or "") or _SIGNS.get(money or "")
    sign = (match["sign"] or "").replace("−", "-")
    if money:
        named = _SIGNS[money]
    end = match.end()
    while end > match.start() and match.string[end - 1].isspace():
        end -= 1
    return Number(
        value=value,
        start=match.start() + (len(match[0]) - len(match[0].lstrip())),
        end=end,
        unit=named,
        high=parse_number(high, language, bool(scale)) * factor if high else None,
        out_of=float(match["out_of"]) if match["out_of"] else None,
        per=match["per"],
        sign=sign,
        counted=match.start("unit") if named in _THINGS else None,
    )


def _worded(masked: str, match: re.Match[str]) -> Number:
    """`two weeks`, `five percent`: the unit may follow."""
    value = float(_WORDS[match[1]])
    following = _NEXT_WORD.match(masked, match.end())
    after = None
    if following and (not following[1] or following[1] in _FIRST_WORDS):
        after = _AFTER_WORD.match(masked, match.end())
    if after is None:
        return Number(value, match.start(), match.end())
    value *= _SCALES[after[1]] if after[1] else 1
    return Number(value, match.start(), after.end(), _UNITS.get(after[2] or ""))
