"""Text of the plan made safe for a terminal: control and bidirectional characters are shown escaped."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb]"
)


def safe(text: str) -> str:
    """Control and bidirectional characters as `\\xNN` or `\\uNNNN`; tabs and newlines stay."""
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def one_line(text: str) -> str:
    """Safe, and on one line."""
    return safe(text).replace("\t", " ").replace("\n", "\\n")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """Columns a text takes in a terminal: wide characters 2, combining ones 0."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
