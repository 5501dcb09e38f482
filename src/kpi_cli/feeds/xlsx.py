"""XLSX: one sheet, the values as last computed; needs the extra `xlsx`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.table import Cell, Options, Table, of_lists
from kpi_cli.shape import did_you_mean


def read(raw: bytes, options: Options) -> Table:
    """The table of a workbook's sheet; rows are numbered as the sheet shows them.

    Raises CannotRun.
    """
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise CannotRun(
            'reading XLSX needs one more package; type: pip install "kpi-cli[xlsx]"'
        ) from None
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise CannotRun("not an XLSX workbook; save it as .xlsx or .csv") from None
    rows = _rows(_sheet(book, options.sheet))
    for _ in range(options.header - 1):
        next(rows, None)
    _, header = next(rows, (0, []))
    return of_lists(header, rows)


def _sheet(book: Any, name: str | None) -> Any:
    if name is None:
        return book.worksheets[0]
    if name not in book.sheetnames:
        hint = did_you_mean(name, book.sheetnames) or f"it has {', '.join(book.sheetnames)}"
        raise CannotRun(f"there is no sheet '{name}'; {hint}")
    return book[name]


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, [_cell(cell) for cell in cells]


def _cell(value: Any) -> Cell:
    """Dates become ISO texts, fractions exact decimals; the rest stays."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return Decimal(repr(value))
    return value if isinstance(value, str | int | bool | None) else str(value)
