"""How one objective's number and status came about: contributors, means, coverage, cap, word."""

from __future__ import annotations

from kpi_cli.analysis.results import UNMEASURED, Assessment, Contribution, ObjectiveResult, Status
from kpi_cli.analysis.rollup import ASPIRATIONAL, MIN_COVERAGE
from kpi_cli.kinds.base import clamp
from kpi_cli.quantity import show_number
from kpi_cli.views.explain_status import gap_text
from kpi_cli.views.steps import Step, percent
from kpi_cli.views.words import BADGES, day

SHOWN = 8
"""Contributors whose figures are written out in a mean; of more the middle is left out."""
_ROLLUPS = {
    "kpis": "Its own KPIs",
    "children": "The objectives that support it",
    "both": "Its own KPIs and the objectives that support it",
}


def explain_objective(assessment: Assessment, identifier: str) -> tuple[Step, ...]:
    """The steps from what is below it to the status shown. Raises KeyError for a foreign id."""
    result = assessment.objectives[identifier]
    steps = (
        _contributors(assessment, result),
        _left_out(assessment, result),
        _coverage(result),
        _mean("Progress", result),
        _mean("Expected", result),
        Step("Judgement", _judgement(assessment, result)),
        _check_in(assessment, result),
        _status(assessment, result),
    )
    return tuple(step for step in steps if step)


def _word(status: Status) -> str:
    return BADGES[status].word.lower()


def _measured(result: ObjectiveResult) -> list[Contribution]:
    return [one for one in result.contributions if one.measured and one.edge.weight > 0]


def _contributors(assessment: Assessment, result: ObjectiveResult) -> Step:
    objective = result.objective
    own = bool(assessment.plan.evidence.get(objective.id))
    rollup = objective.rollup or ("kpis" if own else "children")
    if not result.contributions:
        return Step("Contributors", f"{_ROLLUPS[rollup]}: none that counts.")
    lines = [_line(assessment, one) for one in result.contributions]
    return Step("Contributors", "\n".join([f"{_ROLLUPS[rollup]}:", *lines]))


def _name(assessment: Assessment, one: Contribution) -> str:
    plan, name = assessment.plan, one.edge.child
    label = plan.kpis[name].name if one.is_kpi else plan.objectives[name].title
    return f"{' '.join(label.split())} ({name})"


def _line(assessment: Assessment, one: Contribution) -> str:
    parts = [f"{_name(assessment, one)}: {_word(one.status)}"]
    if one.status not in UNMEASURED and one.progress is not None:
        parts.append(f"{percent(clamp(one.progress))} done, {percent(one.expected)} expected")
    if one.edge.weight != 1:
        parts.append(f"weight {show_number(one.edge.weight)}")
    return "; ".join(parts)


def _left_out(assessment: Assessment, result: ObjectiveResult) -> Step | None:
    if not result.left_out:
        return None
    lines = [
        f"{_name(assessment, one)}: {_word(one.status) if one.edge.counts else 'counts: false'}"
        for one in result.left_out
    ]
    return Step("Left out", "\n".join(lines))


def _coverage(result: ObjectiveResult) -> Step | None:
    if not result.contributions or result.coverage is None:
        return None
    whole = show_number(sum(one.edge.weight for one in result.contributions))
    weight = show_number(sum(one.edge.weight for one in _measured(result)))
    enough = "enough to judge" if result.coverage >= MIN_COVERAGE else "too little to judge"
    share = percent(result.coverage)
    return Step("Coverage", f"Measured weight {weight} of {whole} = {share}: {enough}.")


def _mean(label: str, result: ObjectiveResult) -> Step | None:
    """The weighted mean of what is measured, with the figures put in."""
    found = result.progress if label == "Progress" else result.expected
    rows = _measured(result)
    if found is None or not rows:
        return None
    values = [clamp(one.progress or 0.0) if label == "Progress" else one.expected for one in rows]
    weights = [one.edge.weight for one in rows]
    even = len(set(weights)) == 1
    terms = [
        percent(value) if even else f"{show_number(weight)} × {percent(value)}"
        for weight, value in zip(weights, values, strict=True)
    ]
    if len(terms) > SHOWN:
        terms = [*terms[: SHOWN - 2], "…", terms[-1]]
    below = show_number(len(rows) if even else sum(weights))
    return Step(label, f"({' + '.join(terms)}) / {below} = {percent(found)}.")


def _judgement(assessment: Assessment, result: ObjectiveResult) -> str:
    told, period = _word(result.computed), result.objective.period
    over = period is not None and assessment.as_of > period.end
    if result.computed is Status.NOT_STARTED:
        return f"It begins on {day(period.start)}: {told}." if period else f"It has {told}."
    if result.computed in (Status.NO_DATA, Status.INSUFFICIENT_DATA):
        return f"{result.reason}: {told}." if result.reason else f"{told}."
    if result.computed in (Status.ACHIEVED, Status.MISSED) and over:
        return f"Its period is over and all that counts is final: {told}."
    if result.computed is Status.ACHIEVED:
        return f"{percent(_needed(result))} of the way counts as achieved: {told}."
    settings = assessment.plan.config.status
    expected, raw, gap = result.expected or 0.0, result.progress or 0.0, result.gap or 0.0
    if not result.capped:
        return gap_text(settings, expected, raw, gap, told)
    return f"{gap_text(settings, expected, raw, gap, 'on track')} {_capped(result)}"


def _needed(result: ObjectiveResult) -> float:
    return ASPIRATIONAL if result.objective.commitment == "aspirational" else 1.0


def _capped(result: ObjectiveResult) -> str:
    rows = {one.edge.child: one.status for one in result.contributions}
    if result.worst is None:
        return "Held at at risk."
    behind = _word(rows[result.worst])
    return f"But {result.worst} counts and is {behind}, so it is at risk at best."


def _check_in(assessment: Assessment, result: ObjectiveResult) -> Step | None:
    said = result.check_in
    if said is None or said.status is None:
        return None
    person = assessment.plan.people.get(said.by or "")
    text = f"On {day(said.on)} {person.name if person else said.by or 'somebody'} said"
    text = f"{text} “{_word(Status(said.status))}”"
    if not result.check_in_holds:
        return Step(
            "Owner’s word", f"{text}, before the latest figure below, so the figures decide."
        )
    return Step("Owner’s word", f"{text}, on or after the latest figure below: it is shown.")


def _status(assessment: Assessment, result: ObjectiveResult) -> Step:
    parts = [f"Shown: {BADGES[result.status].text}."]
    if result.computed is not result.status:
        parts.append(f"By the figures: {_word(result.computed)}.")
    closed = result.objective.closed
    if closed is not None and closed.on <= assessment.as_of:
        parts.append(f"Closed on {day(closed.on)}, {closed.outcome}.")
        parts += [f"Lesson: {' '.join(closed.lesson.split())}"] if closed.lesson else []
    elif result.status is Status.DRAFT:
        parts.append("A draft is listed with its numbers and counts nowhere.")
    return Step("Status", " ".join(parts))
