"""Changes with what a reviewer asks: was a target moved after the fact, and with what effect?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kpi_cli.analysis.compare import Change, compare
from kpi_cli.analysis.impact import Impact, impact
from kpi_cli.analysis.pulls import pull_of
from kpi_cli.analysis.results import BEHIND, Assessment
from kpi_cli.plan import Plan

NEEDS_REASON = frozenset({"retargeted", "restated", "retired"})
_OF_NO_NUMBER = frozenset({"reowned", "renamed", "moved"})
_AIMS = frozenset({"target", "target_changes", "due", "path", "period"})


@dataclass(frozen=True, slots=True)
class Move:
    """A change, its effect on the record and on the objectives above it, and `late`: the target was
    moved `after a miss` or `after the due date`; None where it was not."""

    change: Change
    impact: tuple[Impact, ...]
    late: str | None = None

    @property
    def lacks_reason(self) -> bool:
        """Whether a reason is asked for and not given."""
        return self.change.kind in NEEDS_REASON and not self.change.reason


def moves(before: Assessment, after: Assessment) -> list[Move]:
    """Every change between two assessments of one day, with its impact."""
    changes = compare(before.plan, after.plan)
    heirs = {c.was: c.id for c in changes if c.kind == "renamed" and c.was}
    effects: dict[str, list[Impact]] = {}
    for one in impact(_under_new_ids(before, heirs), after):
        effects.setdefault(one.id, []).append(one)
    return [
        Move(change, tuple(_effects(change, effects, before.plan, after.plan)),
             _late(change, before, after))
        for change in changes
    ]  # fmt: skip


def _under_new_ids(before: Assessment, heirs: Mapping[str, str]) -> Assessment:
    if not heirs:
        return before
    kpis = {heirs.get(name, name): result for name, result in before.kpis.items()}
    objectives = {heirs.get(name, name): result for name, result in before.objectives.items()}
    return replace(before, kpis=kpis, objectives=objectives)


def _effects(
    change: Change, effects: Mapping[str, list[Impact]], before: Plan, after: Plan
) -> Iterator[Impact]:
    if change.kind in _OF_NO_NUMBER or not effects:
        return
    above = {change.id: None} | dict.fromkeys(_above(after, change.id))
    above |= dict.fromkeys(_above(before, change.was or change.id))
    for name in above:
        yield from effects.get(name, ())


def _above(plan: Plan, identifier: str) -> list[str]:
    """The objectives a record leads up to, nearest first."""
    found: dict[str, None] = {}
    waiting = [identifier]
    while waiting:
        name = waiting.pop(0)
        record = plan.kpis.get(name) or plan.objectives.get(name)
        for link in record.parents if record else ():
            if link.target in plan.objectives and link.target not in found:
                found[link.target] = None
                waiting.append(link.target)
    return list(found)


def _late(change: Change, before: Assessment, after: Assessment) -> str | None:
    """Whether a KPI's target was eased although it had been missed, or changed when it was due."""
    if change.kind != "retargeted" or change.field not in _AIMS:
        return None
    was = before.kpis.get(change.was or change.id)
    now = after.kpis.get(change.id)
    if was is None or now is None:
        return None
    if was.counts_as in BEHIND and _is_eased(change, before, after):
        return "after a miss"
    due = was.scheme.due
    return "after the due date" if due is not None and due < before.as_of else None


def _is_eased(change: Change, before: Assessment, after: Assessment) -> bool:
    """The new target is easier, or there is more time for it."""
    old_kpi, new_kpi = before.kpis[change.was or change.id].kpi, after.kpis[change.id].kpi
    end = date.max
    old, new = pull_of(before.plan, old_kpi, end), pull_of(after.plan, new_kpi, end)
    if (old.low, old.high) != (new.low, new.high):
        return new.low <= old.low and new.high >= old.high
    if old.due and new.due and old.due != new.due:
        return new.due > old.due
    return change.field == "path"
