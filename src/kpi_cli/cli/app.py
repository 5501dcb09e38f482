"""The `kpi` app: finds the commands, imports only the one called, turns faults into exits."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import sys
import typing
from collections.abc import Callable, Iterable
from typing import Any

import typer

from kpi_cli import __version__
from kpi_cli.cli import commands
from kpi_cli.cli.options import Options, parameters, take
from kpi_cli.cli.run import Run
from kpi_cli.errors import KpiError
from kpi_cli.locale import ENGLISH, speaking
from kpi_cli.render.text import safe

INTERRUPTED = 130
OUR_FAULT = 3
_KEYWORDS = ("import_",)


def command_names() -> list[str]:
    """Every command, by the modules there are."""
    return sorted(_name(info.name) for info in pkgutil.iter_modules(commands.__path__))


def _name(module: str) -> str:
    return module.removesuffix("_").replace("_", "-")


def _module(name: str) -> str:
    module = name.replace("-", "_")
    return f"{module}_" if f"{module}_" in _KEYWORDS else module


def build(names: Iterable[str]) -> typer.Typer:
    """A typer app of these commands."""
    app = typer.Typer(
        name="kpi",
        help="Objectives and KPIs as plain YAML: validated, computed, reported.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_callback())
    for name in names:
        module = importlib.import_module(f"kpi_cli.cli.commands.{_module(name)}")
        settings = getattr(module, "CONTEXT", None)
        app.command(name, context_settings=settings)(_command(getattr(module, _module(name))))
    return app


def __getattr__(name: str) -> Any:
    """`app`: the whole command line, built when it is asked for."""
    if name == "app":
        return build(command_names())
    raise AttributeError(name)


def _callback() -> Callable[..., None]:
    def kpi(context: typer.Context, *, version: bool, **values: Any) -> None:
        """Objectives and KPIs as plain YAML: validated, computed, reported."""
        if version:
            print(f"kpi {__version__}")
            raise typer.Exit
        context.obj = take(values)

    shown = inspect.Parameter(
        "version",
        inspect.Parameter.KEYWORD_ONLY,
        default=False,
        annotation=typing.Annotated[bool, typer.Option("--version", help="Show the version.")],
    )
    return _with_signature(kpi, [_CONTEXT, *parameters(hidden=False), shown])


_CONTEXT = inspect.Parameter(
    "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
)


def _command(function: Callable[..., int | None]) -> Callable[..., None]:
    """A typer command from `def name(run, ...) -> exit code`, with the global options added."""

    def call(context: typer.Context, **values: Any) -> None:
        outer: Options = context.obj
        options = take(values).over(outer)
        with speaking(options.lang or ENGLISH):
            raise typer.Exit(guarded(lambda: function(Run(options), **values), options))

    hints = typing.get_type_hints(function, include_extras=True)
    own = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "run"
    ]
    call.__doc__ = _help(function.__doc__ or "")
    call.__name__ = function.__name__
    return _with_signature(call, [_CONTEXT, *own, *parameters(hidden=True)])


def _help(doc: str) -> str:
    """A docstring as help: the paragraph with the examples keeps its lines."""
    return re.sub(r"^(?=Examples?:)", "\b\n", inspect.cleandoc(doc), flags=re.MULTILINE)


def _with_signature(
    function: Callable[..., None], found: list[inspect.Parameter]
) -> Callable[..., None]:
    function.__signature__ = inspect.Signature(found)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in found}
    return function


def guarded(action: Callable[[], int | None], options: Options) -> int:
    """Run a command and give its exit code; no traceback reaches the user unless asked for."""
    try:
        code = action() or 0
        sys.stdout.flush()
        return code
    except KpiError as error:
        print(f"kpi: {safe(error.message)}", file=sys.stderr)
        if error.help:
            print(f"     {safe(error.help)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return 0
    except typer.Exit as leave:
        return leave.exit_code
    except Exception as fault:
        if options.verbose:
            raise
        print(f"kpi: a fault of ours: {type(fault).__name__}: {fault}", file=sys.stderr)
        print("     run it again with --verbose and send us what it prints", file=sys.stderr)
        return OUR_FAULT


def _close_stdout() -> None:
    """The reader is gone: let the interpreter's own flush at exit go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: list[str]) -> int:
    """The whole command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    names = command_names()
    if _completing() and (done := _completed(names)) is not None:
        return done
    named = [name for name in names if name in arguments]
    app = build(named if named and not _completing() else names)
    try:
        app(arguments, prog_name="kpi", standalone_mode=True)
    except SystemExit as leave:
        code = leave.code
        return code if isinstance(code, int) else (0 if code is None else 2)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _completed(names: list[str]) -> int | None:
    """Answer the shell; None where typer has to."""
    from kpi_cli.cli.completion import answer

    found = answer(os.environ, names, _module)
    if found is not None:
        sys.stdout.write(found[0])
    return found[1] if found is not None else None


def _completing() -> bool:
    return "_KPI_COMPLETE" in os.environ


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
