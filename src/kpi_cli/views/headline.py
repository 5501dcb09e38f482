"""The first sentence of every page, made from the same facts as its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpi_cli.analysis.results import Assessment, KpiResult, ObjectiveResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Verdict
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.views.outlook import Sign
from kpi_cli.views.words import BADGES, clipped, counted, day, how_many, share

LENGTH = 90
_Clause = Callable[[KpiResult, str | None], str]
_SPOKEN = N_("{said} by its owner’s word, {figures} by the figures")


@dataclass(frozen=True, slots=True)
class Headline:
    """A conclusion: `subject` is data (a record's name), `clause` is ours."""

    subject: str | None
    clause: str

    @property
    def text(self) -> str:
        """The whole sentence, at most 90 characters."""
        return f"{self.subject}: {self.clause}" if self.subject else self.clause


def headline(subject: str, clause: str) -> Headline:
    """Subject and clause within 90 characters; the subject gives way first, never below 24."""
    clause = clipped(clause, LENGTH - 26)
    return Headline(clipped(subject, LENGTH - len(clause) - 2), clause)


def of_kpi(
    result: KpiResult, now: str | None, target: str | None, sign: Sign | None = None
) -> Headline:
    """What one KPI is really doing, with a signal where it runs and there is room for both."""
    clause = _kpi_clause(result, now, target)
    if sign is None or sign.tone == "plain" or result.counts_as not in _RUNNING:
        return headline(result.kpi.name, clause)
    word = sign.word[0].lower() + sign.word[1:]
    longer = _("{clause}; {signal}", clause=clause, signal=word)
    fits = len(longer) <= LENGTH - 26 and len(result.kpi.name) + 2 + len(longer) <= LENGTH
    return headline(result.kpi.name, longer if fits else clause)


_RUNNING = frozenset(
    {Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED, Status.NO_TARGET}
)


def _kpi_clause(result: KpiResult, now: str | None, target: str | None) -> str:
    if result.status is not result.counts_as:
        said = BADGES[result.status].word.lower()
        figures = BADGES[result.counts_as].word.lower()
        return _(_SPOKEN, said=said, figures=figures)
    clause = _KPI_CLAUSES[result.status](result, target)
    figure = now if result.status not in _WITHOUT_FIGURE else None
    if figure and len(figure) + len(clause) > LENGTH - 30:
        clause = _KPI_CLAUSES[result.status](result, None)
    return f"{figure}, {clause}" if figure else clause


_WITHOUT_FIGURE = frozenset({Status.NO_DATA, Status.NOT_STARTED, Status.DRAFT, Status.RETIRED})


def _on_track(result: KpiResult, target: str | None) -> str:
    word = _word(Status.ON_TRACK)
    if target is None:
        return word
    return _limit(word, target) if _is_limit(result) else _("on track for {goal}", goal=target)


def _is_limit(result: KpiResult) -> bool:
    return result.score is not None and isinstance(result.score.verdict, Verdict)


def _word(status: Status) -> str:
    return BADGES[status].word.lower()


def _limit(word: str, target: str) -> str:
    return _("{status}; the limit is {limit}", status=word, limit=target)


def _behind(status: Status) -> _Clause:
    def clause(result: KpiResult, target: str | None) -> str:
        word = _word(status)
        if _is_limit(result):
            return _limit(word, target) if target else word
        if result.raw is not None and result.raw < 0:
            return _("{status}: worse than where it began", status=word)
        done, due = share(max(result.raw or 0.0, 0.0)), share(result.expected)
        return _("{status}: {done} of the way, {due} due", status=word, done=done, due=due)

    return clause


def _ended(status: Status) -> _Clause:
    def clause(_result: KpiResult, target: str | None) -> str:
        word = _word(status)
        return _("{status}; the target is {goal}", status=word, goal=target) if target else word

    return clause


def _stale(result: KpiResult, _target: str | None) -> str:
    last = result.freshness.last
    if last is None:
        return _("stale, no figure")
    return _("stale, no figure since {period}", period=last.name)


def _not_started(result: KpiResult, _target: str | None) -> str:
    start = result.scheme.start
    return _("not started, begins on {day}", day=day(start)) if start else _("not started")


def _no_data(result: KpiResult, _target: str | None) -> str:
    return _("no data: one figure alone shows no way") if result.observation else _("no data yet")


_KPI_CLAUSES: Mapping[Status, _Clause] = {
    Status.ON_TRACK: _on_track,
    Status.AT_RISK: _behind(Status.AT_RISK),
    Status.OFF_TRACK: _behind(Status.OFF_TRACK),
    Status.ACHIEVED: _ended(Status.ACHIEVED),
    Status.MISSED: _ended(Status.MISSED),
    Status.STALE: _stale,
    Status.NO_DATA: _no_data,
    Status.NO_TARGET: lambda *_given: _("no target to judge it by"),
    Status.INSUFFICIENT_DATA: lambda *_given: _("insufficient data for a judgement"),
    Status.NOT_STARTED: _not_started,
    Status.DRAFT: lambda *_given: _("draft, not yet agreed"),
    Status.RETIRED: lambda *_given: _("retired"),
    Status.DROPPED: lambda *_given: _("dropped"),
}


def said_of_kpi(result: KpiResult, now: str | None, target: str | None) -> str:
    """The clause of `of_kpi` at its full length, where it need not be a title."""
    return _kpi_clause(result, now, target)


def of_objective(result: ObjectiveResult) -> Headline:
    """Where one objective stands."""
    return headline(result.objective.title, _objective_clause(result))


def _objective_clause(result: ObjectiveResult) -> str:
    word = BADGES[result.status].word.lower()
    if result.check_in_holds and result.status is not result.computed:
        figures = BADGES[result.computed].word.lower()
        return _(_SPOKEN, said=word, figures=figures)
    if result.capped:
        return _("{status}, one below is behind", status=word)
    if result.status in _OPEN and result.progress is not None:
        return _("{status}, {done} of the way", status=word, done=share(result.progress))
    return word


_OPEN = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})


