"""`kpi lsp`: the server that editors start."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.lsp.seen import Scores, Seen
    from kpi_cli.workspace import Tree


def lsp(
    run: Run,
    stdio: Annotated[
        bool, option("--stdio", help="Speak over standard input and output; the only way.")
    ] = False,
) -> int:
    """Serve an editor: findings as you type, hover, completion, rename, fixes.

    Speaks the Language Server Protocol over standard input and output until the editor ends it.
    Needs the extra `lsp`: pip install 'kpi-cli[lsp]'.

    Example: kpi lsp --stdio
    """
    try:
        from kpi_cli.lsp.server import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        raise CannotRun(
            "`kpi lsp` needs the extra `lsp`, which is not installed",
            help="install it with `pip install 'kpi-cli[lsp]'`",
        ) from None

    def look(root: Path, tree: Tree, before: Seen | None) -> Seen:
        return _look(Run(replace(run.options, root=root)), tree, before)

    # Whatever prints by accident must not land between two messages.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return serve(look, _pages(), out)


def _look(run: Run, tree: Tree, before: Seen | None) -> Seen:
    """The workspace as `kpi validate` sees it, over the given files. Raises CannotRun."""
    from kpi_cli.cli.checking import outcome, verdict_of
    from kpi_cli.cli.renaming import renamed
    from kpi_cli.lsp.seen import Seen

    state = run.over(tree, before.loaded if before else None)
    found = outcome(state, verdict_of(state), [], None)
    return Seen(
        state.root, tree, state.loaded, tuple(found.findings), state.as_of,
        lambda: state.assessment, lambda ids: _scores(state, ids),
        lambda old, new: renamed(state, tree, old, new).files,
    )  # fmt: skip


def _scores(state: Run, ids: Collection[str]) -> Scores:
    """The SMART scores of those of the KPIs that are live, as `kpi check-smart` gives them."""
    from kpi_cli.cli.grading import graded
    from kpi_cli.lsp.seen import Score
    from kpi_cli.views.status import Selected

    known = tuple(name for name in ids if name in state.loaded.plan.kpis)
    smart = graded(state, Selected(known)).smart if known else None
    return {
        one.id: Score(one.total, ", ".join(f"{c} {one.of(c)}" for c in "SMART"), one.fix)
        for one in (smart.kpis if smart else ())
    }


def _pages() -> Path:
    """Where the rules' pages are kept for the editor to open."""
    from kpi_cli.cache.place import folder

    return folder() / "rules"
