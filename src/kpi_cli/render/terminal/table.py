"""A table without lines that gives up columns, then folds names, as the screen gets narrower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from kpi_cli.frozen import dataclass
from kpi_cli.locale import _
from kpi_cli.render.terminal.paper import Screen, fold

GAP = "  "
NARROWEST = 10
"""Columns a folding column keeps in any case."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its title is a marked message. One with `least` folds, others keep their width.

    Before it gets narrower than `least` other columns go; when none is left to go, it does.
    """

    key: str
    title: str
    least: int | None = None
    right: bool = False


Row = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit, with their widths, and the keys of those that do not."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    lost: tuple[str, ...]

    def head(self) -> Text:
        """The titles."""
        return self._joined([Text(_(column.title), "quiet") for column in self.columns])

    def lines(self, row: Row) -> Iterator[Text]:
        """One row, over as many lines as its folded cells need."""
        cells = [
            fold(row.get(column.key, Text()), None if column.least is None else columns)
            for column, columns in zip(self.columns, self.widths, strict=True)
        ]
        yield from map(self._joined, zip_longest(*cells, fillvalue=Text()))

    def _joined(self, cells: Sequence[Text]) -> Text:
        padded = [cell.copy() for cell in cells]
        for cell, column, columns in zip(padded, self.columns, self.widths, strict=True):
            cell.align("right" if column.right else "left", columns)
        return Text(GAP).join(padded)


def fit(
    columns: Sequence[Column],
    rows: Sequence[Row],
    screen: Screen,
    loss: Sequence[str] = (),
    indent: int = 0,
) -> Layout:
    """Drop the columns of `loss` in that order until the rest fits; columns without any text go.

    A pipe keeps them all at their natural width.
    """
    natural = {
        column.key: max((row[column.key].cell_len for row in rows if column.key in row), default=0)
        for column in columns
    }
    kept = [column for column in columns if natural[column.key]]
    sizes = {c.key: max(natural[c.key], cell_len(_(c.title))) for c in kept}
    if screen.width is None:
        return Layout(tuple(kept), tuple(sizes[c.key] for c in kept), ())
    room = screen.width - indent
    lost: list[str] = []
    for key in loss:
        if _least(kept, sizes) <= room:
            break
        if key in sizes:
            lost.append(key)
            kept = [column for column in kept if column.key != key]
    words = {c.key: _longest_word(c.key, rows) for c in kept}
    return Layout(tuple(kept), _widths(kept, sizes, words, room), tuple(lost))


def _longest_word(key: str, rows: Sequence[Row]) -> int:
    """Columns of the longest word that a column would have to break."""
    return max(
        (cell_len(word) for row in rows if key in row for word in row[key].plain.split()), default=0
    )


def _least(columns: Sequence[Column], sizes: Mapping[str, int]) -> int:
    own = (min(sizes[c.key], c.least) if c.least else sizes[c.key] for c in columns)
    return sum(own) + len(GAP) * (len(columns) - 1)


def _widths(
    columns: Sequence[Column], sizes: Mapping[str, int], words: Mapping[str, int], room: int
) -> tuple[int, ...]:
    """Natural widths, less what is too much, taken from the folding columns, the widest first.

    Words are broken only where there is no room for the longest one of each column.
    """
    found = {column.key: sizes[column.key] for column in columns}
    over = sum(found.values()) + len(GAP) * (len(columns) - 1) - room
    for _turn in range(max(over, 0)):
        folding = [c for c in columns if c.least and found[c.key] > words[c.key]]
        folding = folding or [c for c in columns if c.least and found[c.key] > NARROWEST]
        if not folding:
            break
        widest = max(folding, key=lambda column: found[column.key])
        found[widest.key] -= 1
    return tuple(found[column.key] for column in columns)
