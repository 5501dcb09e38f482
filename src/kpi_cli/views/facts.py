"""The assessment with what every view needs beside it: points, scales, names, places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from kpi_cli.analysis.results import Assessment, KpiResult
from kpi_cli.frozen import dataclass, field
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Limits, Threshold
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch, Zones
from kpi_cli.locale import _, language
from kpi_cli.models import Config
from kpi_cli.period import Calendar, Frequency, add_months, later
from kpi_cli.plan import Plan
from kpi_cli.views.goals import target_words, target_words_in, zone_word
from kpi_cli.views.series import Point, points_of
from kpi_cli.views.words import Scale, symbol_of, written_decimals

T = TypeVar("T")
Places = Mapping[str, tuple[str, int]]
"""Record id -> (file, line) it begins at."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A KPI or an objective as a link: the renderer knows where its page is."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Written:
    """File and line of a record, and where they can be read on the web if that is known."""

    path: str
    line: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the views are built from; made once, never changed.

    `shown` remembers what several pages show of one record.
    """

    assessment: Assessment
    points: Mapping[str, tuple[Point, ...]]
    scales: Mapping[str, Scale]
    places: Places
    shown: dict[tuple[str, str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: str, identifier: str, make: Callable[[], T]) -> T:
        """What several pages show of one record, made for the first of them in each language."""
        key = (what, identifier, language())
        found: T | None = self.shown.get(key)
        if found is None:
            found = self.shown[key] = make()
        return found

    @property
    def plan(self) -> Plan:
        """The linked plan."""
        return self.assessment.plan

    @property
    def config(self) -> Config:
        """The workspace's settings."""
        return self.assessment.plan.config

    def person(self, identifier: str | None) -> str | None:
        """A person's name; the id where the record is missing."""
        if identifier is None:
            return None
        person = self.plan.people.get(identifier)
        return person.name if person else identifier

    def people(self, identifiers: tuple[str, ...]) -> tuple[str, ...]:
        """Names, in the order given."""
        return tuple(self.person(one) or one for one in identifiers)

    def team(self, identifier: str | None) -> str | None:
        """A team's name."""
        if identifier is None:
            return None
        team = self.plan.teams.get(identifier)
        return team.name if team else identifier

    def place(self, identifier: str) -> Written | None:
        """Where a record is written; None where nobody looked."""
        found = self.places.get(identifier)
        if found is None:
            return None
        url = self.config.source_url
        path, line = found
        link = url and url.replace("{path}", quote(path)).replace("{line}", str(line))
        return Written(path, line, link)

    def kpi(self, identifier: str) -> Ref | None:
        """A link to a KPI that is in the plan."""
        found = self.plan.kpis.get(identifier)
        return Ref("kpi", identifier, found.name) if found else None

    def objective(self, identifier: str) -> Ref | None:
        """A link to an objective that is in the plan."""
        found = self.plan.objectives.get(identifier)
        return Ref("objective", identifier, found.title) if found else None

    def either(self, identifier: str | None) -> Ref | None:
        """A link to whichever of the two an id names."""
        if identifier is None:
            return None
        return self.kpi(identifier) or self.objective(identifier)


def facts_of(assessment: Assessment, places: Places | None = None) -> Facts:
    """The facts of an assessment."""
    config = assessment.plan.config
    return Facts(
        assessment,
        {name: points_of(assessment, result) for name, result in assessment.kpis.items()},
        {name: scale_of(result, config) for name, result in assessment.kpis.items()},
        places or {},
    )


def scale_of(result: KpiResult, config: Config) -> Scale:
    """How the KPI's figures are written: with its unit, never rounded onto a limit."""
    written = _written(result)
    anchors = dict.fromkeys(written if (goal := result.target_number) is None else (*written, goal))
    return Scale(symbol_of(result.kpi.unit, config), written_decimals(written), tuple(anchors))


def _written(result: KpiResult) -> tuple[float, ...]:
    """The figures of baseline and target as somebody wrote them."""
    found: list[float | None] = [result.kpi.baseline.value if result.kpi.baseline else None]
    target = result.scheme.target
    if isinstance(target, Value | Stretch):
        found.append(target.value)
    if isinstance(target, Threshold):
        limits = limits_of(result)
        found += [limits.low, limits.high] if limits else []
    return tuple(number for number in found if number is not None)


