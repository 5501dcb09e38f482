"""The first sentence of every page, made from the same facts as its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kpi_cli.analysis.results import Assessment, KpiResult, ObjectiveResult, Status
from kpi_cli.kinds.base import Verdict
from kpi_cli.views.words import BADGES, clipped, counted, day, plural, share

LENGTH = 90
_Clause = Callable[[KpiResult, str | None], str]


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


def of_kpi(result: KpiResult, now: str | None, target: str | None) -> Headline:
    """What one KPI is really doing."""
    return headline(result.kpi.name, _kpi_clause(result, now, target))


def _kpi_clause(result: KpiResult, now: str | None, target: str | None) -> str:
    if result.status is not result.counts_as:
        said = BADGES[result.status].word.lower()
        figures = BADGES[result.counts_as].word.lower()
        return f"{said} by its owner’s word, {figures} by the figures"
    clause = _KPI_CLAUSES[result.status](result, target)
    figure = now if result.status not in _WITHOUT_FIGURE else None
    if figure and len(figure) + len(clause) > LENGTH - 30:
        clause = _KPI_CLAUSES[result.status](result, None)
    return f"{figure}, {clause}" if figure else clause


_WITHOUT_FIGURE = frozenset({Status.NO_DATA, Status.NOT_STARTED, Status.DRAFT, Status.RETIRED})


def _on_track(result: KpiResult, target: str | None) -> str:
    if target is None:
        return "on track"
    return f"on track; {_limit(target)}" if _is_limit(result) else f"on track for {target}"


def _is_limit(result: KpiResult) -> bool:
    return result.score is not None and isinstance(result.score.verdict, Verdict)


def _limit(target: str) -> str:
    return f"the limit is {target}"


def _behind(word: str) -> _Clause:
    def clause(result: KpiResult, target: str | None) -> str:
        if _is_limit(result):
            return f"{word}; {_limit(target)}" if target else word
        if result.raw is not None and result.raw < 0:
            return f"{word}: worse than where it began"
        return (
            f"{word}: {share(max(result.raw or 0.0, 0.0))} of the way, {share(result.expected)} due"
        )

    return clause


def _ended(word: str, target: str | None) -> str:
    return f"{word}; the target is {target}" if target else word


def _stale(result: KpiResult, _target: str | None) -> str:
    last = result.freshness.last
    return f"stale, no figure since {last.name}" if last else "stale, no figure"


def _not_started(result: KpiResult, _target: str | None) -> str:
    start = result.scheme.start
    return f"not started, begins on {day(start)}" if start else "not started"


def _no_data(result: KpiResult, _target: str | None) -> str:
    return "no data: one figure alone shows no way" if result.observation else "no data yet"


_KPI_CLAUSES: Mapping[Status, _Clause] = {
    Status.ON_TRACK: _on_track,
    Status.AT_RISK: _behind("at risk"),
    Status.OFF_TRACK: _behind("off track"),
    Status.ACHIEVED: lambda _, target: _ended("achieved", target),
    Status.MISSED: lambda _, target: _ended("missed", target),
    Status.STALE: _stale,
    Status.NO_DATA: _no_data,
    Status.NO_TARGET: lambda *_: "no target to judge it by",
    Status.INSUFFICIENT_DATA: lambda *_: "insufficient data for a judgement",
    Status.NOT_STARTED: _not_started,
    Status.DRAFT: lambda *_: "draft, not yet agreed",
    Status.RETIRED: lambda *_: "retired",
    Status.DROPPED: lambda *_: "dropped",
}


def of_objective(result: ObjectiveResult) -> Headline:
    """Where one objective stands."""
    return headline(result.objective.title, _objective_clause(result))


def _objective_clause(result: ObjectiveResult) -> str:
    word = BADGES[result.status].word.lower()
    if result.check_in_holds and result.status is not result.computed:
        figures = BADGES[result.computed].word.lower()
        return f"{word} by its owner’s word, {figures} by the figures"
    if result.capped:
        return f"{word}, one below is behind"
    if result.status in _OPEN and result.progress is not None:
        return f"{word}, {share(result.progress)} of the way"
    return word


_OPEN = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})


def of_organisation(assessment: Assessment) -> Headline:
    """The state of all KPIs in one sentence, worst first."""
    counts = assessment.counts()
    running = sum(n for status, n in counts.items() if status not in _ASIDE)
    if not running:
        return Headline(None, "No KPI is running yet")
    behind = counts.get(Status.OFF_TRACK, 0) + counts.get(Status.MISSED, 0)
    risk = counts.get(Status.AT_RISK, 0)
    blind = sum(counts.get(status, 0) for status in _BLIND)
    good = counts.get(Status.ON_TRACK, 0) + counts.get(Status.ACHIEVED, 0)
    whole = plural(running, "KPI")
    if behind:
        first = f"{_part(behind, running)} {_behind_word(counts)}"
        return Headline(None, f"{first}; {good:,} on track or achieved" if good else first)
    if risk:
        if risk == running:
            return Headline(None, f"{_part(risk, running)} at risk, none off track")
        return Headline(None, f"Nothing is off track; {risk:,} of {whole} at risk")
    if blind:
        return Headline(
            None, f"{_part(blind, running)} without a current figure; none known behind"
        )
    if good:
        rest = "; none behind" if good < running else ""
        return Headline(None, f"{_part(good, running)} on track or achieved{rest}")
    return Headline(None, f"No KPI can be judged yet: {whole} without a target")


def _part(number: int, whole: int) -> str:
    """`Three of 31 KPIs are`, `All 4 KPIs are`, `The one KPI is`."""
    if whole == 1:
        return "The one KPI is"
    if number == whole:
        return f"All {whole:,} KPIs are"
    return f"{counted(number)} of {plural(whole, 'KPI')} {'is' if number == 1 else 'are'}"


def _behind_word(counts: Mapping[Status, int]) -> str:
    off, missed = counts.get(Status.OFF_TRACK, 0), counts.get(Status.MISSED, 0)
    if off and missed:
        return "off track or missed"
    return "off track" if off else "missed"


_BLIND = (Status.NO_DATA, Status.STALE, Status.INSUFFICIENT_DATA)
_ASIDE = frozenset({Status.DRAFT, Status.RETIRED, Status.DROPPED, Status.NOT_STARTED})


def of_quality(stale: int, missing: int, errors: int) -> Headline:
    """What is wrong with the data, or that nothing is."""
    parts = []
    if stale:
        parts.append(f"{plural(stale, 'KPI')} {'is' if stale == 1 else 'are'} stale")
    if missing:
        parts.append(f"{missing:,} {'has' if missing == 1 else 'have'} no figure")
    if errors:
        parts.append(f"{plural(errors, 'error')} in the files")
    if not parts:
        return Headline(None, "Every KPI has a current figure")
    text = ", ".join(parts)
    return Headline(None, text[0].upper() + text[1:])
