"""The `kpi` command line: the quick ways first, and typer for all they decline."""

from __future__ import annotations

import os
import sys
from typing import Any

from kpi_cli.cli.found import command_names, function_of
from kpi_cli.cli.guard import INTERRUPTED, call, guarded
from kpi_cli.cli.line import read
from kpi_cli.cli.options import HELP_FLAGS, Options

NOTHING_ASKED = 2


def __getattr__(name: str) -> Any:
    """`app`: the whole command line in typer, built when it is asked for."""
    if name == "app":
        from kpi_cli.cli.typed import build

        return build(command_names())
    raise AttributeError(name)


def run(arguments: list[str]) -> int:
    """The whole command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    try:
        return _run(command_names(), arguments)
    except SystemExit as leave:
        code = leave.code
        return code if isinstance(code, int) else (0 if code is None else 2)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(names: list[str], arguments: list[str]) -> int:
    if _completing():
        done = _completed(names)
        return _by_typer(names, arguments) if done is None else done
    line = read(arguments, names, os.environ)
    if line is not None:
        return call(function_of(line.command), line.options, line.values)
    if not arguments or arguments[-1] in HELP_FLAGS:
        told = _help(names, arguments)
        if told is not None:
            return told
    return _by_typer([name for name in names if name in arguments] or names, arguments)


def _help(names: list[str], arguments: list[str]) -> int | None:
    """Print the page a line asks for, on stderr where it asks for nothing at all.

    The exit code; None where typer has to say more than that.
    """
    from kpi_cli.cli.helping import help_for

    page = help_for(arguments or HELP_FLAGS[:1], names)
    if page is None:
        return None
    code = guarded(lambda: print(page, file=None if arguments else sys.stderr), Options())
    return code if arguments else code or NOTHING_ASKED


def _by_typer(names: list[str], arguments: list[str]) -> int:
    """The exit code of a line that typer reads; it is given these commands. Raises SystemExit."""
    from kpi_cli.cli.typed import build

    build(names)(arguments, prog_name="kpi", standalone_mode=True)
    return 0


def _completed(names: list[str]) -> int | None:
    """Answer the shell; None where typer has to."""
    from kpi_cli.cli.completion import answer

    found = answer(os.environ, names)
    if found is not None:
        sys.stdout.write(found[0])
    return found[1] if found is not None else None


def _completing() -> bool:
    return "_KPI_COMPLETE" in os.environ


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
