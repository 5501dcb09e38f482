"""The quick way to answer a shell: the command line is read from the commands' own signatures.

typer would build every command and its models first. Here one module is imported, the one of the
command that stands in the line. Shells this does not know, and the scripts that install
completion, are left to typer.
"""

from __future__ import annotations

import importlib
import inspect
import re
import shlex
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Literal

from kpi_cli.cli.completing import Asked, Find, offered
from kpi_cli.cli.options import declared

VARIABLE = "_KPI_COMPLETE"
_UNSAFE = re.compile(r"[\s'\"`$\\|&;<>(){}\[\]*?!#~]")
"""What a shell might act on; a word with one of these is not offered."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option by its names, or an argument (no names); `many` takes all words that follow."""

    names: tuple[str, ...]
    help: str
    takes_value: bool
    many: bool
    find: Find | None
    hidden: bool = False


@dataclass(slots=True)
class _Line:
    """What the words before the one being typed come to."""

    options: dict[str, Parameter]
    arguments: list[Parameter]
    waiting: Parameter | None = None
    command: str | None = None
    root: str | None = None
    before: list[str] = field(default_factory=list)
    only_arguments: bool = False


Item = tuple[str, str]
"""A word and what it means."""


def answer(
    env: Mapping[str, str], names: Sequence[str], module: Callable[[str], str]
) -> tuple[str, int] | None:
    """What to print and the exit code; None where typer has to answer.

    `names` are the commands, `module` gives the name of a command's module.
    """
    shell = env.get(VARIABLE, "").removeprefix("complete_")
    if not env.get(VARIABLE, "").startswith("complete_") or shell not in _SHELLS:
        return None
    words, word = _bash(env) if shell == "bash" else _other(env)
    found = [item for item in items(words, word, names, module) if not _UNSAFE.search(item[0])]
    if shell == "fish" and env.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return "", 0 if found else 1
    return _SHELLS[shell](found), 0


def items(
    words: Sequence[str], word: str, names: Sequence[str], module: Callable[[str], str]
) -> list[Item]:
    """The words that may stand where `word` is being typed, behind `words`."""
    line = _read(words, names, module)
    option, equals, value = word.partition("=")
    if equals and option in line.options and line.options[option].find:
        found = _values(line.options[option], line, value)
        return [(f"{option}={one}", "") for one, _ in found]
    if line.waiting is not None:
        return _values(line.waiting, line, word)
    if word.startswith("-") and not line.only_arguments:
        known = [(name, p.help) for name, p in line.options.items() if not p.hidden]
        return [item for item in known if item[0].startswith(word)] + _next(line, word)
    if line.command is None:
        return [(name, _about(name, module)) for name in names if name.startswith(word)]
    return _next(line, word)


def _next(line: _Line, word: str) -> list[Item]:
    return _values(line.arguments[0], line, word) if line.arguments else []


def _values(parameter: Parameter, line: _Line, word: str) -> list[Item]:
    if parameter.find is None:
        return []
    start = Path(line.root or Path.cwd()).absolute()
    found = offered(parameter.find, Asked(start, word, tuple(line.before)))
    return [(one, "") for one in found]


def _read(words: Sequence[str], names: Sequence[str], module: Callable[[str], str]) -> _Line:
    shown = _parameters(declared().items())
    line = _Line({name: one for one in shown for name in one.names}, [])
    for word in words:
        if line.waiting is not None:
            line.root = word if "--root" in line.waiting.names else line.root
            line.waiting = None
        elif line.only_arguments or not word.startswith("-") or word == "-":
            _positional(line, word, names, module)
        elif word == "--":
            line.only_arguments = True
        else:
            _option(line, word)
    return line


def _option(line: _Line, word: str) -> None:
    name, equals, value = word.partition("=")
    known = line.options.get(name)
    if known is None:
        line.before.append(word)
    elif equals:
        line.root = value if "--root" in known.names else line.root
    elif known.takes_value:
        line.waiting = known


def _positional(line: _Line, word: str, names: Sequence[str], module: Callable[[str], str]) -> None:
    if line.command is not None:
        line.before.append(word)
        if line.arguments and not line.arguments[0].many:
            line.arguments.pop(0)
        return
    line.command = word
    if word not in names:
        return
    own = list(_parameters(_declared_by(_function(word, module))))
    line.options |= {name: one for one in own for name in one.names}
    line.arguments = [one for one in own if not one.names]


