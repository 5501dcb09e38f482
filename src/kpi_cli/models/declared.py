"""How a record's class declares its fields, and what its objects hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Self, dataclass_transform, get_origin

MISSING: Any = object()
"""The default of a field that has none."""
_CLASS_VAR: object = ClassVar


class Field:
    """One key of a mapping; `hidden` is given by the loader and never written inside."""

    __slots__ = ("alias", "annotation", "default", "default_factory", "hidden")

    def __init__(
        self, default: Any, default_factory: Callable[[], Any] | None, alias: str | None,
        hidden: bool,
    ) -> None:  # fmt: skip
        self.default, self.default_factory = default, default_factory
        self.alias, self.hidden = alias, hidden
        self.annotation: Any = None

    @property
    def required(self) -> bool:
        """Whether a record without it is none."""
        return self.default is MISSING and self.default_factory is None


def field(
    *,
    default: Any = MISSING,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    hidden: bool = False,
) -> Any:
    """A field that needs more said of it than its default."""
    return Field(default, default_factory, alias, hidden)


class InvalidRecord(ValueError):
    """A mapping with faults; `errors` are Pydantic's, each with its place."""

    def __init__(self, message: str, errors: list[dict[str, Any]]) -> None:
        super().__init__(message)
        self.errors = errors


@lru_cache(maxsize=4096)
def shared_keys(names: frozenset[str]) -> frozenset[str]:
    """One set for all records with the same keys: it takes more room than a KPI's figures."""
    return names


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Declared:
    """A mapping with known keys, read once and never changed.

    It holds only what differs from the defaults, for which its class answers: most of the many
    fields of a record are empty. `model_fields_set` names those that were written.
    """

    __slots__ = ("model_fields_set",)

    model_fields: ClassVar[dict[str, Field]] = {}
    schema_extra: ClassVar[dict[str, Any]] = {}
    defaults: ClassVar[dict[str, Any]] = {}
    model_fields_set: frozenset[str]

    def __init_subclass__(cls) -> None:
        """Note the fields, and let the class answer for what a record does not say."""
        found = dict(cls.model_fields)
        annotations: dict[str, Any] = cls.__annotations__
        for name, annotation in annotations.items():
            if get_origin(annotation) is _CLASS_VAR:
                continue
            given = cls.__dict__.get(name, MISSING)
            one = given if isinstance(given, Field) else Field(given, None, None, False)
            one.annotation = annotation
            found[name] = one
            if one.default is not MISSING:
                setattr(cls, name, one.default)
            elif one is given:
                delattr(cls, name)
        cls.model_fields = found
        cls.defaults = {n: f.default for n, f in found.items() if f.default is not MISSING}

    @classmethod
    def made(cls, held: dict[str, Any], written: list[str]) -> Self:
        """The record of values already read, none missing that is needed."""
        for name, one in cls.model_fields.items():
            if one.default_factory and name not in held:
                held[name] = one.default_factory()
        record = object.__new__(cls)
        object.__setattr__(record, "__dict__", held)
        object.__setattr__(record, "model_fields_set", shared_keys(frozenset(written)))
        return record

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same record with other values in some fields."""
        changed = dict(update or {})
        held = {**vars(self), **changed}
        return self.made(held, [*self.model_fields_set, *changed])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return vars(self) == vars(other) or all(
            getattr(self, name) == getattr(other, name) for name in self.model_fields
        )

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.model_fields))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete field {name!r}")
