"""`dataclass(frozen=True, slots=True)` that is made in a fraction of the time.

The standard decorator compiles six methods for every class and looks at each field for what ours
never have, half of a small report's run. Here only `__init__` is compiled, once there are more than
a few objects; the other methods are closures over the fields. What they do is the same, and so are
`fields`, `replace`, `is_dataclass` and `match`. The standard module itself takes longer to import
than a warm `kpi validate` to look at a thousand files: it is left to those who ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import sys
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(*, frozen, slots):
        """A decorator for frozen classes with slots, and for no others."""
        if not (frozen and slots):
            raise TypeError("only frozen classes with slots are made here")
        return _made

    _UNSET = object()
    _FEW = 24
    """Objects that are filled one field after the other before `__init__` is compiled."""
    _DEFAULTS = {}
    """Class -> its fields with a `dataclasses.Field`, a default or `_UNSET` each."""

    def _made(cls):
        space = dict(cls.__dict__)
        inherited = {}
        for base in reversed(cls.__mro__[1:]):
            inherited |= _DEFAULTS.get(base, {})
        own = [name for name, kind in cls.__annotations__.items() if not _is_of_the_class(kind)]
        known = inherited | {name: space.get(name, _UNSET) for name in own}
        for name in ("__dict__", "__weakref__", *known):
            space.pop(name, None)
        space.setdefault("__setattr__", _no_setting)
        space.setdefault("__delattr__", _no_deleting)
        for name, method in _methods(known).items():
            if name not in space:
                method.__qualname__ = f"{cls.__qualname__}.{name}"
                space[name] = method
        space["__slots__"] = tuple(name for name in own if name not in inherited)
        space["__match_args__"] = tuple(known)
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            space[name] = _Standard(name, cls)
        made = type(cls)(cls.__name__, cls.__bases__, space)
        made.__qualname__ = cls.__qualname__
        _DEFAULTS[made] = known
        if "__init__" not in space:
            made.__init__ = _init_later(made, known)
        return made

    def _is_of_the_class(kind):
        """Whether an annotation is that of a ClassVar."""
        return str(kind).removeprefix("typing.").partition("[")[0] == "ClassVar"

    class _Standard:
        """An attribute that the standard decorator makes for those who ask."""

        def __init__(self, name, cls):
            self.name, self.cls, self.found = name, cls, None

        def __get__(self, _one, _cls):
            if self.found is None:
                from dataclasses import dataclass as standard

                shell = standard(init=False, repr=False, eq=False)(self.cls)
                self.found = getattr(shell, self.name)
            return self.found

    def _is_field(given):
        """Whether `dataclasses.field` gave it: who called that has the module."""
        standard = sys.modules.get("dataclasses")
        return standard is not None and isinstance(given, standard.Field)

    def _methods(known):
        told = {name: given for name, given in known.items() if _is_field(given)}
        compared = tuple(name for name in known if name not in told or told[name].compare)
        shown = tuple(name for name in known if name not in told or told[name].repr)
        return _comparing(compared) | _holding(tuple(known)) | {"__repr__": _repr(shown)}

    def _init_later(made, known):
        """Compiles `__init__` when objects get many: of most classes a command makes few."""
        entries, count = [], 0

        def __init__(self, /, *values, **named):
            nonlocal count
            if not count:
                entries[:] = _entries(made, known)
            count += 1
            if count <= _FEW and _fill(self, entries, values, named):
                return
            compiled = _init(entries)
            compiled.__qualname__ = __init__.__qualname__
            made.__init__ = compiled
            compiled(self, *values, **named)

        __init__.__qualname__ = f"{made.__qualname__}.__init__"
        return __init__

    def _entries(made, known):
        """Name, setter, default and factory of each field; `_UNSET` for what it has not."""
        for name, given in known.items():
            default = factory = _UNSET
            if not _is_field(given):
                default = given
            elif given.default is not sys.modules["dataclasses"].MISSING:
                default = given.default
            elif given.default_factory is not sys.modules["dataclasses"].MISSING:
                factory = given.default_factory
            yield name, getattr(made, name).__set__, default, factory

    def _fill(self, entries, values, named):
        """Whether the arguments fit the fields, into which they are put."""
        left = len(named)
        for (_name, put, _default, _factory), value in zip(entries, values, strict=False):
            put(self, value)
        for name, put, default, factory in entries[len(values) :]:
            if name in named:
                put(self, named[name])
                left -= 1
            elif default is not _UNSET:
                put(self, default)
            elif factory is not _UNSET:
                put(self, factory())
            else:
                return False
        return not left and len(values) <= len(entries)

    def _init(entries):
        """The one method that is compiled: values go straight into their slots."""
        space, params, body = {"_UNSET": _UNSET}, [], []
        for at, (name, put, default, factory) in enumerate(entries):
            space[f"_set{at}"], value = put, name
            if factory is not _UNSET:
                space[f"_make{at}"] = factory
                value = f"_make{at}() if {name} is _UNSET else {name}"
                name += "=_UNSET"
            elif default is not _UNSET:
                space[f"_else{at}"] = default
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
        """Copied and pickled by their values."""
        values = _values(names)

        def __getstate__(self):
            return values(self)

        def __setstate__(self, state):
            for name, value in zip(names, state, strict=True):
                object.__setattr__(self, name, value)

        return {"__getstate__": __getstate__, "__setstate__": __setstate__}

    def _no_setting(self, name, value):
        raise _refusal(f"cannot assign to field {name!r}")

    def _no_deleting(self, name):
        raise _refusal(f"cannot delete field {name!r}")

    def _refusal(told):
        from dataclasses import FrozenInstanceError

        return FrozenInstanceError(told)

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
