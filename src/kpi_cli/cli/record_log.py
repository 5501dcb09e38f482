"""Walking back through git for one record; commits that did not touch its file are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_cli.cli.revisions import at_revision
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.shape import did_you_mean
from kpi_cli.workspace import CONFIG

if TYPE_CHECKING:
    from kpi_cli.history import Entry, Repository
    from kpi_cli.plan import Loaded
    from kpi_cli.views.record_log import Step


def history_of(run: Run, repository: Repository, identifier: str) -> list[Step]:
    """The steps of one record, newest first. Raises CannotRun for an id nobody ever used."""
    entries, cut_off = repository.log(), repository.is_shallow()
    head = at_revision(repository, "HEAD", known=run.loaded)
    steps: list[Step] = []
    name = identifier
    step, name = _step(head, run.loaded, name, None)
    steps += [step] if step else []
    later, newer = head, entries[0] if entries else None
    for older in entries[1:]:
        if newer is not None and _is_untouched(repository, older.id, newer.id, later, name):
            newer = older
            continue
        earlier = _state(repository, older.id, later)
        if earlier is None:
            break
        step, name = _step(earlier, later, name, newer)
        steps += [step] if step else []
        later, newer = earlier, older
    if newer is not None and later.plan.knows(name) and entries and newer == entries[-1]:
        steps.append(_begun(newer) if cut_off else _first(later, name, newer))
    if not steps:
        known = [record.id for record in run.loaded.plan.records()]
        raise CannotRun(f"no record '{identifier}'", help=did_you_mean(identifier, known))
    return steps


def _state(repository: Repository, commit: str, known: Loaded) -> Loaded | None:
    """The plan at a commit; None where there was no workspace yet."""
    if not any(repository.versions(CONFIG, [commit])):
        return None
    return at_revision(repository, commit, known)


def _is_untouched(repository: Repository, older: str, newer: str, later: Loaded, name: str) -> bool:
    """Whether neither the record's file, nor a table, nor the settings differ in two commits."""
    place = later.plan.origins.get(name)
    if place is None:
        return False
    then, now = repository.tree(older).blobs(), repository.tree(newer).blobs()
    changed = {path for path in then.keys() | now.keys() if then.get(path) != now.get(path)}
    return not any(path in (place.path, CONFIG) or path.endswith(".csv") for path in changed)


def _step(before: Loaded, after: Loaded, name: str, entry: Entry | None) -> tuple[Step | None, str]:
    """What one commit changed in the record, and the record's id before it."""
    from kpi_cli.analysis.compare import compare
    from kpi_cli.views.changes import Where
    from kpi_cli.views.record_log import Step

    changes = [
        change
        for change in compare(before.plan, after.plan)
        if change.id == name or (change.was == name and change.field == "id")
    ]
    if not changes:
        return None, name
    where = Where(before.files, after.files)
    rows = tuple((change, where.line(change)) for change in changes)
    was = next((change.was for change in changes if change.was), name)
    if entry is None:
        return Step(None, None, None, None, rows), was
    return Step(entry.id, entry.on, entry.author, entry.subject, rows), was


def _begun(entry: Entry) -> Step:
    """Where the history of a shallow clone begins: whoever entered the record is not known."""
    from kpi_cli.views.record_log import Step

    return Step(entry.id, entry.on, entry.author, entry.subject, ())


def _first(loaded: Loaded, name: str, entry: Entry) -> Step:
    """The commit in which the history begins, where the record stood already."""
    from kpi_cli.analysis.compare import Change
    from kpi_cli.views.changes import Where
    from kpi_cli.views.record_log import Step

    place = loaded.plan.place(name)
    label = next((r.label for r in loaded.plan.records() if r.id == name), name)
    change = Change("added", name, place, None, None, label)
    line = Where({}, loaded.files).line(change)
    return Step(entry.id, entry.on, entry.author, entry.subject, ((change, line),))
