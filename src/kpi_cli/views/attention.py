"""What needs people first, and what to thank them for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kpi_cli.analysis.results import KpiResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import clamp
from kpi_cli.locale import _
from kpi_cli.models import Recognition
from kpi_cli.period import later
from kpi_cli.views.concerning import thanks_about
from kpi_cli.views.facts import Facts, Ref, said_of
from kpi_cli.views.headline import said_of_kpi
from kpi_cli.views.rows import KpiRow, WorkRow, action_row, full_row, open_actions
from kpi_cli.views.words import day

MOST = 7
WINS = 5
RECENT = 92
"""Days for which a recognition counts as news: one quarter."""

_SEVERITY = {
    Status.OFF_TRACK: 0,
    Status.MISSED: 0,
    Status.AT_RISK: 1,
    Status.STALE: 2,
    Status.NO_DATA: 3,
}


@dataclass(frozen=True, slots=True)
class Attention:
    """One KPI that needs people: what it is, why as its owner says, what is being done."""

    row: KpiRow
    conclusion: str
    evidence_for: Ref | None
    word: str | None
    action: WorkRow | None
    when_red: str | None


@dataclass(frozen=True, slots=True)
class Win:
    """Something to recognise: a target met, or thanks that were given."""

    about: Ref | None
    text: str
    said_by_us: bool
    people: tuple[str, ...]
    by: str | None
    on: str | None


def exceptions(facts: Facts) -> tuple[KpiResult, ...]:
    """KPIs off track, missed, at risk, stale or without data: by the weight of their objective,
    then how bad, then how far behind. The computed status counts, never the owner's word."""
    found = [r for r in facts.assessment.kpis.values() if r.counts_as in _SEVERITY]
    return tuple(sorted(found, key=lambda result: _urgency(facts, result)))


def _urgency(facts: Facts, result: KpiResult) -> tuple[float, int, float, str]:
    links = (facts.plan.objectives.get(link.target) for link in result.kpi.objective)
    weight = max((objective.weight for objective in links if objective), default=0.0)
    return (-weight, _SEVERITY[result.counts_as], -_behind(result), result.kpi.id)


def _behind(result: KpiResult) -> float:
    if result.gap is not None:
        return result.gap
    return 1.0 - clamp(result.progress) if result.progress is not None else 0.0


def exception_card(facts: Facts, result: KpiResult) -> Attention:
    """What a leader needs to know of one exception."""
    kpi, row = result.kpi, full_row(facts, result)
    own = facts.plan.objective_of(kpi)
    actions = open_actions(facts, frozenset({kpi.id}))
    return Attention(
        row=row,
        conclusion=said_of_kpi(result, row.now, said_of(facts, result).goal),
        evidence_for=facts.objective(own.id) if own else None,
        word=_word(facts, result),
        action=action_row(facts, actions[0]) if actions else None,
        when_red=kpi.when_red,
    )


def _word(facts: Facts, result: KpiResult) -> str | None:
    """The owner's latest note, else the note beside the latest figure."""
    if result.check_in and result.check_in.note:
        return result.check_in.note
    points = facts.points.get(result.kpi.id, ())
    return points[-1].note if points else None


def wins(facts: Facts) -> tuple[Win, ...]:
    """Recognitions of the last quarter, newest first, then targets met; at most five."""
    given = [recognised(facts, one) for one in _recent(facts)][:3]
    named = {win.about.id for win in given if win.about}
    reached = [
        met(facts, result)
        for result in facts.assessment.kpis.values()
        if result.counts_as is Status.ACHIEVED and result.kpi.id not in named
    ]
    return (*given, *reached)[:WINS]


def thanks(facts: Facts, about: Iterable[str]) -> tuple[Win, ...]:
    """Thanks given by the day for any of some records, newest first, at most five."""
    as_of = facts.assessment.as_of
    found = [one for one in thanks_about(facts, about) if one.on is None or one.on <= as_of]
    return tuple(recognised(facts, one) for one in newest(found)[:WINS])


def newest(given: Iterable[Recognition]) -> list[Recognition]:
    """Newest first, those without a day last."""
    return sorted(given, key=lambda one: (-(one.on or date.min).toordinal(), one.id))


def _recent(facts: Facts) -> list[Recognition]:
    as_of = facts.assessment.as_of
    found = [
        one
        for one in facts.plan.recognitions.values()
        if one.on is not None and later(as_of, -RECENT) <= one.on <= as_of
    ]
    return newest(found)


def recognised(facts: Facts, one: Recognition) -> Win:
    """Thanks that people gave."""
    return Win(
        about=facts.either(one.for_),
        text=one.text or "",
        said_by_us=False,
        people=facts.people(one.to),
        by=facts.person(one.by),
        on=day(one.on) if one.on else None,
    )


def met(facts: Facts, result: KpiResult) -> Win:
    """A target that is met, with the names of those who have a part in it."""
    kpi = result.kpi
    return Win(
        about=facts.kpi(kpi.id),
        text=_("Target met: {target}", target=said_of(facts, result).target),
        said_by_us=True,
        people=facts.people(tuple(one for one in (kpi.owner, *kpi.contributors) if one)),
        by=None,
        on=day(result.observation.on) if result.observation else None,
    )
