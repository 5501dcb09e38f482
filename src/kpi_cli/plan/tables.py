"""CSV tables of actuals: the workspace's long files and those a KPI names, read row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from kpi_cli import frozen
from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.frozen import dataclass, field
from kpi_cli.kinds.base import Datum
from kpi_cli.models.series import FileSource, Pair, Rows
from kpi_cli.period import BadPeriod, Calendar
from kpi_cli.shape import brief, did_you_mean
from kpi_cli.source import Mark

LONG_COLUMNS = ("kpi", "period", "value", "numerator", "denominator", "segment", "note")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


@frozen.dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its text, and which column (from 0) it stands in; -1 for none."""

    text: str
    index: int


@dataclass(slots=True)
class Table:
    """A CSV file in memory: header names, rows with the line (1-based) each begins on."""

    path: str
    lines: list[str]
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, line: int, index: int, message: str, help: str | None = None) -> None:
        """Note a K210 at one cell."""
        self.faults.append(
            Diagnostic("K210", Place(self.path, mark=self.mark(line, index)), message, help=help)
        )

    def mark(self, line: int, index: int) -> Mark:
        """The span of a cell: the cell is searched in its line only when a fault needs it."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        start, end = _cell_span(text, max(index, 0))
        return Mark(line, start + 1, line, max(end, start) + 1)


def _cell_span(text: str, index: int) -> tuple[int, int]:
    """Start and end (code points from 0) of the index-th cell of a CSV line."""
    start = position = 0
    quoted = False
    while position <= len(text):
        at_end = position == len(text)
        if not at_end and text[position] == '"':
            quoted = not quoted
        if at_end or (text[position] == "," and not quoted):
            if index == 0 or at_end:
                return start, position
            index -= 1
            start = position + 1
        position += 1
    return start, len(text)


def read_table(path: str, raw: bytes) -> Table:
    """A comma-separated UTF-8 table with a header line; faults are K210 at line and column."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        table = Table(path, [])
        table.fault(line, 0, "the file is not UTF-8 here", "save it as UTF-8")
        return table
    table = Table(path, text.splitlines())
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            begun, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not table.header:
                table.header = [cell.strip() for cell in cells]
            else:
                table.rows.append((begun, cells))
    except csv.Error as error:
        table.fault(line, 0, f"this row cannot be read as CSV: {error}", "close every quote")
    if not table.header and not table.faults:
        table.fault(1, 0, "the file is empty", f"begin it with the line {','.join(LONG_COLUMNS)}")
    return table


@frozen.dataclass(frozen=True, slots=True)
class Columns:
    """Where each wanted column stands in a row; -1 for one that is not there."""

    period: int
    value: int = -1
    numerator: int = -1
    denominator: int = -1
    segment: int = -1
    note: int = -1


def read_long(table: Table, calendar: Calendar) -> dict[str, tuple[Rows, list[tuple[int, Mark]]]]:
    """Rows by KPI id from a long file; also the first place (line, mark) of each id."""
    unknown = [name for name in table.header if name not in LONG_COLUMNS]
    for name in unknown:
        hint = did_you_mean(name, LONG_COLUMNS) or f"the columns are {', '.join(LONG_COLUMNS)}"
        table.fault(1, table.header.index(name), f"unknown column '{brief(name)}'", hint)
    has_values = "value" in table.header or {"numerator", "denominator"} <= {*table.header}
    if not _has(table, "kpi", "period", *(() if has_values or unknown else ("value",))):
        return {}
    if not has_values:
        return {}
    columns = _columns(table, {name: name for name in LONG_COLUMNS[1:]})
    kpi_at = table.header.index("kpi")
    found: dict[str, tuple[Rows, list[tuple[int, Mark]]]] = {}
    for line, cells in table.rows:
        identifier = cells[kpi_at].strip() if kpi_at < len(cells) else ""
        if not identifier:
            table.fault(line, kpi_at, "the KPI's id is missing")
            continue
        if identifier not in found:
            found[identifier] = (Rows(), [(line, table.mark(line, kpi_at))])
        _add_row(found[identifier][0], table, line, cells, columns, calendar)
    return found


def read_source(table: Table, source: FileSource, calendar: Calendar) -> Rows:
    """The rows of one `actuals.files` entry."""
    wanted = {
        name: getattr(source, name)
        for name in ("period", "value", "numerator", "denominator", "segment", "note")
        if getattr(source, name) is not None
    }
    rows = Rows()
    if not _has(table, *wanted.values(), *(column for column, _ in source.where)):
        return rows
    columns = _columns(table, wanted)
    where = [(table.header.index(column), value) for column, value in source.where]
    for line, cells in table.rows:
        if all(at < len(cells) and cells[at].strip() == value for at, value in where):
            _add_row(rows, table, line, cells, columns, calendar)
    return rows


def _has(table: Table, *names: str) -> bool:
    missing = [name for name in names if name not in table.header]
    for name in missing:
        hint = did_you_mean(name, table.header) or f"its columns are {', '.join(table.header)}"
        if table.header:
            table.fault(1, 0, f"the column '{brief(name)}' is missing", hint)
    return not missing


def _columns(table: Table, wanted: Mapping[str, str]) -> Columns:
    places = {
        name: table.header.index(column)
        for name, column in wanted.items()
        if column in table.header
    }
    return Columns(**places)


def _add_row(
    rows: Rows, table: Table, line: int, cells: list[str], columns: Columns, calendar: Calendar
) -> None:
    name = _text(cells, columns.period)
    try:
        period = calendar.parse(name)
    except BadPeriod as error:
        table.fault(line, columns.period, str(error))
        return
    values = []
    for index in (columns.value, columns.numerator, columns.denominator):
        value, problem = _datum(_text(cells, index))
        if problem or (index != columns.value and isinstance(value, str | bool)):
            table.fault(line, index, problem or f"'{brief(value)}' is not a number", _PLAIN)
            return
        values.append(value)
    if (values[1] is None) != (values[2] is None):
        table.fault(line, columns.numerator, "a numerator and a denominator go together")
        return
    rows.add(
        period,
        values[0],
        pair=_pair(values[1], values[2]),
        note=_text(cells, columns.note) or None,
        segment=_text(cells, columns.segment) or None,
        place=Place(table.path, mark=table.mark(line, columns.period)),
    )


_PLAIN = "write a plain number such as 1250.5, without thousands mark or unit"


def _pair(upper: Datum | None, lower: Datum | None) -> Pair | None:
    if isinstance(upper, int | float) and isinstance(lower, int | float):
        return upper, lower
    return None


def _text(cells: list[str], index: int) -> str:
    return cells[index].strip() if 0 <= index < len(cells) else ""


def _datum(text: str) -> tuple[Datum | None, str | None]:
    """A cell's value and, where it cannot be one, why."""
    if not text or text in ("null", "~"):
        return None, None
    if _NUMBER.fullmatch(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            return None, f"'{brief(text)}' is too large"
        return (int(text) if re.fullmatch(r"[-+]?\d+", text) else number), None
    if text in _BOOLEANS:
        return _BOOLEANS[text], None
    if re.match(r"[-+]?[\d.,\s]+\S{0,4}$", text) or text.lower() in ("nan", "inf", "-inf"):
        return None, f"'{brief(text)}' is not a number"
    return text, None


def all_faults(tables: Iterable[Table]) -> Iterator[Diagnostic]:
    """The faults of all tables, each place once."""
    seen: set[tuple[str, Mark | None, str]] = set()
    for table in tables:
        for fault in table.faults:
            key = (fault.place.path, fault.place.mark, fault.message)
            if key not in seen:
                seen.add(key)
                yield fault
