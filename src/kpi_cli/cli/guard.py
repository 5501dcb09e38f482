"""Faults become exit codes: no traceback reaches the user unless it was asked for."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import Any

from kpi_cli.cli.options import Options
from kpi_cli.errors import KpiError

INTERRUPTED = 130
OUR_FAULT = 3


def call(function: Callable[..., int | None], options: Options, values: dict[str, Any]) -> int:
    """Run a command with its values, in the language asked for; its exit code."""
    from kpi_cli.cli.run import Run
    from kpi_cli.locale import ENGLISH, speaking

    gc.freeze()  # what is there now stays; nobody has to look through it
    gc.enable()  # `__main__` has stopped it for the start
    with speaking(options.lang or ENGLISH):
        run = Run(options)
        code = guarded(lambda: function(run, **values), options)
        run.keep()
        return code


def guarded(action: Callable[[], int | None], options: Options) -> int:
    """Run an action and give its exit code. Raises what is a fault of ours with --verbose."""
    try:
        code = action() or 0
        sys.stdout.flush()
        return code
    except KpiError as error:
        _tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return 0
    except Exception as fault:
        if options.verbose:
            raise
        print(f"kpi: a fault of ours: {type(fault).__name__}: {fault}", file=sys.stderr)
        print("     run it again with --verbose and send us what it prints", file=sys.stderr)
        return OUR_FAULT


def _tell(error: KpiError) -> None:
    from kpi_cli.render.text import safe

    print(f"kpi: {safe(error.message)}", file=sys.stderr)
    if error.help:
        print(f"     {safe(error.help)}", file=sys.stderr)


def _close_stdout() -> None:
    """The reader is gone: let the interpreter's own flush at exit go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
