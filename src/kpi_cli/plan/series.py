"""Each KPI's rows from all its sources -> one series: sorted, one value a period, faults said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import fsum

from kpi_cli.diagnostics import Diagnostic, Place, Related
from kpi_cli.frozen import dataclass
from kpi_cli.kinds import Target
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.zones import Zones
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.period import Calendar, Period
from kpi_cli.quantity import PERCENT, is_number
from kpi_cli.shape import brief, did_you_mean

Key = tuple[date, date, str]
_NUMERIC = frozenset({int, float, type(None)})


@dataclass(frozen=True, slots=True)
class Assembled:
    """A KPI's clean series (whole KPI), its segments' series, and what was wrong with rows."""

    whole: Rows
    segments: Mapping[str, Rows]
    faults: tuple[Diagnostic, ...]


def row_place(rows: Rows, row: int, record: Place) -> Place:
    """Where a row stands: in its CSV file, or in the record under its period."""
    stated = rows.places.get(row)
    return stated or record.under("actuals", rows.periods[row].name).at_key()


def assemble(kpi: Kpi, rows: Rows, record: Place, calendar: Calendar) -> Assembled:
    """Drop faulty rows (each with a diagnostic), order the rest, add up segments."""
    whole = clean(kpi, rows, calendar)
    if whole is not None:
        return Assembled(whole, {}, ())
    takes = _Takes(kpi)
    faults: list[Diagnostic] = []
    kept: list[int] = []
    seen: dict[Key, int] = {}
    for row, period in enumerate(rows.periods):
        key = (period.start, period.end, rows.segments.get(row, ""))
        problem = _fit(kpi, period, calendar) or takes.problem(rows.values[row])
        if problem:
            code, message, help_text = problem
            place = row_place(rows, row, record)
            faults.append(Diagnostic(code, place, message, kpi.id, help_text))
        elif key in seen:
            faults.append(_twice(kpi, rows, row, seen[key], record))
        else:
            seen[key] = row
            kept.append(row)
    kept.sort(key=lambda row: (rows.periods[row].end, rows.periods[row].start))
    untouched = kept == list(range(len(rows))) and not rows.pairs
    ordered = rows if untouched else rows.chosen(kept)
    _fill_pairs(kpi, ordered)
    if not ordered.segments:
        return Assembled(ordered, {}, tuple(faults))
    return Assembled(_whole(kpi, ordered), _segments(ordered), tuple(faults))


def clean(kpi: Kpi, rows: Rows, calendar: Calendar) -> Rows | None:
    """The series of rows that need nothing but the quotients of their pairs; None for others."""
    if not (_takes_numbers(kpi) and _is_clean(kpi, rows, calendar)):
        return None
    return _with_quotients(kpi, rows) if rows.pairs else rows


def _takes_numbers(kpi: Kpi) -> bool:
    """Whether one of the KPI's target forms takes numbers; without a target they are taken too."""
    if not kpi.target_changes:
        return (Target if kpi.target is None else kpi.target).takes == "number"
    return "number" in _Takes(kpi).kinds


def _is_clean(kpi: Kpi, rows: Rows, calendar: Calendar) -> bool:
    """Whether the rows are plain numbers (or none), one a period, in order."""
    if rows.segments or not _NUMERIC.issuperset(map(type, rows.values)):
        return False
    return calendar.is_series(rows.periods, kpi.frequency)


def _fit(kpi: Kpi, period: Period, calendar: Calendar) -> tuple[str, str, str] | None:
    if calendar.fits(period, kpi.frequency):
        return None
    example = calendar.name_of(kpi.frequency, period.start)
    return (
        "K202",
        f"{period.name} is not a period of a {kpi.frequency} KPI",
        f"write {example} (or a date), or change `frequency`",
    )


def _twice(kpi: Kpi, rows: Rows, row: int, first: int, record: Place) -> Diagnostic:
    name = rows.periods[row].name
    segment = rows.segments.get(row)
    of = f" of segment '{brief(segment)}'" if segment else ""
    return Diagnostic(
        "K201",
        row_place(rows, row, record),
        f"{name}{of} is given twice",
        kpi.id,
        "keep the right one of the two",
        (Related(row_place(rows, first, record), "first given here"),),
    )


