"""Words by which the rules tell what a measure is, English and Vietnamese, without diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

_WORD = re.compile(r"[^\W_]+")

NET_SCORES = ("nps", "enps", "net promoter")
PARTS_OF_A_WHOLE = (
    "share", "proportion", "on time", "conversion", "churn", "attendance", "completion",
    "defect rate", "error rate", "absence", "absenteeism", "ty trong", "dung han", "chuyen can",
)  # fmt: skip
"""A percentage so named cannot exceed 100 %."""
SIGNED = ("net", "change", "delta", "variance", "balance", "growth", "margin", "rong", "chenh lech")
"""A count so named may fall below zero."""
COUNTED = frozenset(
    {
        "count", "people", "customers", "orders", "cases", "tickets", "calls", "visits", "users",
        "employees", "patients", "students", "projects", "sites", "stores", "meals", "trips",
        "vehicles", "incidents", "defects", "errors", "units", "items", "FTE",
    }
)  # fmt: skip
SURVEYS = ("survey", "questionnaire", "nps", "enps", "csat", "khao sat", "phieu hoi")
TOTALS = ("cumulative", "to date", "total", "all time", "luy ke", "tich luy", "tong")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text for comparison: small letters without diacritics, words with one blank between.

    >>> folded("Tỷ lệ  đúng-hạn")
    'ty le dung han'
    """
    plain = text if text.isascii() else _plain(text)
    return " ".join(_WORD.findall(plain.lower()))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(filterfalse(unicodedata.combining, decomposed))


def has_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether a folded text holds one of the phrases as whole words."""
    padded = f" {text} "
    return any(f" {phrase} " in padded for phrase in phrases)
