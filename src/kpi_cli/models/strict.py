"""Pydantic's models of the same fields: every fault at once with its place, and JSON Schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import EnumMeta
from types import ModuleType, UnionType
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from kpi_cli.models.declared import MISSING, Declared, InvalidRecord
from kpi_cli.models.declared import Field as Ours
from kpi_cli.models.fields import Whole
from kpi_cli.period import Calendar

_Record = TypeVar("_Record", bound=Declared)


class Strict(BaseModel):
    """A mapping with known keys; `ours` is the class its fields come from."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True
    )
    ours: ClassVar[type[Declared]]


_MADE: dict[type[Declared], type[Strict]] = {}


def examined(model: type[_Record], raw: object, calendar: Calendar) -> _Record:
    """The record Pydantic reads from a mapping. Raises InvalidRecord with every fault."""
    try:
        found = strict(model).model_validate(raw, context=calendar)
    except ValidationError as error:
        told: list[Any] = error.errors(include_url=False)
        raise InvalidRecord(str(error), told) from None
    return _record(model, found)


def strict(model: type[Declared]) -> type[Strict]:
    """Pydantic's model of a record's class; made once."""
    if model not in _MADE:
        _MADE[model] = _made(model)
    return _MADE[model]


def _made(model: type[Declared]) -> type[Strict]:
    base = type(
        model.__name__,
        (Strict,),
        {
            "__module__": __name__,
            "ours": model,
            "model_config": ConfigDict(json_schema_extra=model.schema_extra),
        },
    )
    fields: dict[str, Any] = {
        name: (_annotation(one.annotation), _field(one)) for name, one in model.model_fields.items()
    }
    with _without_plugins():
        return create_model(model.__name__, __base__=base, __doc__=model.__doc__, **fields)


def _field(one: Ours) -> Any:
    told: dict[str, Any] = {"alias": one.alias}
    if one.hidden:
        told |= {"exclude": True, "json_schema_extra": {"hidden": True}}
    if get_origin(one.annotation) is tuple or isinstance(one.annotation, EnumMeta):
        told["strict"] = False  # YAML has lists and texts for them
    if one.default_factory:
        told["default_factory"] = one.default_factory
    elif one.default is not MISSING:
        told["default"] = _default(one.default)
    return Field(**told)


def _default(value: Any) -> Any:
    if not isinstance(value, Declared):
        return value
    held = {name: _default(getattr(value, name)) for name in value.model_fields}
    return strict(type(value)).model_construct(**held)


def _annotation(written: Any) -> Any:
    """The same annotation in Pydantic's words."""
    origin, parts = get_origin(written), get_args(written)
    if origin is Annotated:
        marker = parts[1]
        if isinstance(marker, Whole):
            return Annotated[parts[0], Field(ge=marker.low, le=marker.high)]
        return written  # our own reader answers Pydantic itself
    if origin in (Union, UnionType):
        return Union[tuple(map(_annotation, parts))]  # noqa: UP007  # as many as there are
    if origin in (tuple, dict):
        return origin[tuple(map(_annotation, parts))]
    if isinstance(written, type) and issubclass(written, Declared):
        return strict(written)
    return written


def _record(model: type[_Record], found: BaseModel) -> _Record:
    """The record that Pydantic's model holds."""
    written = {name: _value(getattr(found, name)) for name in found.model_fields_set}
    fields = model.model_fields
    held = {name: value for name, value in written.items() if value is not fields[name].default}
    return model.made(held, list(written))


def _value(value: Any) -> Any:
    if isinstance(value, Strict):
        return _record(value.ours, value)
    if isinstance(value, dict):
        return {key: _value(one) for key, one in value.items()}
    return tuple(map(_value, value)) if type(value) is tuple else value


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
