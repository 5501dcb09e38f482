"""`--fix` and `--diff`: the changes that are always right, made or shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.locale import ngettext

if TYPE_CHECKING:
    from kpi_cli.diagnostics import Finding
    from kpi_cli.edit.store import Edit
    from kpi_cli.workspace import Tree

Fix = Annotated[bool, option("--fix", help="Make the changes that are always right, then check.")]
Diff = Annotated[bool, option("--diff", help="Show what --fix would change, and write nothing.")]


def mend(run: Run, found: Callable[[Run], list[Finding]], *, dry: bool) -> Edit[int]:
    """Make the safe fixes of what `found` finds in a run or, `dry`, print their diff."""
    from kpi_cli.cli.editing import diff_of
    from kpi_cli.cli.run import emit
    from kpi_cli.edit.fixing import fix
    from kpi_cli.edit.store import perform

    def look(tree: Tree) -> tuple[list[Finding], Mapping[str, bytes]]:
        state = run.over(tree)
        return found(state), state.loaded.files

    done = perform(run.root, lambda snapshot: fix(snapshot, look), dry=dry)
    if dry:
        emit(diff_of(done))
    elif done.said:
        run.speak()
        files = ngettext("{n} file", "{n} files", len(done.changed))
        fixed = ngettext(
            "fixed {n} finding in {files}", "fixed {n} findings in {files}", done.said, files=files
        )
        run.say(f"kpi: {fixed}")
    return done
