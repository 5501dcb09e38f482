"""`kpi diff`: what changed between two states of the plan, by meaning."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.declare import argument
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _


def diff(
    run: Run,
    revisions: Annotated[
        list[str] | None,
        argument(
            metavar="[REV [REV]]", help="Two revisions, or one and the files as they are now."
        ),
    ] = None,
) -> int:
    """Compare two states of the plan by meaning, not by lines, with the impact of each change.

    Without REV the last commit is compared with the files as they are now. Layout, comments and the
    order of records are no change. Targets that were moved after a miss or after the due date are
    named, and so are changes without a reason.

    Examples:
      kpi diff
      kpi diff main
      kpi diff v2026-q1 HEAD --format markdown
    """
    from kpi_cli.analysis.assess import assess
    from kpi_cli.analysis.moves import moves
    from kpi_cli.cli.documents import write_document
    from kpi_cli.cli.revisions import at_revision, repository
    from kpi_cli.views.changes import Where, document, envelope
    from kpi_cli.views.words import day

    named = _named(revisions or ["HEAD"])
    if len(named) > 2:
        raise CannotRun("at most two revisions are compared", help="write `kpi diff REV REV`")
    found = repository(run)
    after = at_revision(found, named[1]) if len(named) == 2 else run.loaded
    before = at_revision(found, named[0], known=after)
    then = assess(before.plan, run.as_of)
    now = assess(after.plan, run.as_of, known=then)
    rows = moves(then, now, found.day_of(named[1]) if len(named) == 2 else None)
    where = Where(before.files, after.files)
    from_, to = named[0], named[1] if len(named) == 2 else "working tree"
    later = to if len(named) == 2 else _("working tree")
    span = _("{before} → {after}, as of {day}", before=from_, after=later, day=day(run.as_of))
    write_document(
        run,
        lambda: document(rows, where, before, after, span),
        lambda: envelope(rows, where, from_, to, run.as_of),
    )
    left_out = max(before.left_out, after.left_out)
    if left_out:
        run.say("kpi: " + _("up to {n} records have faults and are left out", n=left_out))
    return 0


def _named(revisions: list[str]) -> list[str]:
    """`REV..REV` is read as two revisions, as git does."""
    first, dots, last = revisions[0].partition("..")
    if len(revisions) > 1 or not dots or last.startswith("."):
        return revisions
    return [first or "HEAD", last or "HEAD"]
