"""Faults below YAML: bytes that are not UTF-8, and characters no text file has."""

from __future__ import annotations

import codecs
import re

from kpi_cli.source.model import Mark, SourceFault
from kpi_cli.source.text import Text

_BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_SAVE = "Save the file as UTF-8 in your editor."
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_BAD_BYTE = re.compile(r"[\ud800-\udfff]")

Place = tuple[SourceFault | None, int]
"""A fault (None: told already) and the line (from 0) whose record it spoils."""


def wrong_encoding(raw: bytes) -> tuple[SourceFault, bytes] | None:
    """The fault of a UTF-16 or UTF-32 file, and its text as UTF-8 as far as it can be told."""
    name = next((name for bom, name in _BOMS if raw.startswith(bom)), None)
    verb = "is" if name else "seems to be"
    if name is None and len(raw) >= 4 and raw.count(b"\0", 0, 64) * 3 >= len(raw[:64]):
        name = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
    if name is None:
        return None
    fault = SourceFault(
        "K003", f"The file {verb} in {name[:6].upper()}, not in UTF-8.", Mark(1, 1, 1, 1), _SAVE
    )
    return fault, raw.decode(name, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


def not_text(text: Text) -> list[Place]:
    """Faults of lines with bad bytes (one fault a file) or control characters (one a line)."""
    bad: list[tuple[int, int]] = []
    places: list[Place] = []
    for number in range(len(text.lines)):
        line = text.line(number)
        found = _BAD_BYTE.search(line)
        if found:
            bad.append((number, found.start()))
        control = _UNPRINTABLE.search(line)
        if control:
            places.append((_control(text, number, control), number))
    if bad:
        places.append((_bad_bytes(text, bad), bad[0][0]))
        places.extend((None, line) for line, _ in bad[1:])
    return places


def _bad_bytes(text: Text, bad: list[tuple[int, int]]) -> SourceFault:
    line, column = bad[0]
    byte = ord(text.line(line)[column]) - 0xDC00
    more = f" (and {len(bad) - 1} more such lines)" if len(bad) > 1 else ""
    return SourceFault(
        "K003", f"Byte 0x{byte:02X} is not UTF-8{more}.", text.spot(line, column), _SAVE
    )


def _control(text: Text, line: int, found: re.Match[str]) -> SourceFault:
    return SourceFault(
        "K001",
        f"An invisible control character (U+{ord(found.group()):04X}) stands here.",
        text.spot(line, found.start()),
        "Delete it.",
    )
