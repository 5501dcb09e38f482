"""A sentence taken apart: what should change, from where to where, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

from kpi_cli.frozen import dataclass
from kpi_cli.wording.change import Change, find_change
from kpi_cli.wording.dates import DateRef, find_dates
from kpi_cli.wording.expression import expression
from kpi_cli.wording.head import Head, body_start, find_head, label_of
from kpi_cli.wording.lexicon import Found, has, lexicon, unaccented_phrases
from kpi_cli.wording.metric import metric_span
from kpi_cli.wording.numbers import Number, find_numbers
from kpi_cli.wording.text import Language, Token, composed, language_of, lowered, tokens, words

Kind = Literal["objective", "key_result", "kpi", "goal", "milestone"]
KINDS: tuple[Kind, ...] = ("objective", "key_result", "kpi", "goal", "milestone")

_STOP = words(
    """a an the of to in on at by for from with and or as our my your their its his her be is are
    was this that these those we i us it they will than into per each all more most any và của cho
    các những trong với một là để được theo từ tại ở về ra vào này đó sẽ thì mà bằng"""
)


@dataclass(frozen=True)
class Statement:
    """A sentence and everything the rules ask of it. Spans are positions in `text` (NFC)."""

    text: str
    low: str
    language: Language
    kind: Kind
    as_of: date
    tokens: tuple[Token, ...]
    body: int
    spoken: bool
    head: Head | None
    dates: tuple[DateRef, ...]
    numbers: tuple[Number, ...]
    change: Change
    found: tuple[Found, ...]
    accept: frozenset[str]
    guessed: bool = False
    unaccented: bool = False

    @cached_property
    def metric(self) -> tuple[int, int] | None:
        """The span of what is measured, or of what is acted upon."""
        span = metric_span(
            self.low, self.tokens, self.body, self.head, self.change, self.dates, self.numbers,
            self.language,
        )  # fmt: skip
        return self._without_tail(span) if span else None

    def _without_tail(self, span: tuple[int, int]) -> tuple[int, int]:
        """Without the escapes and times behind the thing: `a pastry chef asap`."""
        start, end = span
        for one in self.found:
            at = self.tokens[one.first].start
            if start < at < end and not one.kinds.isdisjoint(("escape", "relative_time")):
                end = at
        while end > start and not self.text[end - 1].isalnum():
            end -= 1
        return start, end

    @property
    def metric_text(self) -> str | None:
        """What is measured, as written."""
        return self.text[slice(*self.metric)] if self.metric else None

    @property
    def due(self) -> DateRef | None:
        """The last deadline told."""
        dues = [ref for ref in self.dates if ref.role == "due"]
        return max(dues, key=lambda ref: ref.day or date.min) if dues else None

    @property
    def is_measured(self) -> bool:
        """Whether it says how far."""
        return self.change.is_told

    @property
    def unit(self) -> str | None:
        """The unit of the target, else of the start."""
        for number in (self.change.to, self.change.low):
            if number and number.unit:
                return "points" if number.out_of else number.unit
        by = self.change.by
        return by.unit if by and by.unit not in ("%", "pp", "x", "times", None) else None

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The words that carry meaning: no articles, numbers or dates."""
        masked = [(n.start, n.end) for n in self.numbers] + [(d.start, d.end) for d in self.dates]
        return tuple(
            token
            for token in self.tokens
            if token.start >= self.body
            and token.word not in _STOP
            and not (masked and any(start <= token.start < end for start, end in masked))
        )

    @cached_property
    def weight(self) -> float:
        """How many words of content: a Vietnamese word has about two syllables."""
        count = len(self.content)
        return count if self.language == "en" else (count + 1) / 2

    def span(self, found: Found | Head) -> tuple[int, int]:
        """Where a phrase stands in the text."""
        return self.tokens[found.first].start, self.tokens[found.last - 1].end

    def words(self, kind: str) -> list[Found]:
        """The phrases of a kind, without those the workspace accepts."""
        return [one for one in self.found if kind in one.kinds and one.phrase not in self.accept]

    def main(self, kind: str) -> list[Found]:
        """The phrases of a kind outside of brackets."""
        low = self.low
        return [
            one
            for one in self.words(kind)
            if low.count("(", 0, (at := self.tokens[one.first].start)) == low.count(")", 0, at)
        ]

    def has(self, kind: str) -> bool:
        """Whether a phrase of a kind occurs."""
        return has(self.found, kind)

    def clause_of(self, start: int) -> tuple[int, int]:
        """The clause around a position, between `, ; : .` and dashes."""
        return _clause(self.low, start)


