"""The linked plan: every record by id, who supports whom, each KPI's series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kpi_cli.diagnostics import Place
from kpi_cli.frozen import dataclass, field
from kpi_cli.models import (
    Action,
    Config,
    GlossaryTerm,
    Initiative,
    Kpi,
    Objective,
    Person,
    Recognition,
    Record,
    Review,
    Team,
)
from kpi_cli.models.series import Rows
from kpi_cli.period import Calendar

SECTIONS: Mapping[str, type[Record]] = {
    model.section: model
    for model in (
        Team, Person, Objective, Kpi, Initiative, Action, Recognition, Review, GlossaryTerm
    )
}  # fmt: skip


class Origins(Mapping[str, Place]):
    """Where each record stands, by its id, in the order of the files.

    Held is the place of its section, which all records of a file share: places of records are made
    when they are asked for.
    """

    def __init__(self) -> None:
        self._sections: dict[str, Place] = {}

    def note(self, identifier: str, section: Place) -> None:
        """A record stands in this section of a file."""
        self._sections[identifier] = section

    def __getitem__(self, identifier: str) -> Place:
        return self._sections[identifier].under(identifier)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._sections

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def __len__(self) -> int:
        return len(self._sections)


@dataclass(frozen=True, slots=True)
class Edge:
    """A link upwards as the objective above sees it: record below, weight, whether it counts."""

    child: str
    weight: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Records:
    """The sound records of all files, by section and id, and where each stands."""

    config: Config
    by_section: Mapping[str, Mapping[str, Record]]
    origins: Mapping[str, Place]
    broken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the checks and the analysis read.

    `broken` are ids that stand in the files but whose record could not be used, so that a link
    to one of them is no second fault. `evidence` and `children` map an objective to the KPIs and
    objectives below it, without links that would close a cycle; `cycles` names those. `segments`
    holds, of KPIs whose rows name a segment, the rows of each one by its name.
    """

    config: Config
    calendar: Calendar
    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    initiatives: Mapping[str, Initiative]
    actions: Mapping[str, Action]
    recognitions: Mapping[str, Recognition]
    reviews: Mapping[str, Review]
    glossary: Mapping[str, GlossaryTerm]
    origins: Mapping[str, Place]
    broken: frozenset[str]
    evidence: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)
    children: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)
    cycles: tuple[tuple[str, ...], ...] = ()
    series: Mapping[str, Rows] = field(default_factory=dict)
    segments: Mapping[str, Mapping[str, Rows]] = field(default_factory=dict)

    def place(self, identifier: str, *steps: str | int) -> Place:
        """Where a record (or a value in it) stands in the files."""
        return (
            self.origins[identifier].under(*steps) if steps else self.origins[identifier].at_key()
        )

    def records(self) -> Iterator[Record]:
        """All records, section by section, in the order of the files."""
        for name in SECTIONS:
            yield from getattr(self, name).values()

    def knows(self, identifier: str) -> bool:
        """Whether an id stands anywhere in the files, sound or not."""
        return identifier in self.origins or identifier in self.broken

    def objective_of(self, kpi: Kpi) -> Objective | None:
        """The first objective a KPI is evidence for: it gives the defaults."""
        return self.objectives.get(kpi.objective[0].target) if kpi.objective else None

    def start_of(self, kpi: Kpi) -> date | None:
        """The KPI's start, else its objective's."""
        if kpi.start is not None:
            return kpi.start
        objective = self.objective_of(kpi)
        span = objective.period if objective else None
        return span.start if span else None

    def due_of(self, kpi: Kpi) -> date | None:
        """The KPI's original due date, else its objective's end."""
        if kpi.due is not None:
            return kpi.due
        objective = self.objective_of(kpi)
        span = objective.period if objective else None
        return span.end if span else None

    def team_of(self, record: Kpi | Objective) -> str | None:
        """The team a KPI or an objective belongs to (a KPI's default is its objective's)."""
        if record.team:
            return record.team
        if isinstance(record, Objective):
            person = self.people.get(record.person or "")
            return person.team if person else None
        objective = self.objective_of(record)
        return self.team_of(objective) if objective else None

    def teams_above(self, team: str | None) -> Iterator[str]:
        """A team and those it is part of, upwards; stops where they go in a circle."""
        seen: set[str] = set()
        while team and team in self.teams and team not in seen:
            seen.add(team)
            yield team
            team = self.teams[team].parent

    def level_of(self, team: str) -> str:
        """The declared level, else by depth: organization, department, then team."""
        declared = self.teams[team].level
        depth = sum(1 for _ in self.teams_above(team)) - 1
        return declared or ("organization", "department", "team")[min(depth, 2)]

    def kpis_below(self, objective: str) -> tuple[str, ...]:
        """All KPIs of an objective and of those that support it, each once, in plan order."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [objective]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            found.update(dict.fromkeys(edge.child for edge in self.evidence.get(current, ())))
            waiting += [edge.child for edge in reversed(self.children.get(current, ()))]
        return tuple(found)

    def roots(self) -> tuple[str, ...]:
        """Objectives that support no other one, in plan order."""
        below = {edge.child for edges in self.children.values() for edge in edges}
        return tuple(name for name in self.objectives if name not in below)
