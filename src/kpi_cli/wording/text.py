"""Text as the rules read it: composed letters, lower case of equal length, tokens, language."""

from __future__ import annotations

import unicodedata
from typing import Literal

from kpi_cli.frozen import dataclass
from kpi_cli.wording.expression import expression

Language = Literal["en", "vi"]

LONGEST = 2000
"""Letters of a text that are read; nobody reads a longer name either."""


def words(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


_TOKEN = expression(r"[^\W_]+(?:['’][^\W_]+)?")
_VIETNAMESE = frozenset("ăắằẳẵặâấầẩẫậđêếềểễệôốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉĩọỏụủũỵỷỹáàãéèíìóòõúùý")
_PLAIN_ENGLISH = words(
    """a all an and are as at be by each for from have in into is it its more new not of on or
    our over per than that the their this to under until we what when which will with within you"""
)
_PLAIN_VIETNAMESE = words(
    """an anh ba bao ban bay cao chi cho chung con công cung doanh dung em gia giai giao hai hay hoa
    hoan kho khai khi kinh lao loan may minh mua nam nay nhanh nhau phong qua quan quy ra sang sau
    sinh ta tay tham thanh thay theo thi thu tin trang trong trung vai vui xanh xe xem"""
)
"""Syllables without accents that stand in many Vietnamese sentences."""
_NO_LANGUAGE = words(
    """app blog crm csat email erp facebook fanpage kpi like livestream marketing nps online seo sms
    tiktok video web website youtube zalo iso it ai b2b"""
)
"""Words both languages use."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case, where it stands, and whether a hyphen joins it to the one before."""

    word: str
    start: int
    end: int
    joined: bool


def composed(text: str) -> str:
    """The text in NFC, and no more of it than is read."""
    return unicodedata.normalize("NFC", text)[:LONGEST]


def lowered(text: str) -> str:
    """Lower case that keeps every position: `İ` would else become two characters."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := c.lower()) == 1 else c for c in text)


def tokens(low: str) -> tuple[Token, ...]:
    """The words of a text in lower case, in order."""
    found = []
    for match in _TOKEN.finditer(low):
        start = match.start()
        joined = start > 1 and low[start - 1] in "-‑&" and low[start - 2].isalnum()
        found.append(Token(match[0].replace("’", "'"), start, match.end(), joined))
    return tuple(found)


def unaccented(text: str) -> str:
    """Vietnamese in lower case without accents: `đẩy mạnh` -> `day manh`."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return plain.encode("ascii", "ignore").decode("ascii")


def language_of(words: tuple[Token, ...], text: str = "") -> Language:
    """Vietnamese where more words bear its letters than are plain English function words.

    A name such as `Đà Nẵng` in an English sentence does not make it Vietnamese: with the `text` as
    written, capitals tell.
    """
    marked = english = neutral = names = 0
    for token in words:
        word = token.word
        if word.isascii():
            english += word in _PLAIN_ENGLISH
            neutral += word in _NO_LANGUAGE
            continue
        is_marked = any(c in _VIETNAMESE for c in word)
        marked += is_marked
        names += is_marked and token.start > 0 and text[token.start : token.start + 1].isupper()
    if not marked:
        return "en"
    likely = sum(token.word in _PLAIN_VIETNAMESE for token in words)
    foreign = sum(token.word.isalpha() for token in words) - marked - likely - neutral
    if names == marked and foreign and any(_is_foreign(token, text) for token in words):
        return "en"
    return "vi" if marked > english and marked + likely > foreign / 2 else "en"


def _is_foreign(token: Token, text: str) -> bool:
    """Whether a word in small letters is of neither of the lists above."""
    word = token.word
    small = word.isascii() and word.isalpha() and text[token.start : token.end].islower()
    return small and word not in _PLAIN_VIETNAMESE and word not in _NO_LANGUAGE
