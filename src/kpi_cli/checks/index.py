"""Facts about a plan that more than one rule asks for, each worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kpi_cli.analysis.formula import FormulaError, Node, parse_formula
from kpi_cli.analysis.results import Status
from kpi_cli.analysis.scheme import lifecycle
from kpi_cli.analysis.well import is_plainly_well
from kpi_cli.analysis.wordlist import folded
from kpi_cli.checks.courses import Courses
from kpi_cli.checks.left_out import LeftOut
from kpi_cli.checks.near import Near
from kpi_cli.checks.references import Reference, references
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.models import Kpi, Record
from kpi_cli.plan import Plan

if TYPE_CHECKING:
    from kpi_cli.analysis.computed import SeriesBook
    from kpi_cli.analysis.results import KpiResult
    from kpi_cli.checks.texts import Texts

REVIEW_DAYS: Mapping[str, int] = {"weekly": 7, "monthly": 31, "quarterly": 92, "annual": 366}
"""Days of a review cycle."""
NOUNS: Mapping[str, str] = {
    "teams": "a team",
    "people": "a person",
    "objectives": "an objective",
    "kpis": "a KPI",
    "initiatives": "an initiative",
    "actions": "an action",
    "recognitions": "a recognition",
    "reviews": "a review",
    "glossary": "a term of the glossary",
}


class PlanIndex:
    """What a plan holds on a day, seen from several sides; every side is built on first use."""

    def __init__(self, plan: Plan, as_of: date, left_out: LeftOut) -> None:
        self.plan = plan
        self.as_of = as_of
        self._left_out = left_out
        self._near: dict[tuple[str, ...], Near] = {}

    @property
    def in_left_out(self) -> frozenset[str]:
        """Ids that stand in records left out: what is missing here may only be unread."""
        return self._left_out.words

    @property
    def lacking_rows(self) -> frozenset[str]:
        """KPIs of which an actual could not be read."""
        return self._left_out.kpis_lacking_rows

    @cached_property
    def retired(self) -> frozenset[str]:
        """KPIs given up by the day."""
        return frozenset(
            kpi.id
            for kpi in self.plan.kpis.values()
            if (kpi.retired or kpi.status == "retired")
            and lifecycle(kpi, None, self.as_of) is Status.RETIRED
        )

    @cached_property
    def closed(self) -> frozenset[str]:
        """Objectives closed by the day."""
        return frozenset(
            o.id
            for o in self.plan.objectives.values()
            if o.status == "closed" and not (o.closed and o.closed.on > self.as_of)
        )

    def is_over(self, kpi: Kpi) -> bool:
        """Whether nobody measures the KPI any more: retired, or its objectives are all closed."""
        if kpi.id in self.retired:
            return True
        return bool(self.closed and kpi.objective) and all(
            link.target in self.closed for link in kpi.objective
        )

    @cached_property
    def texts(self) -> Texts:
        """What the text rules say of names and titles."""
        from kpi_cli.checks.texts import Texts

        return Texts(self.plan, self.as_of)

    @cached_property
    def in_circles(self) -> frozenset[str]:
        """Objectives that support one another in a circle."""
        return frozenset(name for path in self.plan.cycles for name in path)

    @cached_property
    def teams_with_objectives(self) -> frozenset[str]:
        """Teams that have an objective which is not closed, of their own or of their people."""
        teams = (
            self.plan.team_of(objective)
            for objective in self.plan.objectives.values()
            if objective.id not in self.closed
        )
        return frozenset(team for team in teams if team is not None)

    def cluster(self, objective: str) -> frozenset[str]:
        """An objective and all that lead up to it."""
        found: set[str] = set()
        waiting = [objective]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [edge.child for edge in self.plan.children.get(name, ())]
        return frozenset(found)

    def takes_part(self, identifier: str) -> bool:
        """Whether a KPI or objective enters the roll-up above it: no draft, retired or dropped."""
        kpi = self.plan.kpis.get(identifier)
        if kpi is not None:
            return kpi.status != "draft" and identifier not in self.retired
        objective = self.plan.objectives[identifier]
        dropped = objective.closed is not None and objective.closed.outcome == "dropped"
        return objective.status != "draft" and not (dropped and identifier in self.closed)

    @cached_property
    def formulas(self) -> Mapping[str, Node | FormulaError]:
        """Every formula KPI's formula as a tree, or why it is none."""
        return {
            kpi.id: _parsed(kpi.formula)
            for kpi in self.plan.kpis.values()
            if kpi.formula is not None
        }

    def inputs(self, kpi: str) -> tuple[str, ...]:
        """The ids a KPI's formula names; none for one that cannot be read."""
        node = self.formulas.get(kpi)
        return node.names() if isinstance(node, Node) else ()

    @cached_property
    def book(self) -> SeriesBook:
        """Every KPI's series, formulas computed on first use."""
        from kpi_cli.analysis.computed import SeriesBook

        return SeriesBook(self.plan, self.as_of)

    @cached_property
    def red(self) -> Mapping[str, KpiResult]:
        """The KPIs off track or missed by the figures, in plan order."""
        found = {}
        for kpi in self.plan.kpis.values():
            if kpi.target is None or kpi.status != "active" or self.is_over(kpi):
                continue
            rows = self.plan.series[kpi.id]
            if kpi.id in self.lacking_rows or is_plainly_well(self.plan, kpi, rows, self.as_of):
                continue
            result = self._if_red(kpi)
            if result is not None:
                found[kpi.id] = result
        return found

    def _if_red(self, kpi: Kpi) -> KpiResult | None:
        from kpi_cli.analysis.assess import judge_of
        from kpi_cli.analysis.behind import may_be_behind
        from kpi_cli.analysis.governance import is_red

        judge = judge_of(self.plan, kpi, self.book, self.as_of)
        return result if may_be_behind(judge) and is_red(result := judge.result()) else None

    @cached_property
    def courses(self) -> Courses:
        """What the periods of series say by themselves."""
        return Courses()

    @cached_property
    def incoherent(self) -> Mapping[str, list[Diagnostic]]:
        """By code: conflicts, copies, gaps between parts and whole, imbalance, load, silos."""
        from kpi_cli.analysis.coherence import of_plan

        found: dict[str, list[Diagnostic]] = {}
        for one in of_plan(self.plan, self.as_of):
            found.setdefault(one.code, []).append(one)
        return found

    @cached_property
    def levers(self) -> frozenset[str]:
        """KPIs somebody does something about."""
        from kpi_cli.analysis.levers import levers

        return levers(self.plan, self.inputs)

    @cached_property
    def funded(self) -> frozenset[str]:
        """KPIs an initiative has money or people for."""
        from kpi_cli.analysis.levers import funded

        return funded(self.plan)

    @cached_property
    def kpis_of_team(self) -> Mapping[str, list[str]]:
        """The KPIs of each team, in plan order."""
        found: dict[str, list[str]] = {}
        for kpi in self.plan.kpis.values():
            found.setdefault(self.plan.team_of(kpi) or "", []).append(kpi.id)
        return found

    @cached_property
    def review_days(self) -> int:
        """The days between two reviews, by the most frequent kind the plan has; else a quarter."""
        kinds = {review.kind for review in self.plan.reviews.values() if review.kind}
        return min((REVIEW_DAYS[kind] for kind in kinds), default=REVIEW_DAYS["quarterly"])

    @cached_property
    def team_names(self) -> frozenset[str]:
        """The names of all teams, folded."""
        return frozenset(folded(team.name) for team in self.plan.teams.values())

    @cached_property
    def unknown(self) -> Mapping[str, list[tuple[Record, Reference]]]:
        """By the rule's code: the ids that name nothing fitting, in the order of the files."""
        found: dict[str, list[tuple[Record, Reference]]] = {}
        known = {name: getattr(self.plan, name) for name in NOUNS}
        for record in self.plan.records():
            if isinstance(record, Kpi) and _is_linked(record, self.plan):
                continue
            for reference in references(record):
                code, target, _, sections, _ = reference
                if target in known[sections[0]] or target in self.plan.broken:
                    continue
                if not any(target in known[section] for section in sections[1:]):
                    found.setdefault(code, []).append((record, reference))
        return found

    def near(self, sections: Iterable[str]) -> Near:
        """The ids of some sections, to look for the closest one."""
        key = tuple(sections)
        if key not in self._near:
            names = (name for section in key for name in getattr(self.plan, section))
            self._near[key] = Near(names)
        return self._near[key]

    def noun_of(self, identifier: str) -> str | None:
        """What kind of record an id names: `a team`; None for an unknown one."""
        place = self.plan.origins.get(identifier)
        return NOUNS[str(place.route[0])] if place else None


def _is_linked(kpi: Kpi, plan: Plan) -> bool:
    """Whether all that a KPI names is there (the quick test, without the places of the ids)."""
    people, kpis = plan.people, plan.kpis
    if kpi.part_of is not None or kpi.leads or kpi.target_changes or kpi.retired:
        return False
    owned = (kpi.owner is None or kpi.owner in people) and (
        kpi.team is None or kpi.team in plan.teams
    )
    return (
        owned
        and all(link.target in plan.objectives for link in kpi.objective)
        and all(name in people for name in kpi.contributors)
        and all(one.by is None or one.by in people for one in kpi.check_ins)
        and all(name in kpis for name in (*kpi.guardrails, *kpi.opposes))
    )


def _parsed(text: str) -> Node | FormulaError:
    try:
        return parse_formula(text)
    except FormulaError as error:
        return error
