"""Dates and periods in a text: where they stand, the last day they mean, and what for.

They are found before numbers are, so that no year counts as a target.
"""
# ruff: noqa: E501 - a pattern is read best on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kpi_cli.frozen import replace
from kpi_cli.wording.date_forms import FORMS, DateRef
from kpi_cli.wording.expression import expression
from kpi_cli.wording.text import Language

_DIGIT = expression(r"\d")
_HINTS = tuple({hint for *_, hints in FORMS for hint in hints})
_PREPOSITION = (
    r"(?:\b(?:(?P<since>since|from|of|than|over|vs\.?|versus|compared (?:to|with)|against|after|as of|in comparison to|so với|kể từ|từ|sau|của)|"
    r"by|before|until|till|no later than|not later than|on or before|in|on|at|during|within|through|throughout|for|"
    r"(?:end|start|beginning|middle|close) of|cuối|hết|đầu|giữa|năm|ngày|"
    r"trước|đến|tới|vào|trong|hạn|đến hết|tính đến|vào cuối|cho đến)\s+)"
    r"(?:the\s+)?(?:hết\s+|cuối\s+|ngày\s+|đầu\s+|giữa\s+|hết ngày\s+)?(?:(?:end|start|beginning|middle|close|course)\s+of\s+)?"
    r"(?:the\s+)?(?:(?:this|calendar|fiscal|school|academic|year|năm|ngày|tháng|năm tài chính)\s+)?$"
)


def find_dates(low: str, as_of: date, language: Language) -> tuple[DateRef, ...]:
    """The dates of a text in lower case, from left to right; none overlaps another."""
    candidates = sorted(_candidates(low, as_of, language), key=lambda ref: (ref.start, -ref.end))
    found: list[DateRef] = []
    for ref in candidates:
        if found and ref.start < found[-1].end:
            if ref.end - ref.start > found[-1].end - found[-1].start:
                found[-1] = ref
            continue
        found.append(ref)
    return tuple(_with_preposition(low, ref, as_of) for ref in found)


def _candidates(low: str, as_of: date, language: Language) -> Iterator[DateRef]:
    there = {hint for hint in _HINTS if hint in low}
    if not there:
        return
    digits = _DIGIT.search(low) is not None
    for pattern, make, needs_digits, hints in FORMS:
        if (needs_digits and not digits) or there.isdisjoint(hints):
            continue
        for match in re.finditer(pattern, low):
            try:
                ref = make(match, as_of, language)
            except ValueError:
                continue
            if ref is not None:
                yield ref


def _with_preposition(low: str, ref: DateRef, as_of: date) -> DateRef:
    """Take in `by the end of`; `since`, `over`, `so với` name what is compared with, no deadline."""
    before = low[max(0, ref.start - 40) : ref.start]
    match = re.search(_PREPOSITION, before)
    if match is None:
        return ref
    since = match["since"]
    begins = ref.start - len(before) + match.start()
    if since and not ref.moving and "end" not in match[0] and "cuối" not in match[0]:
        if since in ("of", "của") and ref.day and ref.day >= as_of:
            return ref
        return replace(ref, start=begins if since != "of" else ref.start, role="since")
    return ref if since else replace(ref, start=begins)


__all__ = ["DateRef", "find_dates"]
