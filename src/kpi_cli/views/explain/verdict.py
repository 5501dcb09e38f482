"""The last steps: what was expected, the gap, the rule, freshness, the owner's word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kpi_cli.analysis.freshness import last_period
from kpi_cli.analysis.kpi import Judge
from kpi_cli.analysis.results import (
    Assessment,
    Freshness,
    KpiResult,
    ObjectiveResult,
    Status,
)
from kpi_cli.kinds.base import Score, Verdict
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.zones import Stretch, Zones
from kpi_cli.models.config import StatusSettings
from kpi_cli.models.series import Rows
from kpi_cli.views.explain.step import Step, figure, plain, share, step
from kpi_cli.views.words import BADGES, FRESHNESS_WORDS, day, days, plural


def word(status: Status) -> str:
    """A status inside a sentence."""
    return BADGES[status].word.lower()


def expected_step(assessment: Assessment, result: KpiResult) -> Step | None:
    """The share that should be done by the observation's date."""
    target, score, observation = result.scheme.target, result.score, result.observation
    if target is None or score is None or observation is None or score.raw is None:
        return None
    expected = score.expected
    if expected is None:
        return step("Expected", "cannot be told: start or due date is missing")
    if isinstance(target, Done):
        return step("Expected", f"{share(expected)}: nothing before the due date, then all")
    if isinstance(target, Milestones):
        return step("Expected", f"weights due by {day(observation.on)} / all weights = {share(expected)}")
    if score.verdict is not None and score.rolled_expected is None:
        return step("Expected", "1: a target to keep holds at all times")
    if isinstance(target, Threshold) and not result.kpi.is_total:
        return step("Expected", "1: a target to keep holds at all times")
    judge = Judge(assessment.plan, result.kpi, Rows(), assessment.as_of, {})
    begin, end = judge.span(result.scheme, observation, result.baseline)
    if begin is None or end is None:
        return step("Expected", share(expected))
    return step("Expected", *_paced(result, score, begin, end, observation.on))


def _paced(result: KpiResult, score: Score, begin: date, end: date, on: date) -> Iterator[str]:
    expected = score.expected or 0.0
    gone, whole = max(min((on - begin).days, (end - begin).days), 0), (end - begin).days
    time = f"{days(gone)} of the {whole} from {day(begin)} to {day(end)} gone"
    if result.planned is not None:
        yield f"{time}; {_plan(result)} expects {figure(result.planned)} on {day(on)}"
        yield f"put through the same formula, that is {share(expected)}"
        return
    if result.elapsed is not None and isinstance(result.scheme.target, Zones | Stretch):
        reach = result.scheme.target.reach
        scores = 0.0 if not result.elapsed else expected / result.elapsed
        yield f"{time} = {share(result.elapsed)}, times the score of “{reach}” {share(scores)}"
        yield f"= {share(expected)}"
        return
    yield f"{time} = {share(expected)}"


def _plan(result: KpiResult) -> str:
    return "the path" if result.kpi.path else "a geometric pace"


def status_step(assessment: Assessment, result: KpiResult) -> Step:
    """The status by the figures, and the rule that gave it."""
    return step("By the figures", *_rule(assessment, result))


def _rule(assessment: Assessment, result: KpiResult) -> Iterator[str]:
    computed, score, due = result.computed, result.score, result.scheme.due
    told = word(computed)
    if computed in (Status.NO_DATA, Status.NO_TARGET, Status.NOT_STARTED, Status.INSUFFICIENT_DATA):
        yield f"{told}: {result.reason}" if result.reason else told
    elif result.sdg is not None and score is not None and not score.reached:
        yield from _sdg(result)
    elif due is not None and assessment.as_of > due and computed in (Status.ACHIEVED, Status.MISSED):
        yield f"{told}: the due date {day(due)} is past and the last figure decides"
    elif computed is Status.ACHIEVED:
        yield "achieved: all of the way is gone" if not isinstance(
            result.scheme.target, Zones | Stretch
        ) else "achieved: the zone to reach is reached"
    elif score is not None and score.rolled_expected is not None:
        yield from _cap(result, score)
    elif score is not None and score.verdict is not None:
        yield f"{told}: {_VERDICTS[score.verdict]}"
    elif result.gap is not None and score is not None:
        yield from gap_rule(
            assessment.plan.config.status, score.expected or 0.0, score.raw or 0.0, result.gap, told
        )
    else:
        yield told


_VERDICTS = {
    Verdict.ON_TRACK: "the latest value is where it should be",
    Verdict.AT_RISK: "the latest value is outside, but within the tolerance",
    Verdict.OFF_TRACK: "the latest value is outside",
    Verdict.UNJUDGED: "there is no target for this period",
}