class _Takes:
    """Which actuals the KPI's target forms understand."""

    def __init__(self, kpi: Kpi) -> None:
        targets = kpi.targets()
        self.kinds = {target.takes for target in targets} or {Target.takes}
        self.zones = [
            name for target in targets if isinstance(target, Zones) for name, _ in target.scores
        ]

    def problem(self, value: Datum | None) -> tuple[str, str, str] | None:
        """Code, message and help for a value that fits no form; None where it fits."""
        if isinstance(value, bool):
            if "boolean" in self.kinds:
                return None
            return "K205", f"{str(value).lower()} is not a number", self.help()
        if isinstance(value, str):
            if value in self.zones:
                return None
            if "zone" in self.kinds:
                near = did_you_mean(value, self.zones)
                listed = f"the zones are {', '.join(self.zones)}"
                return "K015", f"'{brief(value)}' is not a zone of this KPI", near or listed
            return "K205", f"'{brief(value)}' is not a number", self.help()
        if value is None or self.kinds & {"number", "nothing"}:
            return None
        return "K015", f"{brief(value)} does not fit this KPI's target", self.help()

    def help(self) -> str:
        """What to write instead."""
        if "boolean" in self.kinds:
            return "write true or false"
        if "zone" in self.kinds:
            return f"write one of {', '.join(self.zones)}"
        return "write a plain number such as 1250.5, or null for a value known to be missing"


def value_fault(kpi: Kpi, value: Datum | None) -> tuple[str, str, str] | None:
    """Code, message and help for an actual that fits none of the KPI's targets, else None."""
    return _Takes(kpi).problem(value)


def _with_quotients(kpi: Kpi, rows: Rows) -> Rows:
    """The same rows with the quotients of their pairs; what was read stays as it is."""
    filled = Rows(rows.periods, list(rows.values), rows.pairs, rows.notes, {}, rows.places)
    _fill_pairs(kpi, filled)
    return filled


def _fill_pairs(kpi: Kpi, rows: Rows) -> None:
    """A numerator/denominator pair without a value is that period's quotient (x 100 for %)."""
    for row, pair in rows.pairs.items():
        if rows.values[row] is None:
            rows.values[row] = quotient(pair[0], pair[1], kpi.unit)


def quotient(numerator: float, denominator: float, unit: str | None) -> float | None:
    """numerator / denominator, x 100 where the unit is %; None where that is no number."""
    if denominator == 0:
        return None
    share = numerator * (100 if unit == PERCENT else 1) / denominator
    return share if is_number(share) else None


def _segments(rows: Rows) -> dict[str, Rows]:
    names = dict.fromkeys(rows.segments.values())
    return {
        name: rows.chosen([row for row in range(len(rows)) if rows.segments.get(row) == name])
        for name in sorted(names)
    }


def _whole(kpi: Kpi, rows: Rows) -> Rows:
    """One row a period: the row without a segment where there is one, else its segments."""
    whole = Rows()
    for period, group in _groups(rows):
        total = [row for row in group if row not in rows.segments]
        if total:
            whole.extend(rows.chosen(total))
            continue
        pair, value = _aggregate(kpi, rows, group)
        notes = (f"{rows.segments[row]}: {rows.notes[row]}" for row in group if row in rows.notes)
        note = "; ".join(notes) or None
        whole.add(period, value, pair=pair, note=note, place=rows.places.get(group[0]))
    return whole


def _groups(rows: Rows) -> Iterator[tuple[Period, list[int]]]:
    groups: dict[Period, list[int]] = {}
    for row, period in enumerate(rows.periods):
        groups.setdefault(period, []).append(row)
    yield from groups.items()


def _aggregate(
    kpi: Kpi, rows: Rows, group: list[int]
) -> tuple[tuple[float, float] | None, Datum | None]:
    """Pairs add up to one pair; counts add up; a rate without its parts has no honest total."""
    pairs = [rows.pairs[row] for row in group if row in rows.pairs]
    if len(pairs) == len(group):
        upper, lower = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
        return (upper, lower), quotient(upper, lower, kpi.unit)
    numbers = [v for row in group if isinstance(v := rows.values[row], int | float)]
    if not numbers or kpi.aggregation in ("ratio", "mean"):
        return None, None
    if kpi.aggregation in ("min", "max"):
        return None, min(numbers) if kpi.aggregation == "min" else max(numbers)
    return None, None if kpi.unit == PERCENT else added(numbers)


def added(numbers: list[float]) -> float:
    """Whole numbers stay whole; the rest is added without drift."""
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    return fsum(numbers)
