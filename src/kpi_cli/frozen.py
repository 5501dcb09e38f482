"""`dataclass`, `field`, `replace` and `is_dataclass` that cost a fraction of the time.

The standard decorator compiles up to eleven methods for every class and looks at each field for
what ours never have; its module imports `inspect` with half a compiler behind it. That was more
than half of a small report's run. Here the methods are closures over the fields, and of `__init__`
only the shape is compiled, once for all classes of so many fields. What they do is the same, and so
are the standard `fields`, `replace`, `asdict`, `is_dataclass` and `match`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

_DEFAULTS: dict[type, dict[str, Any]] = {}
"""Class -> its fields with a `_Field`, a default or `_UNSET` each."""

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    from operator import attrgetter
    from reprlib import recursive_repr
    from types import FunctionType

    _UNSET = object()

    def dataclass(*, frozen=False, slots=False, order=False):
        """A decorator. Without `slots` an object has a `__dict__` too, for `cached_property`."""
        return lambda cls: _made(cls, frozen, slots, order)

    def field(*, default=_UNSET, default_factory=_UNSET, compare=True, repr=True):
        """More to say of a field than its default."""
        return _Field(default, default_factory, compare, repr)

    def replace(one, /, **changes):
        """An object like this one but for the changes."""
        known = _DEFAULTS.get(one.__class__)
        if known is None:
            from dataclasses import replace as standard

            return standard(one, **changes)
        kept = {name: getattr(one, name) for name in known if name not in changes}
        return one.__class__(**kept, **changes)

    class _Field:
        __slots__ = ("compare", "default", "factory", "repr")

        def __init__(self, default, factory, compare, repr):
            self.default, self.factory, self.compare, self.repr = default, factory, compare, repr

        def standard(self):
            """The same in the words of the standard library."""
            import dataclasses

            told = {"default": self.default, "default_factory": self.factory}
            told = {key: value for key, value in told.items() if value is not _UNSET}
            return dataclasses.field(**told, compare=self.compare, repr=self.repr)

    def _made(cls, frozen, slots, order):
        space = dict(cls.__dict__)
        inherited = {}
        for base in reversed(cls.__mro__[1:]):
            inherited |= _DEFAULTS.get(base, {})
        own = [name for name, kind in cls.__annotations__.items() if not _is_of_the_class(kind)]
        known = inherited | {name: _default(space.get(name, _UNSET)) for name in own}
        for name in ("__dict__", "__weakref__", *known):
            space.pop(name, None)
        for name, method in _methods(known, frozen, order).items():
            space.setdefault(name, method)
        names = tuple(name for name in own if name not in inherited)
        space["__slots__"] = names if slots else (*names, "__dict__")
        space["__match_args__"] = tuple(known)
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            space[name] = _Standard(name, cls, known)
        made = type(cls)(cls.__name__, cls.__bases__, space)
        made.__qualname__ = cls.__qualname__
        _DEFAULTS[made] = known
        if "__init__" not in space:
            made.__init__ = _init_later(made, known)
        return made

    def _default(given):
        if type(given).__module__ == "dataclasses":
            raise TypeError("fields of these classes are told by kpi_cli.frozen.field")
        return given

    def _is_of_the_class(kind):
        """Whether an annotation is that of a ClassVar."""
        told = str(kind)
        return "ClassVar" in told and told.removeprefix("typing.").startswith("ClassVar")

    class _Standard:
        """What the standard decorator leaves on a class, made by it for those who ask."""

        def __init__(self, name, cls, known):
            self.name, self.cls, self.known = name, cls, known

        def __get__(self, _one, _cls):
            if self.name not in self.cls.__dict__:
                import dataclasses

                for name, given in self.known.items():
                    if isinstance(given, _Field) and name in self.cls.__dict__:
                        setattr(self.cls, name, given.standard())
                shell = dataclasses.dataclass(init=False, repr=False, eq=False)
                shell(self.cls)
            return self.cls.__dict__[self.name]

    def _init_later(made, known):
        """Makes `__init__` for the first object: of most classes a command makes none."""

        def __init__(self, /, *values, **named):
            made.__init__ = _init(made, known)
            made.__init__(self, *values, **named)

        return __init__

    def _init(made, known):
        """Puts values straight into their slots."""
        space, defaults = {"_UNSET": _UNSET}, []
        for at, (name, given) in enumerate(known.items()):
            space[f"_set{at}"] = getattr(made, name).__set__
            default = given.default if isinstance(given, _Field) else given
            factory = given.factory if isinstance(given, _Field) else _UNSET
            if factory is not _UNSET:
                space[f"_make{at}"] = factory
            if factory is not _UNSET or default is not _UNSET:
                defaults.append(default)
            elif defaults:
                raise TypeError(f"{name!r} has no default, but a field before it has one")
        shape = _shape(tuple(f"_make{at}" in space for at in range(len(known))))
        code = shape.replace(co_varnames=("self", *known))
        init = FunctionType(code, space, "__init__", tuple(defaults))
        init.__qualname__ = f"{made.__qualname__}.__init__"
        return init

    @cache
    def _shape(made):
        """The code of an `__init__` of so many fields; for each, whether there may be a factory."""
        body = [
            f" _set{at}(self, _make{at}() if f{at} is _UNSET else f{at})"
            if is_made
            else f" _set{at}(self, f{at})"
            for at, is_made in enumerate(made)
        ]
        names = "".join(f", f{at}" for at in range(len(made)))
        space = {}
        exec(f"def __init__(self{names}):\n" + ("\n".join(body) or " pass"), space)
        return space["__init__"].__code__

    def _methods(known, frozen, order):
        told = {name: given for name, given in known.items() if isinstance(given, _Field)}
        key = _values(tuple(name for name in known if name not in told or told[name].compare))
        found = {"__repr__": _repr, "__eq__": _equal(key), "__hash__": None}
        if frozen:
            found |= {"__hash__": lambda self: hash(key(self)), "__setattr__": _no_setting}
            found |= {"__delattr__": _no_deleting, "__getstate__": _state, "__setstate__": _fill}
        return found | _ordering(key) if order else found

    def _values(names):
        """The values of some fields as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda one: tuple(getattr(one, name) for name in names)

    def _equal(key):
        """Equal by the fields compared, among objects of one class."""

        def __eq__(self, other):
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        return __eq__

    def _ordering(key):
        """Before and after each other by the fields compared."""

        def __lt__(self, other):
            return key(self) < key(other) if other.__class__ is self.__class__ else NotImplemented

        def __le__(self, other):
            return key(self) <= key(other) if other.__class__ is self.__class__ else NotImplemented

        def __gt__(self, other):
            return key(self) > key(other) if other.__class__ is self.__class__ else NotImplemented

        def __ge__(self, other):
            return key(self) >= key(other) if other.__class__ is self.__class__ else NotImplemented

        return {"__lt__": __lt__, "__le__": __le__, "__gt__": __gt__, "__ge__": __ge__}

    def _state(self):
        """Copied and pickled by their values."""
        return tuple(getattr(self, name) for name in self.__match_args__)

    def _fill(self, state):
        for name, value in zip(self.__match_args__, state, strict=True):
            object.__setattr__(self, name, value)

    @recursive_repr()
    def _repr(self):
        known = _DEFAULTS.get(self.__class__) or dict.fromkeys(self.__match_args__)
        shown = [
            f"{name}={getattr(self, name)!r}"
            for name, given in known.items()
            if not isinstance(given, _Field) or given.repr
        ]
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def _no_setting(self, name, value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _no_deleting(self, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")


def is_dataclass(kind: type) -> bool:
    """Whether a class has such fields, ours or standard ones."""
    return kind in _DEFAULTS or hasattr(kind, "__dataclass_fields__")


def field_names(kind: type) -> tuple[str, ...]:
    """The names of a class's fields, in order; none of a class that is no dataclass."""
    if kind in _DEFAULTS or not is_dataclass(kind):
        return tuple(_DEFAULTS.get(kind, ()))
    from dataclasses import fields

    return tuple(one.name for one in fields(kind))


def field_types(kind: type) -> dict[str, Any]:
    """The types of a class's fields, as they stand in its source."""
    return {
        name: told
        for base in reversed(kind.__mro__[:-1])
        for name, told in base.__annotations__.items()
    }
