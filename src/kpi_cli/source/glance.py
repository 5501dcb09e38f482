"""The records of a plan file that is written the everyday way, found without reading its YAML.

The shell waits for their ids while somebody types, and a report asks for the places of many
findings. A file in which anything looks unusual is left to `blocks.Outline`, whose answer is the
same; a test compares the two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_EDGE = re.compile(rb"\n([^ \n#][^\n]*)")
_SECTION = re.compile(rb"([a-z_]+):(?: +#[^\n]*| *)")
_FIRST = re.compile(rb"\n( +)([^ \n#])")
_ID = re.compile(rb"([A-Za-z0-9][A-Za-z0-9_.\-]*):(?:[ \n]|$)")
_ODD = bytes(code for code in range(32) if code != 10) + b"\x7f"

_AT: dict[int, re.Pattern[bytes]] = {}
"""Lines that are indented as far as a level or less, by level."""

Start = tuple[int, str, str]
"""Where a line begins, and the section and id on it; the id is empty on a section's own line."""


def ids_at_a_glance(raw: bytes) -> list[tuple[str, str]] | None:
    """Section and id of each record; None where a closer look is needed."""
    starts = _starts(raw)
    return None if starts is None else [(section, name) for _, section, name in starts if name]


@lru_cache(maxsize=128)
def lines_at_a_glance(raw: bytes) -> dict[tuple[str, str], tuple[int, int]] | None:
    """First line and the line after the last (from 0) of each record.

    None as above, and where an id is written twice: a faulty one may be followed by a sound one.
    """
    starts = _starts(raw)
    if starts is None:
        return None
    found: dict[tuple[str, str], tuple[int, int]] = {}
    first, last = 0, len(raw.splitlines())
    for (at, section, name), (end, _, _) in pairwise([(0, "", ""), *starts, (len(raw), "", "")]):
        after = first + raw.count(b"\n", at, end)
        if (section, name) in found:
            return None
        if name:
            found[section, name] = first, last if end == len(raw) else after
        first = after
    return found


def _starts(raw: bytes) -> list[Start] | None:
    """Every line that begins a section or a record; None where one of them looks unusual."""
    if raw.startswith(b"\xef\xbb\xbf") or len(raw.translate(None, _ODD)) < len(raw):
        return None
    raw = b"\n" + raw  # a line begins behind a newline: that is found ten times faster than a `^`
    edges = list(_EDGE.finditer(raw))
    starts: list[Start] = []
    for number, edge in enumerate(edges, start=1):
        end = edges[number].start() if number < len(edges) else len(raw)
        head = _SECTION.fullmatch(edge[1])
        names = None if head is None else _names(raw, edge.end(), end)
        if head is None or names is None:
            return None
        section = head[1].decode("ascii")
        starts.append((edge.start(), section, ""))
        starts += [(at, section, name) for at, name in names]
    return starts


def _names(raw: bytes, start: int, end: int) -> list[tuple[int, str]] | None:
    """Where the ids of a section stand; None where a line at their level is no plain one."""
    first = _FIRST.search(raw, start, end)
    if first is None:
        return []
    level = len(first[1])
    if first[2] in b"-\"'":
        return None
    if level not in _AT:
        _AT[level] = re.compile(rb"\n {1,%d}+(?![ \n#])" % level)
    names: list[tuple[int, str]] = []
    for line in _AT[level].finditer(raw, start, end):
        name = _ID.match(raw, line.end())
        if name is None:
            return None
        names.append((line.start(), name[1].decode("ascii")))
    return names
