"""Names and titles as the text rules read them, each read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.models import Kpi, Objective, Record
from kpi_cli.plan import Plan
from kpi_cli.wording.hit import Hit
from kpi_cli.wording.judging import judge
from kpi_cli.wording.statement import Kind, Statement, accepted, read

if TYPE_CHECKING:
    from kpi_cli.checks.registry import Context


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


def is_read(record: Record, context: Context) -> bool:
    """Whether the text rules look at a record: a KPI or an objective that is not over."""
    if isinstance(record, Kpi):
        return record.id not in context.index.retired
    return isinstance(record, Objective) and record.id not in context.index.closed


def said(
    code: str, record: Record, context: Context, usual: Severity, at_most: Severity | None = None
) -> Iterator[Diagnostic]:
    """The hits of one rule at a record, as diagnostics.

    `usual` is the rule's own severity; a hit that is milder or graver says so itself. With
    `at_most` none is graver than that.
    """
    if not is_read(record, context):
        return
    assert isinstance(record, Kpi | Objective)
    key = "title" if isinstance(record, Objective) else "name"
    for hit in context.index.texts.of(record).hits.get(code, ()):
        severity = hit.severity
        if at_most is not None and severity.rank < at_most.rank:
            severity = at_most
        yield Diagnostic(
            code,
            context.plan.place(record.id, key),
            hit.message,
            record.id,
            hit.help,
            severity=None if severity is usual else severity,
        )
