"""`kpi diff` and `kpi log`: changes in words, a verdict, and `kpi-diff/1`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpi_cli.analysis.compare import ORDER, Change
from kpi_cli.analysis.moves import NEEDS_REASON, Move
from kpi_cli.analysis.stated import line_of
from kpi_cli.checks.engine import Places
from kpi_cli.locale import N_, NN_, _, ngettext
from kpi_cli.plan import Loaded
from kpi_cli.views.document import Document, Item, Section
from kpi_cli.views.impact import FIELDS, both, label
from kpi_cli.views.words import clipped, how_many, listed

TITLES = {
    "added": N_("Added"),
    "removed": N_("Removed"),
    "retired": N_("Retired or closed"),
    "retargeted": N_("Re-targeted"),
    "reowned": N_("Re-owned"),
    "relinked": N_("Re-linked"),
    "redefined": N_("Redefined"),
    "renamed": N_("Renamed"),
    "moved": N_("Moved to another file"),
    "recorded": N_("Actuals entered"),
    "restated": N_("Actuals restated"),
    "checked_in": N_("Checked in"),
}
COUNTED = {
    "moved": NN_("{n} moved to another file", "{n} moved to another file"),
    "recorded": NN_("{n} actual entered", "{n} actuals entered"),
    "restated": NN_("{n} actual restated", "{n} actuals restated"),
}
_LATE = {
    "after a miss": NN_("{n} target moved after a miss", "{n} targets moved after a miss"),
    "after the due date": NN_(
        "{n} target moved after the due date", "{n} targets moved after the due date"
    ),
}
_MOVED = {
    "after a miss": N_("moved after a miss"),
    "after the due date": N_("moved after the due date"),
}
LONGEST = 120


class Where:
    """File and line of a change: in the later state, for what was removed in the earlier one."""

    def __init__(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
        self._before, self._after = Places(before), Places(after)

    def line(self, change: Change) -> int:
        """The line, from 1."""
        places = self._before if change.kind == "removed" else self._after
        return places.mark(change.place).line


def envelope(
    moves: Iterable[Move], where: Where, from_: str, to: str, as_of: object
) -> dict[str, Any]:
    """`kpi-diff/1`."""
    return {
        "schema": "kpi-diff/1",
        "as_of": as_of,
        "from": from_,
        "to": to,
        "changes": [_record(move, where) for move in moves],
    }


def _record(move: Move, where: Where) -> dict[str, Any]:
    change = move.change
    return {
        "kind": change.kind,
        "id": change.id,
        "path": change.place.path,
        "line": where.line(change),
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "late": move.late,
        "impact": move.impact,
    }


def document(
    moves: Sequence[Move], where: Where, before: Loaded, after: Loaded, span: str
) -> Document:
    """The changes by kind, each with its place, reason and impact."""
    sections = []
    told: set[str] = set()
    for kind in ORDER:
        chosen = [move for move in moves if move.change.kind == kind]
        items = tuple(_item(move, where, before, after, told) for move in chosen)
        sections.append(Section(_(TITLES[kind]), items))
    return Document(verdict(moves), span, tuple(sections))


def verdict(moves: Sequence[Move]) -> str:
    """`3 changes: 2 re-targeted and 1 actual restated; 1 target moved after a miss`."""
    if not moves:
        return _("Nothing changed in meaning")
    counts = Counter(move.change.kind for move in moves)
    late = Counter(move.late for move in moves if move.late)
    kinds = listed(_counted(kind, counts[kind]) for kind in ORDER if counts[kind])
    told = [ngettext(*_LATE[when], n) for when, n in sorted(late.items())]
    bare = sum(move.lacks_reason for move in moves)
    told += [_("{n} without a reason", n=how_many(bare))] if bare else []
    text = ngettext("{n} change: {kinds}", "{n} changes: {kinds}", len(moves), kinds=kinds)
    return f"{text}; {', '.join(told)}" if told else text


def _counted(kind: str, number: int) -> str:
    if kind in COUNTED:
        return ngettext(*COUNTED[kind], number)
    return f"{how_many(number)} {_(TITLES[kind]).lower()}"


def _item(move: Move, where: Where, before: Loaded, after: Loaded, told: set[str]) -> Item:
    """One change; `told` are the records whose effect stands above with another change of them."""
    change = move.change
    plan = before.plan if change.kind == "removed" else after.plan
    name = label(plan, change.id)
    known = change.id if name == change.id else f"{name} ({change.id})"
    text = f"{known}{what(change)}"
    details = [f"{change.place.path}:{where.line(change)}"]
    if move.late:
        details.append(_(_MOVED[move.late]))
    if change.reason:
        details.append(_("reason: {reason}", reason=clipped(change.reason, LONGEST)))
    elif change.kind in NEEDS_REASON:
        details.append(_("no reason is given"))
    if move.impact and change.id in told:
        details.append(_("its effect is told above, with the other change of this record"))
    else:
        details += [
            f"{one.id}: {_(FIELDS.get(one.field, one.field))} {' → '.join(both(one))}"
            for one in move.impact
        ]
        told |= {change.id} if move.impact else set()
    return Item(text, tuple(details), "risk" if move.late or move.lacks_reason else "")


def stated_line(value: object) -> str:
    """A field's value as somebody would type it, on one line, cut where it is long."""
    return _("nothing") if value is None else clipped(line_of(value), LONGEST)


def what(change: Change) -> str:
    """`, target: 40 % → 38 %`; nothing for what was added or removed."""
    if change.field is None:
        return ", " + _("had faults before") if change.kind == "redefined" else ""
    then, now = stated_line(change.before), stated_line(change.after)
    return f", {change.field.rstrip('_')}: {then} → {now}"
