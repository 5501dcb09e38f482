"""The middle steps of an explanation: how far it should be, and how far it is."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.results import KpiResult
from kpi_cli.kinds.base import Score, Verdict
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.zones import STRETCH_SCORES, Stretch, Zones
from kpi_cli.quantity import close, show_number
from kpi_cli.views.facts import Work
from kpi_cli.views.series import scorer_of
from kpi_cli.views.steps import Step, bracketed, percent
from kpi_cli.views.words import day, days, plural


def expected_step(work: Work) -> Step | None:
    """The share of the way that should be done at the observation's date."""
    result, score, target = work.result, work.result.score, work.result.scheme.target
    if score is None or score.expected is None or target is None:
        return None
    share = percent(score.expected)
    if isinstance(target, Milestones):
        due = show_number(sum(s.weight for s in target.steps if _is_due(work, s.due)))
        whole = show_number(sum(step.weight for step in target.steps))
        return Step("Expected", f"Weights due by now: {due} of {whole} = {share}.")
    if isinstance(target, Done):
        return Step("Expected", "Done by its due date; nothing is expected before it.")
    if isinstance(target, Threshold) and not result.kpi.is_total:
        return Step("Expected", "A limit is to be kept at all times.")
    if is_cap(result):
        return Step("Expected", f"{_time(work)} So {share} of the cap may be used up.")
    if isinstance(target, Zones | Stretch):
        reach = _reach(target)
        sum_ = f"{percent(result.elapsed)} × {show_number(reach)} = {share}"
        return Step("Expected", f"{_time(work)} Times the score of “{target.reach}”: {sum_}.")
    return _way(work, score, share)


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


def _way(work: Work, score: Score, share: str) -> Step:
    result = work.result
    start = 0.0 if result.kpi.is_total else result.baseline.value if result.baseline else None
    number = result.target_number
    if start is not None and number is not None and close(start, number):
        return Step("Expected", "The target equals the baseline, so it is a limit to keep.")
    if result.planned is None or start is None or number is None:
        return Step("Expected", f"{_time(work)} So {share} of the way, linear by days.")
    planned = bracketed(result.planned)
    formula = share_formula(planned, start, number)
    if result.kpi.path:
        told = f"The path expects {work.scale.figure(result.planned)} on that day"
    else:
        told = f"{_time(work)} A geometric pace expects {_geometric(work, start, number)}"
    return Step("Expected", f"{told}: {formula} = {share} of the way.")


def share_formula(value: str, start: float, target: float) -> str:
    """`(33.5 − 31.5) / (40 − 31.5)`."""
    return f"({value} − {bracketed(start)}) / ({bracketed(target)} − {bracketed(start)})"


def _geometric(work: Work, start: float, number: float) -> str:
    power = f"{work.result.elapsed:.3f}" if work.result.elapsed is not None else "–"
    planned = work.scale.figure(work.result.planned or 0.0)
    return f"{bracketed(start)} × ({bracketed(number)} / {bracketed(start)})^{power} = {planned}"


def _time(work: Work) -> str:
    """How much of the time was gone at the observation's date."""
    result, observation = work.result, work.result.observation
    if observation is None:
        return ""
    scorer = scorer_of(work.assessment, result)
    begin, end = scorer.span(result.scheme, observation, result.baseline)
    if begin is None or end is None:
        return "Without start and due date no time can be counted."
    whole = (end - begin).days
    gone = min(max((observation.on - begin).days, 0), max(whole, 0))
    span = f"{day(begin)} to {day(end)}"
    return f"{gone:,} of {days(whole)} ({span}) were gone: {percent(result.elapsed)}."


def progress_step(work: Work) -> Step | None:
    """The share of the way that is done."""
    result, score, target = work.result, work.result.score, work.result.scheme.target
    if score is None or target is None:
        return None
    if isinstance(target, Done):
        return Step("Progress", "Done: 100 %." if score.met else "Not done: 0 %.")
    if isinstance(target, Milestones):
        late = f" {plural(score.overdue, 'milestone')} overdue." if score.overdue else ""
        return Step("Progress", f"{percent(score.raw)} of the weights done.{late}")
    if isinstance(target, Zones | Stretch):
        if score.zone is None:
            return None
        return Step("Progress", f"Zone “{score.zone}” scores {percent(score.raw)}.")
    if is_cap(result):
        return Step("Progress", _cap(work, score))
    if isinstance(target, Threshold) and not result.kpi.is_total:
        return _kept(score)
    return _moved(work, score)


def _cap(work: Work, score: Score) -> str:
    value, limit = work.result.value, score.number
    if isinstance(value, str | bool) or value is None or limit is None:
        return "No total yet."
    allowed = limit * (score.expected or 0.0)
    used = f"{work.scale.figure(value)} of {work.scale.figure(limit)} used"
    return f"{used}; by now up to {work.scale.figure(allowed)} would be in step."


def _kept(score: Score) -> Step:
    if not score.counted:
        return Step("Progress", "No whole period to count yet.")
    share = percent(score.progress)
    return Step("Progress", f"Kept in {score.hits} of {plural(score.counted, 'period')}: {share}.")


def _moved(work: Work, score: Score) -> Step | None:
    result, value, number = work.result, work.result.value, score.number
    start = 0.0 if result.kpi.is_total else result.baseline.value if result.baseline else None
    if isinstance(value, str | bool) or value is None or number is None or start is None:
        return None
    if score.verdict in (Verdict.ON_TRACK, Verdict.OFF_TRACK) and close(start, number):
        return Step("Progress", "Met: 100 %." if score.met else "Not met: 0 %.")
    if result.kpi.is_total:
        formula = f"{bracketed(value)} / {bracketed(number)}"
    else:
        formula = share_formula(bracketed(value), start, number)
    note = _beyond(score, result.progress)
    return Step("Progress", f"{formula} = {percent(score.raw)}{note}.")


def _beyond(score: Score, progress: float | None) -> str:
    if "regressed" in score.flags:
        return f", below where it began; progress is held at {percent(progress)}"
    if "overachieved" in score.flags:
        return f", beyond the target; progress is held at {percent(progress)}"
    return ""
