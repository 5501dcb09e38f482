"""What is measured: the object of the verb, or the subject before `reaches`, cut at its edges."""
# ruff: noqa: E501 - patterns are read best in long lines

from __future__ import annotations

import re
from collections.abc import Sequence

from kpi_cli.wording.change import Change
from kpi_cli.wording.dates import DateRef
from kpi_cli.wording.expression import expression
from kpi_cli.wording.head import Head
from kpi_cli.wording.numbers import Number
from kpi_cli.wording.text import Language, Token

_END = expression(
    r"\s+(?:so that|so as to|in order to|such that|resulting in|leading to|through|via|by (?=\w+ing\b)|by means of|"
    r"thông qua|bằng cách|nhằm|để|qua đó|bằng việc|nhờ|trong đó)\b"
    r"|[;:(\[]|,\s|\.(?=\s|$)|\s[-–—]\s|\s(?:→|->|=>)"
)
_PURPOSE = expression(r"\s+to (?=\w)")
_TAKES_TO = expression(
    r"(?:\b(?:times?|access|days|hours|minutes|exposure|adherence|commitment|contributions?|referrals?|visits?|"
    r"returns?|transition|ratio of .+))$"
)
"""Nouns that go on with `to`: time to hire, access to clean water."""
_FIGURE_WORDS = expression(
    r"(?:\s|^)(?:from|to|by|at|of|is|are|be|reach(?:es|ed)?|at least|at most|more than|less than|no more than|under|below|above|over|up to|"
    r"within|between|exceeds?|hits?|down|up|an additional|another|about|around|approximately|từ|lên|xuống|đạt|đạt mức|đạt được|thêm|còn|đến|tới|mức|ít nhất|"
    r"tối thiểu|không quá|dưới|trên|hơn|tối đa|khoảng|thành|lên tới|lên đến|vượt|là|với|trong|hiện tại|all|every|only|just|tất cả|toàn bộ|chỉ|cả)$"
)
_SECOND_VERB = expression(r"\s*(?:,\s*\w+)?\s*(?:and|or|&|và)\s+\w+(?=\s+\w)")
_LEADING = expression(
    r"(?:the|our|my|your|their|its|a|an|at least|up to|an average of|more than|over|of|in|for|new|thêm|được|ít nhất|khoảng|các|những|mức|tối thiểu)\s+"
)
_LEADING_VI = expression(
    r"(?:thêm|được|ít nhất|khoảng|các|những|mức(?! độ| sống| lương| giá)|tối thiểu)\s+"
)


def metric_span(
    low: str, tokens: Sequence[Token], body: int, head: Head | None, change: Change,
    dates: Sequence[DateRef], numbers: Sequence[Number], language: Language,
) -> tuple[int, int] | None:  # fmt: skip
    """Start and end of the metric's words; None where nothing is left."""
    start = tokens[head.last - 1].end if head else body
    if head and (match := _SECOND_VERB.match(low, start)):
        start = match.end()
    start = _skip_number(low, start, numbers)
    end = _end(low, start, dates, numbers)
    if head:
        end = min(end, _purpose(low, start, end))
    if change.low is not None and change.start is not None and start < change.start:
        end = min(end, change.start)
    end = _trimmed(low, start, end)
    if end <= start:
        return None
    leading = _LEADING_VI if language == "vi" else _LEADING
    while match := leading.match(low, _spaces(low, start)):
        if match.end() >= end:
            break
        start = match.end()
    start = _spaces(low, start)
    return (start, end) if end > start else None


def _spaces(low: str, at: int) -> int:
    while at < len(low) and not low[at].isalnum():
        at += 1
    return at


def _skip_number(low: str, start: int, numbers: Sequence[Number]) -> int:
    """Past a figure that stands before what it counts: `10,000 visits`, `20% lượt truy cập`."""
    for number in numbers:
        between = low[start : number.start] if number.start >= start else "?"
        if not between.strip(" ,") or _FIGURE_WORDS.fullmatch(between.rstrip()):
            rest = low[number.end : number.end + 12].strip()
            if rest and not re.match(r"[,.;)]|by\b|in (?:q\d|20)", rest):
                return number.counted or number.end
            if number.counted:
                return number.counted
    return start


def _end(low: str, start: int, dates: Sequence[DateRef], numbers: Sequence[Number]) -> int:
    end = len(low)
    match = _END.search(low, _spaces(low, start))
    if match:
        end = match.start()
    for at in [ref.start for ref in dates] + [number.start for number in numbers]:
        if at > start:
            end = min(end, at)
    return end


def _purpose(low: str, start: int, end: int) -> int:
    """Where the words say what it is done for: `hold courses | to raise sales`."""
    for match in _PURPOSE.finditer(low, _spaces(low, start), end):
        if not _TAKES_TO.search(low, start, match.start()):
            return match.start()
    return end


def _trimmed(low: str, start: int, end: int) -> int:
    """Without the words that lead to a figure, and punctuation."""
    while True:
        while end > start and not low[end - 1].isalnum() and low[end - 1] not in ")%":
            end -= 1
        match = _FIGURE_WORDS.search(low, start, end)
        if match is None or match.end() != end or match.start() < start:
            return end
        end = match.start()
