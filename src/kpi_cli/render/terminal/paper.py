"""Lines of styled text for a terminal, a pipe or an ASCII screen. Data is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kpi_cli.render.text import one_line, width
from kpi_cli.views.words import BADGES

READABLE = 100
"""Columns a paragraph takes at most, however wide the terminal is."""


class Screen(Protocol):
    """What can be drawn on: colours or not, ASCII signs or not, columns (None: no limit)."""

    @property
    def color(self) -> bool: ...
    @property
    def ascii(self) -> bool: ...
    @property
    def width(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `style` is a key of `STYLES`."""

    text: str
    style: str = ""


Line = tuple[Span, ...]
GLUE = "\u00a0"

STYLES = {
    "bad": "1;31",
    "risk": "33",
    "blind": "35",
    "good": "32",
    "plain": "",
    "quiet": "2",
    "head": "1",
    "path": "36",
    "help": "32",
}
ASCII_SIGNS = {
    "off_track": "[X]",
    "missed": "[X]",
    "at_risk": "[!]",
    "stale": "[~]",
    "no_data": "[?]",
    "insufficient_data": "[?]",
    "on_track": "[ok]",
    "achieved": "[*]",
    "no_target": "[-]",
    "not_started": "[.]",
    "draft": "[.]",
    "retired": "[.]",
    "dropped": "[.]",
}
_TYPOGRAPHY = str.maketrans(
    {badge.glyph: ASCII_SIGNS[badge.status] for badge in BADGES.values()}
    | {
        "–": "-", "—": "-", "−": "-", "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"',
        "·": "-", "×": "x", "→": "->", "↑": "^", "↳": "->", "≤": "<=", "≥": ">=", "Σ": "sum",
    }
)  # fmt: skip


def line(*parts: Span | str) -> Line:
    """A line of spans; plain strings have no style."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def clean(text: str, screen: Screen) -> str:
    """Data on one line, control and bidirectional characters escaped, in the screen's signs."""
    return screened(one_line(text.replace("\n", " ").strip()), screen)


def screened(text: str, screen: Screen) -> str:
    """Words of ours, in ASCII punctuation where the screen asks for it."""
    return text.translate(_TYPOGRAPHY) if screen.ascii else text


def print_lines(lines: Iterable[Line], screen: Screen) -> str:
    """All lines, without trailing blanks, each ended by a newline."""
    return "".join(_painted(one, screen) + "\n" for one in lines)


def glued(text: str) -> str:
    """A text that is not broken between words: `33 %` stays on one line."""
    return text.replace(" ", GLUE)


def in_a_row(parts: Iterable[str], screen: Screen) -> str:
    """Short facts between dots; each stays on one line, with the dot that follows it."""
    return screened(f"{GLUE}· ", screen).join(glued(part) for part in parts if part)


def _painted(spans: Line, screen: Screen) -> str:
    spans = tuple(Span(span.text.replace(GLUE, " "), span.style) for span in spans)
    if not screen.color:
        return "".join(span.text for span in spans).rstrip()
    last = max((i for i, span in enumerate(spans) if span.text.strip()), default=-1)
    kept = [*spans[:last], *(Span(s.text.rstrip(), s.style) for s in spans[last : last + 1])]
    return "".join(_colored(span) for span in kept)


def _colored(span: Span) -> str:
    code = STYLES.get(span.style, "")
    return f"\x1b[{code}m{span.text}\x1b[0m" if code and span.text.strip() else span.text


def pad(text: str, columns: int, right: bool = False) -> str:
    """Filled with blanks to so many columns."""
    blanks = " " * max(columns - width(text), 0)
    return blanks + text if right else text + blanks


def fold(text: str, columns: int | None) -> list[str]:
    """Broken between words into lines of at most `columns`; a longer word is cut.

    `GLUE` at the beginning indents every line.
    """
    if columns is None or width(text) <= columns:
        return [text]
    if text.startswith(GLUE):
        rest = text.lstrip(GLUE)
        indent = text[: len(text) - len(rest)]
        return [indent + part for part in fold(rest, max(columns - len(indent), 2))]
    found, current = [], ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if width(longer) <= columns:
            current = longer
            continue
        if current:
            found.append(current)
        loose = fold(word.replace(GLUE, " "), columns) if GLUE in word else _chopped(word, columns)
        *full, current = [word] if width(word) <= columns else loose
        found += full
    return [*found, current] if current or not found else found


def _chopped(word: str, columns: int) -> list[str]:
    """Pieces of a word no wider than `columns`; a combining mark stays with its letter."""
    pieces, current, used = [], "", 0
    for character in word:
        cells = width(character)
        if current and cells and used + cells > columns:
            pieces.append(current)
            current, used = "", 0
        current += character
        used += cells
    return [*pieces, current]


def paragraph(
    text: str, screen: Screen, *, style: str = "", indent: str = "", hanging: str | None = None
) -> Iterator[Line]:
    """A text folded to the screen, at most `READABLE` columns wide; not folded for a pipe."""
    rest = indent if hanging is None else hanging
    room = None if screen.width is None else max(min(screen.width, READABLE) - width(rest), 12)
    for number, part in enumerate(fold(text, room)):
        yield line(rest if number else indent, Span(part, style))


def columns_of(rows: Sequence[str]) -> int:
    """The widest text."""
    return max((width(row) for row in rows), default=0)
