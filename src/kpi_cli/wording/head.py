"""The verb a sentence turns on, and what it is done to, past actors, wishes and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kpi_cli.frozen import dataclass
from kpi_cli.wording import english, vietnamese
from kpi_cli.wording.dates import DateRef
from kpi_cli.wording.expression import expression
from kpi_cli.wording.lexicon import Lexicon, base_forms
from kpi_cli.wording.text import Language, Token, words

_OPENING = expression(r"[\s\-*•·–—>\"'“”‘(\[#]*(?:\d{1,2}[.)]\s+|[a-z][.)]\s+)?[\s\"'“‘(]*")
_LABELS = expression(
    r"(?:(?P<objective>(?:strategic )?objective|o\d?|mục tiêu)|(?P<key_result>key result|kr|"
    r"kết quả then chốt|kết quả chính)|(?P<kpi>kpi|metric|measure|indicator|chỉ số)|"
    r"(?P<goal>smart goal|goal))"
    r"(?: ?\d+(?:\.\d+)*)? ?[:.\-–—] "
)
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Head:
    """The head verb: its dictionary form, the lists it stands on, its tokens (end exclusive)."""

    verb: str
    kinds: frozenset[str]
    first: int
    last: int
    bare: bool = True
    """As in the dictionary; `increased` and `writing` are not."""

    def of(self, *kinds: str) -> bool:
        """Whether the verb stands on one of these lists."""
        return not self.kinds.isdisjoint(kinds)


@lru_cache(maxsize=2)
def _prefixes(language: Language) -> re.Pattern[str]:
    lists = english.PREFIXES if language == "en" else (*vietnamese.PREFIXES, *english.PREFIXES[3:4])
    return re.compile("|".join(f"(?:{prefix})" for prefix in lists))


def _may_be_led(low: str, at: int, language: Language) -> bool:
    """Whether a prefix may begin there, as far as that is seen without looking closely."""
    return (
        language != "en"
        or low.startswith(english.PREFIX_STARTS, at)
        or any(hint in low for hint in english.PREFIX_HINTS)
    )


_PURPOSE_FIRST = expression(r"to [^,]{3,120}, (?=(?:i|we|our|the|my)\b)")


def _opening(low: str) -> int:
    """Past bullets, numbering and quotation marks."""
    if low[:1].isalpha() and low[1:2] not in (".", ")"):
        return 0
    match = _OPENING.match(low)
    return match.end() if match else 0


_WISHING = expression(
    r"\b(?:i|we|you|my|our|goal|aim|will|shall|should|must|want|wants|needs?|plans?|team|hope|staff|"
    r"tôi|chúng|mình|em|công ty|phòng|ban|nhóm|đội|sẽ|cần|phải|muốn|nên|quyết tâm)\b"
)
_GAP = expression(r"\s*[,:\-–—]?\s*")


def _past(low: str, at: int) -> int:
    match = _GAP.match(low, at)
    return match.end() if match else at


def body_start(low: str, dates: Sequence[DateRef], language: Language) -> tuple[int, bool]:
    """Where the sentence's own words begin, and whether a person or a wish stood before them."""
    at = _opening(low)
    spoken = False
    for _ in range(_ROUNDS):
        ref = next((d for d in dates if d.start <= at < d.end), None)
        if ref is not None and (after := _past(low, ref.end)) < len(low):
            at = after
            continue
        if not _may_be_led(low, at, language):
            break
        match = _PURPOSE_FIRST.match(low, at) or _prefixes(language).match(low, at)
        if match is None or match.end() >= len(low) or match.end() == at:
            break
        spoken = spoken or bool(_WISHING.search(low, at, match.end()))
        at = match.end()
    return at, spoken


def label_of(low: str) -> str | None:
    """The kind a label at the beginning names: `KR1: …`."""
    match = _LABELS.match(low, _opening(low))
    return match.lastgroup if match else None


def find_head(
    tokens: Sequence[Token], at: int, lexicon: Lexicon, language: Language
) -> Head | None:
    """The verb at a token, whatever its form; None for a noun phrase."""
    if at >= len(tokens):
        return None
    own = tokens[at]
    for form in base_forms(own.word) if language == "en" else (own.word,):
        looked = [Token(form, own.start, own.end, own.joined), *tokens[at + 1 : at + 5]]
        found = lexicon.verbs.at(looked, 0)
        if found is None:
            continue
        last = at + found.last
        if form in lexicon.names and _is_noun(tokens, at, last, form):
            return None
        if form in _NEEDS_FIGURE and not (last < len(tokens) and tokens[last].word[0].isdigit()):
            return None
        bare = form == own.word
        if not bare and form in ("us", "increas"):
            continue
        return Head(found.phrase, found.kinds, at, last, bare)
    return None


_NEEDS_FIGURE = frozenset({"average", "score", "rank"})
"""Verbs only before a figure: `average 4.5`, but `average order value`."""
_MEASURE_NEXT = words(
    """rate rates time times score scores count ratio frequency volume coverage cost costs cycle
    velocity share accuracy per of is are hours level index throughput failure failures
    success backlog latency lead by under below above over at"""
)


_MEASURE_LAST = words("rate rates time score ratio frequency coverage latency backlog velocity")
_RATHER_VERBS = words(
    """check cut decrease do drop gain give grow help increase make meet move report take track use
    win"""
)


def _is_noun(tokens: Sequence[Token], at: int, last: int, form: str) -> bool:
    """Whether a word that may be a verb or a noun is a noun here: `Lead time`, `Sales of …`."""
    if tokens[at].word != form and tokens[at].word.endswith("s"):
        return True
    following = tokens[last].word if last < len(tokens) else ""
    if following in _MEASURE_NEXT:
        return True
    named = last < len(tokens) <= at + 4 and tokens[-1].word in _MEASURE_LAST
    return named and form not in _RATHER_VERBS
