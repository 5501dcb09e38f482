"""A field's value as somebody would type it: plain texts, numbers, lists and mappings."""

from __future__ import annotations

from datetime import date
from enum import Enum

from kpi_cli.frozen import field_names, is_dataclass
from kpi_cli.kinds import Target
from kpi_cli.models.fields import Link, Span
from kpi_cli.models.model import Model
from kpi_cli.models.record import Money
from kpi_cli.period import Period
from kpi_cli.quantity import show_quantity


def stated(value: object, unit: str | None = None) -> object:
    """The value in plain types; a target, a period and an amount in words."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Target):
        return value.text(unit)
    if isinstance(value, Period):
        return value.name
    if isinstance(value, Money):
        return show_quantity(value.amount, value.currency)
    if isinstance(value, Span):
        return value.name or f"{value.start} to {value.end}"
    if isinstance(value, Link):
        return _link(value)
    if isinstance(value, dict):
        return {str(key): stated(entry, unit) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [stated(entry, unit) for entry in value]
    return _fields(value, unit)


def _link(link: Link) -> object:
    if link.weight is None and link.counts:
        return link.target
    found: dict[str, object] = {"objective": link.target}
    if link.weight is not None:
        found["weight"] = link.weight
    if not link.counts:
        found["counts"] = False
    return found


def _fields(value: object, unit: str | None) -> object:
    """What is set in a record's part; what stands at its default is left out."""
    if isinstance(value, Model):
        return {
            (field.alias or name): stated(getattr(value, name), unit)
            for name, field in type(value).model_fields.items()
            if getattr(value, name) != field.default
        }
    if is_dataclass(type(value)):
        pairs = ((name, getattr(value, name)) for name in field_names(type(value)))
        return {name: stated(entry, unit) for name, entry in pairs if entry is not None}
    return str(value)


def plain_text(value: object, unit: str | None = None) -> str:
    """The same on one line: `a, b`, `from 2026-02-15, target 38`."""
    return line_of(stated(value, unit))


def line_of(plain: object) -> str:
    """A stated value on one line."""
    if plain is None:
        return "nothing"
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, float):
        return show_quantity(plain, None)
    if isinstance(plain, list):
        return ", ".join(line_of(entry) for entry in plain) or "nothing"
    if isinstance(plain, dict):
        return ", ".join(
            line_of(entry) if key == "text" else f"{key} {line_of(entry)}"
            for key, entry in plain.items()
        )
    return str(plain)
