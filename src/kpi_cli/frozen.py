"""`dataclass(frozen=True, slots=True)` that is made in a fraction of the time.

The standard decorator compiles six methods for every class, half of a small report's run. Here only
`__init__` is compiled, when it is first called; the others are closures over the fields. What they
do is the same, and so are `fields`, `replace`, `is_dataclass` and `match`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(*, frozen, slots):
        """A decorator for frozen classes with slots, and for no others."""
        if not (frozen and slots):
            raise TypeError("only frozen classes with slots are made here")
        return _made

    _shell = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)
    _UNSET = object()

    def _made(cls):
        own = set(cls.__dict__)
        made = _shell(cls)
        fields = dataclasses.fields(made)
        methods = _comparing(tuple(one.name for one in fields if one.compare))
        methods |= _holding(tuple(one.name for one in fields))
        methods["__repr__"] = _repr(tuple(one.name for one in fields if one.repr))
        methods["__init__"] = _init_later(made, fields)
        for name, method in methods.items():
            if name not in own:
                method.__qualname__ = f"{made.__qualname__}.{name}"
                setattr(made, name, method)
        return made

    def _init_later(made, fields):
        """Compiles `__init__` for the first object: most commands make none of many classes."""

        def __init__(self, /, *values, **named):
            compiled = _init(made, fields)
            compiled.__qualname__ = __init__.__qualname__
            made.__init__ = compiled
            compiled(self, *values, **named)

        return __init__

    def _init(made, fields):
        """The one method that is compiled: values go straight into their slots."""
        space, params, body = {"_UNSET": _UNSET}, [], []
        for at, one in enumerate(fields):
            name, value = one.name, one.name
            space[f"_set{at}"] = getattr(made, name).__set__
            if one.default_factory is not dataclasses.MISSING:
                space[f"_make{at}"] = one.default_factory
                value = f"_make{at}() if {name} is _UNSET else {name}"
                name += "=_UNSET"
            elif one.default is not dataclasses.MISSING:
                space[f"_else{at}"] = one.default
                name += f"=_else{at}"
            params.append(name)
            body.append(f" _set{at}(self, {value})")
        source = f"def __init__(self, {', '.join(params)}):\n" + ("\n".join(body) or " pass")
        exec(source, space)
        return space["__init__"]

    def _comparing(names):
        """Equal by the fields compared, among objects of one class; hashed by the same."""
        key = _values(names)

        def __eq__(self, other):
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):
            return hash(key(self))

        return {"__eq__": __eq__, "__hash__": __hash__}

    def _holding(names):
        """Never changed; copied and pickled by their values."""
        values = _values(names)

        def __setattr__(self, name, value):
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

        def __getstate__(self):
            return values(self)

        def __setstate__(self, state):
            for name, value in zip(names, state, strict=True):
                object.__setattr__(self, name, value)

        return {
            "__setattr__": __setattr__, "__delattr__": __delattr__,
            "__getstate__": __getstate__, "__setstate__": __setstate__,
        }  # fmt: skip

    def _repr(names):
        @recursive_repr()
        def __repr__(self):
            told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{self.__class__.__qualname__}({told})"

        return __repr__

    def _values(names):
        """The values of some fields as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda view: tuple(getattr(view, name) for name in names)
