"""Two states of the workspace: commits, or the files as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.history import Repository
    from kpi_cli.plan import Loaded

_DEEPEN = "fetch the whole history with `git fetch --unshallow`"


def repository(run: Run) -> Repository:
    """The git repository of the workspace. Raises CannotRun without one or without a commit."""
    from kpi_cli.history import repository_of

    found = repository_of(run.root)
    if found is None:
        raise CannotRun(
            f"the workspace {run.root} is in no git repository",
            help="run `git init` and commit the plan; from then on changes can be told",
        )
    if found.head() is None:
        raise CannotRun("the repository has no commit yet", help="commit the plan first")
    return found


def at_revision(found: Repository, revision: str, known: Loaded | None = None) -> Loaded:
    """The plan at a commit. Raises CannotRun for a revision that cannot be read."""
    from kpi_cli.history import GitError, UnknownRevision
    from kpi_cli.plan import load_plan

    try:
        tree = found.tree(revision, at_hand=known.files if known else None)
        return load_plan(tree, known=known)
    except UnknownRevision as error:
        shallow = found.is_shallow()
        why = "; this clone holds only a part of the history" if shallow else ""
        raise CannotRun(f"{error}{why}", help=_DEEPEN if shallow else "see `git log`") from None
    except FileNotFoundError:
        raise CannotRun(f"there is no kpi.yaml at '{revision}'", help="name a later one") from None
    except GitError as error:
        raise CannotRun(f"git says: {error}", help=_DEEPEN) from None
