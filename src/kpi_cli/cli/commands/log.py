"""`kpi log`: the history of one record."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument
from kpi_cli.cli.run import Run
from kpi_cli.locale import _


def log(
    run: Run,
    identifier: Annotated[
        str,
        argument(
            metavar="ID",
            help="A record of any kind, now or in the last commit.",
            find=ids_of(),
        ),
    ],
) -> int:
    """Show every change of one record, newest first, across new ids and other files.

    The history is that of git, along the first parents; what is not committed yet stands first.

    Examples:
      kpi log repeat-rate
      kpi log repeat-rate --format json
    """
    from kpi_cli.cli.documents import write_document
    from kpi_cli.cli.record_log import history_of
    from kpi_cli.cli.revisions import repository
    from kpi_cli.views.record_log import document, envelope

    found = repository(run)
    steps = history_of(run, found, identifier)
    cut_off = found.is_shallow()
    write_document(
        run,
        lambda: document(identifier, steps, run.loaded.plan, cut_off=cut_off),
        lambda: envelope(identifier, steps),
    )
    if cut_off:
        told = _("this clone holds only a part of the history; `git fetch --unshallow`")
        run.say(f"kpi: {told}")
    return 0
