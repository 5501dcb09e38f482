"""The ids of a plan file that is written the everyday way, found without reading its YAML.

The shell waits for them while somebody types. A file in which anything looks unusual is left to
`source.record_lines`, whose answer is the same; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_EDGE = re.compile(rb"\n([^ \n#][^\n]*)")
_SECTION = re.compile(rb"([a-z_]+):(?: +#[^\n]*| *)")
_FIRST = re.compile(rb"\n( +)([^ \n#])")
_ID = re.compile(rb"([A-Za-z0-9][A-Za-z0-9_.\-]*):(?:[ \n]|$)")
_ODD = bytes(code for code in range(32) if code != 10) + b"\x7f"


def ids_at_a_glance(raw: bytes) -> list[tuple[str, str]] | None:
    """Section and id of each record; None where a closer look is needed."""
    if raw.startswith(b"\xef\xbb\xbf") or len(raw.translate(None, _ODD)) < len(raw):
        return None
    raw = b"\n" + raw  # a line begins behind a newline: that is found ten times faster than a `^`
    heads = [(found.end(), _SECTION.fullmatch(found[1])) for found in _EDGE.finditer(raw)]
    found: list[tuple[str, str]] = []
    for (start, head), (end, _) in pairwise([*heads, (len(raw), None)]):
        names = None if head is None else _names(raw[start:end])
        if head is None or names is None:
            return None
        section = head[1].decode("ascii")
        found += [(section, name) for name in names]
    return found


def _names(section: bytes) -> list[str] | None:
    """The ids below a section's line; None where a line at their level is no plain one."""
    first = _FIRST.search(section)
    if first is None:
        return []
    if first[2] in b"-\"'":
        return None
    names = list(_at(section, len(first[1])))
    return None if None in names else [name for name in names if name is not None]


def _at(section: bytes, level: int) -> Iterator[str | None]:
    """The id on each line that is indented as far as `level` or less; None for another line."""
    for line in re.finditer(rb"\n {1,%d}+(?![ \n#])" % level, section):
        found = _ID.match(section, line.end())
        yield found[1].decode("ascii") if found else None
