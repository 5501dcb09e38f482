"""The same commands as a typer app: it answers where the quick ways do not.

Faulty lines, and shells that `completion` does not know, come here.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer

from kpi_cli import __version__
from kpi_cli.cli.completing import offered
from kpi_cli.cli.declare import Asked, Declared, Find
from kpi_cli.cli.found import function_of, settings_of
from kpi_cli.cli.guard import call
from kpi_cli.cli.helping import ABOUT
from kpi_cli.cli.options import HELP_FLAGS, Options, declared, take

Call = Callable[[Callable[..., int | None], Options, dict[str, Any]], int]


def build(names: Iterable[str], perform: Call = call) -> typer.Typer:
    """A typer app of these commands; `perform` calls the function of the one that is named."""
    app = typer.Typer(
        name="kpi",
        help=ABOUT,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": list(HELP_FLAGS)},
    )
    app.callback()(_callback())
    for name in names:
        settings = dict(settings_of(name)) or None
        app.command(name, context_settings=settings)(_command(function_of(name), perform))
    return app


def _callback() -> Callable[..., None]:
    def kpi(context: typer.Context, *, version: bool, **values: Any) -> None:
        if version:
            print(f"kpi {__version__}")
            raise typer.Exit
        context.obj = take(values)

    kpi.__doc__ = ABOUT
    shown = inspect.Parameter(
        "version",
        inspect.Parameter.KEYWORD_ONLY,
        default=False,
        annotation=typing.Annotated[bool, typer.Option("--version", help="Show the version.")],
    )
    return _with_signature(kpi, [_CONTEXT, *_global(hidden=False), shown])


_CONTEXT = inspect.Parameter(
    "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
)


def _command(function: Callable[..., int | None], perform: Call) -> Callable[..., None]:
    """A typer command from `def name(run, ...) -> exit code`, with the global options added."""

    def command(context: typer.Context, **values: Any) -> None:
        options = take(values).over(context.obj)
        raise typer.Exit(perform(function, options, values))

    command.__doc__ = _help(function.__doc__ or "")
    command.__name__ = function.__name__
    return _with_signature(command, [_CONTEXT, *_own(function), *_global(hidden=True)])


def _own(function: Callable[..., int | None]) -> list[inspect.Parameter]:
    hints = typing.get_type_hints(function, include_extras=True)
    return [
        _keyword(name, *typing.get_args(hints[name]), default=found.default)
        for name, found in inspect.signature(function).parameters.items()
        if name != "run"
    ]


def _global(*, hidden: bool) -> list[inspect.Parameter]:
    return [_keyword(name, kind, said, hidden=hidden) for name, (kind, said) in declared().items()]


def _keyword(
    name: str, kind: Any, declared: Declared, *, default: Any = None, hidden: bool = False
) -> inspect.Parameter:
    info = _info(declared, hidden=hidden)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=typing.Annotated[kind, info],
    )


def _info(declared: Declared, *, hidden: bool) -> Any:
    """A declaration in typer's own words."""
    said: dict[str, Any] = {
        "help": declared.help,
        "metavar": declared.metavar,
        # Read before the command, so that a variable never wins over a flag given there.
        "envvar": None if hidden else declared.envvar,
        "min": declared.min,
        "max": declared.max,
        "hidden": hidden,
        "autocompletion": _completer(declared.find) if declared.find else None,
    }
    return typer.Option(*declared.flags, **said) if declared.flags else typer.Argument(**said)


def _completer(find: Find) -> Callable[[typer.Context, str], list[str]]:
    def complete(context: typer.Context, incomplete: str) -> list[str]:
        outer = context.parent.params if context.parent else {}
        start = context.params.get("root") or outer.get("root") or Path.cwd()
        return offered(find, Asked(Path(start).absolute(), incomplete, _before(context)))

    return complete


def _before(context: typer.Context) -> tuple[str, ...]:
    """The arguments that stand in the line already."""
    named = [one.name for one in context.command.params if one.param_type_name == "argument"]
    values = [context.params.get(name) for name in named]
    lists = [one if isinstance(one, list | tuple) else (one,) for one in values if one is not None]
    return tuple(str(word) for words in lists for word in words)


def _help(doc: str) -> str:
    """A docstring as help: the paragraph with the examples keeps its lines."""
    return re.sub(r"^(?=Examples?:)", "\b\n", inspect.cleandoc(doc), flags=re.MULTILINE)


def _with_signature(
    function: Callable[..., None], found: list[inspect.Parameter]
) -> Callable[..., None]:
    function.__signature__ = inspect.Signature(found)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in found}
    return function
