"""Where a KPI's actuals live: in its record, in a long CSV file, or in a table it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kpi_cli.edit.become import become
from kpi_cli.edit.csv_rows import CsvDraft
from kpi_cli.edit.draft import Draft
from kpi_cli.edit.entries import Entry, typed
from kpi_cli.edit.files import Files
from kpi_cli.edit.judged import Judged
from kpi_cli.edit.mapping import put
from kpi_cli.edit.order import sections
from kpi_cli.edit.slices import in_record
from kpi_cli.edit.sorting import date_key, in_date_order, in_key_order, period_or_none
from kpi_cli.edit.verify import proved
from kpi_cli.errors import CannotRun
from kpi_cli.models.series import FileSource
from kpi_cli.period import Calendar
from kpi_cli.source import Route


@dataclass(frozen=True)
class PlanFile:
    """A plan file being edited."""

    draft: Draft

    def proved(self) -> bytes:
        """The bytes to write. Raises CannotEdit."""
        return proved(self.draft)


class Home(Protocol):
    """A place that takes actuals of one KPI."""

    @property
    def path(self) -> str:
        """Its file."""

    def open(self, files: Files) -> Any:
        """The file, ready to be edited."""

    def put(self, draft: Any, entry: Entry) -> Any:
        """The file with one more actual, or another value for one."""


def home_of(files: Files, kpi: str, judged: Judged) -> Home:
    """Where the KPI's latest actual stands; its record where it has none. Raises CannotRun."""
    path, _ = files.place(kpi)
    calendar = judged.loaded.plan.calendar
    rows = judged.rows(kpi)
    last = rows.places.get(len(rows) - 1) if len(rows) else None
    record = judged.kpi(kpi)
    sources = record.actuals.files if record else ()
    where = last.path if last else None
    if where is None and (len(rows) or not sources):
        return Inline(path, kpi, calendar)
    if kpi in judged.loaded.segments:
        raise CannotRun(
            f"'{kpi}' is recorded by segment in {where}, and its total is their sum",
            help="add a row for each segment to that file",
        )
    source = next((s for s in sources if where in (s.file, None)), None)
    if source is not None:
        return InTable(source.file, kpi, calendar, source)
    return Long(str(where), kpi, calendar)


@dataclass(frozen=True, slots=True)
class Inline:
    """The KPI's own record."""

    path: str
    kpi: str
    calendar: Calendar

    def open(self, files: Files) -> PlanFile:
        return PlanFile(files.draft(self.path))

    def put(self, draft: PlanFile, entry: Entry) -> PlanFile:
        return PlanFile(
            in_record(draft.draft, "kpis", self.kpi, lambda d, route: self._in(d, route, entry))
        )

    def _in(self, draft: Draft, route: Route, entry: Entry) -> Draft:
        record = draft.value(route)
        actuals = (*route, "actuals")
        value = _as_yaml(entry)
        if not isinstance(record.get("actuals"), dict) or not record["actuals"]:
            if "actuals" in record:
                return put(draft, actuals, entry.period, value)
            order = in_key_order(sections()["kpis"], "actuals")
            return put(draft, route, "actuals", {entry.period: value}, order, over_lines=True)
        known = self._same_period(record["actuals"], entry)
        if known is not None:
            place = (*actuals, known)
            return become(draft, place, _restated(record["actuals"][known], value))
        order = in_date_order(self.calendar, entry.period)
        return put(draft, actuals, entry.period, value, order)

    def _same_period(self, actuals: dict[str, Any], entry: Entry) -> str | None:
        period = self.calendar.parse(entry.period)
        for name in actuals:
            if (found := period_or_none(self.calendar, name)) and found == period:
                return name
        return None


def _as_yaml(entry: Entry) -> Any:
    value: dict[str, Any] = {}
    if entry.value:
        datum = entry.datum()
        is_number = isinstance(datum, int | float) and not isinstance(datum, bool)
        value["value"] = typed(entry.value) if is_number else datum
    if entry.has_pair:
        value["numerator"] = typed(entry.numerator)
        value["denominator"] = typed(entry.denominator)
    if entry.note:
        value["note"] = entry.note
    return value["value"] if value.keys() == {"value"} else value


