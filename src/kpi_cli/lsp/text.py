"""Columns as editors count them: UTF-8 bytes, UTF-16 units or code points."""

from __future__ import annotations

ENCODINGS = ("utf-16", "utf-8", "utf-32")
"""What a client may ask for; the first one is meant where it says nothing."""
_WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def units(text: str, encoding: str) -> int:
    """How many units a text has.

    >>> units("ắ𝄞", "utf-16"), units("ắ𝄞", "utf-8"), units("ắ𝄞", "utf-32")
    (3, 7, 2)
    """
    if text.isascii() or encoding == "utf-32":
        return len(text)
    name = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(name, "surrogatepass")) // _WIDTHS[encoding]


def points(line: str, wanted: int, encoding: str) -> int:
    """The code points before a column in units; past the end, the whole line's.

    A column within a character means its beginning.
    """
    if line.isascii() or encoding == "utf-32":
        return min(wanted, len(line))
    used = 0
    for at, character in enumerate(line):
        used += units(character, encoding)
        if used > wanted:
            return at
    return len(line)
