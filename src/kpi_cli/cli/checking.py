"""Running the rules for a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kpi_cli.cli.run import Run
from kpi_cli.diagnostics import Diagnostic, Finding
from kpi_cli.errors import CannotRun


def check_workspace(run: Run) -> list[Finding]:
    """All findings of `kpi validate`, in reading order."""
    from kpi_cli.checks.engine import findings
    from kpi_cli.checks.selection import for_validate

    return findings(
        run.loaded,
        run.as_of,
        for_validate(run.loaded.plan.config),
        assessment=lambda: run.assessment,
        locked_edits=lambda: _locked_edits(run),
    )


def _locked_edits(run: Run) -> Iterator[Diagnostic]:
    """What git says about locked periods; asked for only where there are some."""
    from kpi_cli.checks.locked import locked_edits
    from kpi_cli.history import repository_of

    return locked_edits(run.loaded, repository_of(run.root), run.as_of)


def only_in(run: Run, found: Sequence[Finding], paths: Sequence[Path]) -> list[Finding]:
    """The findings in these files or folders (all without any). Raises CannotRun."""
    if not paths:
        return list(found)
    wanted: list[str] = []
    for path in paths:
        full = path.absolute()
        if not full.exists():
            raise CannotRun(f"there is no file or folder '{path}'")
        try:
            wanted.append(full.resolve().relative_to(run.root.resolve()).as_posix())
        except ValueError:
            raise CannotRun(f"'{path}' is not in the workspace {run.root}") from None
    return [f for f in found if any(_lies_in(f.path, folder) for folder in wanted)]


def _lies_in(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")
