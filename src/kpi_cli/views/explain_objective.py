"""How one objective's number and status came about: contributors, means, coverage, cap, word."""

from __future__ import annotations

from kpi_cli.analysis.results import UNMEASURED, Assessment, Contribution, ObjectiveResult, Status
from kpi_cli.analysis.rollup import ASPIRATIONAL, MIN_COVERAGE
from kpi_cli.kinds.base import clamp
from kpi_cli.locale import N_, _
from kpi_cli.views.contributions import contribution_words
from kpi_cli.views.explain_status import gap_text
from kpi_cli.views.steps import Step, percent
from kpi_cli.views.words import BADGES, day, plain

SHOWN = 8
"""Contributors whose figures are written out in a mean; of more the middle is left out."""
_ROLLUPS = {
    "kpis": N_("Its own KPIs"),
    "children": N_("The objectives that support it"),
    "both": N_("Its own KPIs and the objectives that support it"),
}


def explain_objective(assessment: Assessment, identifier: str) -> tuple[Step, ...]:
    """The steps from what is below it to the status shown. Raises KeyError for a foreign id."""
    result = assessment.objectives[identifier]
    steps = (
        _contributors(assessment, result),
        _left_out(assessment, result),
        _coverage(result),
        _mean(result, is_progress=True),
        _mean(result, is_progress=False),
        _moved(assessment, identifier),
        Step(_("Judgement"), _judgement(assessment, result)),
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
        told = _("{contributors}: none that counts.", contributors=_(_ROLLUPS[rollup]))
        return Step(_("Contributors"), told)
    lines = [_line(assessment, one) for one in result.contributions]
    return Step(_("Contributors"), "\n".join([f"{_(_ROLLUPS[rollup])}:", *lines]))


def _name(assessment: Assessment, one: Contribution) -> str:
    plan, name = assessment.plan, one.edge.child
    label = plan.kpis[name].name if one.is_kpi else plan.objectives[name].title
    return f"{' '.join(label.split())} ({name})"


def _line(assessment: Assessment, one: Contribution) -> str:
    parts = [f"{_name(assessment, one)}: {_word(one.status)}"]
    if one.status not in UNMEASURED and one.progress is not None:
        done, due = percent(clamp(one.progress)), percent(one.expected)
        parts.append(_("{done} done, {due} expected", done=done, due=due))
    if one.edge.weight != 1:
        parts.append(_("weight {weight}", weight=plain(one.edge.weight)))
    return "; ".join(parts)


def _left_out(assessment: Assessment, result: ObjectiveResult) -> Step | None:
    if not result.left_out:
        return None
    lines = [
        f"{_name(assessment, one)}: {_word(one.status) if one.edge.counts else 'counts: false'}"
        for one in result.left_out
    ]
    return Step(_("Left out"), "\n".join(lines))


def _coverage(result: ObjectiveResult) -> Step | None:
    if not result.contributions or result.coverage is None:
        return None
    whole = plain(sum(one.edge.weight for one in result.contributions))
    weight = plain(sum(one.edge.weight for one in _measured(result)))
    text = N_("Measured weight {weight} of {whole} = {share}: too little to judge.")
    if result.coverage >= MIN_COVERAGE:
        text = N_("Measured weight {weight} of {whole} = {share}: enough to judge.")
    told = _(text, weight=weight, whole=whole, share=percent(result.coverage))
    return Step(_("Coverage"), told)


def _mean(result: ObjectiveResult, *, is_progress: bool) -> Step | None:
    """The weighted mean of what is measured, with the figures put in."""
    found = result.progress if is_progress else result.expected
    rows = _measured(result)
    if found is None or not rows:
        return None
    values = [clamp(one.progress or 0.0) if is_progress else one.expected for one in rows]
    weights = [one.edge.weight for one in rows]
    even = len(set(weights)) == 1
    terms = [
        percent(value) if even else f"{plain(weight)} × {percent(value)}"
        for weight, value in zip(weights, values, strict=True)
    ]
    if len(terms) > SHOWN:
        terms = [*terms[: SHOWN - 2], "…", terms[-1]]
    below = plain(len(rows) if even else sum(weights))
    label = _("Progress") if is_progress else _("Expected")
    return Step(label, f"({' + '.join(terms)}) / {below} = {percent(found)}.")


def _moved(assessment: Assessment, identifier: str) -> Step | None:
    words = contribution_words(assessment, identifier)
    return Step(_("Why"), " ".join(words.told)) if words else None


def _judgement(assessment: Assessment, result: ObjectiveResult) -> str:
    told, period = _word(result.computed), result.objective.period
    over = period is not None and assessment.as_of > period.end
    if result.computed is Status.NOT_STARTED:
        if period is None:
            return _("It has {status}.", status=told)
        return _("It begins on {day}: {status}.", day=day(period.start), status=told)
    if result.computed in (Status.NO_DATA, Status.INSUFFICIENT_DATA):
        return f"{_(result.reason)}: {told}." if result.reason else f"{told}."
    if result.computed in (Status.ACHIEVED, Status.MISSED) and over:
        return _("Its period is over and all that counts is final: {status}.", status=told)
    if result.computed is Status.ACHIEVED:
        needed = percent(_needed(result))
        return _("{share} of the way counts as achieved: {status}.", share=needed, status=told)
    settings = assessment.plan.config.status
    expected, raw, gap = result.expected or 0.0, result.progress or 0.0, result.gap or 0.0
    if not result.capped:
        return gap_text(settings, expected, raw, gap, told)
    return f"{gap_text(settings, expected, raw, gap, _word(Status.ON_TRACK))} {_capped(result)}"


def _needed(result: ObjectiveResult) -> float:
    return ASPIRATIONAL if result.objective.commitment == "aspirational" else 1.0


def _capped(result: ObjectiveResult) -> str:
    rows = {one.edge.child: one.status for one in result.contributions}
    if result.worst is None:
        return _("Held at at risk.")
    return _(
        "But {id} counts and is {status}, so it is at risk at best.",
        id=result.worst,
        status=_word(rows[result.worst]),
    )


def _check_in(assessment: Assessment, result: ObjectiveResult) -> Step | None:
    said = result.check_in
    if said is None or said.status is None:
        return None
    person = assessment.plan.people.get(said.by or "")
    who = person.name if person else said.by or _("somebody")
    word = _word(Status(said.status))
    text = _("On {day} {who} said “{status}”", day=day(said.on), who=who, status=word)
    told = _("{said}, on or after the latest figure below: it is shown.", said=text)
    if not result.check_in_holds:
        told = _("{said}, before the latest figure below, so the figures decide.", said=text)
    return Step(_("Owner’s word"), told)


def _status(assessment: Assessment, result: ObjectiveResult) -> Step:
    parts = [_("Shown: {status}.", status=BADGES[result.status].text)]
    if result.computed is not result.status:
        parts.append(_("By the figures: {status}.", status=_word(result.computed)))
    closed = result.objective.closed
    if closed is not None and closed.on <= assessment.as_of:
        outcome = _word(Status(closed.outcome))
        parts.append(_("Closed on {day}, {outcome}.", day=day(closed.on), outcome=outcome))
        if closed.lesson:
            parts.append(_("Lesson: {lesson}", lesson=" ".join(closed.lesson.split())))
    elif result.status is Status.DRAFT:
        parts.append(_("A draft is listed with its numbers and counts nowhere."))
    return Step(_("Status"), " ".join(parts))
