"""The quick way to read a command line that is plainly well formed.

typer takes as long to build one command as a warm `kpi validate` takes in all. What is read here
comes from the same declarations; whatever leaves a doubt (a flag that is not known, a value that
is missing or of the wrong kind, `--help`) is left to typer, which alone speaks of faults. A test
compares the two on lines made at random.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kpi_cli.cli.declare import Parameter, parameters
from kpi_cli.cli.found import function_of, settings_of
from kpi_cli.cli.options import Options, global_parameters, take
from kpi_cli.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What a line comes to: the command, the global options, and the values of its own."""

    command: str
    options: Options
    values: dict[str, Any]


def read(arguments: Sequence[str], names: Sequence[str], env: Mapping[str, str]) -> Line | None:
    """The line of one of the commands `names`; None where there is any doubt."""
    try:
        return _read(arguments, names, env)
    except _Doubt:
        return None


class _Doubt(Exception):
    """Typer shall have the line."""


def _read(arguments: Sequence[str], names: Sequence[str], env: Mapping[str, str]) -> Line:
    said = "".join(arguments)
    if ("\0" in said or not said.isascii()) and re.search(_ODD, said):
        raise _Doubt
    everywhere = global_parameters()
    outer, rest = _split(arguments, everywhere, only_options=True)
    if not rest or rest[0] not in names:
        raise _Doubt
    command = rest[0]
    own = parameters(function_of(command))
    lenient = bool(settings_of(command).get("ignore_unknown_options"))
    given, words = _split(rest[1:], (*own, *everywhere), lenient=lenient)
    given |= _placed(words, [one for one in own if one.is_argument])
    before = take({one.name: _value(one, outer, env) for one in everywhere})
    options = take({one.name: _value(one, given, {}) for one in everywhere}).over(before)
    return Line(command, options, {one.name: _value(one, given, env) for one in own})


# Patterns are compiled by the first line that asks for one: few do.
_ODD = "[\0\ud800-\udfff]"
"""Bytes that are no text, in which the paths of a disk may differ from what is shown."""

_Given = dict[str, list[str]]
"""The words given for each parameter, by its name; none for a flag that stands."""


def _split(
    words: Sequence[str],
    known: Sequence[Parameter],
    *,
    only_options: bool = False,
    lenient: bool = False,
) -> tuple[_Given, list[str]]:
    """What the options are given, and the words left.

    `only_options`: the first word ends it. `lenient`: options that are not known are words.
    """
    flags = {flag: one for one in known for flag in one.declared.flags}
    given: _Given = {}
    left: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if not word.startswith("-") or word == "-":
            if only_options:
                return given, [word, *words[at:]]
            left.append(word)
        elif word == "--" and not only_options:
            return given, [*left, *words[at:]]
        elif lenient and _is_foreign(word, flags):
            left.append(word)
        else:
            at += _take(word, words[at : at + 1], flags, given)
    return given, left


def _is_foreign(word: str, flags: Mapping[str, Parameter]) -> bool:
    """Whether it is a number below zero, or the long flag of nothing that was declared."""
    flag = word.partition("=")[0]
    return bool(re.fullmatch(_NEGATIVE, word)) or (
        flag.startswith("--") and flag not in flags and flag != "--help"
    )


_NEGATIVE = r"-[0-9][0-9.,]*"


def _take(word: str, following: Sequence[str], flags: Mapping[str, Parameter], to: _Given) -> int:
    """Put down an option and its value; how many of the words that follow it takes."""
    flag, equals, value = word.partition("=")
    known = flags.get(flag)
    if known is None or (equals and (known.is_flag or not flag.startswith("--"))):
        raise _Doubt
    if known.is_flag:
        to[known.name] = []
        return 0
    if not equals:
        if not following:
            raise _Doubt
        value = following[0]
    to.setdefault(known.name, []).append(value)
    return 0 if equals else 1


def _placed(words: list[str], arguments: Sequence[Parameter]) -> _Given:
    """The words by the arguments in whose places they stand."""
    given: _Given = {}
    for one in arguments:
        count = len(words) if one.many else 1
        if words:
            given[one.name] = words[:count]
        words = words[count:]
    if words:
        raise _Doubt
    return given


def _value(parameter: Parameter, given: _Given, env: Mapping[str, str]) -> Any:
    """The value of a parameter; the variable in `env`, then the default stand in for none."""
    found = given.get(parameter.name)
    if found is None and parameter.declared.envvar:
        set_to = env.get(parameter.declared.envvar)
        found = [set_to] if set_to else None
    if found is None:
        if parameter.required:
            raise _Doubt
        return parameter.default
    if parameter.is_flag:
        return True
    values = [_converted(parameter, one) for one in found]
    return values if parameter.many else values[-1]


_WHOLE = r"0|[1-9][0-9]{0,8}"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?"


def _converted(parameter: Parameter, text: str) -> Any:
    kind = parameter.kind
    if isinstance(kind, tuple):
        return text if text in kind else _doubt()
    if kind is str:
        return text
    if kind is int:
        return _in_range(parameter, int(text)) if re.fullmatch(_WHOLE, text) else _doubt()
    if kind is float:
        return float(text) if re.fullmatch(_NUMBER, text) else _doubt()
    # typer refuses a path that is there and cannot be read.
    return kind(text) if not os.path.exists(text) or os.access(text, os.R_OK) else _doubt()


def _in_range(parameter: Parameter, number: int) -> int:
    least, most = parameter.declared.min, parameter.declared.max
    if (least is not None and number < least) or (most is not None and number > most):
        raise _Doubt
    return number


def _doubt() -> Any:
    raise _Doubt
