"""CSV: any usual delimiter, quotes with line breaks inside, an encoding that is said or UTF-8."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.table import Options, Table, of_lists

DELIMITERS = (",", ";", "\t", "|")
MOST_CELL = 10_000_000
"""Characters in one cell; beyond it a quote was most likely never closed."""


def read(raw: bytes, options: Options) -> Table:
    """The table of a CSV file; rows are numbered as a spreadsheet shows them, the header included.

    Raises CannotRun.
    """
    text = decoded(raw, options.encoding)
    delimiter = options.delimiter or sniffed(text, options.header)
    if len(delimiter) != 1:
        raise CannotRun("`delimiter:` takes one character, such as ';' or \"\\t\"")
    rows = _records(text, delimiter)
    for _ in range(options.header - 1):
        next(rows, None)
    _, header = next(rows, (0, []))
    return of_lists(header, rows)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise CannotRun(f"row {number + 1} cannot be read as CSV: {error}") from None


def decoded(raw: bytes, encoding: str | None) -> str:
    """The text of a file, without a byte order mark. Raises CannotRun."""
    name = encoding or ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    try:
        codecs.lookup(name)
        return raw.decode(name).removeprefix("\ufeff")
    except LookupError:
        raise CannotRun(f"there is no text encoding '{name}'; write utf-8, cp1252, …") from None
    except UnicodeError as error:
        line = raw[: getattr(error, "start", 0)].count(b"\n") + 1
        raise CannotRun(
            f"line {line} is not {name}; say in the map what it is, for example `encoding: cp1252`"
        ) from None


def sniffed(text: str, header: int) -> str:
    """The delimiter that cuts the header line into most columns; a comma if none does."""
    lines = text.splitlines()[header - 1 : header]
    line = lines[0] if lines else ""
    outside = "".join(part for index, part in enumerate(line.split('"')) if index % 2 == 0)
    return max(DELIMITERS, key=outside.count)
