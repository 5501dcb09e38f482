"""All steps of one objective: who contributes, the means, coverage, the cap, the owner's word."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.results import (
    UNMEASURED,
    Assessment,
    Contribution,
    ObjectiveResult,
    Status,
)
from kpi_cli.analysis.rollup import ASPIRATIONAL, MIN_COVERAGE
from kpi_cli.kinds.base import clamp
from kpi_cli.views.explain.step import Step, figure, plain, share, shortened, step
from kpi_cli.views.explain.verdict import check_in_step, gap_rule, shown_step, word
from kpi_cli.views.words import day

_ROLLUPS = {
    "kpis": "its own KPIs",
    "children": "the objectives that support it",
    "both": "its own KPIs and the objectives that support it",
}


def explain_objective(assessment: Assessment, identifier: str) -> tuple[Step, ...]:
    """From what is below it to the status shown; needs the id of an objective in the plan."""
    return tuple(
        one for one in _steps(assessment, assessment.objectives[identifier]) if one is not None
    )


def _steps(assessment: Assessment, result: ObjectiveResult) -> Iterator[Step | None]:
    yield _contributors(assessment, result)
    yield _left_out(assessment, result)
    if result.contributions and result.coverage is not None:
        yield _coverage(result)
        if result.progress is not None:
            yield _mean("Progress", result, [clamp(c.progress or 0.0) for c in _measured(result)])
            yield _mean("Expected", result, [c.expected or 0.0 for c in _measured(result)])
    yield step("By the figures", *_rule(assessment, result))
    yield check_in_step(assessment, result)
    yield _closed(assessment, result)
    yield shown_step(result, _counts_as(result))


def _counts_as(result: ObjectiveResult) -> Status:
    said = result.check_in_holds and result.check_in is not None and result.check_in.status
    return result.computed if said and result.status == said else result.status


def _measured(result: ObjectiveResult) -> list[Contribution]:
    return [c for c in result.contributions if c.measured and c.edge.weight > 0]


def _contributors(assessment: Assessment, result: ObjectiveResult) -> Step:
    objective, plan = result.objective, assessment.plan
    own = bool(plan.evidence.get(objective.id))
    rollup = objective.rollup or ("kpis" if own else "children")
    lines = [_line(assessment, one) for one in result.contributions]
    if not lines:
        return step("Contributors", f"{_ROLLUPS[rollup]}: none that counts")
    return step("Contributors", f"{_ROLLUPS[rollup]}", *lines)


def _name(assessment: Assessment, one: Contribution) -> str:
    plan, name = assessment.plan, one.edge.child
    label = plan.kpis[name].name if one.is_kpi else plan.objectives[name].title
    return f"{plain(label)} ({name})"


def _line(assessment: Assessment, one: Contribution) -> str:
    parts = [f"{_name(assessment, one)}: {word(one.status)}"]
    if one.progress is not None and one.status not in UNMEASURED:
        parts.append(f"progress {share(clamp(one.progress))}")
    if one.expected is not None and one.status not in UNMEASURED:
        parts.append(f"expected {share(one.expected)}")
    if one.edge.weight != 1:
        parts.append(f"weight {figure(one.edge.weight)}")
    return ", ".join(parts)


def _left_out(assessment: Assessment, result: ObjectiveResult) -> Step | None:
    if not result.left_out:
        return None
    lines = [
        f"{_name(assessment, one)}: {word(one.status) if one.edge.counts else 'counts: false'}"
        for one in result.left_out
    ]
    return step("Left out", *lines)


def _coverage(result: ObjectiveResult) -> Step:
    whole = sum(one.edge.weight for one in result.contributions)
    weight = sum(one.edge.weight for one in _measured(result))
    coverage = result.coverage or 0.0
    enough = "enough" if coverage >= MIN_COVERAGE else f"less than {share(MIN_COVERAGE)}, too little"
    return step(
        "Coverage",
        f"measured weight / all weight = {figure(weight)} / {figure(whole)} = {share(coverage)}, {enough}",
    )


def _mean(label: str, result: ObjectiveResult, values: list[float]) -> Step:
    rows = _measured(result)
    weights = [row.edge.weight for row in rows]
    even = all(weight == 1 for weight in weights)
    terms = [
        share(value) if even else f"{figure(weight)} × {share(value)}"
        for weight, value in zip(weights, values, strict=True)
    ]
    found = result.progress if label == "Progress" else result.expected
    return step(
        label,
        f"weighted mean of what is measured = ({' + '.join(shortened(terms))}) / {figure(sum(weights))}"
        f" = {share(found or 0.0)}",
    )


def _rule(assessment: Assessment, result: ObjectiveResult) -> Iterator[str]:
    told = word(result.computed)
    period = result.objective.period
    over = period is not None and assessment.as_of > period.end
    if result.computed is Status.NOT_STARTED:
        yield f"not started: it begins on {day(period.start)}" if period else told
    elif result.computed in (Status.NO_DATA, Status.INSUFFICIENT_DATA):
        yield f"{told}: {result.reason}" if result.reason else told
    elif result.computed is Status.ACHIEVED or (over and result.computed is Status.MISSED):
        yield _ended(result, over)
    elif result.gap is not None:
        before = "on track before the cap" if result.capped else told
        yield from gap_rule(
            assessment.plan.config.status, result.expected or 0.0, result.progress or 0.0,
            result.gap, before,
        )  # fmt: skip
        if result.capped and result.worst:
            yield (
                f"held at at risk, because {result.worst} counts and is"
                f" {word(_status_of(result, result.worst))}"
            )
    else:
        yield told


def _ended(result: ObjectiveResult, over: bool) -> str:
    told = word(result.computed)
    needed = ASPIRATIONAL if result.objective.commitment == "aspirational" else 1.0
    if over:
        return f"{told}: its period is over and all that counts is final"
    return f"{told}: progress has come to {share(needed)}, which counts as achieved"


def _status_of(result: ObjectiveResult, name: str) -> Status:
    return next(one.status for one in result.contributions if one.edge.child == name)


def _closed(assessment: Assessment, result: ObjectiveResult) -> Step | None:
    closed = result.objective.closed
    if closed is None or closed.on > assessment.as_of:
        return None
    lesson = f"lesson: {plain(closed.lesson)}" if closed.lesson else None
    return step("Closed", f"{closed.outcome} on {day(closed.on)}", lesson)
