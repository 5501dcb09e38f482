"""`kpi rename`: another id, everywhere it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument
from kpi_cli.cli.editing import DryRun, perform
from kpi_cli.cli.renaming import renamed
from kpi_cli.cli.run import Run
from kpi_cli.locale import ngettext

if TYPE_CHECKING:
    from kpi_cli.edit.renaming import Renamed
    from kpi_cli.edit.store import Edit


def rename(
    run: Run,
    old: Annotated[str, argument(metavar="OLD", help="The id of any record.", find=ids_of())],
    new: Annotated[str, argument(metavar="NEW", help="The id it gets.")],
    dry_run: DryRun = False,
) -> int:
    """Give a record another id, and follow it in every link, list, formula and CSV row.

    Texts that only mention the word stay as they are. All files are changed, or none.

    Example: kpi rename repeat-rate repeat-purchase-rate --dry-run
    """
    perform(run, lambda snapshot: renamed(run, snapshot, old, new), _text, dry_run=dry_run)
    return 0


def _text(done: Edit[Renamed]) -> str:
    from kpi_cli.render.text import one_line

    said = done.said
    total = sum(said.places.values())
    head = ngettext(
        "{old} is now {new}: {n} place",
        "{old} is now {new}: {n} places",
        total,
        old=said.old,
        new=said.new,
    )
    lines = [head, *(f"  {count:>3}  {path}" for path, count in said.places.items())]
    return "\n".join(map(one_line, lines)) + "\n"
