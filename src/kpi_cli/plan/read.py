"""Documents -> records: each validated by itself, a faulty one left out with its diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kpi_cli.diagnostics import Diagnostic, Place, Related, Rewrite
from kpi_cli.frozen import replace
from kpi_cli.models import Config, Kpi, Record
from kpi_cli.models.declared import InvalidRecord
from kpi_cli.models.quick import Quick
from kpi_cli.models.record import id_fault
from kpi_cli.period import Calendar
from kpi_cli.plan.model import SECTIONS, Origins
from kpi_cli.plan.shape_errors import faults_of
from kpi_cli.shape import ShapeFault, kind_of, unknown_key
from kpi_cli.source import Document, Route
from kpi_cli.workspace import CONFIG

_NO_FIELD = frozenset({"id"})


class Reading:
    """What has been read so far; filled file by file, then frozen into a plan."""

    def __init__(self, config: Config, calendar: Calendar) -> None:
        self.config, self.calendar = config, calendar
        self.records: dict[str, dict[str, Record]] = {name: {} for name in SECTIONS}
        self.origins = Origins()
        self.broken: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self.quick = Quick(calendar)


def read_config(document: Document) -> tuple[Config, list[Diagnostic]]:
    """The settings; a faulty one is reported and falls back to its default."""
    diagnostics = list(source_diagnostics(CONFIG, document))
    data = document.data
    if data is None:
        return Config(), diagnostics
    if not isinstance(data, dict):
        message = f"the settings are a mapping of keys, not {kind_of(data)}"
        diagnostics.append(Diagnostic("K011", Place(CONFIG), message, help="write `version: 1`"))
        return Config(), diagnostics
    if "version" not in data:
        diagnostics.append(
            Diagnostic("K012", Place(CONFIG), "'version' is missing", help="add `version: 1`")
        )
    return _lenient_config(data, diagnostics), diagnostics


def _lenient_config(data: dict[str, Any], diagnostics: list[Diagnostic]) -> Config:
    """Leave out top-level settings at fault until the rest is sound; faults are said once."""
    calendar = Calendar()
    try:
        return Config.model_validate(data, context=calendar)
    except InvalidRecord as error:
        faults = list(faults_of(error, Config))
    diagnostics += [_at(fault, Place(CONFIG)) for fault in faults]
    bad = {fault.route[0] for fault in faults if fault.route}
    return Config.model_validate(
        {key: value for key, value in data.items() if key not in bad}, context=calendar
    )


def source_diagnostics(path: str, document: Document) -> Iterator[Diagnostic]:
    """The reader's faults as diagnostics of a file."""
    for fault in document.faults:
        related = tuple(Related(Place(path, mark=mark), text) for text, mark in fault.related)
        subject = str(fault.route[1]) if len(fault.route) > 1 else None
        yield Diagnostic(
            fault.code,
            Place(path, fault.route, mark=fault.mark),
            fault.message,
            subject,
            fault.help,
            related,
            drops=record_at(fault.route) is not None,
        )


def record_at(route: Route) -> tuple[str, str] | None:
    """Section and id of the record a fault spoils; a fault among its actuals spoils a row only."""
    if len(route) < 2 or not isinstance(route[1], str) or route[2:3] == ("actuals",):
        return None
    return str(route[0]), route[1]


def read_document(reading: Reading, path: str, document: Document) -> None:
    """Add one plan file to what has been read."""
    reading.diagnostics += source_diagnostics(path, document)
    reading.broken |= document.lost
    spoilt = {record_at(fault.route) for fault in document.faults} - {None}
    if document.data is None:
        return
    if not isinstance(document.data, dict):
        message = f"a plan file holds sections such as `kpis:`, not {kind_of(document.data)}"
        reading.diagnostics.append(Diagnostic("K011", Place(path), message))
        return
    if _is_foreign(document.data):
        reading.diagnostics.append(_foreign(path, document.data))
        return
    for section, body in document.data.items():
        place = Place(path, (section,))
        if section not in SECTIONS:
            reading.diagnostics.append(_at(unknown_key(section, SECTIONS), Place(path)))
            reading.broken.update(body if isinstance(body, dict) else ())
        elif isinstance(body, dict):
            for identifier, raw in body.items():
                sound = (section, identifier) not in spoilt
                _read_record(reading, place, identifier, raw, sound)
        elif body is not None:
            message = f"`{section}` holds records by id, not {kind_of(body)}"
            help_text = f"write `{section}:` and below it `my-id:` with its fields"
            reading.diagnostics.append(Diagnostic("K011", place, message, help=help_text))


def _is_foreign(data: dict[str, Any]) -> bool:
    """Whether a file is about something else: several keys, and no section among them."""
    return len(data) > 3 and not data.keys() & SECTIONS.keys()


