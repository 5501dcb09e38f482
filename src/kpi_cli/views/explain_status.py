"""The last steps of an explanation: the gap against its bands, and the SDG method."""

from __future__ import annotations

from kpi_cli.analysis.results import Status
from kpi_cli.kinds.base import Score, Verdict
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.locale import N_, _
from kpi_cli.models.config import Band, StatusSettings
from kpi_cli.views.explain_way import is_cap
from kpi_cli.views.facts import Work, limits_of
from kpi_cli.views.goals import limits_text
from kpi_cli.views.steps import Step, percent
from kpi_cli.views.words import BADGES, day, number, plain


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
        end = day(due) if due else _("its end")
        told = _("After {end}: not reached, so {status}.", end=end, status=word)
    elif result.computed is Status.ACHIEVED:
        told = _("The target is reached: {status}.", status=word)
    elif score.verdict is not None:
        told = f"{_verdict(work, score)}: {word}."
    elif score.raw is None or score.expected is None:
        told = _("Progress or expected progress is not known: {status}.", status=word)
    else:
        told = _gap(work, score, word)
    return Step(_("Judgement"), told)


_CAPS = {
    Verdict.ON_TRACK: N_("The total is within what the time gone allows"),
    Verdict.AT_RISK: N_("The total is within the cap but ahead of the time"),
}
_LIMITS = {
    Verdict.ON_TRACK: N_("{figure} is within {limits}"),
    Verdict.AT_RISK: N_("{figure} is outside {limits} but within the tolerance"),
}


def _verdict(work: Work, score: Score) -> str:
    result = work.result
    if is_cap(result):
        return _(_CAPS.get(score.verdict or Verdict.OFF_TRACK, N_("The total is over the cap")))
    target, limits = result.scheme.target, limits_of(result)
    if not isinstance(target, Threshold) or limits is None:
        return _("Kept") if score.met else _("Not kept")
    value = result.value
    shown = work.scale.figure(value) if isinstance(value, int | float) else _("The value")
    text = _LIMITS.get(score.verdict or Verdict.OFF_TRACK, N_("{figure} is outside {limits}"))
    return _(text, figure=shown, limits=limits_text(limits, work.scale.unit))


def _gap(work: Work, score: Score, word: str) -> str:
    settings = work.assessment.plan.config.status
    raw, gap = min(score.raw or 0.0, 1.0), work.result.gap or 0.0
    return gap_text(settings, score.expected or 0.0, raw, gap, word)


def gap_text(settings: StatusSettings, expected: float, raw: float, gap: float, word: str) -> str:
    """The gap rule with its figures, and the word it leads to."""
    if gap <= 0:
        return _(
            "{done} done, {due} expected: not behind, {status}.",
            done=percent(raw),
            due=percent(expected),
            status=word,
        )
    return _(
        "Gap = {due} − {done} = {gap} of the way. On track allows {on}, at risk {risk}: {status}.",
        due=percent(expected),
        done=f"({percent(raw)})" if raw < 0 else percent(raw),
        gap=percent(gap),
        on=_band(settings.on_track, expected),
        risk=_band(settings.at_risk, expected),
        status=word,
    )


def _band(band: Band, expected: float) -> str:
    return _(
        "{allowed} (the larger of {share} of {due} and {floor})",
        allowed=percent(band.allows(expected)),
        share=percent(band.share),
        due=percent(expected),
        floor=percent(band.floor),
    )


_CATEGORIES = {
    "target_achieved": N_("target achieved"),
    "substantial_progress": N_("substantial progress"),
    "moderate_progress": N_("moderate progress"),
    "limited_progress": N_("limited progress"),
    "deterioration": N_("deterioration"),
}


def sdg_step(work: Work) -> Step | None:
    """Observed against required growth a year, where the KPI is judged by it."""
    growth = work.result.sdg
    if growth is None:
        return None
    observed = percent(growth.observed_growth)
    category = _(_CATEGORIES[growth.category])
    if growth.ratio is None or growth.required_growth is None:
        told = _(
            "Over {years} years: observed growth {observed} a year: {category}.",
            years=number(f"{growth.years:.3g}"),
            observed=observed,
            category=category,
        )
        return Step(_("SDG method"), told)
    told = _(
        "Observed growth {observed} a year, required {required}: ratio {ratio}. From 0.95 on"
        " substantial, from 0.6 moderate, from 0 limited progress: {category}, {status}.",
        observed=observed,
        required=percent(growth.required_growth),
        ratio=plain(growth.ratio, 3),
        category=category,
        status=BADGES[work.result.computed].word.lower(),
    )
    return Step(_("SDG method"), told)
