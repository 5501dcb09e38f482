"""A font in which every letter is the same box: with it a page looks alike on every machine.

Built here as TrueType, tables as in the OpenType specification 1.9: two glyphs beside `.notdef`,
the box, half an em wide, and the space, a quarter, and a character map of format 13 (many to one).
"""

from __future__ import annotations

import base64
from struct import pack

EM, WIDTH, SPACE = 1000, 500, 260
ASCENT, DESCENT = 800, -200
BOX = ((60, 0), (60, 500), (440, 500), (440, 0))


def font() -> bytes:
    """The font file."""
    box = _glyph(BOX)
    offsets = (0, 0, len(box), len(box))
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(((0x20, 0x20, 2), (0x21, 0xFFFD, 1), (0x10000, 0x10FFFF, 1))),
        b"glyf": box,
        b"head": pack(
            ">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 3, EM, 0, 0,
            BOX[0][0], 0, BOX[2][0], BOX[2][1], 0, 8, 2, 1, 0
        ),
        b"hhea": pack(
            ">IhhhHhhhhhhhhhhhH", 0x00010000, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1,
            0, 0, 0, 0, 0, 0, 0, 3
        ),
        b"hmtx": pack(">HhHhHh", WIDTH, 0, WIDTH, BOX[0][0], SPACE, 0),
        b"loca": pack(">4I", *offsets),
        b"maxp": pack(">I14H", 0x00010000, 3, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name("Boxes"),
        b"post": pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 1, 0, 0, 0, 0),
    }  # fmt: skip
    return _file(tables)


def style() -> str:
    """The rules that set everything in boxes."""
    data = base64.b64encode(font()).decode("ascii")
    return (
        f"@font-face{{font-family:Boxes;src:url(data:font/ttf;base64,{data})}}"
        "*,*::before,*::after,svg text{font-family:Boxes!important;font-synthesis:none!important}"
    )


def _glyph(points: tuple[tuple[int, int], ...]) -> bytes:
    """One contour of straight lines, each point with full coordinates."""
    xs, ys = zip(*points, strict=True)
    head = pack(">hhhhhHH", 1, min(xs), min(ys), max(xs), max(ys), len(points) - 1, 0)
    steps = [b - a for line in (xs, ys) for a, b in zip((0, *line), line, strict=False)]
    raw = head + b"\1" * len(points) + pack(f">{len(steps)}h", *steps)
    return raw + b"\0" * (-len(raw) % 4)


def _cmap(groups: tuple[tuple[int, int, int], ...]) -> bytes:
    body = b"".join(pack(">III", *group) for group in groups)
    table = pack(">HHIII", 13, 0, 16 + len(body), 0, len(groups)) + body
    return pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _name(name: str) -> bytes:
    raw = name.encode("utf-16-be")
    kinds = (1, 2, 4, 6)
    records = b"".join(pack(">6H", 3, 1, 0x409, kind, len(raw), 0) for kind in kinds)
    return pack(">HHH", 0, len(kinds), 6 + len(records)) + records + raw


def _os2() -> bytes:
    return pack(
        ">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHHIIhhHHH", 4, WIDTH, 400, 5, 0, 650, 600, 0, 75, 650,
        600, 0, 350, 50, 250, 0, bytes(10), 0, 0, 0, 0, b"NONE", 0x40, 0x20, 0xFFFF, ASCENT,
        DESCENT, 0, ASCENT, -DESCENT, 1, 0, 500, 500, 0, 0x20, 1
    )  # fmt: skip


def _file(tables: dict[bytes, bytes]) -> bytes:
    place = 12 + 16 * len(tables)
    power = len(tables).bit_length() - 1
    span = 16 << power
    head = pack(">IHHHH", 0x00010000, len(tables), span, power, 16 * len(tables) - span)
    body = b""
    for tag, raw in sorted(tables.items()):
        head += tag + pack(">III", _sum(raw), place + len(body), len(raw))
        body += raw + b"\0" * (-len(raw) % 4)
    return head + body


def _sum(raw: bytes) -> int:
    padded = raw + b"\0" * (-len(raw) % 4)
    words = range(0, len(padded), 4)
    return sum(int.from_bytes(padded[at : at + 4], "big") for at in words) & 0xFFFFFFFF
