"""The last steps of an explanation: the gap against its bands, and the SDG method."""

from __future__ import annotations

from kpi_cli.analysis.results import Status
from kpi_cli.kinds.base import Score, Verdict
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.models.config import Band, StatusSettings
from kpi_cli.quantity import show_number
from kpi_cli.views.explain_way import is_cap
from kpi_cli.views.facts import Work, limits_of
from kpi_cli.views.steps import Step, percent
from kpi_cli.views.words import BADGES, day


def gap_step(work: Work) -> Step | None:
    """What the figures alone say: a limit's verdict, the rule after the end, or the gap rule."""
    result, score = work.result, work.result.score
    if score is None or result.computed in (Status.NO_TARGET, Status.NO_DATA):
        return None
    final = result.computed in (Status.ACHIEVED, Status.MISSED)
    if result.sdg is not None and result.sdg.ratio is not None and not final:
        return None
    word = BADGES[result.computed].word.lower()
    if result.computed is Status.MISSED:
        due = result.scheme.due
        return Step("Judgement", f"After {day(due) if due else 'its end'}: not reached, so {word}.")
    if result.computed is Status.ACHIEVED:
        return Step("Judgement", f"The target is reached: {word}.")
    if score.verdict is not None:
        return Step("Judgement", f"{_verdict(work, score)}: {word}.")
    if score.raw is None or score.expected is None:
        return Step("Judgement", f"Progress or expected progress is not known: {word}.")
    return Step("Judgement", _gap(work, score, word))


def _verdict(work: Work, score: Score) -> str:
    result = work.result
    if is_cap(result):
        return {
            Verdict.ON_TRACK: "The total is within what the time gone allows",
            Verdict.AT_RISK: "The total is within the cap but ahead of the time",
        }.get(score.verdict or Verdict.OFF_TRACK, "The total is over the cap")
    target, limits = result.scheme.target, limits_of(result)
    if not isinstance(target, Threshold) or limits is None:
        return "Kept" if score.met else "Not kept"
    value = result.value
    shown = work.scale.figure(value) if isinstance(value, int | float) else "The value"
    inside = limits.text(work.scale.unit)
    if score.verdict is Verdict.ON_TRACK:
        return f"{shown} is within {inside}"
    if score.verdict is Verdict.AT_RISK:
        return f"{shown} is outside {inside} but within the tolerance"
    return f"{shown} is outside {inside}"


def _gap(work: Work, score: Score, word: str) -> str:
    settings = work.assessment.plan.config.status
    raw, gap = min(score.raw or 0.0, 1.0), work.result.gap or 0.0
    return gap_text(settings, score.expected or 0.0, raw, gap, word)


def gap_text(settings: StatusSettings, expected: float, raw: float, gap: float, word: str) -> str:
    """The gap rule with its figures, and the word it leads to."""
    if gap <= 0:
        return f"{percent(raw)} done, {percent(expected)} expected: not behind, {word}."
    done = f"({percent(raw)})" if raw < 0 else percent(raw)
    told = f"Gap = {percent(expected)} − {done} = {percent(gap)} of the way."
    on, risk = _band(settings.on_track, expected), _band(settings.at_risk, expected)
    return f"{told} On track allows {on}, at risk {risk}: {word}."


def _band(band: Band, expected: float) -> str:
    share = f"{percent(band.share)} of {percent(expected)}"
    return f"{percent(band.allows(expected))} (the larger of {share} and {percent(band.floor)})"


def sdg_step(work: Work) -> Step | None:
    """Observed against required growth a year, where the KPI is judged by it."""
    growth = work.result.sdg
    if growth is None:
        return None
    observed = f"observed growth {percent(growth.observed_growth)} a year"
    category = growth.category.replace("_", " ")
    if growth.ratio is None or growth.required_growth is None:
        return Step("SDG method", f"Over {growth.years:.3g} years: {observed}: {category}.")
    required = f"required {percent(growth.required_growth)}"
    ratio = show_number(growth.ratio, 3)
    word = BADGES[work.result.computed].word.lower()
    bands = "from 0.95 on substantial, from 0.6 moderate, from 0 limited"
    told = f"{_sentence(observed)}, {required}: ratio {ratio}. {_sentence(bands)} progress"
    return Step("SDG method", f"{told}: {category}, {word}.")


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
