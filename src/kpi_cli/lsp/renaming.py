"""Another id for a record, in every file that names it."""

from __future__ import annotations

from kpi_cli.edit.renaming import rename as edit
from kpi_cli.lsp.changes import Change, changes
from kpi_cli.workspace import Tree


def rename(tree: Tree, old: str, new: str) -> list[Change]:
    """The changes of every link, list, formula and CSV row. Raises CannotRun."""
    done = edit(tree, old, new)
    return [
        change for path, raw in done.files.items() for change in changes(path, tree.read(path), raw)
    ]
