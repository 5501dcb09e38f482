"""`kpi fmt`: one order and layout for all plan files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, diff_of, inside
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.locale import N_, _

if TYPE_CHECKING:
    from kpi_cli.edit.formatting import Formatted
    from kpi_cli.edit.store import Edit


def fmt(
    run: Run,
    paths: Annotated[
        list[Path] | None, argument(metavar="[PATHS]...", help="Only these files or folders.")
    ] = None,
    check: Annotated[
        bool, option("--check", help="Write nothing; end 1 where a file would change.")
    ] = False,
    diff: Annotated[bool, option("--diff", help="Write nothing; show what would change.")] = False,
    dry_run: DryRun = False,
) -> int:
    """Bring plan files into one order and layout; their meaning does not change.

    Sections and keys come in the order of the format, actuals by date, two spaces a level, one
    empty line between records. Quotes, brackets and texts stay as written, comments where they
    belong. A second run changes nothing.

    Examples:
      kpi fmt
      kpi fmt --check teams
    """
    from kpi_cli.edit.formatting import format_files
    from kpi_cli.edit.store import perform

    chosen = _chosen(run, paths)
    dry = check or diff or dry_run
    done = perform(run.root, lambda snapshot: format_files(snapshot, chosen), dry=dry)
    run.speak()
    shown = diff_of(done) if diff or dry_run else _text(done, dry=dry)
    run.write({"text": lambda: shown})
    for _path, reason in done.said.left:
        run.say(f"kpi: left alone: {reason}")
    return 1 if check and done.said.changed else 0


def _chosen(run: Run, paths: list[Path] | None) -> list[str] | None:
    """The files of the workspace that lie in PATHS. Raises CannotRun."""
    if not paths:
        return None
    wanted = []
    for path in paths:
        name = inside(run, str(path))
        if name != "." and not (run.root / name).exists():
            raise CannotRun(f"there is no file or folder '{path}' in the workspace")
        wanted.append(name)
    known = run.tree.paths()
    return [p for p in known if any(w == "." or p == w or p.startswith(f"{w}/") for w in wanted)]


def _text(done: Edit[Formatted], *, dry: bool) -> str:
    from kpi_cli.render.text import one_line

    said = done.said
    text = N_("{n} of {whole} files would change") if dry else N_("{n} of {whole} files changed")
    lines = [*said.changed, _(text, n=len(said.changed), whole=said.checked)]
    return "\n".join(map(one_line, lines)) + "\n"
