"""Records that live on under another id: nearly the same content, one gone and one new."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.models import Kpi, Record
from kpi_cli.plan import Plan
from kpi_cli.plan.model import SECTIONS

ALIKE = 0.6
"""Share of the fields set in either record that must be equal."""
MOST = 300
"""With more new or gone records of a kind than this, only equal labels are compared."""
_OF_NO_WEIGHT = frozenset({"id", "check_ins", "tags", "ignore", "status"})


def renamed(before: Plan, after: Plan) -> dict[str, str]:
    """Old id -> new id, the likest pairs first, each record in one pair."""
    scored: list[tuple[float, int, str, str]] = []
    for section in SECTIONS:
        old, new = getattr(before, section), getattr(after, section)
        gone = [old[name] for name in old if not after.knows(name)]
        fresh = [new[name] for name in new if not before.knows(name)]
        for number, (one, other) in enumerate(_couples(gone, fresh)):
            score = _alike(before, after, one, other)
            if score >= ALIKE:
                scored.append((-score, number, one.id, other.id))
    heirs: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, was, now in sorted(scored):
        if was not in heirs and now not in taken:
            heirs[was] = now
            taken.add(now)
    return heirs


def _couples(gone: list[Record], fresh: list[Record]) -> Iterator[tuple[Record, Record]]:
    if len(gone) <= MOST and len(fresh) <= MOST:
        yield from ((one, other) for one in gone for other in fresh)
        return
    by_label: dict[str, list[Record]] = {}
    for other in fresh:
        by_label.setdefault(other.label, []).append(other)
    yield from ((one, other) for one in gone for other in by_label.get(one.label, ()))


def _alike(before: Plan, after: Plan, one: Record, other: Record) -> float:
    """The share of equal fields among those set in either; for KPIs equal actuals count as one."""
    same = whole = 0.0
    for name, field in type(one).model_fields.items():
        if name in _OF_NO_WEIGHT or name == "actuals":
            continue
        then, now = getattr(one, name), getattr(other, name)
        if then != field.default or now != field.default:
            whole += 1
            same += then == now
    if isinstance(one, Kpi):
        figures, later = before.series[one.id], after.series[other.id]
        if len(figures) or len(later):
            whole += 1
            pairs = zip(figures, later, strict=False)
            same += len(figures) > 0 and all(old == new for old, new in pairs)
    return same / whole if whole > 1 else 0.0
