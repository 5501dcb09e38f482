"""One thought, said plainly: joined goals, negations, words that point at nothing."""
# ruff: noqa: E501 - patterns are read best in long lines

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kpi_cli.wording.expression import expression
from kpi_cli.wording.hit import INFO, WARNING, Hit
from kpi_cli.wording.lexicon import lexicon
from kpi_cli.wording.numbers import DURATIONS, Number
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.suggest import quoted
from kpi_cli.wording.text import words

_JOIN = expression(r"(?<!\w)(?:and|as well as|plus|while|và|đồng thời|cùng với)(?!\w)|[;,](?!\d)")
_WORD_JOIN = expression(r"(?<!\w)(?:and|as well as|plus|&|và|đồng thời|cùng với)(?!\w)")
_FIXED = (
    r"terms and conditions|r&d|research and development|health and safety|profit and loss|food and beverage|"
    r"on time and (?:in full|on budget|within)|sales and marketing|small and medium|mergers and acquisitions|"
    r"learning and development|diversity(?:, equity,?)? and inclusion|open and click|supply and demand|"
    r"between [^;,]{1,30}\band\b|both [^;,]{1,40}\band\b|nhỏ và vừa|vừa và nhỏ|an toàn và|nghiên cứu và phát triển|"
    r"trai và gái|nam và nữ|cán bộ và nhân viên"
)


def double_barrelled(s: Statement) -> Iterator[Hit]:
    """S110: two measures, or two aims, in one sentence."""
    if s.kind == "objective":
        return
    at = _two_figures(s) if s.kind != "kpi" else None
    at = at or _two_aims(s)
    at = at or (_two_names(s) if s.kind == "kpi" else None)
    if at is None:
        return
    yield Hit(
        "S110", WARNING, *at,
        "this joins two results; when one comes true and the other does not, nobody knows the score",
        f"make two of it: one up to {quoted(s, *at)}, one from there",
    )  # fmt: skip


def _in_fixed(s: Statement, at: int) -> bool:
    """Whether a joining word belongs to a fixed phrase: `research and development`."""
    return any(m.start() <= at < m.end() for m in re.finditer(_FIXED, s.low))


def _two_figures(s: Statement) -> tuple[int, int] | None:
    """Where two figures of different things meet."""
    figures = [n for n in s.numbers if not _is_aside(s, n)]
    used = {id(s.change.low), id(s.change.to)} if s.change.low else set()
    for first, second in pairwise(figures):
        if id(first) in used and id(second) in used:
            continue
        between = s.low[first.end : second.start]
        match = next(
            (m for m in _JOIN.finditer(between) if not _in_fixed(s, first.end + m.start())), None
        )
        if match is None:
            continue
        start = first.end + match.start()
        named = _names_something(s, start, second.start) or _new_subject(s, start, second.start)
        if named or _names_something(s, second.end, None):
            return start, start + len(match[0])
    return None


_RESTATED = r"(?:,|\()\s*(?:up|down|an? (?:increase|rise|reduction|drop) of|i\.e\.|tăng|giảm|tức|tương đương|hiện tại|hiện nay|currently|from)\s+$"
_ASIDE = (
    r"(?:within|under|in|every|for|after|per|of|each (?:\w+ )?(?:worth|of|at least)|mỗi (?:\w+ ){1,3}từ|trị giá|dành cho|cho|trong|trong vòng|sau|mỗi|by|over|currently|from|baseline|hiện tại|than|among|across|at|tại)\s+"
    r"(?:the |a |first |next |last |our |top |chỉ )*$"
)


def _is_aside(s: Statement, number: Number) -> bool:
    """A figure that qualifies another one: `within 24 hours`, `in 3 cities`."""
    before = s.low[max(0, number.start - 24) : number.start]
    if s.change.low is not None and number in (s.change.low, s.change.to, s.change.by):
        return False
    if re.search(_RESTATED, before):
        return True
    aside = re.search(_ASIDE, before)
    return bool(aside) and (
        number.unit in DURATIONS or (aside is not None and "by" not in aside[0])
    )


_LIMITS = words(
    """and plus while below above under over at least most than more less no to of by the a an about
    around up down only in on và đồng thời dưới trên hơn không quá ít nhất tối thiểu tối đa đạt"""
)


def _new_subject(s: Statement, start: int, end: int) -> bool:
    """Whether a limit of something else follows: `turnover below 15% and absence below 3%`."""
    between = [t.word for t in s.tokens if start <= t.start < end]
    fresh = [word for word in between if word not in _LIMITS and word.isalpha()]
    return bool(fresh) and len(fresh) < len(between) - 1 and len(fresh) < FEW


FEW = 4


def _names_something(s: Statement, start: int, end: int | None) -> bool:
    """Whether a measure, a thing or a verb of change stands there."""
    stop = len(s.low) if end is None else end
    words = [t.word for t in s.tokens if start <= t.start < stop and t.word.isalpha()]
    if any(
        one
        for one in s.found
        if start <= s.tokens[one.first].start < stop and "measure" in one.kinds
    ):
        return True
    return (
        end is None
        and len(words) > 0
        and words[0] not in ("by", "in", "trong", "within", "per", "of")
    )


