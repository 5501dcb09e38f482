"""Teams and people, the work (initiatives, actions), recognitions, reviews and the glossary."""

from typing import ClassVar, Literal

from kpi_cli.models.declared import field
from kpi_cli.models.fields import Day, Ids, Number, Reference, Text
from kpi_cli.models.model import Model
from kpi_cli.models.record import Amount, Cause, Ignore, PeopleDays, Record


class Team(Record):
    """A unit of the organisation."""

    section: ClassVar[str] = "teams"

    name: Text
    parent: Reference | None = None
    lead: Reference | None = None
    level: Literal["organization", "department", "team"] | None = None
    ignore: tuple[Ignore, ...] = ()

    @property
    def label(self) -> str:
        return self.name


class Person(Record):
    """Somebody who answers for something; `capacity` is in days a year."""

    section: ClassVar[str] = "people"

    name: Text
    team: Reference | None = None
    manager: Reference | None = None
    capacity: Number | None = None
    ignore: tuple[Ignore, ...] = ()

    @property
    def label(self) -> str:
        return self.name


class Initiative(Record):
    """Work that is meant to move KPIs."""

    section: ClassVar[str] = "initiatives"

    title: Text | None = None
    kpis: Ids = ()
    owner: Reference | None = None
    budget: Amount | None = None
    spent: Amount | None = None
    people_days: PeopleDays | None = None
    start: Day | None = None
    due: Day | None = None
    status: Literal["planned", "doing", "done", "stopped"] = "planned"
    ignore: tuple[Ignore, ...] = ()

    @property
    def label(self) -> str:
        return self.title or self.id


class Action(Record):
    """A corrective step tied to a deviation of one KPI."""

    section: ClassVar[str] = "actions"

    title: Text | None = None
    kpi: Reference | None = None
    cause: Cause | None = None
    kind: Literal["support", "reallocate", "process", "decide"] | None = None
    owner: Reference | None = None
    opened: Day | None = None
    due: Day | None = None
    status: Literal["open", "done", "dropped"] = "open"
    expected: Text | None = None
    ignore: tuple[Ignore, ...] = ()

    @property
    def label(self) -> str:
        return self.title or self.id


class Recognition(Record):
    """Thanks to people, for a KPI or an objective."""

    section: ClassVar[str] = "recognitions"

    to: Ids = ()
    for_: Reference | None = field(default=None, alias="for")
    on: Day | None = None
    by: Reference | None = None
    text: Text | None = None

    @property
    def label(self) -> str:
        return self.text or self.id


class Decision(Model):
    """What a review decided, and who sees to it."""

    text: Text
    kpi: Reference | None = None
    objective: Reference | None = None
    owner: Reference | None = None
    due: Day | None = None


class Review(Record):
    """A meeting in which the numbers were read."""

    section: ClassVar[str] = "reviews"

    on: Day | None = None
    kind: Literal["weekly", "monthly", "quarterly", "annual"] | None = None
    present: Ids = ()
    covers: Ids = ()
    decisions: tuple[Decision, ...] = ()
    notes: Text | None = None
    closed: Day | None = None


class GlossaryTerm(Record):
    """A word of the house and what it means."""

    section: ClassVar[str] = "glossary"

    term: Text
    means: Text

    @property
    def label(self) -> str:
        return self.term
