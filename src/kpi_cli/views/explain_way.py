"""The middle steps of an explanation: how far it should be, and how far it is."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.results import KpiResult
from kpi_cli.kinds.base import Score, Target, Verdict
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.zones import STRETCH_SCORES, Stretch, Zones
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.quantity import close
from kpi_cli.views.facts import Work
from kpi_cli.views.goals import zone_word
from kpi_cli.views.series import scorer_of
from kpi_cli.views.steps import Step, bracketed, percent
from kpi_cli.views.words import day, days, how_many, number, plain


def expected_step(work: Work) -> Step | None:
    """The share of the way that should be done at the observation's date."""
    result, score, target = work.result, work.result.score, work.result.scheme.target
    if score is None or score.expected is None or target is None:
        return None
    share = percent(score.expected)
    if isinstance(target, Milestones):
        due = plain(sum(s.weight for s in target.steps if _is_due(work, s.due)))
        whole = plain(sum(step.weight for step in target.steps))
        told = _(
            "Weights due by now: {due} of {whole} = {share}.", due=due, whole=whole, share=share
        )
    elif isinstance(target, Done):
        told = _("Done by its due date; nothing is expected before it.")
    elif isinstance(target, Threshold) and not result.kpi.is_total:
        told = _("A limit is to be kept at all times.")
    elif is_cap(result):
        told = f"{_time(work)} {_('So {share} of the cap may be used up.', share=share)}"
    elif isinstance(target, Zones | Stretch):
        sum_ = f"{percent(result.elapsed)} × {plain(_reach(target))} = {share}"
        times = _(
            "Times the score of “{zone}”: {formula}.",
            zone=zone_word(target.reach, target),
            formula=sum_,
        )
        told = f"{_time(work)} {times}"
    else:
        told = _way(work, share)
    return Step(_("Expected"), told)


def _is_due(work: Work, due: date | None) -> bool:
    last = due or work.result.scheme.due
    return last is not None and last <= work.assessment.as_of


def _reach(target: Zones | Stretch) -> float:
    scores = dict(target.scores) if isinstance(target, Zones) else STRETCH_SCORES
    return scores[target.reach]


def is_cap(result: KpiResult) -> bool:
    """Whether it is a total that must stay under its target."""
    score = result.score
    return result.kpi.is_total and score is not None and score.rolled_expected is not None


def _way(work: Work, share: str) -> str:
    result = work.result
    start = 0.0 if result.kpi.is_total else result.baseline.value if result.baseline else None
    goal = result.target_number
    if start is not None and goal is not None and close(start, goal):
        return _("The target equals the baseline, so it is a limit to keep.")
    if result.planned is None or start is None or goal is None:
        return f"{_time(work)} {_('So {share} of the way, linear by days.', share=share)}"
    planned = bracketed(result.planned)
    formula = f"{share_formula(planned, start, goal)} = {share}"
    if result.kpi.path:
        figure = work.scale.figure(result.planned)
        return _(
            "The path expects {figure} on that day: {formula} of the way.",
            figure=figure,
            formula=formula,
        )
    pace = _(
        "A geometric pace expects {power}: {formula} of the way.",
        power=_geometric(work, start, goal),
        formula=formula,
    )
    return f"{_time(work)} {pace}"


def share_formula(value: str, start: float, target: float) -> str:
    """`(33.5 − 31.5) / (40 − 31.5)`."""
    return f"({value} − {bracketed(start)}) / ({bracketed(target)} − {bracketed(start)})"


def _geometric(work: Work, start: float, goal: float) -> str:
    power = number(f"{work.result.elapsed:.3f}") if work.result.elapsed is not None else "–"
    planned = work.scale.figure(work.result.planned or 0.0)
    return f"{bracketed(start)} × ({bracketed(goal)} / {bracketed(start)})^{power} = {planned}"


def _time(work: Work) -> str:
    """How much of the time was gone at the observation's date."""
    result, observation = work.result, work.result.observation
    if observation is None:
        return ""
    scorer = scorer_of(work.assessment, result)
    begin, end = scorer.span(result.scheme, observation, result.baseline)
    if begin is None or end is None:
        return _("Without start and due date no time can be counted.")
    whole = (end - begin).days
    gone = min(max((observation.on - begin).days, 0), max(whole, 0))
    return _(
        "{some} of {days} ({first} to {last}) were gone: {share}.",
        some=how_many(gone),
        days=days(whole),
        first=day(begin),
        last=day(end),
        share=percent(result.elapsed),
    )


def progress_step(work: Work) -> Step | None:
    """The share of the way that is done."""
    score, target = work.result.score, work.result.scheme.target
    if score is None or target is None:
        return None
    told = _progress(work, score, target)
    return Step(_("Progress"), told) if told else None


def _progress(work: Work, score: Score, target: Target) -> str | None:
    result = work.result
    if isinstance(target, Done):
        return _("Done: 100 %.") if score.met else _("Not done: 0 %.")
    if isinstance(target, Milestones):
        done = _("{share} of the weights done.", share=percent(score.raw))
        late = ngettext("{n} milestone overdue.", "{n} milestones overdue.", score.overdue)
        return f"{done} {late}" if score.overdue else done
    if isinstance(target, Zones | Stretch):
        if score.zone is None:
            return None
        return _(
            "Zone “{zone}” scores {share}.",
            zone=zone_word(score.zone, target),
            share=percent(score.raw),
        )
    if is_cap(result):
        return _cap(work, score)
    if isinstance(target, Threshold) and not result.kpi.is_total:
        return _kept(score)
    return _moved(work, score)


def _cap(work: Work, score: Score) -> str:
    value, limit = work.result.value, score.number
    if isinstance(value, str | bool) or value is None or limit is None:
        return _("No total yet.")
    allowed = limit * (score.expected or 0.0)
    return _(
        "{value} of {limit} used; by now up to {allowed} would be in step.",
        value=work.scale.figure(value),
        limit=work.scale.figure(limit),
        allowed=work.scale.figure(allowed),
    )


def _kept(score: Score) -> str:
    if not score.counted:
        return _("No whole period to count yet.")
    return ngettext(
        "Kept in {some} of {n} period: {share}.",
        "Kept in {some} of {n} periods: {share}.",
        score.counted,
        some=how_many(score.hits or 0),
        share=percent(score.progress),
    )


def _moved(work: Work, score: Score) -> str | None:
    result, value, goal = work.result, work.result.value, score.number
    start = 0.0 if result.kpi.is_total else result.baseline.value if result.baseline else None
    if isinstance(value, str | bool) or value is None or goal is None or start is None:
        return None
    if score.verdict in (Verdict.ON_TRACK, Verdict.OFF_TRACK) and close(start, goal):
        return _("Met: 100 %.") if score.met else _("Not met: 0 %.")
    if result.kpi.is_total:
        formula = f"{bracketed(value)} / {bracketed(goal)}"
    else:
        formula = share_formula(bracketed(value), start, goal)
    return _beyond(score, f"{formula} = {percent(score.raw)}", percent(result.progress))


def _beyond(score: Score, formula: str, progress: str) -> str:
    if "regressed" in score.flags:
        text = N_("{formula}, below where it began; progress is held at {progress}.")
    elif "overachieved" in score.flags:
        text = N_("{formula}, beyond the target; progress is held at {progress}.")
    else:
        return f"{formula}."
    return _(text, formula=formula, progress=progress)
