"""The quick way to answer a shell: the command line is read from the commands' own signatures.

typer would build every command and its models first. Here one module is imported, the one of the
command that stands in the line. Shells this does not know, and the scripts that install
completion, are left to typer.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kpi_cli.cli.completing import offered
from kpi_cli.cli.declare import Asked, Find, Parameter, parameters
from kpi_cli.cli.found import function_of
from kpi_cli.cli.options import global_parameters

VARIABLE = "_KPI_COMPLETE"
_UNSAFE = re.compile(r"[\s'\"`$\\|&;<>(){}\[\]*?!#~]")
"""What a shell might act on; a word with one of these is not offered."""


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


def answer(env: Mapping[str, str], names: Sequence[str]) -> tuple[str, int] | None:
    """What to print and the exit code; None where typer has to answer. `names`: the commands."""
    shell = env.get(VARIABLE, "").removeprefix("complete_")
    if not env.get(VARIABLE, "").startswith("complete_") or shell not in _SHELLS:
        return None
    words, word = _bash(env) if shell == "bash" else _other(env)
    found = [item for item in items(words, word, names) if not _UNSAFE.search(item[0])]
    if shell == "fish" and env.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return "", 0 if found else 1
    return _SHELLS[shell](found), 0


def items(words: Sequence[str], word: str, names: Sequence[str]) -> list[Item]:
    """The words that may stand where `word` is being typed, behind `words`."""
    line = _read(words, names)
    option, equals, value = word.partition("=")
    if equals and option in line.options and _find(line.options[option]):
        found = _values(line.options[option], line, value)
        return [(f"{option}={one}", "") for one, _ in found]
    if line.waiting is not None:
        return _values(line.waiting, line, word)
    if word.startswith("-") and not line.only_arguments:
        known = [(flag, one.declared.help) for flag, one in line.options.items()]
        return [item for item in known if item[0].startswith(word)] + _next(line, word)
    if line.command is None:
        return [(name, _about(name)) for name in names if name.startswith(word)]
    return _next(line, word)


def _next(line: _Line, word: str) -> list[Item]:
    return _values(line.arguments[0], line, word) if line.arguments else []


def _values(parameter: Parameter, line: _Line, word: str) -> list[Item]:
    find = _find(parameter)
    if find is None:
        return []
    start = Path(line.root or Path.cwd()).absolute()
    found = offered(find, Asked(start, word, tuple(line.before)))
    return [(one, "") for one in found]


def _read(words: Sequence[str], names: Sequence[str]) -> _Line:
    line = _Line(_by_flag(global_parameters()), [])
    for word in words:
        if line.waiting is not None:
            line.root = word if line.waiting.name == "root" else line.root
            line.waiting = None
        elif line.only_arguments or not word.startswith("-") or word == "-":
            _positional(line, word, names)
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
        line.root = value if known.name == "root" else line.root
    elif not known.is_flag:
        line.waiting = known


def _positional(line: _Line, word: str, names: Sequence[str]) -> None:
    if line.command is not None:
        line.before.append(word)
        if line.arguments and not line.arguments[0].many:
            line.arguments.pop(0)
        return
    line.command = word
    if word not in names:
        return
    own = parameters(function_of(word))
    line.options |= _by_flag(own)
    line.arguments = [one for one in own if one.is_argument]


def _about(name: str) -> str:
    return (function_of(name).__doc__ or "").strip().split("\n")[0]


def _by_flag(found: Sequence[Parameter]) -> dict[str, Parameter]:
    return {flag: one for one in found for flag in one.declared.flags}


def _find(parameter: Parameter) -> Find | None:
    """What the shell may offer for a value: what was declared, else the words to choose from."""
    kind = parameter.kind
    if parameter.declared.find is None and isinstance(kind, tuple):
        return lambda _asked: kind
    return parameter.declared.find


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
