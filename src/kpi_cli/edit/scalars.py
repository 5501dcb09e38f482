"""One text, number or key as YAML that every reader understands the same way.

Plain where YAML 1.1 and 1.2 readers agree that it is text; quoted where one of them would see a
number, a date, true or null, or where the grammar needs it; escaped where it cannot be seen.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

WIDTH = 100
"""Columns a line has before its text is folded."""

# Null, true and false of YAML 1.1 (yaml.org/type) and of the 1.2 core schema; merge and default.
_WORDS = frozenset(
    {
        "~",
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        ".nan",
        ".inf",
        "-.inf",
        "+.inf",
        "=",
        "<<",
    }
)
_NUMBERS = re.compile(
    r"[-+]?(?:"
    r"[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"  # whole, fraction, power
    r"|\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # sexagesimal
    r")"
)
_MOMENT = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d.*))?"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOSE_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_PERIOD = re.compile(r"(?:FY)?\d{4}(?:-(?:[HQ]\d|W\d\d|\d\d(?:-\d\d)?))?")
_IN_BRACKETS = re.compile(r"[\w .%/()+-]+")
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")
_UNSEEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]|[^\x00-\ud7ff\ue000-\U0010ffff]"
)
"""Controls, line breaks, and characters without a width or that turn the reading direction."""
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def number(value: int | float) -> str:
    """A number without a power where it stays short; no reader takes it for text.

    >>> number(3.0), number(0.00001), number(1e300)
    ('3.0', '0.00001', '1.0e+300')
    """
    if isinstance(value, int):
        return str(value)
    if math.isnan(value) or math.isinf(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    positional = f"{Decimal(repr(value)):f}"
    if len(positional) <= 24:
        return positional if "." in positional else f"{positional}.0"
    digits, _, power = repr(value).partition("e")
    digits = digits if "." in digits else f"{digits}.0"
    return f"{digits}e{int(power):+d}" if power else digits


def scalar(value: Any, *, flow: bool = False) -> str:
    """A value on one line. `flow`: it stands inside brackets."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return text(value, flow=flow) if isinstance(value, str) else number(value)


def key(value: str) -> str:
    """A mapping key: our reader takes every key as text, so periods and `on` stay plain."""
    return value if value == "on" or _PERIOD.fullmatch(value) else text(value)


def text(value: str, *, flow: bool = False) -> str:
    """A text on one line: plain, in single quotes, or escaped in double quotes."""
    if _UNSEEN.search(value):
        return f'"{escaped(value)}"'
    if is_plain(value, flow=flow):
        return value
    if '"' not in value and "\\" not in value:
        return f'"{value}"' if "\t" not in value else f'"{escaped(value)}"'
    return "'" + value.replace("'", "''") + "'"


def escaped(value: str) -> str:
    """The inside of double quotes."""
    return "".join(_escape(char) for char in value)


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if not _UNSEEN.match(char):
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether the text can stand without quotes and means itself to YAML 1.1 and 1.2."""
    if not value or value != value.strip() or "\t" in value:
        return False
    if value[0] in _FIRST or value.endswith(":") or ": " in value or " #" in value:
        return False
    if flow and not _IN_BRACKETS.fullmatch(value):
        return False
    return not looks_typed(value)


def looks_typed(value: str) -> bool:
    """Whether some reader would see a number, a moment, true, false or null; dates are ours."""
    if value.lower() in _WORDS or _NUMBERS.fullmatch(value) or _MOMENT.fullmatch(value):
        return True
    if value.startswith(("---", "...")):
        return True
    return bool(_LOOSE_DAY.fullmatch(value)) and not _DAY.fullmatch(value)


def is_unseen(value: str) -> bool:
    """Whether some character of the text must be escaped."""
    return bool(_UNSEEN.search(value))
