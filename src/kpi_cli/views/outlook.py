"""Signal, forecast and evidence in words: what a reader is told about a KPI's behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_cli.analysis.achievable import Evidence
from kpi_cli.analysis.behaviour import Chart, Outlook, Signal
from kpi_cli.analysis.chance import in_words, rounded
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.rebaseline import QUESTIONS
from kpi_cli.analysis.results import KpiResult
from kpi_cli.analysis.xmr import LEAST, MEAN_FACTOR
from kpi_cli.models.config import SignalSettings
from kpi_cli.views.facts import Work, goal_text
from kpi_cli.views.words import Scale, day, plural

ROUTINE = "no signal: routine variation"
RULES = {
    "limit": "outside the natural limits",
    "run8": "eight or more values in a row on one side of the centre",
    "run7": "seven or more values in a row on one side of the centre",
    "3of4": "three of four values nearer to a limit than to the centre",
    "2of3": "two of three values beyond two sigma on one side",
    "4of5": "four of five values beyond one sigma on one side",
    "trend7": "seven or more values in a row rising or falling",
    "mr": "a step wider than routine steps are",
    "anhoej": "a run too long, or too few crossings of the median",
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
        return Sign("?", "Too few points", "plain")
    signal = outlook.signal
    if signal is None:
        return Sign("→", "No real change", "plain")
    if signal.better is None:
        word = "Higher" if signal.side == "above" else "Lower"
        return Sign("◆", f"{word} since {signal.since}", "plain")
    if signal.better:
        return Sign("↗", f"Improving since {signal.since}", "better")
    return Sign("↘", f"Worsening since {signal.since}", "worse")


def chance_text(outlook: Outlook) -> str | None:
    """`about 35 %, uncertain`."""
    end = outlook.ending
    if end is None or end.chance is None:
        return None
    return f"{rounded(end.chance)}, {in_words(end.chance)}"


def behaviour_text(outlook: Outlook) -> str:
    """`worsening since 2026-03, chance about 35 % if nothing changes`; empty without either."""
    sign, end = sign_of(outlook), outlook.ending
    told = sign.word[0].lower() + sign.word[1:] if sign and outlook.limits else ""
    if end is None or end.chance is None:
        return told if outlook.signal else ""
    chance = f"chance {rounded(end.chance)} if nothing changes"
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
        since = " since the process changed" if len(chart.stretches) > 1 else ""
        told = f"{plural(have, 'value')}{since}"
        return f"Too few points: {told}; limits need {LEAST}."
    lower, upper = limits.shown(*(work.result.kpi.bounds or (None, None)))
    band = f"{scale.number(lower)} to {scale.figure(upper)}, centre {scale.figure(limits.centre)}"
    told = f"Natural limits {band}, set by {plural(limits.n, 'value')} ({limits.state})."
    if outlook.signal is None:
        return f"{told} {ROUTINE[0].upper()}{ROUTINE[1:]}."
    return f"{told} {_told(outlook.signal, chart, work)}"


def _told(signal: Signal, chart: Chart, work: Work) -> str:
    kinds = dict.fromkeys(one.kind for one in chart.points[-1])
    rules = "; ".join(RULES[kind] for kind in kinds)
    turn = {True: "for the better", False: "for the worse", None: f"{signal.side} the centre"}
    return f"Signal {turn[signal.better]} since {signal.since}: {rules}."


def _forecast(work: Work, outlook: Outlook) -> str:
    end = outlook.ending
    if end is None:
        return f"No forecast: {outlook.blank}." if outlook.blank else ""
    scale = work.scale
    span = f"{scale.number(end.low)} to {scale.figure(end.high)} in 8 of 10 cases"
    text = f"If nothing changes it ends at about {scale.figure(end.median)} on {day(end.due)}"
    told = f"{text} ({span})"
    if end.chance is None:
        return f"{told}."
    if end.impossible:
        return f"{told}. The target lies beyond the bounds of the KPI: impossible by definition."
    goal = goal_text(work.result, scale) or "the target"
    return f"{told}. Chance of {goal}: {rounded(end.chance)}, {in_words(end.chance)}."


def evidence_text(result: KpiResult, outlook: Outlook, scale: Scale) -> str | None:
    """What past spans of the same length say, and what follows; None without such spans."""
    found, end = outlook.evidence, outlook.ending
    if found is None or not found.spans or outlook.verdict in ("no evidence", "maintain"):
        return None
    text = _spans(result, found, scale)
    if end is None or end.chance is None:
        return text
    text = f"{text} At the usual behaviour the chance is {rounded(end.chance)}."
    if outlook.verdict in ("never seen", "stretch", "challenging"):
        return (
            f"{text} Name what will be different, or re-plan to about {scale.figure(end.median)}."
        )
    return text


def _spans(result: KpiResult, found: Evidence, scale: Scale) -> str:
    rising = direction_of(result) != "decrease"
    span = plural(found.horizon, "period")
    times = f"{found.hits} of {found.spans}"
    best = found.best or 0.0
    if result.kpi.is_total:
        return (
            f"Needs {scale.figure(found.need)} more in {span}; in {found.spans} such spans the "
            f"largest total was {scale.figure(best)} ({times} were enough)."
        )
    need = scale.change(found.need if rising else -found.need)
    noun = "rise" if rising else "fall"
    told = scale.distance(best) if best > 0 else "none at all"
    return (
        f"Needs {need} in {span}; in {found.spans} such spans the largest {noun} was {told} "
        f"({times} were enough)."
    )


def _notes(work: Work, outlook: Outlook) -> Iterator[str]:
    chart, limits, end = outlook.chart, outlook.limits, outlook.ending
    if chart is None:
        return
    settings = work.assessment.plan.config.signals
    if chart.season:
        yield f"Seasonal ({chart.season.period} periods): charted and judged without its season."
    if limits and chart.is_dependent and not chart.season:
        yield (
            f"Neighbouring values hang together (autocorrelation {chart.dependence:.2f}): "
            "the limits are too narrow, so signals come too easily."
        )
    if limits and limits.multiplier:
        yield _trial(limits.n, limits.multiplier, settings)
    if limits and work.result.kpi.aggregation != "last":
        yield "The limits are those of single periods, not of the total or mean that is judged."
    if chart.proposal:
        since = _period(work, chart, chart.proposal.start)
        points, asks = chart.proposal.points, " ".join(QUESTIONS)
        yield (
            f"The process seems to have changed in {since} ({points} values). {asks} "
            f"If so, record it: baselines: [{{from: {since}, reason: …}}]."
        )
    if end and end.missing:
        yield f"{plural(end.missing, 'missing value')} bridged by a straight line for the forecast."
    if end and not end.calibrated:
        yield "The width of forecasts at this frequency is borrowed, not calibrated."


def _trial(n: int, multiplier: float, settings: SignalSettings) -> str:
    text = f"Trial limits from {n} values: they still move with each new one"
    if settings.centre == "median":
        return f"{text}."
    return (
        f"{text}. For 0.27 % of false alarms on the next value the factor would have to be "
        f"{multiplier}, not {MEAN_FACTOR}."
    )


def _period(work: Work, chart: Chart, at: int) -> str:
    rows = work.assessment.series[work.result.kpi.id]
    return rows.periods[chart.rows[at]].name
