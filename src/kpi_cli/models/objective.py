"""Objectives: what the organisation, a team or a person wants to be true."""

from typing import ClassVar, Literal

from kpi_cli.models.declared import field
from kpi_cli.models.fields import Day, Ids, Link, Links, Reference, SpanField, Text, Weight
from kpi_cli.models.model import Model
from kpi_cli.models.record import CheckIn, Ignore, Record, Resources


class Tension(Model):
    """A conflict with another objective that people settled."""

    with_: Reference = field(alias="with")
    agreed: Text
    on: Day | None = None


class Closed(Model):
    """How an objective ended."""

    on: Day
    outcome: Literal["achieved", "missed", "dropped"]
    lesson: Text | None = None


class Objective(Record):
    """What is wanted and why; its KPIs are the evidence."""

    section: ClassVar[str] = "objectives"

    title: Text
    why: Text | None = None
    owner: Reference | None = None
    contributors: Ids = ()
    team: Reference | None = None
    person: Reference | None = None
    period: SpanField | None = None
    perspective: Text | None = None
    supports: Links = ()
    rollup: Literal["kpis", "children", "both"] | None = None
    weight: Weight = 1
    commitment: Literal["committed", "aspirational"] = "committed"
    agreed_by: Ids = ()
    tension: tuple[Tension, ...] = ()
    resources: Resources | None = None
    status: Literal["draft", "active", "closed"] = "active"
    closed: Closed | None = None
    check_ins: tuple[CheckIn, ...] = ()
    tags: Ids = ()
    ignore: tuple[Ignore, ...] = ()

    @property
    def label(self) -> str:
        return self.title

    @property
    def parents(self) -> tuple[Link, ...]:
        """Links to the objectives it supports."""
        return self.supports
