"""Another id for a record, with the baseline carried along: for the command and for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.frozen import replace

if TYPE_CHECKING:
    from kpi_cli.edit.renaming import Renamed
    from kpi_cli.edit.store import Edit
    from kpi_cli.workspace import Tree


def renamed(run: Run, tree: Tree, old: str, new: str) -> Edit[Renamed]:
    """The edit; old faults are known by their new fingerprints. Raises CannotRun."""
    from kpi_cli.checks.baseline import FILE, carried_over, dump
    from kpi_cli.cli.checking import baseline_in, check_plan
    from kpi_cli.edit.files import Overlay
    from kpi_cli.edit.renaming import rename

    done = rename(tree, old, new)
    entries = baseline_in(tree)
    if not entries:
        return done
    before = run.over(tree)
    after = run.over(Overlay(tree, done.files))
    found = check_plan(before, before.loaded).findings, check_plan(after, after.loaded).findings
    carried = carried_over(entries, *found)
    if carried == list(entries):
        return done
    files = {**done.files, FILE: dump(carried).encode("utf-8", "backslashreplace")}
    return replace(done, files=files)
