"""Names and titles as the text rules read them, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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
    return "milestone" if isinstance(record.target, Done | Milestones) else "kpi"


class Texts:
    """The texts of a plan; the words of its glossary and of `checks.accept` are left alone."""

    def __init__(self, plan: Plan, as_of: date) -> None:
        self._plan = plan
        self._as_of = as_of
        self._judged: dict[str, Judged] = {}

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
            for hit in judge(statement, text):
                hits[hit.code] = (*hits.get(hit.code, ()), hit)
            known = self._judged[record.id] = Judged(statement, hits)
        return known
