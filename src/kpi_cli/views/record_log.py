"""`kpi log`: one record's changes, commit by commit, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi_cli.analysis.compare import Change
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, ngettext
from kpi_cli.plan import Plan
from kpi_cli.views.changes import LONGEST, TITLES, stated_line, what
from kpi_cli.views.document import Document, Item, Section
from kpi_cli.views.words import clipped


@dataclass(frozen=True, slots=True)
class Step:
    """The changes of one commit; `commit` is None for what is not committed yet."""

    commit: str | None
    on: str | None
    author: str | None
    subject: str | None
    changes: tuple[tuple[Change, int], ...]


def envelope(identifier: str, steps: Sequence[Step]) -> dict[str, Any]:
    """`kpi-log/1`: the changes of `kpi-diff/1` by commit."""
    return {
        "schema": "kpi-log/1",
        "id": identifier,
        "commits": [
            {
                "commit": step.commit,
                "on": step.on,
                "author": step.author,
                "subject": step.subject,
                "changes": [
                    {
                        "kind": change.kind,
                        "id": change.id,
                        "path": change.place.path,
                        "line": line,
                        "field": change.field,
                        "before": change.before,
                        "after": change.after,
                        "reason": change.reason,
                    }
                    for change, line in step.changes
                ],
            }
            for step in steps
        ],
    }


def document(identifier: str, steps: Sequence[Step], plan: Plan, *, cut_off: bool) -> Document:
    """The same for people."""
    count = sum(len(step.changes) for step in steps)
    known = plan.kpis.get(identifier) or plan.objectives.get(identifier)
    name = f"{known.label} ({identifier})" if known else identifier
    commits = sum(bool(step.changes) for step in steps)
    changes = ngettext("{n} change", "{n} changes", count)
    done = ngettext("{n} commit", "{n} commits", commits)
    verdict = _("{name}: {changes} in {commits}", name=name, changes=changes, commits=done)
    if cut_off:
        verdict = _("{verdict}, as far as this clone goes back", verdict=verdict)
    return Document(verdict, _("newest first"), tuple(_section(step) for step in steps))


def _section(step: Step) -> Section:
    if step.commit is None:
        title = _("not committed yet")
    else:
        title = f"{step.on}  {step.commit[:9]}  {step.author}: {clipped(step.subject or '', 72)}"
    begins = _("the history of this clone begins here, with the record in it")
    note = None if step.changes else begins
    return Section(title, tuple(_item(change, line) for change, line in step.changes), note=note)


def _item(change: Change, line: int) -> Item:
    details = [f"{change.place.path}:{line}"]
    if change.reason:
        details.append(_("reason: {reason}", reason=clipped(change.reason, LONGEST)))
    said = what(change).removeprefix(", ") or stated_line(change.after or change.before)
    return Item(f"{_(TITLES[change.kind])}: {said}", tuple(details))
