"""How one KPI's number and status came about: each step in words and figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.analysis.results import Assessment, Freshness, KpiResult, Status
from kpi_cli.frozen import dataclass, replace
from kpi_cli.locale import N_, _
from kpi_cli.models import Kpi
from kpi_cli.views.explain_status import gap_step, sdg_step
from kpi_cli.views.explain_value import baseline_step, observation_step, target_step
from kpi_cli.views.explain_way import expected_step, progress_step
from kpi_cli.views.facts import Work, scale_of
from kpi_cli.views.outlook import OutlookWords, outlook_words
from kpi_cli.views.steps import Step
from kpi_cli.views.why import WhyWords, why_words
from kpi_cli.views.words import BADGES, Scale, day, days, freshness_word

__all__ = ["Step", "explain_kpi"]


@dataclass(frozen=True, slots=True)
class Prospects:
    """Where a KPI goes and why, in words; `scale` wrote the figures."""

    scale: Scale
    outlook: OutlookWords
    why: WhyWords | None


def prospects_in_words(work: Work) -> Prospects:
    """The words of a KPI's outlook, its figures written as on its page."""
    return Prospects(work.scale, outlook_words(work), why_words(work))


def explain_kpi(
    assessment: Assessment, identifier: str, prospects: Prospects | None = None
) -> tuple[Step, ...]:
    """The steps from the files to the status shown. Raises KeyError for an id that is no KPI.

    `prospects` are the words of its outlook where they are known already.
    """
    result = assessment.kpis[identifier]
    scale = prospects.scale if prospects else scale_of(result, assessment.plan.config)
    exact = Scale(scale.unit, scale.decimals, scale.anchors, exact=True)
    work = Work(assessment, result, exact)
    if result.computed is Status.NOT_STARTED:
        start = result.scheme.start
        told = _("It has not started.")
        if start:
            told = _("It starts on {day}; until then there is nothing to judge.", day=day(start))
        return (target_step(work), Step(_("Status"), told))
    steps = (
        observation_step(work),
        baseline_step(work),
        target_step(work),
        expected_step(work),
        progress_step(work),
        gap_step(work),
        sdg_step(work),
        *_outlook(prospects or _prospects(work)),
        _freshness(result, assessment.as_of),
        _check_in(assessment, result),
        _status(result),
    )
    return tuple(step for step in steps if step)


def _prospects(work: Work) -> Prospects:
    return prospects_in_words(replace(work, scale=replace(work.scale, exact=False)))


def _outlook(prospects: Prospects) -> Iterator[Step]:
    """The signal and the forecast, with what to know about them."""
    words, why = prospects.outlook, prospects.why
    if not words.signal:
        return
    yield Step(_("Signal"), words.signal)
    if why and why.told and why.rows:
        yield Step(_("Why"), " ".join(why.told))
    if words.forecast:
        yield Step(_("Forecast"), words.forecast)
    if words.evidence:
        yield Step(_("Done before"), words.evidence)
    if words.notes:
        yield Step(_("To know"), " ".join(words.notes))


def _freshness(result: KpiResult, as_of: date) -> Step | None:
    fresh = result.freshness
    word = freshness_word(fresh)
    last = _("There is no value yet")
    if fresh.last:
        last = _("The last value is for {period}", period=fresh.last.name)
    if fresh.state is Freshness.COMPLETE:
        told = _("{last}, the last one that was to come: {state}.", last=last, state=word)
        return Step(_("Freshness"), told)
    if fresh.next_due is None:
        return None
    ahead = fresh.next_due >= as_of
    text = (
        N_("{last}; the next is due by {day}") if ahead else N_("{last}; the next was due by {day}")
    )
    told = _(text, last=last, day=day(fresh.next_due))
    if fresh.grace:
        told = _("{due} and {days} of grace after it", due=told, days=days(fresh.grace))
    return Step(
        _("Freshness"), _("{due}. On {day}: {state}.", due=told, day=day(as_of), state=word)
    )


def _check_in(assessment: Assessment, result: KpiResult) -> Step | None:
    said = result.check_in
    if said is None or said.status is None:
        return None
    person = assessment.plan.people.get(said.by or "")
    who = person.name if person else said.by or _("Somebody")
    word = BADGES[Status(said.status)].word.lower()
    text = _("On {day} {who} said “{status}”", day=day(said.on), who=who, status=word)
    if not result.check_in_holds:
        told = _("{said}, before the latest figure, so the figure decides.", said=text)
    elif result.counts_as is not result.computed:
        counts = BADGES[result.counts_as].word.lower()
        told = _("{said}; it cannot stand over “{status}”.", said=text, status=counts)
    elif result.computed.value == said.status:
        told = _("{said}, on or after the latest figure: it agrees with the figures.", said=text)
    else:
        told = _(
            "{said}, on or after the latest figure: it is shown; roll-ups use the computed status.",
            said=text,
        )
    return Step(_("Owner’s word"), told)


def _status(result: KpiResult) -> Step:
    shown, computed = BADGES[result.status], BADGES[result.computed]
    parts = [_("Shown: {status}.", status=shown.text)]
    if result.computed is not result.status:
        parts.append(_("Computed: {status}.", status=computed.word.lower()))
    if result.counts_as is not result.status:
        counts = BADGES[result.counts_as].word.lower()
        parts.append(_("It counts as {status} above.", status=counts))
    why = _why(result.kpi, result)
    return Step(_("Status"), " ".join([*parts, *([why] if why else [])]))


def _why(kpi: Kpi, result: KpiResult) -> str | None:
    """The rule that stands over the figures, where one does."""
    if result.counts_as is Status.RETIRED:
        on = kpi.retired.on if kpi.retired else None
        return _("Retired on {day}.", day=day(on)) if on else _("The record says retired.")
    if result.counts_as is Status.DRAFT:
        return _("A draft is listed with its numbers and counts nowhere.")
    if result.counts_as is Status.STALE:
        return _("Too old a figure is not judged: the last known status is only kept beside it.")
    if result.counts_as is Status.NO_TARGET:
        return _("Without a target for it a figure is shown and not judged.")
    return _("Reason: {reason}.", reason=_(result.reason)) if result.reason else None