def of_organisation(assessment: Assessment) -> Headline:
    """The state of all KPIs in one sentence, worst first."""
    counts = assessment.counts()
    running = sum(n for status, n in counts.items() if status not in _ASIDE)
    if not running:
        ended = counts and counts.keys() <= _ENDED
        return Headline(None, _("No KPI is running any more") if ended else _(_NOT_YET))
    behind = counts.get(Status.OFF_TRACK, 0) + counts.get(Status.MISSED, 0)
    risk = counts.get(Status.AT_RISK, 0)
    blind = sum(counts.get(status, 0) for status in _BLIND)
    good = counts.get(Status.ON_TRACK, 0) + counts.get(Status.ACHIEVED, 0)
    if behind:
        first = _behind_words(counts, _part(behind, running))
        rest = _("{first}; {n} on track or achieved", first=first, n=how_many(good))
        return Headline(None, rest if good else first)
    if risk:
        return Headline(None, _risk_words(risk, running))
    if blind:
        some = _part(blind, running)
        return Headline(None, _("{some} without a current figure; none known behind", some=some))
    if good:
        return Headline(None, _good_words(counts, good, running))
    return Headline(
        None,
        ngettext(
            "No KPI can be judged yet: {n} KPI without a target",
            "No KPI can be judged yet: {n} KPIs without a target",
            running,
        ),
    )


def _part(number: int, whole: int) -> str:
    """`Three of 31 KPIs are`, `All 4 KPIs are`, `The one KPI is`."""
    if whole == 1:
        return _("The one KPI is")
    if number == whole == 2:
        return _("Both KPIs are")
    if number == whole:
        return _("All {n} KPIs are", n=how_many(whole))
    some, every = counted(number), how_many(whole)
    return ngettext(
        "{some} of {whole} KPIs is", "{some} of {whole} KPIs are", number, some=some, whole=every
    )


def _behind_words(counts: Mapping[Status, int], some: str) -> str:
    off, missed = counts.get(Status.OFF_TRACK, 0), counts.get(Status.MISSED, 0)
    if off and missed:
        return _("{some} off track or missed", some=some)
    return _("{some} off track", some=some) if off else _("{some} missed", some=some)


def _good_words(counts: Mapping[Status, int], good: int, running: int) -> str:
    some = _part(good, running)
    if good < running:
        return _("{some} on track or achieved; none behind", some=some)
    if counts.get(Status.ACHIEVED, 0) == good:
        return _("{some} achieved", some=some)
    if counts.get(Status.ON_TRACK, 0) == good:
        return _("{some} on track", some=some)
    return _("{some} on track or achieved", some=some)


def _risk_words(risk: int, running: int) -> str:
    if risk == running:
        return _("{some} at risk, none off track", some=_part(risk, running))
    return _(
        "Nothing is off track; {n} of {whole} KPIs at risk",
        n=how_many(risk),
        whole=how_many(running),
    )


_BLIND = (Status.NO_DATA, Status.STALE, Status.INSUFFICIENT_DATA)
_ENDED = frozenset({Status.RETIRED, Status.DROPPED})
_ASIDE = _ENDED | {Status.DRAFT, Status.NOT_STARTED}
_NOT_YET = N_("No KPI is running yet")


def of_quality(stale: int, missing: int, errors: int) -> Headline:
    """What is wrong with the data, or that nothing is."""
    parts = []
    if stale:
        parts.append(ngettext("{n} KPI is stale", "{n} KPIs are stale", stale))
    if missing:
        parts.append(ngettext("{n} has no figure", "{n} have no figure", missing))
    if errors:
        parts.append(ngettext("{n} error in the files", "{n} errors in the files", errors))
    if not parts:
        return Headline(None, _("Every KPI has a current figure"))
    text = ", ".join(parts)
    return Headline(None, text[0].upper() + text[1:])
