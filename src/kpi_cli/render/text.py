"""Text of the plan made safe for a terminal: control and bidirectional characters escaped."""

from __future__ import annotations

import re

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
