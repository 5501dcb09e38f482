"""`kpi baseline`: begin to check a plan that has faults already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, perform
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from kpi_cli.checks.baseline import Entry
    from kpi_cli.edit.store import Edit, Snapshot

Action = Literal["create", "update", "prune"]


def baseline(
    run: Run,
    action: Annotated[Action, argument(metavar="create|update|prune", help="What to do with it.")],
    reason: Annotated[
        str | None, option("--reason", metavar="TEXT", help="Why the faults are borne.")
    ] = None,
    until: Annotated[
        str | None,
        option("--until", metavar="DATE", help="The last day on which they are borne."),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Keep today's findings as counted debt, so that only new ones fail `kpi validate`.

    `create` lists them in .kpi/baseline.json; `update` adds those found since and takes out those
    that are gone; `prune` only takes out. Ignores in the plan come first: what they set aside is
    no debt.

    Examples:
      kpi baseline create --reason "there before we checked" --until 2027-03-31
      kpi baseline prune
    """
    from kpi_cli.checks.baseline import FILE
    from kpi_cli.cli.checking import baseline_of

    old = baseline_of(run)
    exists = _exists(run, FILE)
    if action == "create" and exists:
        raise CannotRun(
            f"there is a {FILE} already",
            help="type `kpi baseline update` to add to it, or `kpi baseline prune`",
        )
    if action != "create" and not exists:
        raise CannotRun(f"there is no {FILE} yet", help="type `kpi baseline create`")
    new = _entries(run, old, action, reason, _day(until))
    perform(run, lambda snapshot: _edit(snapshot, new), lambda _: _told(old, new), dry_run=dry_run)
    return 0


def _exists(run: Run, path: str) -> bool:
    try:
        run.tree.read(path)
    except FileNotFoundError:
        return False
    return True


def _day(text: str | None) -> date | None:
    from kpi_cli.period import BadPeriod, parse_day

    try:
        return parse_day(text) if text else None
    except BadPeriod as error:
        raise CannotRun(f"--until: {error}") from None


def _entries(
    run: Run, old: tuple[Entry, ...], action: Action, reason: str | None, until: date | None
) -> list[Entry]:
    from kpi_cli.checks.baseline import updated
    from kpi_cli.cli.checking import check_plan

    # Faults of the ignores themselves are mended, never borne.
    found = [f for f in check_plan(run, run.loaded).findings if not f.code.startswith("X")]
    return updated(found, old, as_of=run.as_of, reason=reason, until=until, grow=action != "prune")


def _edit(snapshot: Snapshot, entries: list[Entry]) -> Edit[None]:
    from kpi_cli.checks.baseline import FILE, dump
    from kpi_cli.edit.store import Edit

    return Edit({FILE: dump(entries).encode("utf-8", "backslashreplace")}, None)


def _told(old: tuple[Entry, ...], new: list[Entry]) -> str:
    from kpi_cli.checks.baseline import FILE

    before = {entry.fingerprint for entry in old}
    after = {entry.fingerprint for entry in new}
    added, gone = len(after - before), len(before - after)
    changes = _("nothing changed")
    if added or gone:
        changes = _("{added} added, {gone} taken out", added=added, gone=gone)
    return ngettext(
        "{file} lists {n} finding: {changes}",
        "{file} lists {n} findings: {changes}",
        len(new),
        file=FILE,
        changes=changes,
    )
