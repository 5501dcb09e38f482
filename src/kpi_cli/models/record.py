"""The base of every record, and the words more than one kind of record uses."""

import re
from typing import Annotated, Any, ClassVar, Literal

from kpi_cli.models.declared import field
from kpi_cli.models.fields import Day, Number, Reference, Share, Text, field_of
from kpi_cli.models.model import Model
from kpi_cli.quantity import is_number
from kpi_cli.shape import ShapeError, ShapeFault, fail, kind_of, mapping_of, number_of

ID = re.compile(r"[a-z][a-z0-9._-]{0,79}", re.ASCII)
ID_OR_DIGIT = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
RESERVED_IDS = frozenset({"min", "max"})

DeclaredStatus = Literal["on_track", "at_risk", "off_track"]
Cause = Literal[
    "resource", "dependency", "clarity", "priority", "quality", "process", "capacity", "external"
]


class Record(Model):
    """One entry of a plan file. `id` is its key, given by the loader, never written inside."""

    section: ClassVar[str]
    id: str = field(hidden=True)

    @property
    def label(self) -> str:
        """What people call it."""
        return self.id


def id_fault(identifier: str, section: str) -> str | None:
    """Why a text is no id, or None."""
    if identifier in RESERVED_IDS:
        return f"'{identifier}' is a word of formulas and cannot be an id"
    digit_first = section in ("reviews", "recognitions")
    if (ID_OR_DIGIT if digit_first else ID).fullmatch(identifier):
        return None
    if len(identifier) > 80:
        return f"an id has at most 80 characters, this one has {len(identifier)}"
    return f"'{identifier}' is not an id"


class CheckIn(Model):
    """The owner's word on a day."""

    on: Day
    by: Reference | None = None
    status: DeclaredStatus | None = None
    confidence: Share | None = None
    note: Text | None = None
    cause: Cause | None = None


class Ignore(Model):
    """A finding set aside in the record itself, with its reason.

    The reason is mandatory; without one the ignore is a fault of its own (X902), not the record.
    """

    schema_extra: ClassVar[dict[str, Any]] = {"required": ["code", "reason"]}

    code: Text
    reason: Text | None = None
    until: Day | None = None


class Money(Model):
    """An amount with its ISO currency, where one is written."""

    amount: float
    currency: str | None = None


_MONEY = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s+([A-Z]{3}))?", re.ASCII)


def read_money(raw: object) -> Money:
    """`120000 USD` or a bare number. Raises ShapeError K011 or K015."""
    if is_number(raw):
        return Money(amount=float(number_of(raw)))
    if not isinstance(raw, str):
        raise fail("K011", f"an amount is needed here, not {kind_of(raw)}", help="write 120000 USD")
    match = _MONEY.fullmatch(raw.strip())
    if not match:
        raise fail("K015", f"'{raw}' is not an amount", help="write it as 120000 USD")
    return Money(amount=float(match[1]), currency=match[2])


def read_people_days(raw: object) -> float | dict[str, float]:
    """Days in all, or days by person's id. Raises ShapeError."""
    if not isinstance(raw, dict):
        return number_of(raw)
    faults: list[ShapeFault] = []
    for person, days in raw.items():
        try:
            number_of(days, (person,))
        except ShapeError as error:
            faults += error.faults
    if faults:
        raise ShapeError(faults)
    return dict(mapping_of(raw, raw))


_MONEY_SCHEMA = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^-?\d+(\.\d+)?( [A-Z]{3})?$", "examples": ["120000 USD"]},
    ]
}
_DAYS_SCHEMA = {
    "anyOf": [
        {"type": "number"},
        {"type": "object", "additionalProperties": {"type": "number"}},
    ]
}
Amount = Annotated[Money, field_of(read_money, _MONEY_SCHEMA)]
PeopleDays = Annotated[float | dict[str, float], field_of(read_people_days, _DAYS_SCHEMA)]


class Resources(Model):
    """What an objective is given and what of it is used."""

    budget: Amount | None = None
    spent: Amount | None = None
    people_days: PeopleDays | None = None


class Collection(Model):
    """What it costs to collect a KPI."""

    days_per_year: Number | None = None
