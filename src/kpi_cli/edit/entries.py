"""One actual as a user types it: read, and checked before anything is edited."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpi_cli.edit.judged import Judged
from kpi_cli.edit.written import Typed
from kpi_cli.errors import CannotRun
from kpi_cli.kinds.base import Datum
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.period import BadPeriod, Period
from kpi_cli.plan.series import value_fault

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None}
COLUMNS = ("kpi", "period", "value", "numerator", "denominator", "note")
Number = int | float


@dataclass(frozen=True, slots=True)
class Entry:
    """A KPI's actual for a period as typed; `line` (from 1) where it came from a table."""

    kpi: str
    period: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""
    line: int | None = None

    @property
    def label(self) -> str:
        """Which entry a message is about."""
        where = f"line {self.line}, " if self.line is not None else ""
        return f"{where}{self.kpi} {self.period}"

    @property
    def has_pair(self) -> bool:
        """Whether a numerator or a denominator was given."""
        return bool(self.numerator or self.denominator)

    def datum(self) -> Datum | None:
        """The value; a text that is no number is a zone's name. None for null or no value."""
        text = self.value
        if text in _WORDS:
            return _WORDS[text]
        return number(text) if _NUMBER.fullmatch(text) else text or None


def number(text: str) -> Number:
    """A number as YAML reads it. Raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)


def typed(text: str) -> Typed:
    """A number with its spelling."""
    plain = text.removeprefix("+")
    return Typed(number(text), f"0{plain}" if plain.startswith(".") else plain)


def checked(entry: Entry, kpi: Kpi, before: Judged, *, restate: bool) -> Iterator[str]:
    """What speaks against an entry: `K202: …`, each with what to type instead."""
    yield from _of_state(kpi)
    try:
        period = before.loaded.plan.calendar.parse(entry.period)
    except BadPeriod as error:
        yield f"K014: {error}"
        return
    yield from _of_period(period, kpi, before)
    problem = _of_value(entry, kpi)
    if problem:
        yield problem
    else:
        yield from _of_history(entry, period, before.rows(kpi.id), restate=restate)


def _of_state(kpi: Kpi) -> Iterator[str]:
    if kpi.formula is not None:
        yield f"it is computed (`{kpi.formula}`); record the KPIs of its formula"
    if kpi.status == "retired":
        yield "it is retired"


def _of_period(period: Period, kpi: Kpi, before: Judged) -> Iterator[str]:
    plan = before.loaded.plan
    if not plan.calendar.fits(period, kpi.frequency):
        example = plan.calendar.name_of(kpi.frequency, period.start)
        yield (
            f"K202: {period.name} is not a period of a {kpi.frequency} KPI; "
            f"write {example} or a date"
        )
    yield from of_lock(period, plan.config.locked)
    if period.end > before.as_of:
        yield f"K203: {period.name} ends on {period.end}, after {before.as_of}; wait for its end"


def of_lock(period: Period, locked: Iterable[Period]) -> Iterator[str]:
    """K302 for a period that may not change."""
    for lock in locked:
        if period.overlaps(lock.start, lock.end):
            yield (
                f"K302: {period.name} is locked (`locked: {lock.name}` in kpi.yaml); "
                "take the lock out in a change of its own that says why"
            )


def _of_value(entry: Entry, kpi: Kpi) -> str | None:
    for text in (entry.numerator, entry.denominator):
        if entry.has_pair and not _NUMBER.fullmatch(text):
            return (
                f"K205: '{text}' is not a number"
                if text
                else "K012: a numerator and a denominator go together"
            )
    if not entry.value:
        return None if entry.has_pair else "K012: the value is missing"
    if _NUMBER.fullmatch(entry.value) and abs(float(entry.value)) == float("inf"):
        return f"K205: {entry.value} is too large"
    fault = value_fault(kpi, entry.datum())
    return f"{fault[0]}: {fault[1]}; {fault[2]}" if fault else None


def _of_history(entry: Entry, period: Period, rows: Rows, *, restate: bool) -> Iterator[str]:
    row = find_row(rows, period)
    if row is None or (rows.values[row] is None and row not in rows.pairs):
        if restate and row is None:
            yield f"there is nothing to restate for {period.name}; leave out --restate"
        return
    if not restate:
        yield (
            f"K201: {period.name} has a value already, {rows.values[row]}; "
            "to correct it add --restate --note with the reason"
        )
    elif not entry.note:
        yield "--restate needs --note with the reason"


def find_row(rows: Rows, period: Period) -> int | None:
    """The row for just these days."""
    return next((at for at, found in enumerate(rows.periods) if found == period), None)


def read_entries(text: str) -> list[Entry]:
    """Entries of a CSV with the header `kpi,period,value[,numerator,denominator,note]`.

    Raises CannotRun naming the line at fault.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    header: list[str] = []
    entries: list[Entry] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header([cell.strip() for cell in cells])
                continue
            if len(cells) > len(header):
                raise CannotRun(f"line {reader.line_num}: there are more cells than columns")
            values = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            entries.append(Entry(**{"kpi": "", "period": "", **values}, line=reader.line_num))
    except csv.Error as error:
        raise CannotRun(f"line {reader.line_num}: this is not CSV: {error}") from None
    if not entries:
        raise CannotRun("there is no row to record", help=f"the header is {','.join(COLUMNS)}")
    return entries


def _header(names: list[str]) -> list[str]:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not {"kpi", "period"} <= set(names) or len(set(names)) < len(names):
        raise CannotRun(
            f"the first line is '{','.join(names)}', and no header for actuals",
            help=f"write {','.join(COLUMNS[:3])}, and {', '.join(COLUMNS[3:])} where you need them",
        )
    return names