def _foreign(path: str, data: dict[str, Any]) -> Diagnostic:
    """One fault for a whole file of another kind, instead of one for each of its keys."""
    first = next(iter(data))
    return Diagnostic(
        "K010",
        Place(path, (first,), "key"),
        f"this is no plan file: none of its {len(data)} keys is a section such as `kpis:`",
        help=f'leave it out with `exclude: ["{path}"]` in {CONFIG}, or put its records in sections',
    )


def _read_record(reading: Reading, within: Place, identifier: str, raw: Any, sound: bool) -> None:
    """`within` is the place of the section the record stands in."""
    section = str(within.route[0])
    problem = id_fault(identifier, section)
    if problem:
        help_text = "use a-z first, then a-z, 0-9, '.', '_' or '-', at most 80 characters"
        place = within.under(identifier).at_key()
        _drop(reading, Diagnostic("K013", place, problem, identifier, help_text), identifier)
        return
    if identifier in reading.origins:
        reading.diagnostics.append(_twice(reading, within.under(identifier), identifier))
        return
    reading.origins.note(identifier, within)
    record = _validate(reading, SECTIONS[section], identifier, raw, within)
    if record is None or not sound:
        reading.broken.add(identifier)
    else:
        reading.records[section][identifier] = record


def _twice(reading: Reading, place: Place, identifier: str) -> Diagnostic:
    related = Related(reading.origins[identifier].at_key(), f"'{identifier}' is first used here")
    message = f"the id '{identifier}' is used twice"
    help_text = "ids are unique over all kinds of records; give one of them another id"
    return Diagnostic(
        "K101", place.at_key(), message, identifier, help_text, (related,), None, True
    )


def _drop(reading: Reading, diagnostic: Diagnostic, identifier: str) -> None:
    reading.broken.add(identifier)
    reading.diagnostics.append(_dropping(diagnostic))


def _dropping(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, drops=True)


def _validate(
    reading: Reading, model: type[Record], identifier: str, raw: Any, within: Place
) -> Record | None:
    record = reading.quick.record(model, identifier, raw)
    if record is None:
        return _validate_with_care(reading, model, identifier, raw, within)
    if isinstance(record, Kpi):
        reading.diagnostics += _kpi_faults(record, within)
    return record


def _validate_with_care(
    reading: Reading, model: type[Record], identifier: str, raw: Any, within: Place
) -> Record | None:
    place = within.under(identifier)
    if not isinstance(raw, dict):
        message = f"'{identifier}' needs fields, not {kind_of(raw)}"
        reading.diagnostics.append(
            _dropping(Diagnostic("K011", place, message, identifier, _first_field(model)))
        )
        return None
    faults = [unknown_key(key, _keys(model)) for key in _NO_FIELD & raw.keys()]
    record = None
    try:
        record = model.examined(raw | {"id": identifier}, reading.calendar)
    except InvalidRecord as error:
        faults += faults_of(error, model)
    reading.diagnostics += [_dropping(_at(fault, place, identifier)) for fault in faults]
    if isinstance(record, Kpi):
        reading.diagnostics += _kpi_faults(record, within)
    return None if faults else record


def _kpi_faults(kpi: Kpi, within: Place) -> list[Diagnostic]:
    """What is wrong with a KPI that stays in the plan: some rows, or its pace."""
    rows, pace = kpi.actuals.faults, _pace_faults(kpi)
    if not rows and not pace:
        return []
    place = within.under(kpi.id)
    actuals = place.under("actuals")
    return [
        *(_at(fault, actuals, kpi.id) for fault in rows),
        *(_at(fault, place, kpi.id) for fault in pace),
    ]


def _pace_faults(kpi: Kpi) -> list[ShapeFault]:
    """A geometric pace needs a baseline and a target above zero; without, it is linear."""
    if kpi.pace != "geometric" or kpi.baseline is None or kpi.is_total:
        return []
    number = kpi.target.number(kpi.baseline.value) if kpi.target else None
    if kpi.baseline.value > 0 and (number is None or number > 0):
        return []
    message = "a geometric pace needs a baseline and a target above 0; the pace is linear here"
    return [ShapeFault("K015", message, ("pace",), "write `pace: linear`, or leave it out")]


def _keys(model: type[Record]) -> list[str]:
    return [f.alias or name for name, f in model.model_fields.items() if not f.hidden]


def _first_field(model: type[Record]) -> str:
    return f"write at least `{next(iter(_keys(model)))}:` below it"


def _at(fault: ShapeFault, place: Place, subject: str | None = None) -> Diagnostic:
    """A fault below a place; one of a whole record stands at its id."""
    where = place.under(*fault.route)
    whole = not fault.route and fault.code == "K012"
    if fault.part == "key" or whole:
        where = where.at_key()
    fix = Rewrite(where, fault.fix) if fault.fix else None
    return Diagnostic(fault.code, where, fault.message, subject, fault.help, fix=fix)


def known_fields(sections: Mapping[str, type[Record]] = SECTIONS) -> dict[str, list[str]]:
    """The keys of each section's records, in the order of the format."""
    return {name: _keys(model) for name, model in sections.items()}
