"""Actuals as columns: the rows of one KPI, from its record or from a long CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any, NoReturn

from kpi_cli.diagnostics import Place
from kpi_cli.frozen import dataclass, field
from kpi_cli.kinds.base import Datum
from kpi_cli.period import BadPeriod, Calendar, Period
from kpi_cli.quantity import LARGEST, is_number
from kpi_cli.shape import ShapeError, ShapeFault, brief, kind_of, mapping_of, unknown_key

ROW_KEYS = ("value", "note", "numerator", "denominator")
FILE_KEYS = ("file", "period", "value", "numerator", "denominator", "segment", "note", "where")
Pair = tuple[float, float]
_NUMBERS = frozenset({int, float})
_NOTED = frozenset({"value", "note"})
_PAIRED = frozenset({"numerator", "denominator"})
_FIGURES: dict[type, dict[float, float]] = {int: {}, float: {}}
_MOST_FIGURES = 50_000


class _Nothing(dict[int, Any]):
    """The one empty column of all the rows that have nothing in it."""

    def __setitem__(self, _row: int, _entry: object) -> NoReturn:
        raise TypeError("this column belongs to several KPIs")


_NOTHING = _Nothing()


@dataclass(slots=True)
class Rows:
    """Columns of equal length, one entry a row; `None` is a value known to be missing.

    `pairs`, `notes`, `segments` and `places` are sparse, by row number from 0; a row without a
    place stands in the KPI's own record, under `actuals` and its period's name.
    """

    periods: list[Period] = field(default_factory=list)
    values: list[Datum | None] = field(default_factory=list)
    pairs: dict[int, Pair] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    segments: dict[int, str] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.periods)

    def add(
        self,
        period: Period,
        value: Datum | None,
        *,
        pair: Pair | None = None,
        note: str | None = None,
        segment: str | None = None,
        place: Place | None = None,
    ) -> None:
        """Append one row."""
        row = len(self.periods)
        self.periods.append(period)
        self.values.append(value)
        sparse: tuple[tuple[dict[int, Any], object], ...] = (
            (self.pairs, pair), (self.notes, note), (self.segments, segment), (self.places, place)
        )  # fmt: skip
        for column, entry in sparse:
            if entry is not None:
                column[row] = entry

    def extend(self, other: Rows) -> None:
        """Append all rows of another table."""
        for row in range(len(other)):
            self.add(
                other.periods[row],
                other.values[row],
                pair=other.pairs.get(row),
                note=other.notes.get(row),
                segment=other.segments.get(row),
                place=other.places.get(row),
            )

    def chosen(self, order: list[int]) -> Rows:
        """The rows numbered in `order`, in that order."""
        picked = Rows()
        for row in order:
            picked.add(
                self.periods[row],
                self.values[row],
                pair=self.pairs.get(row),
                note=self.notes.get(row),
                segment=self.segments.get(row),
                place=self.places.get(row),
            )
        return picked

    def __iter__(self) -> Iterator[tuple[Period, Datum | None]]:
        return iter(zip(self.periods, self.values, strict=True))


@dataclass(frozen=True, slots=True)
class FileSource:
    """One entry of `actuals.files`: column names, and a filter on other columns."""

    file: str
    period: str
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    segment: str | None = None
    note: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Actuals:
    """A KPI's `actuals` as read: sound rows, files to read, and faults that drop a row each."""

    rows: Rows = field(default_factory=Rows)
    files: tuple[FileSource, ...] = ()
    faults: tuple[ShapeFault, ...] = ()


def read_actuals(raw: object, calendar: Calendar) -> Actuals:
    """Rows by period, and `files`. A faulty row drops out; only a wrong container raises."""
    if not isinstance(raw, dict):
        raise ShapeError(
            [
                ShapeFault(
                    "K011",
                    f"`actuals` needs periods with values, not {kind_of(raw)}",
                    (),
                    "write `actuals: {2026-01: 32.0}`",
                )
            ]
        )
    plain = _read_plain(raw, calendar)
    if plain is not None:
        return Actuals(plain)
    rows, faults = Rows(), []
    files: tuple[FileSource, ...] = ()
    for name, value in raw.items():
        try:
            if type(value) in _NUMBERS and -LARGEST <= value <= LARGEST:
                rows.periods.append(calendar.parse(name))
                rows.values.append(value)
            elif name == "files":
                files, file_faults = _read_files(value)
                faults += file_faults
            else:
                _read_row(rows, calendar.parse(name), name, value)
        except BadPeriod as error:
            faults.append(ShapeFault("K014", str(error), (name,), None, "key", error.better))
        except ShapeError as error:
            faults += error.faults
    return Actuals(rows, files, tuple(faults))


def _read_plain(raw: dict[str, Any], calendar: Calendar) -> Rows | None:
    """Rows of plain numbers, some with a note, as whole columns; None where anything is else."""
    values = list(raw.values())
    notes: dict[int, str] | None = _NOTHING
    if dict in set(map(type, values)):
        if values[0].__class__ is dict and values[0].keys() == _PAIRED:
            return _read_pairs(raw, values, calendar)
        notes = _taken_notes(values)
    kinds = set(map(type, values))
    if notes is None or not values or not kinds <= _NUMBERS:
        return None
    if not (min(values) >= -LARGEST and max(values) <= LARGEST) or isnan(sum(values)):
        return None
    try:
        periods = calendar.parse_all(raw)
    except BadPeriod:
        return None
    if len(kinds) == 1 and 0 not in values:
        _share(values, kinds.pop())
    return Rows(periods, values, _NOTHING, notes, _NOTHING, _NOTHING)


