"""What every command that edits does: perform, or show the diff with `--dry-run`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.edit.store import Edit, Snapshot

Said = TypeVar("Said")
DryRun = Annotated[bool, option("--dry-run", help="Show the diff, and write nothing.")]


def perform(
    run: Run,
    edit: Callable[[Snapshot], Edit[Said]],
    text: Callable[[Edit[Said]], str],
    *,
    dry_run: bool,
) -> Edit[Said]:
    """Edit the workspace and print what `text` says of it; with `dry_run`, print the diff."""
    from kpi_cli.edit.store import perform as perform_edit

    done = perform_edit(run.root, edit, dry=dry_run)
    run.speak()
    renderers = {
        "text": lambda: diff_of(done) if dry_run else text(done),
        "json": lambda: _json(done, dry_run=dry_run),
    }
    run.write(renderers)
    if dry_run and not done.changed:
        run.say(f"kpi: {_('nothing would change')}")
    return done


def diff_of(done: Edit[Said]) -> str:
    """The diff, with control and bidirectional characters of the plan shown escaped."""
    from kpi_cli.edit.diff import unified
    from kpi_cli.render.text import safe

    shown = unified(done.before, done.changed).replace("\r\n", "\n")
    return safe(shown)


def _json(done: Edit[Said], *, dry_run: bool) -> str:
    from kpi_cli.edit.diff import unified
    from kpi_cli.render.json import dump

    return dump(
        {
            "schema": "kpi-edit/1",
            "written": not dry_run,
            "files": list(done.changed),
            "diff": unified(done.before, done.changed),
        }
    )


def inside(run: Run, name: str) -> str:
    """A file as typed, seen from the current folder where it is in the workspace, else its root."""
    from pathlib import Path

    root, given = run.root.resolve(), Path(name).absolute()
    real = given.parent.resolve() / given.name
    meant = run.options.root is None or Path(name).is_absolute()
    return real.relative_to(root).as_posix() if meant and real.is_relative_to(root) else name