def _restated(old: Any, value: Any) -> Any:
    """The new value in the shape of the old one, where it had a note or a pair before."""
    if not isinstance(old, dict):
        return value
    new = value if isinstance(value, dict) else {"value": value}
    note = joined_notes(old.get("note"), new.get("note"))
    return {**{k: new[k] for k in old if k in new}, **new, **({"note": note} if note else {})}


def joined_notes(old: object, new: object) -> str:
    """What was known before stays beside the reason of the correction."""
    notes = [note for note in (old, new) if isinstance(note, str) and note.strip()]
    return "; ".join(dict.fromkeys(notes))


@dataclass(frozen=True, slots=True)
class Long:
    """A long CSV file of the workspace."""

    path: str
    kpi: str
    calendar: Calendar

    def open(self, files: Files) -> CsvDraft:
        return files.table(self.path)

    def put(self, draft: CsvDraft, entry: Entry) -> CsvDraft:
        cells = {n: text for n, text in _cells(entry).items() if text or n in draft.header}
        values = {"kpi": self.kpi, "period": entry.period, **cells}
        kpi = draft.column("kpi")
        mine = [at for at, row in enumerate(draft.rows) if at and row.value(kpi) == self.kpi]
        return _placed(draft, self.calendar, mine, draft.column("period"), entry, values, "note")


@dataclass(frozen=True, slots=True)
class InTable:
    """A table that the KPI's `actuals.files` names, with its own names of columns."""

    path: str
    kpi: str
    calendar: Calendar
    source: FileSource

    def open(self, files: Files) -> CsvDraft:
        return files.table(self.path)

    def put(self, draft: CsvDraft, entry: Entry) -> CsvDraft:
        values = dict(self.source.where)
        values[self.source.period] = entry.period
        for name, text in _cells(entry).items():
            column = getattr(self.source, name)
            if column is None and text:
                raise CannotRun(
                    f"'{self.kpi}' reads no {name} from {self.path}",
                    help=f"name its column as `{name}:` under `actuals: files:`",
                )
            if column is not None:
                values[column] = text
        where = [(draft.column(name), text) for name, text in self.source.where]
        mine = [
            at
            for at, row in enumerate(draft.rows)
            if at and all(row.value(column) == text for column, text in where)
        ]
        period = draft.column(self.source.period)
        return _placed(draft, self.calendar, mine, period, entry, values, self.source.note or "")


def _cells(entry: Entry) -> dict[str, str]:
    """What the figure's cells hold, empty ones too; a note only where one is given."""
    cells = {"value": "" if entry.value in ("null", "~") else entry.value}
    cells |= {"numerator": entry.numerator, "denominator": entry.denominator}
    return cells | ({"note": entry.note} if entry.note else {})


def _placed(
    draft: CsvDraft,
    calendar: Calendar,
    mine: Sequence[int],
    column: int,
    entry: Entry,
    values: dict[str, str],
    note_column: str,
) -> CsvDraft:
    """Over the row of the same period, else as a new row in date order among the KPI's own."""
    new = calendar.parse(entry.period)
    dated = [
        (at, found)
        for at in mine
        if (found := period_or_none(calendar, draft.rows[at].value(column)))
    ]
    same = next((at for at, found in dated if found == new), None)
    if same is not None:
        row = draft.rows[same]
        note = draft.column(note_column)
        if note_column in values and note >= 0:
            values = {**values, note_column: joined_notes(row.value(note), values[note_column])}
        return draft.set(same, {**values, draft.header[column]: row.cells[column].value})
    earlier = [at for at, found in dated if date_key(found) < date_key(new)]
    if earlier:
        return draft.insert(earlier[-1] + 1, values)
    later = [at for at, _ in dated]
    return draft.insert(later[0] if later else len(draft.rows), values)
