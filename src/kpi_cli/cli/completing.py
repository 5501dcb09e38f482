"""Completion of ids in the shell: from the left side of the files, without reading the plan.

It has to answer while somebody types, so neither the models nor the YAML reader are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import typer

Complete = Callable[[typer.Context, str], list[str]]


def ids_of(*sections: str) -> Complete:
    """A completer of the ids in these sections; silent where there is no workspace."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        from kpi_cli.errors import CannotRun

        try:
            found = set(_ids(_start(context), sections))
        except (CannotRun, OSError):
            return []
        return sorted(name for name in found if name.startswith(incomplete))

    return complete


def _start(context: typer.Context) -> Path:
    """The folder named by --root, before or after the command, else the current one."""
    parents = context.parent.params if context.parent else {}
    return Path(context.params.get("root") or parents.get("root") or Path.cwd()).absolute()


def _ids(start: Path, sections: tuple[str, ...]) -> Iterator[str]:
    from kpi_cli.source import record_lines
    from kpi_cli.workspace import DiskTree, LeavesWorkspace, find_root, is_plan_file

    tree = DiskTree(find_root(start))
    for path in tree.paths():
        if not is_plan_file(path):
            continue
        try:
            records = record_lines(tree.read(path))
        except (FileNotFoundError, LeavesWorkspace):
            continue
        yield from (name for section, name in records if section in sections)
