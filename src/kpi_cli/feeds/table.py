"""Rows as a file gives them, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from kpi_cli.errors import CannotRun
from kpi_cli.shape import did_you_mean

Cell = Any
"""A text, a number (Decimal where the file has a fraction), true, false, None; from JSON a list or
mapping of these."""

MOST_BYTES = 256 * 2**20
MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read; None means: find out.

    `rows` leads to the list of rows inside a JSON object (`data.items`). `header` is the line
    (from 1) the column names stand in. `skip_blank` leaves rows without any content uncounted.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rows: str | None = None
    header: int = 1
    skip_blank: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is what people see: the line of a sheet, the n-th entry of a JSON list.

    A row with a `fault` cannot be used; the text says why.
    """

    number: int
    cells: Mapping[str, Cell]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file; `columns` are the names any row has, in order of appearance."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Reader(Protocol):
    """What each format's module offers."""

    def read(self, raw: bytes, options: Options) -> Table:
        """The table in the bytes of a file. Raises CannotRun with a message without the file."""


_SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip
FORMATS = ("csv", "json", "jsonl", "xlsx")


def read_table(path: Path, options: Options) -> Table:
    """The rows of a file. Raises CannotRun naming the file."""
    name = options.format or _SUFFIXES.get(path.suffix.lower())
    if name not in FORMATS:
        hint = did_you_mean(str(name), FORMATS) if name else None
        raise CannotRun(
            f"{path}: the ending tells no table format; add `format:` with one of "
            f"{', '.join(FORMATS)}" if not name
            else f"{path}: there is no format '{name}'; {hint or 'use ' + ', '.join(FORMATS)}"
        )  # fmt: skip
    reader = cast(Reader, import_module(f"kpi_cli.feeds.{name}"))
    try:
        table = reader.read(_bytes(path), options)
    except CannotRun as error:
        raise CannotRun(f"{path}: {error.message}", error.help) from None
    return _without_blank(table) if options.skip_blank else table


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotRun(f"the file is larger than {MOST_BYTES // 2**20} MB; split it")
        return path.read_bytes()
    except OSError as error:
        raise CannotRun(f"cannot be read: {error.strerror or error}") from None


def _without_blank(table: Table) -> Table:
    rows = tuple(row for row in table.rows if row.fault or not is_blank_row(row.cells))
    return Table(table.columns, rows)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, white space only, or no value."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_blank_row(cells: Mapping[str, Cell]) -> bool:
    """Whether no cell of a row says anything."""
    return all(is_blank(cell) for cell in cells.values())


def of_lists(names: Iterable[Cell], lists: Iterable[tuple[int, list[Cell]]]) -> Table:
    """A table from a header and (row number, cells); shared by CSV and XLSX."""
    columns = _columns(list(names))
    rows: list[Row] = []
    for number, cells in lists:
        if len(rows) >= MOST_ROWS:
            raise CannotRun(f"more than {MOST_ROWS:,} rows; split the file")
        rows.append(_row(columns, number, cells))
    return Table(tuple(column for column in columns if column), tuple(rows))


def _row(columns: list[str], number: int, cells: list[Cell]) -> Row:
    extra = [cell for cell in cells[len(columns) :] if not is_blank(cell)]
    extra += [c for name, c in zip(columns, cells, strict=False) if not name and not is_blank(c)]
    padded = [*cells, *[None] * (len(columns) - len(cells))]
    named = {name: cell for name, cell in zip(columns, padded, strict=False) if name}
    fault = f"a value stands in a column without a name ({str(extra[0])[:40]})" if extra else None
    return Row(number, named, fault)


def _columns(names: list[Cell]) -> list[str]:
    """Header texts; empty ones stay empty. Raises CannotRun for a repeated name."""
    columns = ["" if is_blank(name) else str(name).strip() for name in names]
    seen: set[str] = set()
    for column in columns:
        if column and column in seen:
            raise CannotRun(f"two columns are called '{column}'; rename one in the file")
        seen.add(column)
    if not seen - {""}:
        raise CannotRun("no column names found; say with `header:` which line they stand in")
    return columns


def of_mappings(entries: Iterable[tuple[int, Any]]) -> Table:
    """A table from (row number, JSON object); shared by JSON and JSON Lines."""
    columns: dict[str, None] = {}
    rows: list[Row] = []
    for number, entry in entries:
        if len(rows) >= MOST_ROWS:
            raise CannotRun(f"more than {MOST_ROWS:,} rows; split the file")
        if isinstance(entry, dict):
            columns.update(dict.fromkeys(entry))
            rows.append(Row(number, entry))
        else:
            rows.append(Row(number, {}, "not an object with named values"))
    return Table(tuple(columns), tuple(rows))
