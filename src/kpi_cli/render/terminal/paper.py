"""Lines of styled text for a terminal, a pipe or an ASCII screen, set in rich's `Text`.

rich knows cells, styles and breaking between words. Ours is what it lacks: a no-break space that
holds, lines that begin with an indent, ASCII signs, and a pipe on which nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from kpi_cli.render.text import one_line
from kpi_cli.views.words import BADGES

if TYPE_CHECKING:
    from rich.console import Console

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


GLUE = "\u00a0"
_HELD = "\ufdd0"
"""Stands in for a no-break space while rich breaks lines: rich takes that one for a blank."""
_HOLD = str.maketrans(dict.fromkeys("\u00a0\u202f", _HELD))

STYLES = {
    "bad": "bold red",
    "risk": "yellow",
    "blind": "magenta",
    "good": "green",
    "plain": "",
    "quiet": "dim",
    "head": "bold",
    "path": "cyan",
    "help": "green",
}
"""Names that texts are styled with, as rich writes styles."""
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
        "↗": "^", "↘": "v", "◆": "*", "±": "+-",
    }
)  # fmt: skip


def clean(text: str, screen: Screen) -> str:
    """Data on one line, control and bidirectional characters escaped, in the screen's signs."""
    return screened(one_line(text.replace("\n", " ").strip()), screen)


def screened(text: str, screen: Screen) -> str:
    """Words of ours, in ASCII punctuation where the screen asks for it."""
    return text.translate(_TYPOGRAPHY) if screen.ascii else text


def print_lines(lines: Iterable[Text], screen: Screen) -> str:
    """All lines, without trailing blanks, each ended by a newline; changes the lines."""
    page = [_bare(one) for one in lines]
    if not screen.color:
        return "".join(f"{one.plain}\n" for one in page)
    console = _console()
    with console.capture() as capture:
        console.print(Text("\n").join(page), soft_wrap=True)
    return capture.get()


def _bare(text: Text) -> Text:
    text.plain = text.plain.replace(GLUE, " ").rstrip()
    return text


@lru_cache(maxsize=1)
def _console() -> Console:
    """Draws styles as the sixteen colours every terminal has; whether to is our `Screen`'s say."""
    from io import StringIO

    from rich.console import Console
    from rich.theme import Theme

    return Console(
        file=StringIO(), theme=Theme(STYLES, inherit=False), color_system="standard",
        force_terminal=True, force_jupyter=False, legacy_windows=False, no_color=False,
        markup=False, emoji=False, highlight=False,
    )  # fmt: skip


def glued(text: str) -> str:
    """A text that is not broken between words: `33 %` stays on one line."""
    return text.replace(" ", GLUE)


def in_a_row(parts: Iterable[str], screen: Screen) -> str:
    """Short facts between dots; each stays on one line, with the dot that follows it."""
    return screened(f"{GLUE}· ", screen).join(glued(part) for part in parts if part)


def fold(text: Text, columns: int | None) -> list[Text]:
    """Broken between words into lines of at most `columns`; a longer word is cut.

    What is glued stays on one line if it fits there; `GLUE` at the beginning indents every line.
    """
    if columns is None or text.cell_len <= columns:
        return [text]
    if indent := len(text.plain) - len(text.plain.lstrip(GLUE)):
        parts = fold(text[indent:], max(columns - indent, 2))
        return [Text.assemble(GLUE * indent, part) for part in parts]
    held = text.copy()
    held.plain = "".join(
        f" {word.translate(_HOLD)}" if cell_len(word) <= columns else f"\n{word.replace(GLUE, ' ')}"
        for word in text.plain.split(" ")
    )[1:]
    return [_loosened(part) for part in held.wrap(_console(), columns, overflow="fold")]


def _loosened(part: Text) -> Text:
    """Glue instead of its stand-in; without the blank that rich leaves after a word it cut."""
    part.plain = part.plain.replace(_HELD, GLUE)
    return part[1:] if part.plain.startswith(" ") else part


def paragraph(
    text: str | Text,
    screen: Screen,
    *,
    style: str = "",
    indent: str | Text = "",
    hanging: str | None = None,
) -> Iterator[Text]:
    """A text folded to the screen, at most `READABLE` columns wide; not folded for a pipe.

    The first line begins with `indent`, the others with `hanging` (as wide) where it is given.
    """
    first = indent if isinstance(indent, Text) else Text(indent)
    rest = Text(first.plain if hanging is None else hanging)
    room = None if screen.width is None else max(min(screen.width, READABLE) - rest.cell_len, 12)
    body = text if isinstance(text, Text) else Text(text, style)
    for number, part in enumerate(fold(body, room)):
        yield Text.assemble(rest if number else first, part)


def pad(text: str, columns: int) -> str:
    """Filled with blanks to so many columns, never cut."""
    return set_cell_size(text, max(columns, cell_len(text)))


def columns_of(rows: Iterable[str]) -> int:
    """The widest text."""
    return max(map(cell_len, rows), default=0)
