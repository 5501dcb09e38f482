"""Another id for a record, in every file that names it."""

from __future__ import annotations

from kpi_cli.lsp.changes import Change, changes
from kpi_cli.lsp.seen import Seen


def rename(seen: Seen, old: str, new: str) -> list[Change]:
    """The changes of every link, list, formula, CSV row and old fault. Raises CannotRun."""
    files = seen.rename(old, new)
    return [
        change for path, raw in files.items() for change in changes(path, seen.tree.read(path), raw)
    ]
