"""What a report says of itself only when asked: the commit of its input, the time of writing."""

from __future__ import annotations

from datetime import UTC, datetime
from os.path import lexists
from typing import TYPE_CHECKING, Literal

from kpi_cli.cli.run import Run
from kpi_cli.frozen import dataclass, replace

if TYPE_CHECKING:
    from kpi_cli.history import GitTree
    from kpi_cli.views.report import Report

Theme = Literal["light", "dark"]
SHORT = 12
"""Digits of a commit, as many as name the input."""
_PLAN_FILES = (".yaml", ".yml", ".csv")


@dataclass(frozen=True, slots=True)
class Edition:
    """How a report is printed, beside its facts."""

    theme: Theme | None = None
    stamp: bool = False
    revision: bool = False

    def of(self, run: Run, report: Report) -> Report:
        """The report with what was asked for in its imprint. Raises CannotRun without a commit."""
        imprint = replace(report.imprint, theme=self.theme)
        if self.stamp:
            imprint = replace(imprint, written=now())
        if self.revision:
            commit, uncommitted = revision_of(run)
            imprint = replace(imprint, commit=commit, uncommitted=uncommitted)
        return replace(report, imprint=imprint)


def now() -> datetime:
    """This minute, in UTC."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def revision_of(run: Run) -> tuple[str, bool]:
    """The commit that is checked out, and whether the files that were read differ from it.

    Raises CannotRun where there is no repository or no commit. The files are compared by us:
    `git status` would run the filters of the repository, and count files that no plan is made of.
    """
    from kpi_cli.cli.revisions import repository

    tree = repository(run).tree("HEAD")
    return tree.commit[:SHORT], _differs(run, tree)


def _differs(run: Run, tree: GitTree) -> bool:
    """Whether a file was read that is not in the commit like that, or one of its files is gone."""
    blobs, files = tree.blobs(), run.loaded.files
    if any(not _is_committed(tree, path, files[path]) for path in files):
        return True
    plans = (path for path in blobs if path.endswith(_PLAN_FILES) and path not in files)
    return any(not lexists(run.root / path) for path in plans)


def _is_committed(tree: GitTree, path: str, raw: bytes) -> bool:
    """Whether a file has these bytes in the commit; git may have changed its line ends."""
    from kpi_cli.history import blob_name
    from kpi_cli.workspace import LeavesWorkspace

    name = tree.blobs().get(path)
    if name is not None:
        return name in (
            blob_name(raw, len(name)),
            blob_name(raw.replace(b"\r\n", b"\n"), len(name)),
        )
    try:
        return tree.read(path) == raw
    except (FileNotFoundError, LeavesWorkspace):
        return False
