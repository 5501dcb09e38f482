"""Names and titles as the text rules read them, each read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from kpi_cli.frozen import dataclass
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.models import Kpi, Objective
from kpi_cli.plan import Plan
from kpi_cli.wording.hit import Hit
from kpi_cli.wording.judging import judge
from kpi_cli.wording.statement import Kind, Statement, accepted, read


@dataclass(frozen=True, slots=True)
class Judged:
    """A name or a title taken apart, and the hits by code."""

    statement: Statement
    hits: Mapping[str, tuple[Hit, ...]]


def kind_of(record: Kpi | Objective) -> Kind:
    """A KPI's name is judged as a measure; one with a yes/no or milestone target as a step."""
    if isinstance(record, Objective):
        return "objective"
    return "milestone" if isinstance(record.target, (Done, Milestones)) else "kpi"


class Texts:
    """The texts of a plan; the words of its glossary and of `checks.accept` are left alone."""

    def __init__(self, plan: Plan, as_of: date) -> None:
        self._plan = plan
        self._as_of = as_of
        self._judged: dict[str, Judged] = {}
        self._beside: dict[tuple[str, Callable[[Kpi], bool]], frozenset[str]] = {}

    def beside(self, objective: str, fits: Callable[[Kpi], bool]) -> frozenset[str]:
        """The KPIs of an objective that fit; asked of each objective once for each question."""
        key = (objective, fits)
        if key not in self._beside:
            kpis = (self._plan.kpis[edge.child] for edge in self._plan.evidence.get(objective, ()))
            self._beside[key] = frozenset(kpi.id for kpi in kpis if fits(kpi))
        return self._beside[key]

    @cached_property
    def guarding(self) -> frozenset[str]:
        """The KPIs that are a guardrail of another one."""
        return frozenset(name for kpi in self._plan.kpis.values() for name in kpi.guardrails)

    @cached_property
    def accept(self) -> frozenset[str]:
        """Accepted words in lower case, composed."""
        terms = (term.term for term in self._plan.glossary.values())
        return accepted((*self._plan.config.checks.accept, *terms))

    def of(self, record: Kpi | Objective) -> Judged:
        """What is said of a KPI's name or an objective's title."""
        known = self._judged.get(record.id)
        if known is None:
            text = record.label
            statement = read(text, as_of=self._as_of, kind=kind_of(record), accept=self.accept)
            hits: dict[str, tuple[Hit, ...]] = {}
            for hit in judge(statement, text, in_record=True):
                hits[hit.code] = (*hits.get(hit.code, ()), hit)
            known = self._judged[record.id] = Judged(statement, hits)
        return known
