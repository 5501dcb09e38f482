"""The base of every record, and the words more than one kind of record uses."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from kpi_cli.models.fields import Day, Number, Reference, Share, Text, field_of
from kpi_cli.quantity import is_number
from kpi_cli.shape import ShapeError, ShapeFault, fail, kind_of, mapping_of, number_of

ID = re.compile(r"[a-z][a-z0-9._-]{0,79}", re.ASCII)
ID_OR_DIGIT = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
RESERVED_IDS = frozenset({"min", "max"})

DeclaredStatus = Literal["on_track", "at_risk", "off_track"]
Cause = Literal[
    "resource", "dependency", "clarity", "priority", "quality", "process", "capacity", "external"
]


class Model(BaseModel):
    """A mapping with known keys, read once and never changed; built when first validated."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True, defer_build=True
    )

    @classmethod
    def model_rebuild(cls, **settings: Any) -> bool | None:
        """Build the validator."""
        with _without_plugins():
            return super().model_rebuild(**settings)


@lru_cache(maxsize=4096)
def shared_keys(keys: frozenset[str]) -> set[str]:
    """One set for all records with the same keys; never changed, as a copied model copies it."""
    return set(keys)


@contextmanager
def _without_plugins() -> Iterator[None]:
    """Pydantic without its search for plugins, which reads about every package installed.

    That, and importing what it needs, takes longer than building all our models. Where Pydantic
    looks for them in another place one day, this does nothing.
    """
    name = "pydantic.plugin._loader"
    stand_in = ModuleType(name)
    vars(stand_in)["get_plugins"] = tuple
    ours = sys.modules.setdefault(name, stand_in) is stand_in
    try:
        yield
    finally:
        if ours:
            del sys.modules[name]


class Lean(Model):
    """A mapping of which there are many: it holds only what differs from the defaults."""

    defaults: ClassVar[dict[str, Any]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **_settings: Any) -> None:
        """Let the class answer for what a record does not say, so that none has to hold it."""
        cls.defaults = {
            name: field.default
            for name, field in cls.model_fields.items()
            if not field.is_required() and field.default_factory is None
        }
        for name, default in cls.defaults.items():
            setattr(cls, name, default)

    def model_post_init(self, context: Any, /) -> None:
        """Hold what differs from the defaults: most of the many fields of a record are empty.

        The set of the keys that were written takes more room than all figures of a KPI: it is
        shared.
        """
        written = shared_keys(frozenset(self.__pydantic_fields_set__))
        object.__setattr__(self, "__pydantic_fields_set__", written)
        defaults = self.defaults
        held = {
            name: value
            for name, value in self.__dict__.items()
            if name not in defaults or value is not defaults[name]
        }
        object.__setattr__(self, "__dict__", held)


class Record(Lean):
    """One entry of a plan file. `id` is its key, given by the loader, never written inside."""

    section: ClassVar[str]
    id: str = Field(exclude=True, json_schema_extra={"hidden": True})

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


class CheckIn(Lean):
    """The owner's word on a day."""

    on: Day
    by: Reference | None = None
    status: DeclaredStatus | None = None
    confidence: Share | None = None
    note: Text | None = None
    cause: Cause | None = None


class Ignore(Lean):
    """A finding set aside in the record itself, with its reason.

    The reason is mandatory; without one the ignore is a fault of its own (X902), not the record.
    """

    model_config = ConfigDict(json_schema_extra={"required": ["code", "reason"]})

    code: Text
    reason: Text | None = None
    until: Day | None = None


class Money(Lean):
    """An amount with its ISO currency, where one is written."""

    amount: float
    currency: str | None = None


_MONEY = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s+([A-Z]{3}))?", re.ASCII)


def read_money(raw: object) -> Money:
    """`120000 USD` or a bare number. Raises ShapeError K011 or K015."""
    if is_number(raw):
        return Money(amount=number_of(raw))
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


class Resources(Lean):
    """What an objective is given and what of it is used."""

    budget: Amount | None = None
    spent: Amount | None = None
    people_days: PeopleDays | None = None


class Collection(Lean):
    """What it costs to collect a KPI."""

    days_per_year: Number | None = None