def _two_aims(s: Statement) -> tuple[int, int] | None:
    """`Increase sales and reduce costs`: two verbs, each with an object of its own."""
    if s.head is None or s.kind == "milestone" or not s.head.of("direction", "outcome", "vague"):
        return None
    from kpi_cli.wording.head import find_head

    lists = lexicon(s.language)
    for match in _WORD_JOIN.finditer(s.low, s.tokens[s.head.last - 1].end):
        if _in_fixed(s, match.start()):
            continue
        at = next((i for i, t in enumerate(s.tokens) if t.start >= match.end()), len(s.tokens))
        other = find_head(s.tokens, at, lists, s.language)
        if other is None or not other.bare or not other.of("direction", "outcome", "vague"):
            continue
        begin, _ = s.clause_of(match.start())
        object_between = any(
            s.tokens[s.head.last - 1].end <= t.start < match.start() for t in s.content
        )
        if object_between and other.last < len(s.tokens) and begin <= match.start():
            if other.verb in ("have", "be", "get", "có", "là", "được", "make", "use") or _in_means(
                s, match.start()
            ):
                continue
            return match.start(), match.end()
    return None


def _in_means(s: Statement, at: int) -> bool:
    """Whether it stands behind `by …ing` or `so that`: a way or a purpose, no second aim."""
    return any(
        not one.kinds.isdisjoint({"means", "purpose"}) and s.tokens[one.first].start < at
        and not any(d.start <= s.tokens[one.first].start < d.end for d in s.dates)
        and not any(abs(n.start - s.tokens[one.first].end) < 3 for n in s.numbers)
        for one in s.found
    )  # fmt: skip


_OWN = words(
    """rate rates score scores time nps csat index ratio percentage share count margin churn
    retention uptime latency revenue turnover"""
) | {"tỷ lệ", "tỉ lệ", "điểm", "thời gian", "doanh thu", "lợi nhuận"}


def _two_names(s: Statement) -> tuple[int, int] | None:
    """`Churn rate and NPS`: a measure of its own on both sides."""
    for match in _WORD_JOIN.finditer(s.low):
        after = next((i for i, t in enumerate(s.tokens) if t.start >= match.end()), 0)
        own = [one for one in s.found if one.phrase in _OWN]
        sides = (
            any(s.tokens[one.last - 1].end >= match.start() - 1 > s.span(one)[0] for one in own),
            any(after <= one.first < after + 4 for one in own),
        )
        right = next((t.word for t in s.tokens if t.start >= match.end()), "")
        if all(sides) and right not in ("per", "by"):
            shared = s.tokens[-1].word in _OWN and not _own_before(s, match.start())
            if not shared:
                return match.start(), match.end()
    return None


def _own_before(s: Statement, at: int) -> bool:
    before = [t.word for t in s.tokens if t.end <= at]
    return bool(before) and before[-1] in _OWN


def two_objectives(s: Statement) -> Iterator[Hit]:
    """O602: an objective of two."""
    if s.kind != "objective":
        return
    at = _two_aims(s)
    if at:
        yield Hit(
            "O602", INFO, *at, "this joins two objectives",
            f"make an objective of each side of {quoted(s, *at)}, or keep the one that matters",
        )  # fmt: skip


_CAP = expression(r"(?:không|chẳng) (?:quá|vượt|dưới|thấp|cao|ít|nhiều|phù hợp)(?!\w)")
"""`không quá 3` is a limit, `điểm không phù hợp` the word for a finding."""


def negation(s: Statement) -> Iterator[Hit]:
    """S111: what shall not be is hard to show; two negations are hard to read."""
    if s.kind == "objective":
        return
    found = [one for one in s.words("negation") if not _CAP.match(s.low, s.span(one)[0])]
    if not found:
        return
    start, end = s.span(found[0])
    heads = s.kind != "kpi" and s.tokens[found[0].first].start <= s.body + 3 and not s.numbers
    if s.low[max(0, start - 4) : start] in ("and ", "or n") and len(found) < 2:
        return
    close = len(found) > 1 and s.clause_of(start) == s.clause_of(s.span(found[1])[0])
    doubled = close and "or" not in s.low[end : s.span(found[1])[0]].split()
    if heads or (doubled and "tiền mặt" not in s.low):
        yield Hit(
            "S111", WARNING, start, end,
            "two negations are hard to read" if doubled else f"{quoted(s, start, end)} names what shall not be",
            "say what shall be instead, and how often: “Orders without a complaint (%)”",
        )  # fmt: skip


_POINTING = frozenset(
    {"it", "them", "they", "nó", "chúng", "việc này", "điều này", "điều đó", "việc đó"}
)


def dangling(s: Statement) -> Iterator[Hit]:
    """S113: `it` right behind the verb, with nothing before it to mean."""
    for one in s.words("pronoun"):
        if one.phrase not in _POINTING and not (
            one.phrase in ("this", "that") and one.last == len(s.tokens)
        ):
            continue
        first = s.head.last if s.head else 0
        if one.first <= first:
            start, end = s.span(one)
            yield Hit(
                "S113", INFO, start, end, f"{quoted(s, start, end)} points at nothing in this text",
                "write the thing itself",
            )  # fmt: skip
            return
