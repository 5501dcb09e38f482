"""`kpi diff` and `kpi log`: changes in words, a verdict, and `kpi-diff/1`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpi_cli.analysis.compare import ORDER, Change
from kpi_cli.analysis.moves import NEEDS_REASON, Move
from kpi_cli.analysis.stated import line_of
from kpi_cli.checks.engine import Places
from kpi_cli.plan import Loaded
from kpi_cli.views.document import Document, Item, Section
from kpi_cli.views.impact import both, label
from kpi_cli.views.words import clipped, listed, plural

TITLES = {
    "added": "Added",
    "removed": "Removed",
    "retired": "Retired or closed",
    "retargeted": "Re-targeted",
    "reowned": "Re-owned",
    "relinked": "Re-linked",
    "redefined": "Redefined",
    "renamed": "Renamed",
    "moved": "Moved to another file",
    "recorded": "Actuals entered",
    "restated": "Actuals restated",
    "checked_in": "Checked in",
}
COUNTED = {
    "moved": ("moved to another file", "moved to another file"),
    "recorded": ("actual entered", "actuals entered"),
    "restated": ("actual restated", "actuals restated"),
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
        sections.append(Section(TITLES[kind], items))
    return Document(verdict(moves), span, tuple(sections))


def verdict(moves: Sequence[Move]) -> str:
    """`3 changes: 2 re-targeted and 1 actual restated; 1 target moved after a miss`."""
    if not moves:
        return "Nothing changed in meaning"
    counts = Counter(move.change.kind for move in moves)
    late = Counter(move.late for move in moves if move.late)
    kinds = listed(_counted(kind, counts[kind]) for kind in ORDER if counts[kind])
    told = [f"{n} target{'s' if n > 1 else ''} moved {when}" for when, n in sorted(late.items())]
    bare = sum(move.lacks_reason for move in moves)
    told += [f"{bare} without a reason"] if bare else []
    return f"{plural(len(moves), 'change')}: {kinds}" + (f"; {', '.join(told)}" if told else "")


def _counted(kind: str, number: int) -> str:
    one, many = COUNTED.get(kind, (TITLES[kind].lower(), TITLES[kind].lower()))
    return f"{number} {one if number == 1 else many}"


def _item(move: Move, where: Where, before: Loaded, after: Loaded, told: set[str]) -> Item:
    """One change; `told` are the records whose effect stands above with another change of them."""
    change = move.change
    plan = before.plan if change.kind == "removed" else after.plan
    text = f"{label(plan, change.id)} ({change.id}){what(change)}"
    details = [f"{change.place.path}:{where.line(change)}"]
    if move.late:
        details.append(f"moved {move.late}")
    if change.reason:
        details.append(f"reason: {clipped(change.reason, LONGEST)}")
    elif change.kind in NEEDS_REASON:
        details.append("no reason is given")
    if move.impact and change.id in told:
        details.append("its effect is told above, with the other change of this record")
    else:
        details += [f"{one.id}: {one.field} {' → '.join(both(one))}" for one in move.impact]
        told |= {change.id} if move.impact else set()
    return Item(text, tuple(details), "risk" if move.late or move.lacks_reason else "")


def what(change: Change) -> str:
    """`, target: 40 % → 38 %`; nothing for what was added or removed."""
    if change.field is None:
        return ", had faults before" if change.kind == "redefined" else ""
    then = clipped(line_of(change.before), LONGEST)
    now = clipped(line_of(change.after), LONGEST)
    return f", {change.field.rstrip('_')}: {then} → {now}"
