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
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin

from kpi_cli.frozen import dataclass
from kpi_cli.models.declared import Declared, shared_keys
from kpi_cli.models.fields import FieldReader, Whole
from kpi_cli.period import Calendar

Reader = Callable[[Any], Any]
R = TypeVar("R", bound=Declared)
_MOST_SHAPES = 4096

_new = object.__new__
_set_written = Declared.__dict__["model_fields_set"].__set__


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
    written: frozenset[str]


class Quick:
    """Makes the records of one workspace; what is known of their fields is worked out once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._makers: dict[type[Declared], _Maker] = {}

    def record(self, model: type[R], identifier: str, raw: Any) -> R | None:
        """The record as Pydantic would make it; None where it is not plainly sound."""
        return self._made(model, raw, identifier)

    def made(self, model: type[R], raw: Any) -> R | None:
        """The same of a mapping that holds the id itself, where there is one."""
        if not isinstance(raw, dict) or "id" not in raw or "id" not in model.model_fields:
            return self._made(model, raw, None)
        identifier = raw["id"]
        if identifier.__class__ is not str:
            return None
        return self._made(model, {k: v for k, v in raw.items() if k != "id"}, identifier)

    def _made(self, model: type[R], raw: Any, identifier: str | None) -> R | None:
        try:
            return self._maker(model).make(raw, identifier)  # type: ignore[return-value]
        except (ValueError, TypeError):
            return None

    def _maker(self, model: type[Declared]) -> _Maker:
        if model not in self._makers:
            self._makers[model] = _Maker(model, self._reader)
        return self._makers[model]

    def _reader(self, annotation: Any) -> Reader:
        """What reads a value of a field. Raises TypeError where that is not known."""
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            marker: FieldReader | Whole = parts[1]
            return marker.bound(self._calendar)
        if origin in (Union, UnionType) and len(parts) == 2 and parts[1] is NoneType:
            return self._reader(parts[0])  # null is rare: `make` sees to it
        if origin is tuple and parts[1:] == (...,):
            return partial(_many, self._reader(parts[0]))
        if origin is dict and parts[0] is str:
            return partial(_by_text, self._reader(parts[1]))
        if origin is Literal:
            return _Words({word: word for word in parts}).__getitem__
        if isinstance(annotation, type) and issubclass(annotation, Declared):
            return self._maker(annotation).make
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return _Words({one.value: one for one in annotation}).__getitem__
        if annotation in (str, float):
            return partial(_just, annotation)
        raise TypeError(f"no field is {annotation}")


class _Maker:
    """Makes the records of one model."""

    def __init__(self, model: type[Declared], reader: Callable[[Any], Reader]) -> None:
        self._model = model
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        written = {name: one for name, one in model.model_fields.items() if not one.hidden}
        self._names = {field.alias or name: name for name, field in written.items()}
        self._reader = reader
        self._readers: dict[str, Reader] = {}
        self._needed = {name for name, field in written.items() if field.required}
        self._made = {
            name: field.default_factory
            for name, field in written.items()
            if field.default_factory is not None
        }

    def make(self, raw: Any, identifier: str | None = None) -> Declared:
        """One of the model. Raises ValueError or TypeError where it is not plainly sound."""
        if raw.__class__ is not dict:
            if raw.__class__ is self._model:
                return raw
            raise _Odd
        try:
            return self._make(raw, identifier)
        except (ValueError, TypeError):
            nulls = [key for key, value in raw.items() if value is None and self._may_be_null(key)]
            if not nulls:
                raise
        made = self._make({k: v for k, v in raw.items() if k not in nulls}, identifier)
        names = [self._names[key] for key in nulls]
        _set_written(made, shared_keys(made.model_fields_set.union(names)))
        return made

    def _make(self, raw: dict[str, Any], identifier: str | None) -> Declared:
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
        return made

    def _may_be_null(self, key: str) -> bool:
        """Whether null says the same as nothing."""
        return key in self._names and self._model.defaults.get(self._names[key], 0) is None

    def _read(self, name: str) -> Reader:
        """The reader of a field, worked out when the field is first met."""
        if name not in self._readers:
            self._readers[name] = self._reader(self._model.model_fields[name].annotation)
        return self._readers[name]

    def _shape(self, keys: tuple[str, ...], named: bool) -> _Shape:
        names = [self._names[key] for key in keys if key in self._names]
        if len(names) < len(keys) or not self._needed.issubset(names):
            raise _Odd
        defaults = self._model.defaults
        shape = _Shape(
            [(name, key, self._read(name)) for name, key in zip(names, keys, strict=True)],
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
    if raw.__class__ is not list and raw.__class__ is not tuple:
        raise _Odd
    return tuple(map(read, raw))


def _by_text(read: Reader, raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise _Odd
    return {_just(str, key): read(value) for key, value in raw.items()}


def _just(kind: type, raw: Any) -> Any:
    if raw.__class__ is not kind:
        raise _Odd
    return raw


@cache
def plain() -> Quick:
    """What makes records where no workspace is at hand."""
    return Quick(Calendar())