def _cap(result: KpiResult, score: Score) -> Iterator[str]:
    limit, expected = score.number or 0.0, score.expected
    if not score.met:
        yield f"off track: the total is over {figure(limit)}"
    elif expected is None:
        yield f"{word(result.computed)}: the total is not over {figure(limit)}"
    else:
        yield (
            f"by now {figure(limit)} × {share(expected)} = {figure(limit * expected)} would be in step;"
            f" the total is {'not over' if score.verdict is Verdict.ON_TRACK else 'over'} that"
            f" and not over the cap: {word(result.computed)}"
        )


def gap_rule(
    settings: StatusSettings, expected: float, raw: float, gap: float, told: str
) -> Iterator[str]:
    """The gap and the two bands it is held against."""
    first, second = settings.on_track, settings.at_risk
    held = "min(progress, 1)" if raw > 1 else "progress"
    yield f"gap = expected − {held} = {share(expected)} − {_signed(min(raw, 1.0))} = {share(gap)}"
    yield (
        f"on track up to max({share(first.share)} × {share(expected)}, {share(first.floor)})"
        f" = {share(first.allows(expected))}; at risk up to"
        f" max({share(second.share)} × {share(expected)}, {share(second.floor)})"
        f" = {share(second.allows(expected))}; so {told}"
    )


def _signed(value: float) -> str:
    return f"({share(value)})" if value < 0 else share(value)


def _sdg(result: KpiResult) -> Iterator[str]:
    found = result.sdg
    if found is None:
        return
    grown = f"{share(found.observed_growth * 100)} % a year over {plural_years(found.years)}"
    category = found.category.replace("_", " ")
    if found.ratio is None or found.required_growth is None:
        yield f"SDG method without a target: it grew {grown}, {category}"
        return
    yield f"SDG method: it grew {grown}; to reach the target it must grow {share(found.required_growth * 100)} %"
    yield (
        f"ratio {share(found.ratio)}: from 0.95 substantial, from 0.6 moderate, from 0 limited progress,"
        f" below deterioration; so {category}, {word(result.computed)}"
    )


def plural_years(years: float) -> str:
    """`1 year`, `4.5 years`."""
    return f"{share(years)} year{'' if years == 1 else 's'}"


def freshness_step(assessment: Assessment, result: KpiResult) -> Step | None:
    """Whether the data is too old to be believed."""
    fresh, as_of = result.freshness, assessment.as_of
    if isinstance(result.scheme.target, Milestones):
        return step("Freshness", f"milestones are read on the day itself, {day(as_of)}")
    if result.status in (Status.NOT_STARTED, Status.RETIRED):
        return None
    if fresh.state is Freshness.COMPLETE:
        last = last_period(assessment.plan.calendar, result.kpi.frequency, result.scheme.due)
        what = f"the last period, {last.name}, has its value" if last else "nothing more is due"
        if isinstance(result.scheme.target, Done) and result.value is True:
            what = "it is done"
        return step("Freshness", f"complete: {what}")
    if fresh.next_due is None:
        return step("Freshness", f"{FRESHNESS_WORDS[fresh.state]}: no date is set for the next figure")
    grace = fresh.grace or 0
    over = day(fresh.next_due + timedelta(days=grace))
    return step(
        "Freshness",
        f"the next figure is due by {day(fresh.next_due)}, with {days(grace)} of grace to {over};"
        f" on {day(as_of)} it is {FRESHNESS_WORDS[fresh.state]}",
    )


def check_in_step(assessment: Assessment, result: KpiResult | ObjectiveResult) -> Step | None:
    """What the owner says, and whether it stands in for the figures."""
    said = result.check_in
    if said is None:
        return None
    person = assessment.plan.people.get(said.by or "")
    who = person.name if person else (said.by or "somebody")
    what = f"“{word(Status(said.status))}”" if said.status else "nothing about the status"
    note = f": {plain(said.note)}" if said.note else ""
    if not said.status:
        outcome = "so the figures stand"
    elif result.check_in_holds:
        outcome = "given on or after the latest figure, so this is shown"
    else:
        outcome = "older than the latest figure, so the figures stand"
    return step("Check-in", f"{plain(who)} said {what} on {day(said.on)}{note}", outcome)


def shown_step(result: KpiResult | ObjectiveResult, counts_as: Status) -> Step:
    """The status shown, and why it is not the computed one where it is not."""
    text = BADGES[result.status].text
    if result.status is counts_as is result.computed:
        return step("Status", text)
    if result.status is not counts_as:
        return step(
            "Status",
            f"{text}, by the owner’s word; roll-ups and counts go by the figures: {word(counts_as)}",
        )
    why = {
        Status.STALE: f"the figures are too old to be believed; the last known status is {word(result.computed)}",
        Status.DRAFT: f"not yet agreed, so it counts in no roll-up; by the figures {word(result.computed)}",
        Status.RETIRED: "retired, so it counts in no roll-up",
    }
    return step("Status", f"{text}: {why.get(counts_as, 'closed, as its record says')}")


def hint_of(overdue: int) -> str | None:
    """A line about overdue milestones."""
    return f"{plural(overdue, 'milestone')} overdue" if overdue else None