_BREAK = expression(r"[,;:](?!\d)|\.(?=\s|$)|\s[-–—]\s|\n")


def _clause(low: str, at: int) -> tuple[int, int]:
    begin, end = 0, len(low)
    for match in _BREAK.finditer(low):
        if match.end() <= at:
            begin = match.end()
        elif match.start() >= at:
            end = match.start()
            break
    return begin, end


def read(
    text: str, *, as_of: date, kind: Kind | None = None, accept: Iterable[str] = ()
) -> Statement:
    """Take a sentence apart. Every text can be read; `kind` is guessed where it is not told."""
    whole = composed(text)
    low = lowered(whole)
    words = tokens(low)
    language = language_of(words, whole)
    plain = language == "en" and low.isascii() and _is_unaccented(words)
    dates = find_dates(low, as_of, language)
    numbers = find_numbers(low, dates, language)
    at, spoken = body_start(low, dates, language)
    first = next((i for i, token in enumerate(words) if token.start >= at), len(words))
    lists = lexicon(language)
    head = None if _at_number(numbers, at) else find_head(words, first, lists, language)
    change = find_change(
        low, numbers, dates, language, _direction(head, words), bool(head and head.of("direction"))
    )
    found = lists.words.every(words)
    named = kind or label_of(low)
    chosen: Kind = named or _guess(head, spoken, change, dates, found, words)  # type: ignore[assignment]
    return Statement(
        whole, low, language, chosen, as_of, words, at, spoken, head, dates, numbers, change, found,
        accepted(accept), named is None, plain,
    )  # fmt: skip


def accepted(words: Iterable[str]) -> frozenset[str]:
    """Words the rules leave alone, as the lists write theirs."""
    return words if isinstance(words, frozenset) else frozenset(lowered(composed(w)) for w in words)


def _at_number(numbers: Sequence[Number], at: int) -> bool:
    return any(number.start <= at < number.end for number in numbers)


def _is_unaccented(words: Sequence[Token]) -> bool:
    """Vietnamese typed without its accents: most of the words are phrases that look like it."""
    if len(words) < 3:
        return False
    covered = sum(one.last - one.first for one in unaccented_phrases().every(words))
    return covered >= 4 or covered * 2 > len(words)


_UP = words(
    """boost double expand extend gain grow increase lift multiply quadruple raise triple widen
    improve enhance strengthen accelerate maximise maximize lengthen sell"""
)
_DOWN = words(
    """cut decrease drop eliminate halve lose lower minimise minimize reduce shorten shrink slash
    trim limit prevent stop"""
)
_UP_VI = (
    "tăng",
    "nâng",
    "gia tăng",
    "nhân đôi",
    "mở rộng",
    "cải thiện",
    "nâng cao",
    "kéo dài",
    "thúc đẩy",
    "đẩy mạnh",
)
_DOWN_VI = (
    "giảm",
    "cắt giảm",
    "hạ",
    "rút ngắn",
    "tiết kiệm",
    "kéo giảm",
    "tiết giảm",
    "hạn chế",
    "loại bỏ",
)


def _direction(head: Head | None, words: Sequence[Token]) -> bool | None:
    """Up, down, or not told by the verb."""
    if head is None:
        return None
    verb = head.verb
    if verb in _UP or verb.startswith(_UP_VI):
        return True
    if verb in _DOWN or verb.startswith(_DOWN_VI) or verb == "bring down":
        return False
    return None


_MODALS = frozenset({"will", "shall", "should", "must", "phải", "cần", "sẽ", "nên"})


def _wishes(words: Sequence[Token]) -> bool:
    """Whether a sentence says what shall be, however it begins."""
    return any(token.word in _MODALS for token in words)


def _guess(
    head: Head | None, spoken: bool, change: Change, dates: Sequence[DateRef],
    found: Sequence[Found], words: Sequence[Token],
) -> Kind:  # fmt: skip
    """What a bare sentence most likely is."""
    if spoken:
        return "goal"
    if head is None:
        wish = not change.is_told and (has(found, "quantity") or _wishes(words))
        return "goal" if wish else "key_result" if change.is_told or dates else "kpi"
    if head.of("keep") and not change.is_told:
        return "objective"
    if change.is_told or head.of("activity"):
        return "goal" if dates and not change.low else "key_result"
    if has(found[:1], "aspiration") or head.verb in ("be", "become", "delight", "trở thành"):
        return "objective"
    return "goal" if len(words) < 12 else "objective"


__all__ = ["KINDS", "Kind", "Statement", "accepted", "read"]
