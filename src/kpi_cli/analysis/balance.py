"""Is the evidence balanced, and does anybody carry too much or nothing?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from kpi_cli.analysis.reach import Running
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_
from kpi_cli.models import Initiative
from kpi_cli.period import Frequency
from kpi_cli.quantity import show_number

_ANNUAL = Frequency.ANNUAL
LEAST = 3
"""With fewer KPIs an objective cannot be one-sided."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How many KPIs lead, lag, or do not say, and how many take each perspective."""

    leading: int
    lagging: int
    undeclared: int
    perspectives: Mapping[str, int]

    @property
    def is_one_sided(self) -> bool:
        """Three KPIs or more, all of one kind by their own word."""
        sides = (self.leading, self.lagging)
        return not self.undeclared and 0 in sides and sum(sides) >= LEAST


def balance_of_objectives(found: Running) -> dict[str, Mix]:
    """Each running objective's own KPIs."""
    own: dict[str, list[str]] = {name: [] for name in found.objectives}
    for kpi in found.kpis.values():
        for home in found.homes(kpi):
            own[home].append(kpi.id)
    return {name: _mix(found, kpis) for name, kpis in own.items()}


def balance_of_teams(found: Running) -> dict[str, Mix]:
    """The KPIs of each team that has some."""
    own: dict[str, list[str]] = {team: [] for team in found.plan.teams}
    for name in found.kpis:
        own.get(found.team(name) or "", []).append(name)
    return {team: _mix(found, kpis) for team, kpis in own.items() if kpis}


def _mix(found: Running, kpis: list[str]) -> Mix:
    indicators = Counter(found.kpis[name].indicator for name in kpis)
    perspectives = Counter(perspective_of(found, name) for name in kpis)
    named = {key: n for key, n in sorted(perspectives.items(), key=lambda e: e[0] or "") if key}
    return Mix(indicators["leading"], indicators["lagging"], indicators[None], named)


def perspective_of(found: Running, kpi: str) -> str | None:
    """The KPI's perspective, by default its objective's."""
    record = found.kpis[kpi]
    homes = found.homes(record)
    return record.perspective or (found.objectives[homes[0]].perspective if homes else None)


def missing_perspectives(found: Running) -> list[str]:
    """Perspectives of the workspace that no running objective or KPI takes."""
    taken = {objective.perspective for objective in found.objectives.values()}
    taken |= {kpi.perspective for kpi in found.kpis.values()}
    return [name for name in found.plan.config.perspectives if name not in taken]


@dataclass(frozen=True, slots=True)
class Load:
    """KPIs per owner, objectives per team, and people who answer for nothing at all."""

    owners: Mapping[str, int]
    teams: Mapping[str, int]
    idle: tuple[str, ...]


def load_of(found: Running) -> Load:
    """Everybody's load; people and teams without any stand with 0."""
    plan = found.plan
    owners = dict.fromkeys(plan.people, 0)
    for kpi in found.kpis.values():
        if kpi.owner is not None:
            owners[kpi.owner] = owners.get(kpi.owner, 0) + 1
    teams = dict.fromkeys(plan.teams, 0)
    for objective in found.objectives.values():
        if objective.team in teams:
            teams[objective.team] += 1
    busy = set(_busy(found))
    return Load(owners, teams, tuple(person for person in plan.people if person not in busy))


def _busy(found: Running) -> Iterator[str | None]:
    """Everybody who has a part in something."""
    plan = found.plan
    for record in found.records():
        yield from (record.owner, *record.contributors)
    yield from (objective.person for objective in found.objectives.values())
    yield from (team.lead for team in plan.teams.values())
    yield from (initiative.owner for initiative in plan.initiatives.values())
    yield from (action.owner for action in plan.actions.values())
    for initiative in plan.initiatives.values():
        yield from _days_of(initiative)
    for objective in found.objectives.values():
        days = objective.resources.people_days if objective.resources else None
        yield from days if isinstance(days, dict) else ()


def _days_of(initiative: Initiative) -> dict[str, float]:
    """Days by person; one number names nobody."""
    days = initiative.people_days
    return days if isinstance(days, dict) else {}


@dataclass(frozen=True, slots=True)
class Overload:
    """A person whom running initiatives need for more days of a year than there are."""

    person: str
    year: str
    days: float
    capacity: float
    initiatives: tuple[str, ...]

    @property
    def message(self) -> str:
        """The finding in a sentence; ids in quotes."""
        named = ", ".join(f"'{name}'" for name in self.initiatives)
        return N_(
            "{ids} together need '{person}' for {days} days in {year}; the year has {capacity}",
            ids=named,
            person=self.person,
            days=show_number(round(self.days, 1)),
            year=self.year,
            capacity=show_number(self.capacity),
        )


def overloads(found: Running, as_of: date) -> list[Overload]:
    """People needed beyond `capacity` (days a year) by two initiatives or more.

    The days of an initiative are spread evenly from its start to its due date; the year looked at
    is the plan's year of `as_of`, and an initiative without dates falls into it as a whole.
    """
    calendar = found.plan.calendar
    year = calendar.parse(calendar.name_of(_ANNUAL, as_of))
    needs: dict[str, dict[str, float]] = {}
    for initiative in found.plan.initiatives.values():
        if initiative.status in ("planned", "doing"):
            share = _share_in(initiative, year.start, year.end)
            for name, days in _days_of(initiative).items():
                if days * share:
                    needs.setdefault(name, {})[initiative.id] = days * share
    over = []
    for person in found.plan.people.values():
        need, has = needs.get(person.id, {}), person.capacity
        total = sum(need.values())
        if has is not None and len(need) > 1 and total > has + 1e-9:
            over.append(Overload(person.id, year.name, total, has, tuple(need)))
    return over


def _share_in(initiative: Initiative, start: date, end: date) -> float:
    """The share of an initiative's days that falls between two days, both included."""
    first, last = initiative.start or start, initiative.due or end
    if last < first:
        return 0.0
    inside = (min(last, end) - max(first, start) + timedelta(days=1)).days
    return max(inside, 0) / ((last - first).days + 1)
