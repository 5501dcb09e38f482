"""Which differences between two assessments belong to which change of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_cli.analysis.compare import Change
from kpi_cli.analysis.formula import FormulaError, parse_formula
from kpi_cli.analysis.impact import Impact, impact
from kpi_cli.analysis.results import Assessment
from kpi_cli.plan import Plan

_OF_NO_NUMBER = frozenset({"reowned", "renamed", "moved"})
_OF_FIGURES = frozenset({"recorded", "restated", "retargeted", "checked_in"})


class Effects:
    """The differences between two assessments of one day, by the change that led to them.

    `before` holds its results under the ids of `after`. A change reaches its record, the KPIs
    computed from it, and every objective above these.
    """

    def __init__(self, before: Assessment, after: Assessment) -> None:
        self._before, self._after = before, after
        self._found: dict[str, list[Impact]] = {}
        for one in impact(before, after):
            self._found.setdefault(one.id, []).append(one)
        plans = (before.plan, after.plan) if self._found else ()
        self._computed = [_computed_from(plan) for plan in plans]

    def of(self, change: Change) -> Iterator[Impact]:
        """What the change did: its own record first, then nearest first."""
        if change.kind in _OF_NO_NUMBER or not self._found:
            return
        figures = change.kind in _OF_FIGURES
        now, then = self._after.plan, self._before.plan
        reached = dict.fromkeys(self._reached(now, self._computed[1], change.id, figures))
        was = self._reached(then, self._computed[0], change.was or change.id, figures)
        for name in reached | dict.fromkeys(was):
            for one in self._found.get(name, ()):
                if not (figures and one.field == "balance"):
                    yield one

    def _reached(
        self, plan: Plan, computed: Mapping[str, list[str]], start: str, figures: bool
    ) -> list[str]:
        """The record, KPIs computed from it and the objectives they lead up to, nearest first.

        Other figures of a KPI that leave it where it was are not felt above it.
        """
        found = {start: None}
        waiting = [start]
        while waiting:
            name = waiting.pop(0)
            record = plan.kpis.get(name) or plan.objectives.get(name)
            felt = name not in plan.kpis or not figures or self._is_felt(name)
            above = [one.target for one in record.parents] if record and felt else []
            for up in (*above, *computed.get(name, ())):
                if up not in found and (up in plan.objectives or up in plan.kpis):
                    found[up] = None
                    waiting.append(up)
        return list(found)

    def _is_felt(self, kpi: str) -> bool:
        return _seen_from_above(self._before, kpi) != _seen_from_above(self._after, kpi)


def _seen_from_above(assessment: Assessment, kpi: str) -> tuple[object, ...]:
    """What an objective takes from a KPI: status, progress, expected, and the day observed."""
    result = assessment.kpis.get(kpi)
    if result is None:
        return ()
    rolled = result.score.rolled_expected if result.score else None
    day = result.observation.on if result.observation else None
    return result.counts_as, result.progress, result.expected, rolled, day


def _computed_from(plan: Plan) -> dict[str, list[str]]:
    """The KPIs whose formula names a KPI, by that KPI's id."""
    found: dict[str, list[str]] = {}
    for kpi in plan.kpis.values():
        try:
            names = parse_formula(kpi.formula).names() if kpi.formula else ()
        except FormulaError:
            continue
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(kpi.id)
    return found
