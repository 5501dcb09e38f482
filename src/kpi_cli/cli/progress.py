"""A bar on stderr while work takes long: on a terminal only, gone when the work is done."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, Self

from kpi_cli.locale import _

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kpi_cli.cli.options import Options

MANY = 200
"""More steps than this are counted from the first one on."""
SLOW = 1.0
"""Seconds after which fewer steps are counted too."""


def may_show(options: Options) -> bool:
    """Whether a moving bar is welcome: not on a pipe, with --quiet or --plain, or where it cannot
    be drawn."""
    able = sys.stderr.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")
    return able and not options.quiet and not options.plain


class Bar:
    """Counts steps: `with Bar("Reading", options) as bar: bar(done, of)`; rich comes with the
    first step that is drawn."""

    def __init__(self, label: str, options: Options) -> None:
        self.label = label
        self._may_show = may_show(options)
        self._colorless = options.color == "never"
        self._since = monotonic()
        self._drawn: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._drawn[0].stop()

    def __call__(self, done: int, of: int) -> None:
        """So many steps are done, of so many."""
        if not self._may_show or not (of > MANY or monotonic() - self._since > SLOW):
            return
        self._drawn = self._drawn or self._begun()
        progress, task = self._drawn
        progress.update(task, completed=done, total=of)

    def pulse(self, steps: int) -> None:
        """So many steps begin that cannot be counted while they are done."""
        if self._may_show and steps > MANY:
            self._drawn = self._drawn or self._begun()

    def _begun(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True, no_color=self._colorless or None),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        progress.start()
        return progress, progress.add_task(_(self.label), total=None)