def limits_of(result: KpiResult) -> Limits | None:
    """The limits the observation is judged by, where the target is to be kept."""
    target = result.scheme.target
    if not isinstance(target, Threshold):
        return None
    return target.limits_for(result.observation.period if result.observation else None)


def target_text(result: KpiResult, scale: Scale) -> str | None:
    """The target in force in words; a relative one with the figure it comes to."""
    target = result.scheme.target
    if target is None:
        return None
    number = result.target_number
    if isinstance(target, Relative | Stretch) and number is not None:
        return f"{scale.figure(number)} ({target_words(target, scale.unit)})"
    if isinstance(target, Zones):
        return _("reach “{zone}”", zone=target.reach)
    if isinstance(target, Threshold):
        period = result.observation.period if result.observation else None
        return target_words_in(target, period, scale.unit)
    if isinstance(target, Value):
        return scale.figure(target.value)
    return target_words(target, scale.unit)


def goal_text(result: KpiResult, scale: Scale) -> str | None:
    """The target as a goal in a sentence; None where its form says no more than its status."""
    return _goal(result, scale, target_text(result, scale))


def _goal(result: KpiResult, scale: Scale, told: str | None) -> str | None:
    """The goal of a target that `told` puts in words."""
    target = result.scheme.target
    if isinstance(target, Relative | Stretch):
        number = result.target_number
        return scale.figure(number) if number is not None else None
    if isinstance(target, Zones):
        return f"“{target.reach}”"
    return told if isinstance(target, Value | Threshold) else None


def final_goal(result: KpiResult, scale: Scale, calendar: Calendar) -> str | None:
    """The goal of the due date: of a target with an entry a period that period's, which is what a
    forecast is held against."""
    target, due = result.scheme.target, result.scheme.due
    if not isinstance(target, Threshold) or due is None:
        return goal_text(result, scale)
    return target_words_in(target, calendar.containing(result.kpi.frequency, due), scale.unit)


def datum_text(value: Datum | None, scale: Scale) -> str:
    """One value as a reader reads it: a dash where it is missing."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("done") if value else _("not done")
    return value if isinstance(value, str) else scale.figure(value)


def now_text(result: KpiResult, scale: Scale, facts: Facts) -> str | None:
    """Where the KPI is now; None without a figure."""
    target = result.scheme.target
    if isinstance(target, Milestones):
        done = sum(step.is_done(facts.assessment.as_of) for step in target.steps)
        return _("{n} of {whole} done", n=done, whole=len(target.steps))
    value = result.value
    if value is None:
        return None
    score = result.score
    zone = score.zone if score and isinstance(target, Stretch) else None
    text = datum_text(value, scale)
    return f"{text} ({zone_word(zone, target)})" if zone and target else text


@dataclass(frozen=True, slots=True)
class Said:
    """A KPI's figures as pages write them: where it is now, its target, its goal."""

    now: str | None
    target: str | None
    goal: str | None


def said_of(facts: Facts, result: KpiResult) -> Said:
    """The figures of one KPI in words, made once for all pages."""

    def make() -> Said:
        scale = facts.scales[result.kpi.id]
        target = target_text(result, scale)
        return Said(now_text(result, scale, facts), target, _goal(result, scale, target))

    return facts.once("said", result.kpi.id, make)


def expected_value(facts: Facts, result: KpiResult) -> float | None:
    """The value the plan expects at the observation's date, where the target is a way."""
    if result.planned is not None:
        return result.planned
    period = result.observation.period if result.observation else None
    points = facts.points.get(result.kpi.id, ())
    return next((point.plan for point in reversed(points) if point.period == period), None)


def a_year_before(facts: Facts, result: KpiResult) -> float | None:
    """What was judged in the same period of the year before (for a week, 52 weeks back); None
    where the series has no such figure, or began to be judged later."""
    period = result.observation.period if result.observation else None
    if period is None:
        return None
    weekly = period.frequency is Frequency.WEEKLY
    on = later(period.end, -364) if weekly else add_months(period.end, -12)
    for point in facts.points.get(result.kpi.id, ()):
        if point.period.start <= on <= point.period.end:
            same = point.period.frequency is period.frequency
            value = point.judged
            return value if same and not isinstance(value, str | bool) else None
    return None


@dataclass(frozen=True, slots=True)
class Work:
    """One KPI's result with its assessment and the way its figures are written."""

    assessment: Assessment
    result: KpiResult
    scale: Scale
