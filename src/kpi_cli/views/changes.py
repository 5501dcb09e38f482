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
WORDS = {
    "retired": "retired or closed",
    "retargeted": "re-targeted",
    "reowned": "re-owned",
    "relinked": "re-linked",
    "moved": "moved",
    "recorded": "recorded",
    "restated": "restated",
    "checked_in": "checked in",
} | {kind: kind for kind in ("added", "removed", "redefined", "renamed")}
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
    for kind in ORDER:
        chosen = [move for move in moves if move.change.kind == kind]
        items = tuple(_item(move, where, before, after) for move in chosen)
        sections.append(Section(TITLES[kind], items))
    return Document(verdict(moves), span, tuple(sections))


def verdict(moves: Sequence[Move]) -> str:
    """`3 changes: 1 target moved after a miss, 1 restated, 1 without a reason`."""
    if not moves:
        return "Nothing changed in meaning"
    counts = Counter(move.change.kind for move in moves)
    late = Counter(move.late for move in moves if move.late)
    parts = [f"{n} target{'s' if n > 1 else ''} moved {when}" for when, n in sorted(late.items())]
    said = (TITLES[kind].lower() for kind in ORDER if counts[kind])
    parts += [
        f"{counts[k]} {word}" for k, word in zip((k for k in ORDER if counts[k]), said, strict=True)
    ]
    bare = sum(move.lacks_reason for move in moves)
    parts += [f"{bare} without a reason"] if bare else []
    return f"{plural(len(moves), 'change')}: {listed(parts)}"


def _item(move: Move, where: Where, before: Loaded, after: Loaded) -> Item:
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
    for one in move.impact:
        then, now = both(one)
        details.append(f"{one.id}: {one.field} {then} → {now}")
    return Item(text, tuple(details), "risk" if move.late or move.lacks_reason else "")


def what(change: Change) -> str:
    """`, target: 40 % → 38 %`; nothing for what was added or removed."""
    if change.field is None:
        return ", had faults before" if change.kind == "redefined" else ""
    then = clipped(line_of(change.before), LONGEST)
    now = clipped(line_of(change.after), LONGEST)
    return f", {change.field.rstrip('_')}: {then} → {now}"
