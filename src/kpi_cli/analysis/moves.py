"""Changes with what a reviewer asks: was a target moved after the fact, and with what effect?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from kpi_cli.analysis.assess import assess_kpi
from kpi_cli.analysis.compare import Change, compare
from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.effects import Effects
from kpi_cli.analysis.impact import Impact
from kpi_cli.analysis.pulls import pull_of
from kpi_cli.analysis.results import BEHIND, Assessment, KpiResult, Status
from kpi_cli.frozen import dataclass, replace
from kpi_cli.plan import Plan

NEEDS_REASON = frozenset({"retargeted", "restated", "retired"})
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


def moves(before: Assessment, after: Assessment, on: date | None = None) -> list[Move]:
    """Every change between two assessments of one day, with its impact.

    `on` is the day the later state was made, where that was before the day of the assessments: by
    what was known then a target counts as moved after a miss.
    """
    changes = compare(before.plan, after.plan)
    heirs = {c.was: c.id for c in changes if c.kind == "renamed" and c.was}
    known = _Known(before.plan, after.plan, heirs, min(on or after.as_of, after.as_of))
    effects = Effects(_under_new_ids(before, heirs), after)
    return [Move(change, tuple(effects.of(change)), _late(change, known)) for change in changes]


def _under_new_ids(before: Assessment, heirs: Mapping[str, str]) -> Assessment:
    if not heirs:
        return before
    kpis = {heirs.get(name, name): result for name, result in before.kpis.items()}
    objectives = {heirs.get(name, name): result for name, result in before.objectives.items()}
    return replace(before, kpis=kpis, objectives=objectives)


class _Known:
    """What was known when the later state was made: its figures under the former targets."""

    def __init__(self, before: Plan, after: Plan, heirs: Mapping[str, str], day: date) -> None:
        self.before, self.after, self.day = before, after, day
        self._heirs = heirs

    def former(self, kpi: str) -> KpiResult:
        """A KPI by its former record and the figures of the later state."""
        return assess_kpi(self._mixed, self._mixed.kpis[kpi], self._book, self.day)

    @cached_property
    def _mixed(self) -> Plan:
        later = self.after.series
        series = {
            name: later.get(self._heirs.get(name, name), rows)
            for name, rows in self.before.series.items()
        }
        return replace(self.before, series=series)

    @cached_property
    def _book(self) -> SeriesBook:
        return SeriesBook(self._mixed, self.day)


def _late(change: Change, known: _Known) -> str | None:
    """Whether a KPI's target was eased although it had been missed, or changed when it was due."""
    if change.kind != "retargeted" or change.field not in _AIMS:
        return None
    name = change.was or change.id
    if name not in known.before.kpis or change.id not in known.after.kpis:
        return None
    was = known.former(name)
    if _is_behind(was) and _is_eased(change, known.before, known.after):
        return "after a miss"
    due = was.scheme.due
    return "after the due date" if due is not None and due < known.day else None


def _is_behind(was: KpiResult) -> bool:
    """Off track or missed by the last figures known, however old they are."""
    last = was.computed if was.counts_as is Status.STALE else was.counts_as
    return last in BEHIND


def _is_eased(change: Change, before: Plan, after: Plan) -> bool:
    """The new target is easier, or there is more time for it."""
    old_kpi, new_kpi = before.kpis[change.was or change.id], after.kpis[change.id]
    end = date.max
    old, new = pull_of(before, old_kpi, end), pull_of(after, new_kpi, end)
    if (old.low, old.high) != (new.low, new.high):
        return new.low <= old.low and new.high >= old.high
    if old.due and new.due and old.due != new.due:
        return new.due > old.due
    return change.field == "path"
