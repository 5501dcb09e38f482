"""Texts for maps: tidy, fold, cut, and ids that stay the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST_ID = 80
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_RESERVED = {"min", "max"}


def clean(text: str) -> str:
    """White space of any kind as single spaces, none at the ends; nothing else changes."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """What is left of a text without case, accents, punctuation and spacing: to compare by.

    >>> fold("Reduce the Cost of federal  inventory."), fold("Đà Nẵng")
    ('reduce the cost of federal inventory', 'da nang')
    """
    return " ".join(re.findall(r"\w+", _ascii_letters(text).replace("_", " ")))


def _ascii_letters(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in parts if not unicodedata.combining(char)).translate(_LETTERS)


def slug(text: str, length: int = LONGEST_ID) -> str:
    """A legal id made from a text: ASCII letters, digits and hyphens, cut at a word.

    Text without any such character becomes `x-` and a digest. A leading digit gets `n` before it.

    >>> slug("Tỷ lệ khách quay lại (%)"), slug("5-point score"), slug("東京")
    ('ty-le-khach-quay-lai', 'n5-point-score', 'x-9c4b3ff0')
    """
    words = re.findall(r"[a-z0-9]+", _ascii_letters(text))
    if not words:
        return f"x-{digest(text, 8)}" if text.strip() else ""
    joined = "-".join(words)
    if joined[0].isdigit() or joined in _RESERVED:
        joined = "n" + joined
    return cut_words(joined, length)


def cut_words(joined: str, length: int) -> str:
    """At most `length` characters, whole words between hyphens where one fits."""
    if len(joined) <= length:
        return joined
    whole = joined[: length + 1].rpartition("-")[0]
    return (whole or joined[:length]).rstrip("-")


def digest(text: str, length: int = 4) -> str:
    """A short fingerprint of a text (SHA-256 in hex): the same text, the same letters."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]
