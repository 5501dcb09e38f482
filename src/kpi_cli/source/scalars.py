"""YAML 1.2 core schema: what a plain scalar means, and the explicit core tags.

Source: YAML 1.2.2, section 10.3.2 (tag resolution of the core schema).
"""

from __future__ import annotations

import re
from collections.abc import Callable

Scalar = str | int | float | bool | None

STARTS = frozenset(["", *"0123456789+-.~nNtTfF"])
"""First characters of every plain scalar that is not text; all others need no look-up."""

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
    **dict.fromkeys([f"{s}.{w}" for s in ("", "+") for w in ("inf", "Inf", "INF")], float("inf")),
    **dict.fromkeys([f"-.{w}" for w in ("inf", "Inf", "INF")], float("-inf")),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], float("nan")),
}
_NUMBER = re.compile(
    r"(?P<whole>[-+]?[0-9]+)"
    r"|(?P<decimal>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<prefixed>0o[0-7]+|0x[0-9a-fA-F]+)"
)
_KEPT = 50_000
_FIGURES = frozenset("0123456789+-.")
LONGEST_KEPT = 40
"""Longer texts are not remembered: they seldom occur twice, and are no word such as `null`."""
MOST_DIGITS = 4000
"""Longer whole numbers stay text (Python itself refuses to read more than 4300 digits)."""

CORE = "tag:yaml.org,2002:"


def resolve(text: str) -> Scalar:
    """Value of a plain scalar; a whole number of more than `MOST_DIGITS` digits stays text."""
    if text in _WORDS:
        return _WORDS[text]
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    if found.lastgroup == "decimal":
        return float(text)
    if found.lastgroup == "prefixed":
        return int(text, 0)
    return int(text) if len(text) <= MOST_DIGITS else text


def is_text(text: str) -> bool:
    """Whether a plain scalar is text, and not a number, true, false or null."""
    return isinstance(resolve(text), str)


class Resolved(dict[str, Scalar]):
    """`resolve` remembered, so that a value that occurs often costs one look-up."""

    def __missing__(self, text: str) -> Scalar:
        if len(text) > LONGEST_KEPT:
            return resolve(text) if text[0] in _FIGURES else text
        if len(self) >= _KEPT:
            self.clear()
        value = self[text] = resolve(text)
        return value


def _as(kind: type) -> Callable[[str], Scalar]:
    def convert(text: str) -> Scalar:
        value = resolve(text)
        if type(value) is not kind:
            raise ValueError(text)
        return value

    return convert


def _as_float(text: str) -> Scalar:
    value = resolve(text)
    if type(value) is int and value.bit_length() < 1000:
        return float(value)
    if type(value) is not float:
        raise ValueError(text)
    return value


TAGGED: dict[str, Callable[[str], Scalar]] = {
    "!": str,
    CORE + "str": str,
    CORE + "int": _as(int),
    CORE + "float": _as_float,
    CORE + "bool": _as(bool),
    CORE + "null": _as(type(None)),
}
"""Explicit core tags of scalars; each raises ValueError if the text has no such value."""
