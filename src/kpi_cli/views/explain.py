"""How one KPI's number and status came about: each step in words and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kpi_cli.analysis.results import Assessment, Freshness, KpiResult, Status
from kpi_cli.models import Kpi
from kpi_cli.views.explain_status import gap_step, sdg_step
from kpi_cli.views.explain_value import baseline_step, observation_step, target_step
from kpi_cli.views.explain_way import expected_step, progress_step
from kpi_cli.views.facts import Work, scale_of
from kpi_cli.views.outlook import outlook_words
from kpi_cli.views.steps import Step
from kpi_cli.views.words import BADGES, day, days, freshness_word

__all__ = ["Step", "explain_kpi"]


def explain_kpi(assessment: Assessment, identifier: str) -> tuple[Step, ...]:
    """The steps from the files to the status shown. Raises KeyError for an id that is no KPI."""
    result = assessment.kpis[identifier]
    scale = replace(scale_of(result, assessment.plan.config), exact=True)
    work = Work(assessment, result, scale)
    if result.computed is Status.NOT_STARTED:
        start = result.scheme.start
        told = f"It starts on {day(start)}; until then there is nothing to judge." if start else ""
        return (target_step(work), Step("Status", told or "It has not started."))
    steps = (
        observation_step(work),
        baseline_step(work),
        target_step(work),
        expected_step(work),
        progress_step(work),
        gap_step(work),
        sdg_step(work),
        *_outlook(work),
        _freshness(result, assessment.as_of),
        _check_in(assessment, result),
        _status(result),
    )
    return tuple(step for step in steps if step)


def _outlook(work: Work) -> Iterator[Step]:
    """The signal and the forecast, with what to know about them."""
    words = outlook_words(replace(work, scale=replace(work.scale, exact=False)))
    if not words.signal:
        return
    yield Step("Signal", words.signal)
    if words.forecast:
        yield Step("Forecast", words.forecast)
    if words.evidence:
        yield Step("Done before", words.evidence)
    if words.notes:
        yield Step("To know", " ".join(words.notes))


def _freshness(result: KpiResult, as_of: date) -> Step | None:
    fresh = result.freshness
    word = freshness_word(fresh)
    last = f"The last value is for {fresh.last.name}" if fresh.last else "There is no value yet"
    if fresh.state is Freshness.COMPLETE:
        return Step("Freshness", f"{last}, the last one that was to come: {word}.")
    if fresh.next_due is None:
        return None
    allowed = f" and {days(fresh.grace)} of grace after it" if fresh.grace else ""
    verb = "is" if fresh.next_due >= as_of else "was"
    text = f"{last}; the next {verb} due by {day(fresh.next_due)}{allowed}"
    return Step("Freshness", f"{text}. On {day(as_of)}: {word}.")


def _check_in(assessment: Assessment, result: KpiResult) -> Step | None:
    said = result.check_in
    if said is None or said.status is None:
        return None
    person = assessment.plan.people.get(said.by or "")
    who = person.name if person else said.by or "Somebody"
    word = BADGES[Status(said.status)].word.lower()
    text = f"On {day(said.on)} {who} said “{word}”"
    if not result.check_in_holds:
        return Step("Owner’s word", f"{text}, before the latest figure, so the figure decides.")
    if result.counts_as is not result.computed:
        counts = BADGES[result.counts_as].word.lower()
        return Step("Owner’s word", f"{text}; it cannot stand over “{counts}”.")
    agrees = result.computed.value == said.status
    verb = "agrees with the figures" if agrees else "is shown; roll-ups use the computed status"
    return Step("Owner’s word", f"{text}, on or after the latest figure: it {verb}.")


def _status(result: KpiResult) -> Step:
    shown, computed = BADGES[result.status], BADGES[result.computed]
    parts = [f"Shown: {shown.text}."]
    if result.computed is not result.status:
        parts.append(f"Computed: {computed.word.lower()}.")
    if result.counts_as is not result.status:
        parts.append(f"It counts as {BADGES[result.counts_as].word.lower()} above.")
    why = _why(result.kpi, result)
    return Step("Status", " ".join([*parts, *([why] if why else [])]))


def _why(kpi: Kpi, result: KpiResult) -> str | None:
    """The rule that stands over the figures, where one does."""
    if result.counts_as is Status.RETIRED:
        on = kpi.retired.on if kpi.retired else None
        return f"Retired on {day(on)}." if on else "The record says retired."
    if result.counts_as is Status.DRAFT:
        return "A draft is listed with its numbers and counts nowhere."
    if result.counts_as is Status.STALE:
        return "Too old a figure is not judged: the last known status is only kept beside it."
    if result.counts_as is Status.NO_TARGET:
        return "Without a target for it a figure is shown and not judged."
    return f"Reason: {result.reason}." if result.reason else None
