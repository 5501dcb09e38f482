"""Names of measures: neutral, countable, worth counting, and in clean letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kpi_cli.wording.expression import expression, hinted
from kpi_cli.wording.hit import INFO, WARNING, Hit
from kpi_cli.wording.lexicon import Found
from kpi_cli.wording.statement import Statement
from kpi_cli.wording.suggest import quoted
from kpi_cli.wording.text import words

NEAR = 6
"""Words from the start of a name within which its subject stands."""
LONG = 25
"""Words of a name or a sentence beyond which nobody keeps it in mind."""


def effort_counted(s: Statement) -> Iterator[Hit]:
    """S105: meetings held, posts written: counts of what was done."""
    if s.kind not in ("kpi", "key_result") or s.has("rate"):
        return
    span = _effort(s)
    if span is None:
        return
    yield Hit(
        "S105", WARNING, *span,
        f"{quoted(s, *span)} counts how busy people were, not what came of it",
        "count what it leads to, such as “deals per hundred calls”; as an early sign it is sound "
        "with `indicator: leading` beside a KPI for the result",
    )  # fmt: skip


_DONE = words(
    """made sent held conducted organized organised written published drafted attended posted
    launched shipped released logged hosted presented created scheduled issued distributed given
    run delivered completed submitted carried"""
)
_EFFORTS = words(
    """activities ads announcements articles audits blogs brochures calls campaigns classes commits
    courses demos documents emails events features flyers hours inspections interviews leaflets
    lectures letters meetings newsletters pages papers posts presentations projects proposals
    publications reports seminars sessions stories surveys tasks tests trainings tutorials tweets
    videos visits webinars workshops"""
)


def _effort(s: Statement) -> tuple[int, int] | None:
    if s.change.to and (s.change.to.unit == "%" or (s.change.low and s.change.upwards is False)):
        return None
    phrase = next(iter(s.main("effort")), None)
    if phrase is not None:
        following = s.tokens[phrase.last].word if phrase.last < len(s.tokens) else ""
        return None if following in ("received", "answered", "handled") else s.span(phrase)
    if s.kind == "key_result" and (span := _tally_of_effort(s)):
        return span
    for at, token in enumerate(s.tokens[1:], 1):
        if token.word in _DONE and s.tokens[at - 1].word in _EFFORTS:
            return s.tokens[at - 1].start, token.end
    return None


_BUSY = words(
    "make do run hold close process send write publish post conduct carry log thực gửi viết gọi"
)
_EFFORTS_VI = (
    "cuộc gọi", "email", "bài viết", "bài đăng", "trang tài liệu", "buổi", "cuộc họp", "lớp",
    "hội nghị", "hội thảo", "văn bản", "báo cáo", "video", "tờ rơi",
)  # fmt: skip


_EACH = expression(
    r"(?:per|an?|each|every|/|mỗi) ?(?:day|week|month|quarter|year|ngày|tuần|tháng|quý)"
)


def _tally_of_effort(s: Statement) -> tuple[int, int] | None:
    """`Publish 20 blog articles`: so many of what people turn out, whatever comes of it."""
    if s.metric is None or s.change.to is None or s.change.to.unit == "%":
        return None
    text = s.low[slice(*s.metric)]
    if s.head is None:
        routine = _EACH.search(s.low) and s.change.start == s.change.to.start == s.body
        first = text.startswith(_EFFORTS_VI) or text.split()[0] in _EFFORTS
        return s.metric if routine and first and not s.change.low else None
    if not (s.head.of("activity") or s.head.verb.split()[0] in _BUSY) or s.change.low:
        return None
    busy = text.startswith(_EFFORTS_VI) or any(word in _EFFORTS for word in text.split()[:4])
    closed = s.head.verb == "close" and "ticket" in text
    return s.metric if busy or closed else None


def vanity(s: Statement) -> Iterator[Hit]:
    """R404: it only ever grows, and nothing follows from it."""
    if s.has("rate") or _PER.search(s.low) or s.kind in ("objective", "milestone"):
        return
    for kind, usual in (("vanity", True), ("weak_vanity", s.kind == "kpi" or _is_tally(s))):
        for one in s.main(kind):
            if not _is_measured_thing(s, one):
                continue
            start, end = s.span(one)
            word = quoted(s, start, end)
            firm = usual and s.kind != "goal"
            yield Hit(
                "R404", WARNING if firm else INFO, start, end,
                f"{word} can rise while nothing gets better",
                f"count what {word} should lead to: a rate (buyers per hundred), the active or the "
                "returning ones, or those who are qualified",
            )  # fmt: skip
            return


_PER = hinted("per; trên; of every", r"(?:\bper|(?<!\w)trên|\bof every)\s+(?:\d|one |mỗi |một )")
_VISITS = expression(r"traffic|visit|subscriber|sign-?ups?|registr|truy cập|ghé thăm|đăng ký")


def _is_tally(s: Statement) -> bool:
    """A sum to be reached, with no word of where it stands: `Get 10,000 downloads`."""
    return s.change.low is None and not _VISITS.search(s.low)


def _is_measured_thing(s: Statement, one: Found) -> bool:
    """Whether it is what is counted: in a name near the end, in a sentence in the metric."""
    if s.kind == "kpi":
        return one.last <= NEAR or one.last == len(s.tokens)
    start = s.tokens[one.first].start
    if any(0 <= start - number.end <= 2 for number in s.numbers):
        return True
    return s.metric is not None and s.metric[0] - 40 <= start < s.metric[1] + 1


def thin_or_long(s: Statement) -> Iterator[Hit]:
    """S106: too few words to know what is meant, or too many to keep in mind."""
    if len(s.tokens) > LONG + (15 if s.language == "vi" else 0):
        title = s.kind == "objective"
        yield Hit(
            "S106", WARNING if title else INFO, 0, len(s.text),
            f"{len(s.tokens)} words are more than people remember",
            f"say it in at most {LONG}; the rest belongs into `definition:` or `why:`",
        )  # fmt: skip
    elif _SENTENCE.search(s.text):
        yield Hit(
            "S106", INFO, 0, len(s.text), "this is more than one sentence",
            "keep the first; the rest belongs into `definition:` or `why:`",
        )  # fmt: skip
    elif s.weight < 2 and not s.is_measured and s.kind != "milestone":
        known = s.kind == "kpi" and bool(s.content)
        yield Hit(
            "S106", INFO if known else WARNING, 0, len(s.text),
            "one word is too little to know what is meant" if s.content else "this says nothing",
            "say of what and of whom, such as “Orders of returning customers”",
        )  # fmt: skip


_SENTENCE = expression(r"[.!?](?<=[^\W\d_]{3}.)\s+[^\W\d_]")


def direction_in_name(s: Statement) -> Iterator[Hit]:
    """S108: a measure is neutral; which way is good is said by `direction`."""
    if s.kind != "kpi":
        return
    span = _directed(s)
    if span is None:
        return
    rest = _neutral(s, span)
    yield Hit(
        "S108", WARNING, *span,
        f"{quoted(s, *span)} says which way it should go; the name of a measure is neutral",
        (f"name it “{rest}”" if rest else "name what is counted")
        + ", and say the way with `direction:`",
        rest,
    )  # fmt: skip


_ENDS = frozenset({"increase", "improvement", "reduction", "decrease", "enhancement"})


def _directed(s: Statement) -> tuple[int, int] | None:
    first = next((i for i, t in enumerate(s.tokens) if t.start >= s.body), 0)
    for one in s.found:
        if one.first != first:
            continue
        verb = "name_verb" in one.kinds and (s.head is not None or s.language == "vi")
        if (verb or "name_direction" in one.kinds) and one.last < len(s.tokens):
            return s.span(one)
    last = s.tokens[-1] if len(s.tokens) > 1 else None
    if s.language == "en" and last and last.word in _ENDS and not s.numbers:
        return last.start, last.end
    return None


def _neutral(s: Statement, span: tuple[int, int]) -> str | None:
    """The name without its direction: `Reduction of energy use` -> `Energy use`."""
    start, end = span
    rest = s.text[:start] if start > s.body else s.text[end:]
    if start <= s.body and s.metric and s.metric[0] >= end:
        rest = s.text[slice(*s.metric)]
    rest = re.sub(r"^(?:in|of|the|our)\s+", "", rest.strip(" .,"))
    return rest[:1].upper() + rest[1:] if len(rest) > 2 else None


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]


_HIDDEN = expression("[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LOOKALIKES = frozenset({"LATIN", "CYRILLIC", "GREEK"})


def hygiene(s: Statement, raw: str) -> Iterator[Hit]:
    """S116: letters that look right and are others; the spans are those of the composed text."""
    hidden = _HIDDEN.search(s.text)
    if hidden:
        code = f"U+{ord(hidden[0]):04X}"
        yield Hit(
            "S116", WARNING, hidden.start(), hidden.end(),
            f"an invisible character stands here ({code})", "type a plain space, or nothing",
        )  # fmt: skip
    if not raw.isascii() and not unicodedata.is_normalized("NFC", raw):
        yield Hit(
            "S116", WARNING, 0, len(s.text),
            "some letters are written in two parts, so searching and sorting miss them",
            f"type it anew as “{s.text[:60]}” (Unicode NFC)",
        )  # fmt: skip
    if not s.text.isascii():
        for token in s.tokens:
            scripts = {_script(c) for c in token.word if c.isalpha()} & _LOOKALIKES
            if len(scripts) > 1:
                yield Hit(
                    "S116", WARNING, token.start, token.end,
                    f"{quoted(s, token.start, token.end)} mixes letters of two alphabets",
                    "type the word anew on one keyboard",
                )  # fmt: skip
    if s.unaccented:
        yield Hit(
            "S116", INFO, 0, len(s.text), "this looks like Vietnamese without its accents",
            "type the accents, so that people and the rules read it rightly",
        )  # fmt: skip
