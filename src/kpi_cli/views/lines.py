"""The chart of a KPI page: its series against the way to the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_cli.analysis.results import KpiResult
from kpi_cli.kinds import Target
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Limits, Threshold
from kpi_cli.kinds.zones import Stretch, Zones
from kpi_cli.locale import _, ngettext
from kpi_cli.models import Kpi
from kpi_cli.views.behaviour import fan_of, marks_of, naturals_of
from kpi_cli.views.charts import Dot, Event, Lines, Step
from kpi_cli.views.facts import Facts, said_of
from kpi_cli.views.series import Point, number_of, plan_line, way_of
from kpi_cli.views.words import day

EVENTS = 3
"""Notes on a chart: more would cover it, and all stand in the table below it."""


def lines_of(facts: Facts, result: KpiResult) -> Lines | None:
    """The chart, or None where there are not two figures to join."""
    target, kpi = result.scheme.target, result.kpi
    points = facts.points.get(kpi.id, ())
    judged = _dots(points, result, own=False)
    singles = _dots(points, result, own=True) if _differs(points, kpi) else ()
    known_judged = [dot for dot in judged if dot.value is not None]
    known = [*known_judged, *(dot for dot in singles if dot.value is not None)]
    if len(known) < 2 or isinstance(target, Done | Milestones):
        return None
    way = way_of(facts.assessment, result)
    plan = plan_line(result, way) if way else ()
    first, last = known[0].on, max(known[-1].on, facts.assessment.as_of)
    own = singles or (judged if kpi.aggregation == "last" else ())
    fan = fan_of(facts, result, known_judged[-1]) if known_judged else ()
    end = max([last, *(on for on, _ in plan), *(point.on for point in fan)])
    scale, said = facts.scales[kpi.id], said_of(facts, result)
    return Lines(
        slug=kpi.id,
        title=kpi.name,
        desc=_desc(facts, result, points, known_judged),
        judged=judged,
        singles=singles,
        plan=plan,
        steps=_steps(result, min([first, *(on for on, _ in plan)]), end),
        events=_events(facts, result, points, first),
        as_of=facts.assessment.as_of,
        end=end,
        now_text=said.now or "",
        target_text=said.goal or "",
        step_name=_step_name(target),
        unit=scale.unit,
        grades=_grades(result),
        naturals=naturals_of(facts, result, first) if own else (),
        marks=marks_of(facts, result, own),
        fan=fan,
    )


def _dots(points: tuple[Point, ...], result: KpiResult, *, own: bool) -> tuple[Dot, ...]:
    target = result.scheme.target
    found: list[Dot] = []
    for point in points:
        value, period = point.own if own else point.judged, point.period
        height = value if isinstance(value, float) else number_of(value, target)
        found.append(Dot(period.end, height, period.name, point.note))
    return tuple(found)


def _differs(points: tuple[Point, ...], kpi: Kpi) -> bool:
    """Whether single periods can be drawn beside what is judged: same scale, other values."""
    if kpi.aggregation == "sum":
        return False
    return any(point.own != point.judged for point in points)


def _steps(result: KpiResult, start: date, end: date) -> tuple[Step, ...]:
    target = result.scheme.target
    if isinstance(target, Threshold) and not result.kpi.is_total:
        if target.limits is not None:
            return (_step(start, end, target.limits),)
        return tuple(
            _step(max(period.start, start), min(period.end, end), limits)
            for period, limits in target.by_period
            if period.overlaps(start, end)
        )
    if isinstance(target, Zones):
        return (Step(start, end, dict(target.scores)[target.reach], None),)
    if isinstance(target, Stretch) and result.baseline is not None:
        figures = target.thresholds(result.baseline.value)
        return tuple(Step(start, end, figures[zone], None) for zone in ("commit", "stretch"))
    return ()


def _step_name(target: Target | None) -> str:
    if isinstance(target, Stretch):
        return _("commit and stretch")
    return _("grade to reach") if isinstance(target, Zones) else _("limit")


def _step(start: date, end: date, limits: Limits) -> Step:
    return Step(start, end, limits.low, limits.high)


def _grades(result: KpiResult) -> tuple[tuple[float, str], ...]:
    target = result.scheme.target
    if not isinstance(target, Zones):
        return ()
    return tuple((score, name) for name, score in target.ordered)


def _events(
    facts: Facts, result: KpiResult, points: tuple[Point, ...], first: date
) -> tuple[Event, ...]:
    """Target changes and process changes, then the latest notes; at most three, by date."""
    as_of = facts.assessment.as_of
    found = [Event(c.from_, _("target changed")) for c in result.kpi.target_changes]
    found += [Event(c.from_.start, c.reason) for c in result.kpi.baselines]
    found = [event for event in found if first <= event.on <= as_of]
    shown = [point for point in reversed(points) if point.note and point.period.end >= first]
    notes = [Event(point.period.end, point.note or "") for point in shown]
    taken = {(event.on.year, event.on.month) for event in found}
    notes = [event for event in notes if (event.on.year, event.on.month) not in taken]
    return tuple(sorted((found + notes)[:EVENTS], key=lambda event: event.on))


def _desc(facts: Facts, result: KpiResult, points: tuple[Point, ...], dots: Sequence[Dot]) -> str:
    """What the picture shows, for those who do not see it; `dots` are the judged heights."""
    scale, said = facts.scales[result.kpi.id], said_of(facts, result)
    known = [p for p in points if p.judged is not None]
    if not known:
        return _("No judged value yet.")
    first, last = known[0], known[-1]
    text = ngettext(
        "{n} value from {first} to {last}",
        "{n} values from {first} to {last}",
        len(known),
        first=first.period.name,
        last=last.period.name,
    )
    if not isinstance(result.scheme.target, Zones):
        values = [dot.value for dot in dots if dot.value is not None]
        low, high = scale.figure(min(values)), scale.figure(max(values))
        text += ", " + _("between {low} and {high}", low=low, high=high)
    text += "; " + _("latest {figure}", figure=said.now)
    goal, due = said.target, result.scheme.due
    if goal and due:
        text += ", " + _("target {target} by {day}", target=goal, day=day(due))
    elif goal:
        text += ", " + _("target {target}", target=goal)
    return _("{description}. The values are in the table below.", description=text)
