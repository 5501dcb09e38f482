"""What a sentence says of its figure: from where to where, by how much, at least or at most."""
# ruff: noqa: E501 - patterns are read best in long lines

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kpi_cli.frozen import dataclass
from kpi_cli.wording.dates import DateRef
from kpi_cli.wording.expression import Hinted, expression, hinted
from kpi_cli.wording.numbers import DURATIONS, Number
from kpi_cli.wording.text import Language

Bound = Literal["at_least", "at_most", "between"]

_N, _D = "\ue000", "\ue001"
"""A number and a date in the shape of a sentence; both are of Unicode's private area."""


@dataclass(frozen=True, slots=True)
class Change:
    """`low` and `to` are figures of the text; `by` a difference or a share; `times` a factor."""

    low: Number | None = None
    to: Number | None = None
    by: Number | None = None
    times: float | None = None
    bound: Bound | None = None
    upwards: bool | None = None
    start: int | None = None
    """Where the words about the figure begin."""

    @property
    def is_told(self) -> bool:
        """Whether the sentence says how far."""
        return bool(self.to or self.by or self.times)


_FROM_TO = expression(
    rf"(?:\bfrom\s+[^{_N}{_D};]{{0,30}}?{_N}[^{_N};]{{0,45}}?(?:\bto\b|\binto\b|→|->|=>|➔|-|–)\s*[^{_N}{_D};]{{0,30}}?{_N})"
    rf"|(?:(?<!\w)từ\s+[^{_N}{_D};]{{0,20}}?{_N}[^{_N};]{{0,30}}?(?:lên|xuống|đến|tới|thành|còn|sang|→|->|=>|-|–)\s*[^{_N}{_D};]{{0,20}}?{_N})"
    rf"|(?:{_N}\s*[^{_N};]{{0,12}}?(?:→|->|=>|➔)\s*{_N})"
)
_TO_FROM = expression(
    rf"\b(?:to|at|of)\s+[^{_N}{_D};]{{0,15}}?{_N}[^{_N};]{{0,40}}?\b(?:from|up from|down from|vs\.?|versus|compared (?:to|with)|"
    rf"currently|current(?: value)?|baseline|was|instead of)\s*:?\s*[^{_N}{_D};]{{0,20}}?{_N}"
    rf"|(?:lên|đạt|còn|xuống)\s+[^{_N};]{{0,15}}?{_N}[^{_N};]{{0,40}}?(?:so với|hiện tại|hiện nay|thay vì|từ mức)\s*:?\s*[^{_N};]{{0,20}}?{_N}"
)
_BETWEEN = expression(
    rf"\b(?:between|range of|within)\s+{_N}\s*(?:and|to|-|–)\s*{_N}|trong khoảng\s+(?:từ\s+)?{_N}\s*(?:đến|tới|-|–|và)\s*{_N}"
)
_FLOOR = hinted(
    "least; minimum; than; over; above; exceed; beyond; upward; nhất; tối thiểu; dưới; hơn; trên; vượt; trở lên; or more; or higher; or better; or greater",
    rf"(?:\bat least|\bminimum(?: of)?|\bno less than|\bnot less than|\bno fewer than|\bmore than|\bover|\babove|\bexceed(?:s|ing)?|"
    rf"\bgreater than|\bbeyond|\bupwards? of|ít nhất|tối thiểu|không dưới|không thấp hơn|trên|hơn|vượt|vượt mức)\s+[^{_N}{_D};]{{0,12}}?{_N}"
    rf"|{_N}[^{_N};]{{0,20}}?(?:\bor (?:more|higher|better|above|greater)|\band above|trở lên)",
)
_CEILING = hinted(
    "most; maximum; than; under; below; within; exceed; up to; quá; tối đa; dưới; hơn; trong vòng; or less; or lower; or fewer; trở xuống",
    rf"(?:\bat most|\bmaximum(?: of)?|\bno more than|\bnot more than|\bless than|\bfewer than|\blower than|\bunder|\bbelow|\bwithin|"
    rf"\bnot exceed(?:ing)?|\bup to|không quá|không vượt quá|tối đa|dưới|ít hơn|thấp hơn|nhỏ hơn|không cao hơn|trong vòng)\s+[^{_N}{_D};]{{0,12}}?{_N}"
    rf"|{_N}[^{_N};]{{0,20}}?(?:\bor (?:less|lower|fewer|below)|trở xuống)",
)
_FROM_ONLY = hinted("from; từ", rf"(?:\bfrom|(?<!\w)từ(?: mức)?)\s+{_N}\W*$")
_BY = hinted(
    "by; thêm; bớt",
    rf"\bby\s+(?:at least |up to |an? |an additional |another |over |more than |around |about |approximately |roughly |a further |a factor of )?{_N}"
    rf"|(?:thêm|thêm được|tăng thêm|giảm thêm|bớt)\s+(?:ít nhất |tối thiểu |khoảng |được )?{_N}",
)
_NOUN_BY = hinted(
    "increase; decrease; reduction; growth; improvement; rise; drop; decline; cut; uplift; gain; more; fewer; less; higher; lower; faster; better; saving; yoy; year o; tăng trưởng",
    rf"{_N}\s+(?:\w+\s+){{0,2}}?(?:increase|decrease|reduction|growth|improvement|rise|drop|decline|cut|uplift|gain|more|fewer|less|higher|"
    rf"lower|faster|better|saving|savings|yoy|year over year|year on year)\b"
    rf"|\b(?:increase|decrease|reduction|growth|improvement|rise|drop|uplift|gain) (?:of|in [^{_N};]{{1,50}}? of) {_N}|tăng trưởng\s+{_N}",
)
_TO = expression(
    rf"(?:\b(?:to|reach(?:es|ed|ing)?|achieve[sd]?|achieving|hit|attain|exceed|maintain|keep|score|is|are|be|stays?|rises? to|falls? to)|→|"
    rf"(?<!\w)(?:đạt|lên|lên tới|xuống|còn|đến|tới|thành|vượt|mức|là|bằng|đạt được|chiếm))\s+(?:at |a |an |only |mức |được |khoảng |là )*{_N}"
)
_TIMES = {
    "double": 2.0, "doubles": 2.0, "doubling": 2.0, "triple": 3.0, "quadruple": 4.0, "halve": 0.5, "gấp đôi": 2.0,
    "gấp ba": 3.0, "nhân đôi": 2.0, "một nửa": 0.5, "tripling": 3.0, "halving": 0.5, "in half": 0.5, "by half": 0.5,
}  # fmt: skip
_TIMES_AT = hinted(
    "doubl; tripl; quadrupl; halv; half; gấp; nhân đôi; một nửa",
    r"\b(?:" + "|".join(sorted(_TIMES, key=len, reverse=True)) + r")\b",
)


