"""A page of sections with lines and tables: what every smaller command shows, in any format."""

from __future__ import annotations

from kpi_cli.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One line with details below it; `tone` is bad, risk, good, quiet or nothing."""

    text: str
    details: tuple[str, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the columns named in `figures` are numbers, those in `folding` may break."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    folding: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A title with lines or a table, and a remark below."""

    title: str
    items: tuple[Item, ...] = ()
    grid: Grid | None = None
    note: str | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing to show."""
        return not self.items and not (self.grid and self.grid.rows) and not self.note


@dataclass(frozen=True, slots=True)
class Document:
    """The verdict in one sentence, what it is about, and the sections that have something."""

    verdict: str
    about: str
    sections: tuple[Section, ...]
