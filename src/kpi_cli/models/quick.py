"""Records of the everyday kind, made without Pydantic several times faster.

A record is of that kind where all its keys are known, none is missing, and each value is one that
its field's own reader takes. `Quick` makes exactly those, from the very fields of the models, and
gives up (None) at anything else. Then Pydantic takes the record and says what is wrong with it, so
this module never reports anything. A differential fuzz test holds its records against Pydantic's
(`tests/plan/test_quick.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from kpi_cli.frozen import dataclass
from kpi_cli.models.fields import FieldReader
from kpi_cli.models.record import Lean, Record, shared_keys
from kpi_cli.period import Calendar

Reader = Callable[[Any], Any]
R = TypeVar("R", bound=Record)
_MOST_SHAPES = 4096

_new = object.__new__
_set_written = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


class _Odd(ValueError):
    """Something this reader leaves to Pydantic."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Records with the same keys: name, key and reader of each field, in the order of the keys.

    Of `spared` fields no record has to hold the default; those in `made` are made where unwritten.
    """

    steps: Sequence[tuple[str, str, Reader]]
    spared: Sequence[tuple[str, Any]]
    made: Sequence[tuple[str, Callable[[], Any]]]
    written: set[str]


class Quick:
    """Makes the records of one workspace; what is known of their fields is worked out once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._makers: dict[type[Lean], _Maker] = {}

    def record(self, model: type[R], identifier: str, raw: dict[str, Any]) -> R | None:
        """The record as Pydantic would make it; None where it is not plainly sound."""
        try:
            return self._maker(model).make(raw, identifier)  # type: ignore[return-value]
        except (ValueError, TypeError):
            return None

    def _maker(self, model: type[Lean]) -> _Maker:
        if model not in self._makers:
            self._makers[model] = _Maker(model, self._reader)
        return self._makers[model]

    def _reader(self, annotation: Any, metadata: Sequence[Any] = ()) -> Reader:
        """What reads a value of a field; one that refuses all where that is not known."""
        own = next((one for one in metadata if isinstance(one, FieldReader)), None)
        if own is not None:
            return own.bound(self._calendar)
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._reader(parts[0], parts[1:])
        if origin in (Union, UnionType) and len(parts) == 2 and parts[1] is NoneType:
            return self._reader(parts[0])  # which refuses null: it is rare
        if origin is tuple and parts[1:] == (...,):
            return partial(_many, self._reader(parts[0]))
        if origin is Literal:
            return _Words({word: word for word in parts}).__getitem__
        if isinstance(annotation, type) and issubclass(annotation, Lean):
            return self._maker(annotation).make
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return _Words({one.value: one for one in annotation}).__getitem__
        return _refuse


class _Maker:
    """Makes the records of one model."""

    def __init__(self, model: type[Lean], reader: Callable[[Any, Sequence[Any]], Reader]) -> None:
        self._model = model
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        written = {name: one for name, one in model.model_fields.items() if not one.exclude}
        self._names = {field.alias or name: name for name, field in written.items()}
        self._readers = {
            n: reader(field.annotation, field.metadata) for n, field in written.items()
        }
        self._needed = {name for name, field in written.items() if field.is_required()}
        self._made = {
            name: partial(field.get_default, call_default_factory=True)
            for name, field in written.items()
            if field.default_factory is not None
        }

    def make(self, raw: Any, identifier: str | None = None) -> Lean:
        """One of the model. Raises ValueError or TypeError where it is not plainly sound."""
        if raw.__class__ is not dict:
            raise _Odd
        keys = tuple(raw)
        shape = self._shapes.get(keys) or self._shape(keys, identifier is not None)
        made = _new(self._model)
        held = made.__dict__  # filled in place, so that all records of a model share its keys
        if identifier is not None:
            held["id"] = identifier
        for name, key, read in shape.steps:
            held[name] = read(raw[key])
        for name, default in shape.spared:
            if held[name] is default:
                del held[name]
        for name, new in shape.made:
            held[name] = new()
        _set_written(made, shape.written)
        _set_extra(made, None)
        _set_private(made, None)
        return made

    def _shape(self, keys: tuple[str, ...], named: bool) -> _Shape:
        names = [self._names[key] for key in keys if key in self._names]
        if len(names) < len(keys) or not self._needed.issubset(names):
            raise _Odd
        defaults = self._model.defaults
        shape = _Shape(
            [(name, key, self._readers[name]) for name, key in zip(names, keys, strict=True)],
            [(name, defaults[name]) for name in names if defaults.get(name) is not None],
            [(name, new) for name, new in self._made.items() if name not in names],
            shared_keys(frozenset([*names, "id"] if named else names)),
        )
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        self._shapes[keys] = shape
        return shape


class _Words(dict[str, Any]):
    """The words a field may hold, each with what it stands for."""

    def __missing__(self, _word: object) -> NoReturn:
        raise _Odd


def _many(read: Reader, raw: Any) -> Any:
    if raw.__class__ is not list:
        raise _Odd
    return tuple(map(read, raw))


def _refuse(_raw: Any) -> Any:
    raise _Odd