def _taken_notes(values: list[Any]) -> dict[int, str] | None:
    """By row, the notes of values that have one, which are left bare; None where they are else."""
    notes: dict[int, str] = {}
    for row, value in enumerate(values):
        if value.__class__ is dict:
            if value.keys() != _NOTED or value["note"].__class__ is not str:
                return None
            values[row], notes[row] = value["value"], value["note"]
    return notes


def _read_pairs(raw: dict[str, Any], rows: list[Any], calendar: Calendar) -> Rows | None:
    """Rows of `{numerator, denominator}` and nothing else; None where anything is."""
    pairs: dict[int, Pair] = {}
    for number, row in enumerate(rows):
        if row.__class__ is not dict or row.keys() != _PAIRED:
            return None
        upper, lower = pairs[number] = (row["numerator"], row["denominator"])
        if not (is_number(upper) and is_number(lower)):
            return None
    try:
        periods = calendar.parse_all(raw)
    except BadPeriod:
        return None
    return Rows(periods, [None] * len(rows), pairs, _NOTHING, _NOTHING, _NOTHING)


def _share(values: list[Any], kind: type) -> None:
    """Make equal numbers one object: of many KPIs the figures repeat each other.

    1 and 1.0, 0.0 and -0.0 are equal and not the same, so mixed columns and zeros stay apart.
    """
    known = _FIGURES[kind]
    if len(known) > _MOST_FIGURES:
        known.clear()
    values[:] = map(known.setdefault, values, values)  # in place: a list grown takes double


def _read_row(rows: Rows, period: Period, name: str, raw: object) -> None:
    if not isinstance(raw, dict):
        value = datum_of(raw, name)
        rows.periods.append(period)
        rows.values.append(value)
        return
    faults = [unknown_key(key, ROW_KEYS).below(name) for key in raw if key not in ROW_KEYS]
    note = raw.get("note")
    if note is not None and not isinstance(note, str):
        faults.append(ShapeFault("K011", f"a note is a text, not {kind_of(note)}", (name, "note")))
    if ("numerator" in raw) != ("denominator" in raw):
        missing = "denominator" if "numerator" in raw else "numerator"
        faults.append(ShapeFault("K012", f"'{missing}' is missing", (name,), part="key"))
    elif "numerator" not in raw and "value" not in raw:
        faults.append(
            ShapeFault("K012", "'value' is missing", (name,), "write `value:`", part="key")
        )
    if faults:
        raise ShapeError(faults)
    rows.add(period, datum_of(raw.get("value"), name), pair=_pair(raw, name), note=note)


def _pair(raw: dict[str, Any], name: str) -> Pair | None:
    upper, lower = raw.get("numerator"), raw.get("denominator")
    if upper is None or lower is None:
        return None
    for value in (upper, lower):
        if not is_number(value):
            raise ShapeError([not_a_number(value, name)])
    return (upper, lower)


def datum_of(raw: object, name: str) -> Datum | None:
    """A number, true/false, a zone's name or None as written. Raises ShapeError K205."""
    if raw is None or isinstance(raw, str | bool):
        return raw
    if is_number(raw):
        return raw  # type: ignore[return-value]
    raise ShapeError([not_a_number(raw, name)])


def not_a_number(raw: object, name: str) -> ShapeFault:
    """K205 at the row's period."""
    shown = f"'{brief(raw)}'" if isinstance(raw, str) else brief(raw)
    is_large = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) > LARGEST
    what = kind_of(raw) if isinstance(raw, dict | list) else shown
    return ShapeFault(
        "K205",
        f"{what} is {'too large' if is_large else 'not a number'}",
        (name,),
        "write a plain number such as 1250.5, or null for a value known to be missing",
        "key",
    )


def _read_files(raw: object) -> tuple[tuple[FileSource, ...], list[ShapeFault]]:
    if not isinstance(raw, list):
        return (), [ShapeFault("K011", f"`files` needs a list, not {kind_of(raw)}", ("files",))]
    sources, faults = [], []
    for index, entry in enumerate(raw):
        try:
            sources.append(_read_file(entry))
        except ShapeError as error:
            faults += [fault.below("files", index) for fault in error.faults]
    return tuple(sources), faults


def _read_file(raw: object) -> FileSource:
    data = mapping_of(raw, FILE_KEYS, ("file", "period"))
    faults = [
        ShapeFault("K011", f"`{key}` is a text, not {kind_of(data[key])}", (key,))
        for key in FILE_KEYS[:-1]
        if key in data and not isinstance(data[key], str)
    ]
    where = data.get("where", {})
    if not isinstance(where, dict):
        faults.append(
            ShapeFault("K011", f"`where` needs columns, not {kind_of(where)}", ("where",))
        )
    if "value" not in data and not {"numerator", "denominator"} <= data.keys():
        faults.append(
            ShapeFault("K012", "'value' is missing", (), "name the column that holds the value")
        )
    if faults:
        raise ShapeError(faults)
    texts = {key: data[key] for key in FILE_KEYS[:-1] if key in data}
    return FileSource(**texts, where=tuple((k, str(v)) for k, v in where.items()))


__all__ = ["Actuals", "FileSource", "Pair", "Rows", "datum_of", "not_a_number", "read_actuals"]
