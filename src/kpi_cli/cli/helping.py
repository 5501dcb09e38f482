"""The help pages, from the commands' docstrings and declarations.

They look as typer would print them, which takes six times as long to start; a test compares every
page with typer's own, in narrow and in wide terminals.
"""

from __future__ import annotations

import inspect
import shutil
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kpi_cli.cli.declare import Parameter, parameters
from kpi_cli.cli.found import function_of
from kpi_cli.cli.options import HELP_FLAGS, global_parameters

ABOUT = "Objectives and KPIs as plain YAML: validated, computed, reported."
VERSION = ("--version", "Show the version.")
_COMPLETION = (
    ("--install-completion", "Install completion for the current shell."),
    (
        "--show-completion",
        "Show completion for the current shell, to copy it or customize the installation.",
    ),
)
_HELP = ("-h, --help", "Show this message and exit.")
_NARROWEST, _WIDEST = 50, 78
_FIRST_COLUMN = 30
_EXAMPLES = ("Example:", "Examples:")

_Row = tuple[str, str]


def help_for(arguments: Sequence[str], names: Sequence[str]) -> str | None:
    """The page a line asks for; None where it asks for more. `names`: the commands."""
    width = max(min(shutil.get_terminal_size().columns - 2, _WIDEST), _NARROWEST)
    if len(arguments) == 1 and arguments[0] in HELP_FLAGS:
        return root_page(names, width)
    if len(arguments) == 2 and arguments[0] in names and arguments[1] in HELP_FLAGS:
        return command_page(arguments[0], function_of(arguments[0]), width)
    return None


def root_page(names: Sequence[str], width: int) -> str:
    """The page of `kpi` itself, with a line for each command."""
    options = [_option_row(one) for one in global_parameters()]
    room = width - 6 - max(len(name) for name in names)
    commands = [(name, _short(inspect.getdoc(function_of(name)) or "", room)) for name in names]
    return "\n".join(
        (
            *_usage("kpi", "[OPTIONS] COMMAND [ARGS]...", width),
            *_text(ABOUT, width),
            *_section("Options", [*options, VERSION, *_COMPLETION, _HELP], width),
            *_section("Commands", commands, width),
        )
    )


def command_page(name: str, function: Callable[..., Any], width: int) -> str:
    """The page of a command."""
    own = parameters(function)
    arguments = [one for one in own if one.is_argument]
    places = " ".join(("[OPTIONS]", *(_place(one) for one in arguments)))
    options = [_option_row(one) for one in own if not one.is_argument]
    return "\n".join(
        (
            *_usage(f"kpi {name}", places, width),
            *_text(inspect.getdoc(function) or "", width),
            *_section("Arguments", [_argument_row(one) for one in arguments], width),
            *_section("Options", [*options, _HELP], width),
        )
    )


def _usage(program: str, places: str, width: int) -> list[str]:
    lead = f"Usage: {program} "
    if width >= len(lead) + 20:
        return _wrapped(places, width, lead, " " * len(lead))
    indent = " " * 11
    return [lead, *_wrapped(places, width, indent, indent)]


def _text(text: str, width: int) -> Iterator[str]:
    """Paragraphs, each wrapped anew; examples keep their lines."""
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip("\n").split("\n")
        yield ""
        if lines[0].startswith(_EXAMPLES):
            yield from (f"  {line}" for line in lines)
        else:
            yield from _wrapped(" ".join(lines), width, "  ", "  ")


def _section(title: str, rows: Sequence[_Row], width: int) -> Iterator[str]:
    """A heading and two columns; a first part that is too long gets a line of its own."""
    if not rows:
        return
    yield from ("", f"{title}:")
    column = min(max(len(first) for first, _ in rows), _FIRST_COLUMN) + 2
    for first, second in rows:
        lines = _wrapped(second, max(width - column - 2, 10), "", "")
        if len(first) > column - 2:
            yield f"  {first}"
        else:
            lines[0] = f"{first:{column}}{lines[0]}"
            yield f"  {lines.pop(0)}"
        yield from (" " * (column + 2) + line for line in lines)


def _wrapped(text: str, width: int, first: str, other: str) -> list[str]:
    return _Wrapper(
        width, initial_indent=first, subsequent_indent=other, replace_whitespace=False
    ).wrap(text)


class _Wrapper(textwrap.TextWrapper):
    """Breaks a word that is longer than a line where the line ends, whatever the space left."""

    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        room = max(width - cur_len, 1)
        cur_line.append(reversed_chunks[-1][:room])
        reversed_chunks[-1] = reversed_chunks[-1][room:]


def _short(text: str, room: int) -> str:
    """The first sentence, as far as there is room."""
    words = text.split("\n\n")[0].split()
    end = next((n for n, word in enumerate(words, 1) if word.endswith(".")), len(words))
    if len(" ".join(words[:end])) <= room:
        return " ".join(words[:end])
    while end and len(" ".join(words[:end])) + 3 > room:
        end -= 1
    return " ".join(words[:end]) + "..."


def _option_row(option: Parameter) -> _Row:
    flags = ", ".join(sorted(option.declared.flags, key=lambda flag: flag.startswith("--")))
    value = "" if option.is_flag else f" {option.declared.metavar or _type(option)}"
    return flags + value, _about(option)


def _argument_row(argument: Parameter) -> _Row:
    return f"{argument.declared.metavar} {_type(argument)}", _about(argument)


def _place(argument: Parameter) -> str:
    name = argument.declared.metavar
    shown = f"{{{name}}}" if argument.required else f"[{name}]"
    return shown + "..." if argument.many else shown


def _type(parameter: Parameter) -> str:
    kind = parameter.kind
    if isinstance(kind, tuple):
        name = "|".join(kind)
    elif kind is Path and not parameter.many:
        name = "path"
    else:
        name = kind.__name__ + (" range" if _range(parameter) else "")
    return f"<list[{name}]>" if parameter.many else f"<{name}>"


def _about(parameter: Parameter) -> str:
    declared, default = parameter.declared, parameter.default
    said = [
        f"env var: {declared.envvar}" if declared.envvar else "",
        "" if default is None or parameter.is_flag else f"default: {default}",
        _range(parameter),
        "required" if parameter.required else "",
    ]
    extra = "; ".join(one for one in said if one)
    return f"{declared.help}  [{extra}]" if extra else declared.help


def _range(parameter: Parameter) -> str:
    least, most = parameter.declared.min, parameter.declared.max
    if least is None and most is None:
        return ""
    if least is None or most is None:
        return f"x<={most}" if least is None else f"x>={least}"
    return f"{least}<=x<={most}"
