"""How a command declares its options and arguments: once, in `Annotated`, and without typer.

`parameters` reads a command's signature. What reads a line, completes a word, prints help and
builds the typer app all start from there.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FunctionType, UnionType
from typing import Any, Literal

from kpi_cli.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that is being typed: from which folder, its beginning, the arguments before it."""

    start: Path
    word: str
    before: tuple[str, ...] = ()


Find = Callable[[Asked], Iterable[str]]
"""The words that may stand in a place. Raises CannotRun where there is no workspace."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is said of a parameter beside its type; an argument has no flags."""

    flags: tuple[str, ...]
    help: str
    metavar: str | None = None
    envvar: str | None = None
    find: Find | None = None
    min: int | None = None
    max: int | None = None


def option(
    *flags: str,
    help: str,
    metavar: str | None = None,
    envvar: str | None = None,
    find: Find | None = None,
    min: int | None = None,
    max: int | None = None,
) -> Declared:
    """An option by its flags, such as `--output` and `-o`; `find` offers words to the shell."""
    return Declared(flags, help, metavar, envvar, find, min, max)


def argument(*, help: str, metavar: str, find: Find | None = None) -> Declared:
    """A word by its place; `find` offers words to the shell."""
    return Declared((), help, metavar, find=find)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as its function has it.

    `kind` is the type of one value: str, int, float, bool, Path, or the words to choose from.
    `many`: an option that may be repeated, an argument that takes all words left.
    """

    name: str
    declared: Declared
    kind: type | tuple[str, ...]
    many: bool = False
    required: bool = False
    default: Any = None

    @property
    def is_argument(self) -> bool:
        """Whether it is told by its place."""
        return not self.declared.flags

    @property
    def is_flag(self) -> bool:
        """Whether it stands without a value."""
        return self.kind is bool


_NONE = object()
"""In the place of a default where there is none."""


def parameters(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    """What a command declares, in the order of its signature, without the run it is given."""
    hints = typing.get_type_hints(function, include_extras=True)
    defaults = _defaults(function)
    found = []
    for name, hint in hints.items():
        if name not in ("run", "return"):
            annotation, declared = typing.get_args(hint)
            found.append(parameter(name, annotation, declared, defaults.get(name, _NONE)))
    return tuple(found)


def _defaults(function: Callable[..., Any]) -> dict[str, Any]:
    """The defaults of a function's parameters, without the standard module that tells of them: it
    takes longer to import than the rest of a line to be read."""
    assert isinstance(function, FunctionType)
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    given = function.__defaults__ or ()
    last = names[len(names) - len(given) :]
    return dict(zip(last, given, strict=True)) | (function.__kwdefaults__ or {})


def parameter(name: str, annotation: Any, declared: Declared, default: Any) -> Parameter:
    """A parameter by its type, such as `list[str] | None`, and its declaration."""
    required = default is _NONE
    kind, many = _kind(annotation)
    return Parameter(name, declared, kind, many, required, None if required else default)


def _kind(annotation: Any) -> tuple[type | tuple[str, ...], bool]:
    """The type of one value, and whether there may be many."""
    origin = typing.get_origin(annotation)
    if origin in (UnionType, typing.Union):
        [one] = [kind for kind in typing.get_args(annotation) if kind is not type(None)]
        return _kind(one)
    if origin is list:
        return _kind(typing.get_args(annotation)[0])[0], True
    if origin is Literal:
        return typing.get_args(annotation), False
    return annotation, False
