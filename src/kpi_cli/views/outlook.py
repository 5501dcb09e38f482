"""Signal, forecast and evidence in words: what a reader is told about a KPI's behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kpi_cli.analysis.achievable import Evidence
from kpi_cli.analysis.behaviour import Chart, Outlook, Signal
from kpi_cli.analysis.chance import in_words, rounded
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.rebaseline import QUESTIONS
from kpi_cli.analysis.results import KpiResult
from kpi_cli.analysis.xmr import LEAST, MEAN_FACTOR
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models.config import SignalSettings
from kpi_cli.views.facts import Facts, Work, final_goal
from kpi_cli.views.words import Scale, day, number

ROUTINE = N_("No signal: routine variation.")
RULES = {
    "limit": N_("outside the natural limits"),
    "run8": N_("eight or more values in a row on one side of the centre"),
    "run7": N_("seven or more values in a row on one side of the centre"),
    "3of4": N_("three of four values nearer to a limit than to the centre"),
    "2of3": N_("two of three values beyond two sigma on one side"),
    "4of5": N_("four of five values beyond one sigma on one side"),
    "trend7": N_("seven or more values in a row rising or falling"),
    "mr": N_("a step wider than routine steps are"),
    "anhoej": N_("a run too long, or too few crossings of the median"),
}
ASSURANCE = {
    "consistently meets": N_(
        "Assurance: consistently meets; every value within the limits meets the target."
    ),
    "hit or miss": N_(
        "Assurance: hit or miss; some values within the limits meet the target, some do not."
    ),
    "consistently fails": N_(
        "Assurance: consistently fails; no value within the limits meets the target."
    ),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """The signal as shown: shape and word carry the meaning, `tone` is better, worse or plain."""

    glyph: str
    word: str
    tone: str

    @property
    def text(self) -> str:
        """`↗ Improving since 2026-04`."""
        return f"{self.glyph} {self.word}"


@dataclass(frozen=True, slots=True)
class OutlookWords:
    """The outlook for people: `sign`, `end` and `chance` are short, the rest whole sentences.

    `signal` is empty where there is no chart, `forecast` says why there is none, `notes` are
    caveats a reader must know.
    """

    sign: Sign | None
    signal: str
    end: str | None
    chance: str | None
    forecast: str
    evidence: str | None
    notes: tuple[str, ...]


def sign_of(outlook: Outlook) -> Sign | None:
    """The signal in a few words; None where there are no figures."""
    if outlook.chart is None:
        return None
    if outlook.limits is None:
        return Sign("?", _("Too few points"), "plain")
    signal = outlook.signal
    if signal is None:
        return Sign("→", _("No real change"), "plain")
    if signal.better is None:
        text = N_("Higher since {period}") if signal.side == "above" else N_("Lower since {period}")
        return Sign("◆", _(text, period=signal.since), "plain")
    if signal.better:
        return Sign("↗", _("Improving since {period}", period=signal.since), "better")
    return Sign("↘", _("Worsening since {period}", period=signal.since), "worse")


def signal_of(facts: Facts, name: str) -> Sign | None:
    """The sign of a KPI that signals, made once for all pages; None of one that does not."""
    outlook = facts.assessment.outlooks[name]
    return facts.once("sign", name, partial(sign_of, outlook)) if outlook.signal else None


def chance_text(outlook: Outlook) -> str | None:
    """`about 35 %, uncertain`."""
    end = outlook.ending
    if end is None or end.chance is None:
        return None
    return f"{_(rounded(end.chance))}, {_(in_words(end.chance))}"


def behaviour_text(outlook: Outlook) -> str:
    """`worsening since 2026-03, chance about 35 % if nothing changes`; empty without either."""
    sign, end = sign_of(outlook), outlook.ending
    told = sign.word[0].lower() + sign.word[1:] if sign and outlook.limits else ""
    if end is None or end.chance is None:
        return told if outlook.signal else ""
    chance = _("chance {chance} if nothing changes", chance=_(rounded(end.chance)))
    return f"{told}, {chance}" if told else chance


def outlook_words(work: Work) -> OutlookWords:
    """The outlook of a KPI in words."""
    outlook = work.assessment.outlooks[work.result.kpi.id]
    return OutlookWords(
        sign=sign_of(outlook),
        signal=_signal(work, outlook),
        end=work.scale.figure(outlook.ending.median) if outlook.ending else None,
        chance=chance_text(outlook),
        forecast=_forecast(work, outlook),
        evidence=evidence_text(work.result, outlook, work.scale),
        notes=tuple(_notes(work, outlook)),
    )


def _signal(work: Work, outlook: Outlook) -> str:
    chart, limits, scale = outlook.chart, outlook.limits, work.scale
    if chart is None:
        return ""
    if limits is None:
        have = len(chart.values) - (chart.stretches[-1].start if chart.stretches else 0)
        if len(chart.stretches) > 1:
            return ngettext(
                "Too few points: {n} value since the process changed; limits need {least}.",
                "Too few points: {n} values since the process changed; limits need {least}.",
                have,
                least=LEAST,
            )
        return ngettext(
            "Too few points: {n} value; limits need {least}.",
            "Too few points: {n} values; limits need {least}.",
            have,
            least=LEAST,
        )
    lower, upper = limits.shown(*(work.result.kpi.bounds or (None, None)))
    told = ngettext(
        "Natural limits {low} to {high}, centre {centre}, set by {n} value ({state}).",
        "Natural limits {low} to {high}, centre {centre}, set by {n} values ({state}).",
        limits.n,
        low=scale.number(lower),
        high=scale.figure(upper),
        centre=scale.figure(limits.centre),
        state=_(_STATES[limits.state]),
    )
    signal = _told(outlook.signal, chart) if outlook.signal else _(ROUTINE)
    assurance = [_(ASSURANCE[outlook.assurance])] if outlook.assurance else []
    return " ".join([told, signal, *assurance])


_STATES = {
    "trial": N_("trial"),
    "provisional": N_("provisional"),
    "established": N_("established"),
}


def _told(signal: Signal, chart: Chart) -> str:
    kinds = dict.fromkeys(one.kind for one in chart.points[-1])
    rules = "; ".join(_(RULES[kind]) for kind in kinds)
    if signal.better is None:
        above = N_("Signal above the centre since {period}: {rules}.")
        below = N_("Signal below the centre since {period}: {rules}.")
        text = above if signal.side == "above" else below
    elif signal.better:
        text = N_("Signal for the better since {period}: {rules}.")
    else:
        text = N_("Signal for the worse since {period}: {rules}.")
    return _(text, period=signal.since, rules=rules)


def _forecast(work: Work, outlook: Outlook) -> str:
    end = outlook.ending
    if end is None:
        return _("No forecast: {reason}.", reason=_(outlook.blank)) if outlook.blank else ""
    scale = work.scale
    told = _(
        "If nothing changes it ends at about {middle} on {day} ({low} to {high} in 8 of 10 cases).",
        middle=scale.figure(end.median),
        day=day(end.due),
        low=scale.number(end.low),
        high=scale.figure(end.high),
    )
    if end.chance is None:
        return told
    if end.impossible:
        beyond = _("The target lies beyond the bounds of the KPI: impossible by definition.")
        return f"{told} {beyond}"
    goal = final_goal(work.result, scale, work.assessment.plan.calendar) or _("the target")
    chance = _(
        "Chance of {goal}: {chance}, {words}.",
        goal=goal,
        chance=_(rounded(end.chance)),
        words=_(in_words(end.chance)),
    )
    return f"{told} {chance}"


def evidence_text(result: KpiResult, outlook: Outlook, scale: Scale) -> str | None:
    """What past spans of the same length say, and what follows; None without such spans."""
    found, end = outlook.evidence, outlook.ending
    if found is None or not found.spans or outlook.verdict in ("no evidence", "maintain"):
        return None
    text = _spans(result, found, scale)
    if end is None or end.chance is None:
        return text
    usual = _("At the usual behaviour the chance is {chance}.", chance=_(rounded(end.chance)))
    if outlook.verdict in ("never seen", "stretch", "challenging"):
        middle = scale.figure(end.median)
        asked = _("Name what will be different, or re-plan to about {figure}.", figure=middle)
        return f"{text} {usual} {asked}"
    return f"{text} {usual}"


def _spans(result: KpiResult, found: Evidence, scale: Scale) -> str:
    rising = direction_of(result) != "decrease"
    span = ngettext("{n} period", "{n} periods", found.horizon)
    best = found.best or 0.0
    said = {"span": span, "spans": found.spans, "hits": found.hits}
    if result.kpi.is_total:
        return _(
            "Needs {need} more in {span}; in {spans} such spans the largest total was {best}"
            " ({hits} of {spans} were enough).",
            need=scale.figure(found.need),
            best=scale.figure(best),
            **said,
        )
    rise = N_(
        "Needs {need} in {span}; in {spans} such spans the largest rise was {best}"
        " ({hits} of {spans} were enough)."
    )
    fall = N_(
        "Needs {need} in {span}; in {spans} such spans the largest fall was {best}"
        " ({hits} of {spans} were enough)."
    )
    return _(
        rise if rising else fall,
        need=scale.change(found.need if rising else -found.need),
        best=scale.distance(best) if best > 0 else _("none at all"),
        **said,
    )


def _notes(work: Work, outlook: Outlook) -> Iterator[str]:
    chart, limits, end = outlook.chart, outlook.limits, outlook.ending
    if chart is None:
        return
    settings = work.assessment.plan.config.signals
    if chart.season:
        yield _(
            "Seasonal ({n} periods): charted and judged without its season.", n=chart.season.period
        )
    if limits and chart.is_dependent:
        yield _(
            "Neighbouring values hang together (autocorrelation {r}): the limits are too narrow,"
            " so signals come too easily.",
            r=number(f"{chart.dependence:.2f}"),
        )
    if limits and limits.multiplier:
        yield _trial(limits.n, limits.multiplier, settings)
    if limits and work.result.kpi.aggregation != "last":
        yield _("The limits are those of single periods, not of the total or mean that is judged.")
    if chart.proposal:
        since = _period(work, chart, chart.proposal.start)
        yield _(
            "The process seems to have changed in {period} ({n} values). {questions}"
            " If so, record it: {entry}.",
            period=since,
            n=chart.proposal.points,
            questions=" ".join(_(one) for one in QUESTIONS),
            entry=f"baselines: [{{from: {since}, reason: …}}]",
        )
    if end and end.missing:
        yield ngettext(
            "{n} missing value bridged by a straight line for the forecast.",
            "{n} missing values bridged by a straight line for the forecast.",
            end.missing,
        )
    if end and not end.calibrated:
        yield _("The width of forecasts at this frequency is borrowed, not calibrated.")


def _trial(n: int, multiplier: float, settings: SignalSettings) -> str:
    text = _("Trial limits from {n} values: they still move with each new one.", n=n)
    if settings.centre == "median":
        return text
    factor = _(
        "For 0.27 % of false alarms on the next value the factor would have to be {factor},"
        " not {usual}.",
        factor=number(f"{multiplier}"),
        usual=number(f"{MEAN_FACTOR}"),
    )
    return f"{text} {factor}"


def _period(work: Work, chart: Chart, at: int) -> str:
    rows = work.assessment.series[work.result.kpi.id]
    return rows.periods[chart.rows[at]].name