class Shape:
    """A text with a sign for each number and date, and the way back to both."""

    def __init__(self, low: str, numbers: Sequence[Number], dates: Sequence[DateRef]) -> None:
        spans = sorted(
            [(n.start, n.end, n) for n in numbers] + [(d.start, d.end, d) for d in dates],
            key=lambda span: span[:2],
        )
        parts, self.numbers, self.starts = [], dict[int, Number](), list[tuple[int, int]]()
        at = size = 0
        for start, end, thing in spans:
            if start < at:
                continue
            self.starts.append((size, at))
            parts.append(low[at:start])
            size += start - at
            if isinstance(thing, Number):
                self.numbers[size] = thing
            parts.append(_N if isinstance(thing, Number) else _D)
            size += 1
            at = end
        self.starts.append((size, at))
        self.text = "".join([*parts, low[at:]])

    def inside(self, match: re.Match[str]) -> list[Number]:
        """The numbers of a match, from left to right."""
        return [n for at, n in self.numbers.items() if match.start() <= at < match.end()]

    def where(self, at: int) -> int:
        """The position in the text of one in the shape."""
        size, start = next(
            pair for pair in reversed(self.starts) if pair[0] <= at or pair is self.starts[0]
        )
        return start + max(at - size, 0)


def find_change(
    low: str, numbers: Sequence[Number], dates: Sequence[DateRef], language: Language, upwards: bool | None,
    directed: bool,
) -> Change:  # fmt: skip
    """The change a sentence asks for. `directed`: its verb moves a figure up or down."""
    times = _TIMES_AT.search(low)
    factor = _TIMES[times[0]] if times else None
    if not numbers:
        if factor and times and (directed or factor != 0.5 or "in half" in low or "by half" in low):
            return Change(times=factor, upwards=factor > 1, start=times.start())
        return _graded(low) or Change(upwards=upwards)
    shape = Shape(low, numbers, dates)
    return _pair(shape) or _single(shape, numbers, language, upwards, directed)


