"""CSV files of actuals edited row by row: every other byte stays, quotes and line ends included."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kpi_cli.edit.draft import CannotEdit
from kpi_cli.edit.text import FileText, Splice, spliced

_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `start`..`end` of the text, quotes included, and its value."""

    start: int
    end: int
    value: str

    @property
    def is_quoted(self) -> bool:
        """Whether it stands in quotes: then it is longer than its value."""
        return self.end - self.start >= len(self.value) + 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row at `start`..`end` of the text, without its line end."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    def value(self, column: int) -> str:
        """A cell's value without spaces around it; empty where the row is shorter."""
        return self.cells[column].value.strip() if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True)
class CsvDraft:
    """One state of a CSV file on its way: the bytes so far, and the rows they are meant to hold."""

    path: str
    raw: bytes
    meant: tuple[tuple[str, ...], ...] = field(default=())

    @classmethod
    def of(cls, path: str, raw: bytes) -> CsvDraft:
        """A file as read. Raises CannotEdit where it is no table."""
        draft = cls(path, raw)
        try:
            meant = tuple(tuple(cell.value for cell in row.cells) for row in draft.rows)
            sound = meant == _read(raw)
        except (UnicodeDecodeError, csv.Error):
            sound, meant = False, ()
        if not sound or not meant:
            raise CannotEdit(
                f"{path} cannot be read as CSV; it is left as it is", help="`kpi validate` says why"
            )
        return replace(draft, meant=meant)

    @cached_property
    def file(self) -> FileText:
        """The text so far."""
        return FileText.of(self.raw)

    @cached_property
    def rows(self) -> list[Row]:
        """The header and every row that is not empty."""
        return [row for row in _rows(self.file.text) if any(c.value.strip() for c in row.cells)]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [cell.value.strip() for cell in self.rows[0].cells]

    def column(self, name: str | None) -> int:
        """Where a column stands, -1 where there is none."""
        return self.header.index(name) if name in self.header else -1

    def set(self, at: int, values: Mapping[str, str]) -> CsvDraft:
        """Other values in some columns of the row number `at` (0 is the header)."""
        row = self.rows[at]
        cells = list(self.meant[at])
        splices = []
        for name, value in values.items():
            column = self._known(name)
            if column >= len(row.cells):
                raise CannotEdit(f"{self.path}: a row is shorter than the header; correct it first")
            if cells[column] != value:
                cell = row.cells[column]
                splices.append(Splice(cell.start, cell.end, _written(value, cell.is_quoted)))
                cells[column] = value
        meant = (*self.meant[:at], tuple(cells), *self.meant[at + 1 :])
        return self._next(splices, meant)

    def insert(self, at: int, values: Mapping[str, str]) -> CsvDraft:
        """A new row before the row number `at`; behind the last one where `at` is their count."""
        for name in values:
            self._known(name)
        like = self.rows[at - 1 if at > 1 else min(1, len(self.rows) - 1)]
        cells = [values.get(name, "") for name in self.header]
        quoted = [cell.is_quoted for cell in like.cells] if like is not self.rows[0] else []
        quoted += [False] * (len(cells) - len(quoted))
        line = ",".join(map(_written, cells, quoted))
        newline = self.file.newline
        end = self.rows[at - 1].end
        meant = (*self.meant[:at], tuple(cells), *self.meant[at:])
        return self._next([Splice(end, end, f"{newline}{line}")], meant)

    def rename(self, column: str, old: str, new: str) -> CsvDraft:
        """Another value in every cell of a column that holds `old`."""
        index = self.column(column)
        draft, splices = self, []
        meant = list(self.meant)
        for at, row in enumerate(self.rows):
            if at and row.value(index) == old:
                cell = row.cells[index]
                held = draft.file.text[cell.start : cell.end]
                splices.append(Splice(cell.start, cell.end, held.replace(old, new)))
                cells = list(meant[at])
                cells[index] = cells[index].replace(old, new)
                meant[at] = tuple(cells)
        return self._next(splices, tuple(meant))

    def proved(self) -> bytes:
        """The bytes to write. Raises CannotEdit unless they hold the rows meant."""
        if _read(self.raw) != self.meant:
            raise CannotEdit(f"{self.path} cannot be changed by itself; edit it by hand")
        return self.raw

    def _known(self, name: str) -> int:
        index = self.column(name)
        if index < 0:
            columns = ", ".join(self.header)
            raise CannotEdit(
                f"{self.path} has no column '{name}'", help=f"add it; its columns are {columns}"
            )
        return index

    def _next(self, splices: Sequence[Splice], meant: tuple[tuple[str, ...], ...]) -> CsvDraft:
        raw = self.file.encode(spliced(self.file.text, splices))
        return CsvDraft(self.path, raw, meant)


def _read(raw: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows as Python's own reader finds them; empty ones left out."""
    text = raw.decode("utf-8-sig")
    found = csv.reader(io.StringIO(text, newline=""), strict=True)
    return tuple(tuple(row) for row in found if any(cell.strip() for cell in row))


def _rows(text: str) -> list[Row]:
    rows: list[Row] = []
    at = 0
    while at < len(text):
        end = _line_end(text, at)
        if '"' in text[at:end]:
            row = _quoted_row(text, at)
        else:
            row = Row(at, end, tuple(_plain_cells(text[at:end], at)))
        rows.append(row)
        found = _END.match(text, row.end)
        at = found.end() if found else row.end + 1
    return rows


def _line_end(text: str, at: int) -> int:
    found = _END.search(text, at)
    return found.start() if found else len(text)


def _plain_cells(line: str, start: int) -> list[Cell]:
    cells = []
    for value in line.split(","):
        cells.append(Cell(start, start + len(value), value))
        start += len(value) + 1
    return cells


def _quoted_row(text: str, start: int) -> Row:
    """A row with quotes in it, which may go over several lines."""
    cells: list[Cell] = []
    at = start
    while True:
        begin = at
        if text[at : at + 1] == '"':
            at += 1
            while (close := text.find('"', at)) >= 0 and text[close + 1 : close + 2] == '"':
                at = close + 2
            at = close + 1 if close >= 0 else len(text)
            value = text[begin + 1 : at - 1].replace('""', '"')
            cells.append(Cell(begin, at, value))
        else:
            at = min(_line_end(text, at), (text.find(",", at) + 1 or len(text) + 1) - 1)
            cells.append(Cell(begin, at, text[begin:at]))
        if text[at : at + 1] != ",":
            return Row(start, at, tuple(cells))
        at += 1


def _written(value: str, quoted: bool) -> str:
    """A cell as text, in quotes where its neighbours are or its signs ask for them."""
    if quoted or any(sign in value for sign in ',"\r\n') or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value