def _function(name: str, module: Callable[[str], str]) -> Any:
    found = importlib.import_module(f"kpi_cli.cli.commands.{module(name)}")
    return getattr(found, module(name))


def _about(name: str, module: Callable[[str], str]) -> str:
    return (_function(name, module).__doc__ or "").strip().split("\n")[0]


def _declared_by(function: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    hints = typing.get_type_hints(function, include_extras=True)
    for name in inspect.signature(function).parameters:
        marks = getattr(hints.get(name), "__metadata__", ())
        if name != "run" and marks:
            yield name, (typing.get_args(hints[name])[0], marks[0])


def _parameters(found: Any) -> Iterator[Parameter]:
    for name, (kind, info) in found:
        kinds = set(_kinds(kind))
        is_option = type(info).__name__ == "OptionInfo"
        names = _names(name, info) if is_option else ()
        many = list in {typing.get_origin(one) for one in (kind, *typing.get_args(kind))}
        yield Parameter(names, info.help or "", bool not in kinds, many, _find(info, kinds))


def _names(name: str, info: Any) -> tuple[str, ...]:
    """An option's names; in an annotation typer takes the first one for its default."""
    first = (info.default,) if isinstance(info.default, str) else ()
    return (*first, *(info.param_decls or ())) or (f"--{name.replace('_', '-')}",)


def _kinds(kind: Any) -> Iterator[Any]:
    """The types a parameter may have, without None and lists around them."""
    if typing.get_origin(kind) in (UnionType, typing.Union, list):
        for one in typing.get_args(kind):
            yield from _kinds(one)
    elif kind is not type(None):
        yield kind


def _find(info: Any, kinds: set[Any]) -> Find | None:
    own: Find | None = getattr(info.autocompletion, "find", None)
    if own is not None:
        return own
    words = [
        str(getattr(one, "value", one))
        for kind in kinds
        for one in (
            typing.get_args(kind)
            if typing.get_origin(kind) is Literal
            else list(kind)
            if isinstance(kind, type) and issubclass(kind, Enum)
            else ()
        )
    ]
    return (lambda _asked: words) if words else None


def _bash(env: Mapping[str, str]) -> tuple[list[str], str]:
    """bash takes `=` for a word of its own."""
    words = _split(env.get("COMP_WORDS", ""))
    at = int(env.get("COMP_CWORD", "0") or 0)
    before, word = words[1:at], words[at] if at < len(words) else ""
    if word == "=":
        word = ""
    elif before[-1:] == ["="]:
        before.pop()
    joined: list[str] = []
    for one in before:
        if one != "=":
            joined.append(one)
    return joined, word


def _other(env: Mapping[str, str]) -> tuple[list[str], str]:
    line = env.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    if words and not line.endswith(" "):
        return words[:-1], words[-1]
    return words, ""


def _split(line: str) -> list[str]:
    """The words of a line, of which the last may be an open quotation."""
    for end in ("", "'", '"'):
        try:
            return shlex.split(line + end)
        except ValueError:
            continue
    return line.split()


def _plain(found: list[Item]) -> str:
    return "".join(f"{word}\n" for word, _ in found)


def _for_zsh(found: list[Item]) -> str:
    """A call of `_arguments`, which zsh evaluates: nothing in it may be acted on."""
    shown = [
        '"' + word.replace(":", r"\\:") + '"' + (f':"{_tame(about)}"' if about else "")
        for word, about in found
    ]
    listed = "\n".join(shown)
    return f"_arguments '*: :(({listed}))'\n" if shown else "_files\n"


def _for_fish(found: list[Item]) -> str:
    return "".join(f"{word}\t{_tame(about)}\n" if about else f"{word}\n" for word, about in found)


def _tame(about: str) -> str:
    return re.sub(r"[^\w ,.;%/=+-]", "", about)


_SHELLS: Mapping[str, Callable[[list[Item]], str]] = {
    "bash": _plain,
    "zsh": _for_zsh,
    "fish": _for_fish,
}