_GRADES = hinted("from ", r"\bfrom (?:an? )?([a-f])([+-]?) to (?:an? )?([a-f])([+-]?)(?![\w-])")
_MARKS = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0, "e": 0.5, "f": 0.0}
_STEP = {"": 0.0, "+": 0.3, "-": -0.3}


def _graded(low: str) -> Change | None:
    """`from a C to a B`: school marks, as the points they count (A is 4)."""
    match = _GRADES.search(low)
    if match is None:
        return None
    first, second = (
        Number(_MARKS[mark] + _STEP[sign], match.start(group), match.end(group), "points")
        for mark, sign, group in ((match[1], match[2], 1), (match[3], match[4], 3))
    )
    return Change(first, second, upwards=second.value > first.value, start=match.start())


def _pair(shape: Shape) -> Change | None:
    """Two figures: from and to, or both edges."""
    if len(shape.numbers) < 2:
        return None
    for pattern, order in ((_FROM_TO, (0, -1)), (_TO_FROM, (-1, 0))):
        match = pattern.search(shape.text)
        if match and len(found := shape.inside(match)) >= 2:
            low, to = found[order[0]], found[order[1]]
            up = to.value > low.value if to.value != low.value else None
            return Change(low, to, upwards=up, start=shape.where(match.start()))
    match = _BETWEEN.search(shape.text)
    if match and len(found := shape.inside(match)) >= 2:
        start = shape.where(match.start())
        return Change(found[0], found[1], bound="between", start=start)
    return None


def _single(
    shape: Shape, numbers: Sequence[Number], language: Language, upwards: bool | None, directed: bool
) -> Change:  # fmt: skip
    """One figure: how far, or where to."""
    if len(numbers) == 1 and _FROM_ONLY.search(shape.text):
        return Change(low=numbers[0], upwards=upwards)
    for pattern in (_BY, _NOUN_BY):
        match = pattern.search(shape.text)
        if match:
            number = shape.inside(match)[0]
            if pattern is _BY or number.unit in ("%", "x", "pp") or directed:
                if (upwards is None and "reduc" in match[0] + " ") or "decrease" in match[0]:
                    upwards = False
                return Change(by=number, upwards=upwards, start=shape.where(match.start()))
    limits: tuple[tuple[Hinted, Bound], ...]
    limits = ((_FLOOR, "at_least"), (_CEILING, "at_most"))
    for pattern, name in limits:
        match = pattern.search(shape.text)
        if match and not _is_age(shape.text, match):
            number, start = shape.inside(match)[0], shape.where(match.start())
            return Change(to=number, bound=name, upwards=upwards, start=start)
    bound: Bound | None = None
    match = _TO.search(shape.text)
    if match:
        number = shape.inside(match)[0]
        return Change(to=number, upwards=upwards, start=shape.where(match.start()))
    number = _likeliest(numbers)
    if number.sign in ("≥", ">", ">=", "≤", "<", "<="):
        bound = "at_least" if number.sign[0] in "≥>" else "at_most"
    relative = directed and (number.is_relative_unit or number.unit in ("x", "times"))
    if relative or number.sign == "+":
        return Change(by=number, upwards=upwards, start=number.start)
    return Change(to=number, bound=bound, upwards=upwards, start=number.start)


_AGED = expression(
    r"\b(?:children|kids|pupils|girls|boys|adults|women|men|people|youths?|aged|trẻ|trẻ em|trẻ nhỏ)\s(?:aged\s)?$"
)
_YEARS_OLD = expression(r"\s*(?:tuổi|years? old|years of age)")


def _is_age(shape: str, match: re.Match[str]) -> bool:
    """`children under 10`, `trẻ dưới 5 tuổi`: who is meant, not how far."""
    if _YEARS_OLD.match(shape, match.end()):
        return True
    return bool(_AGED.search(shape, 0, match.start())) and "%" not in shape[match.end() - 1 :]


def _likeliest(numbers: Sequence[Number]) -> Number:
    """The figure that is the target where no word says so: rather not a duration."""
    return next((n for n in numbers if n.unit not in DURATIONS), numbers[0])
