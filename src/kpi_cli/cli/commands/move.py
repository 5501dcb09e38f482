"""`kpi move`: a record to another file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, inside, perform
from kpi_cli.cli.run import Run
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.edit.moving import Moved
    from kpi_cli.edit.store import Edit


def move(
    run: Run,
    identifier: Annotated[str, argument(metavar="ID", help="Any record.", find=ids_of())],
    to: Annotated[str, option("--to", metavar="FILE", help="A plan file; it is made if need be.")],
    dry_run: DryRun = False,
) -> int:
    """Move a record to another file, with the comments above it and in the other's indentation.

    Folders and file names carry no meaning, so nothing else changes.

    Example: kpi move repeat-rate --to teams/sales.yaml
    """
    from kpi_cli.edit.moving import move as edit

    target = inside(run, to)
    done = perform(run, lambda snapshot: edit(snapshot, identifier, target), _text, dry_run=dry_run)
    if done.said.is_empty:
        run.say(
            "kpi: "
            + _(
                "{file} holds no record any more; delete it if you need it no longer",
                file=done.said.old,
            )
        )
    return 0


def _text(done: Edit[Moved]) -> str:
    from kpi_cli.render.text import one_line

    text = _("{id}: {old} to {new}", id=done.said.id, old=done.said.old, new=done.said.new)
    return one_line(text) + "\n"
