"""The pack of one meeting, put together from the facts of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.metrics_review import Reviewed, review_metrics
from kpi_cli.analysis.results import BEHIND, Assessment, Status
from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, ngettext
from kpi_cli.models import Review
from kpi_cli.views.attention import exception_card, exceptions
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.metric_changes import MOST as CHANGES
from kpi_cli.views.metric_changes import Since, changes_page
from kpi_cli.views.objective import objectives_below, refs
from kpi_cli.views.outlook import chance_text, sign_of
from kpi_cli.views.part import Part, narrowed
from kpi_cli.views.reader import Reader, part_for
from kpi_cli.views.review import (
    EXCEPTIONS,
    LISTED,
    ActionLine,
    Attendee,
    Caveat,
    Concern,
    Decided,
    Meeting,
    ReviewPack,
    headline_of,
)
from kpi_cli.views.review_agenda import agenda
from kpi_cli.views.review_since import closed_actions, is_new, shifts, wins_since
from kpi_cli.views.review_wanted import decisions_wanted
from kpi_cli.views.rows import (
    SOON,
    action_row,
    decision_row,
    open_actions,
    review_label,
)
from kpi_cli.views.signals import signal_rows
from kpi_cli.views.words import day

TALKED_ABOUT = BEHIND | {Status.AT_RISK}
"""What a meeting talks about; KPIs without a current figure stand among the caveats."""
READ = 8
"""Signals and shifts a meeting has time for; the others are read beforehand."""
FEW = 3
"""So many KPIs with the same caveat are named one by one."""
PROPOSED = 5
"""Metrics to change or retire that one meeting can talk about; `review-metrics` has them all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which meeting, for whom, and compared with which earlier state; `reviewed` is the look at
    all metrics, where it was taken before."""

    review: Review | None = None
    reader: Reader | None = None
    since: Since | None = None
    findings: Sequence[Finding] = ()
    left_out: int = 0
    reviewed: Sequence[Reviewed] | None = None


def review_pack(facts: Facts, asked: Asked) -> ReviewPack:
    """Everything the meeting needs, for the records it covers and its reader answers for."""
    on, since, review = facts.assessment.as_of, asked.since, asked.review
    part = _part(facts, asked)
    own, scope = narrowed(facts, part), part.records
    then = _then(facts, since)
    wanted = decisions_wanted(facts, scope, on)
    urgent = [one for one in exceptions(own) if one.counts_as in TALKED_ABOUT]
    late, due, later = _actions(facts, scope)
    closed = closed_actions(facts, then if since and since.before else None, _day(since), scope)
    reviewed = review_metrics(facts.assessment) if asked.reviewed is None else asked.reviewed
    told = changes_page(own, reviewed, since)
    proposed = tuple(one for one in (*told.retire, *told.change) if one.ref.id in scope)
    changes = tuple(one for one in told.changes if one.about is None or one.about.id in scope)
    wins = wins_since(own, then, _day(since), scope, on)
    signals = tuple(row for row in signal_rows(own) if is_new(row, then))
    moved = shifts(own, then, scope) if then else ()
    caveats = (*summed(list(_data_caveats(own))), *_file_caveats(asked, scope))
    decided = tuple(_decided(facts, since, on, scope))
    counts = {
        "wanted": len(wanted), "actions": len(late) + len(due) + len(closed),
        "exceptions": min(len(urgent), EXCEPTIONS), "wins": len(wins),
        "signals": min(len(signals) + len(moved), READ), "caveats": len(caveats),
        "decisions": len(decided), "changes": min(len(changes) + len(proposed), PROPOSED),
    }  # fmt: skip
    points = agenda(counts, review.kind if review else None)
    meeting = _meeting(facts, asked, part)
    return ReviewPack(
        as_of=on,
        headline=headline_of(meeting.label, wanted, len(late), len(urgent)),
        meeting=meeting,
        minutes=sum(point.minutes for point in points),
        agenda=points,
        wanted=wanted,
        late=late,
        due=due,
        later=later,
        closed=closed,
        exceptions=tuple(_concern(own, one.kpi.id) for one in urgent[:EXCEPTIONS]),
        more=max(len(urgent) - EXCEPTIONS, 0),
        wins=wins,
        signals=signals[:LISTED],
        shifts=moved[:LISTED],
        more_shifts=max(len(signals) - LISTED, 0) + max(len(moved) - LISTED, 0),
        changes=changes[:CHANGES] if since else (),
        proposed=proposed[:PROPOSED],
        caveats=caveats,
        decided=decided,
    )


def _then(facts: Facts, since: Since | None) -> Assessment | None:
    """The plan as it stood at the earlier day: by git, else by the dates in the records."""
    if since is None:
        return None
    return since.before or assess(facts.plan, since.day)


def _day(since: Since | None) -> date | None:
    return since.day if since else None


def _part(facts: Facts, asked: Asked) -> Part:
    """The records the meeting is about: what it covers with all below, and its reader's own."""
    plan = facts.plan
    part = part_for(facts, asked.reader) or Part(tuple(plan.kpis), tuple(plan.objectives))
    covers = asked.review.covers if asked.review else ()
    if not covers:
        return part
    goals = {goal for name in covers if name in plan.objectives
             for goal in objectives_below(plan, name)}  # fmt: skip
    kpis = {name for name in covers if name in plan.kpis}
    kpis |= {kpi for name in covers if name in plan.objectives for kpi in plan.kpis_below(name)}
    return Part(
        tuple(name for name in part.kpis if name in kpis),
        tuple(name for name in part.objectives if name in goals),
    )


def _meeting(facts: Facts, asked: Asked, part: Part) -> Meeting:
    review, on = asked.review, facts.assessment.as_of
    held = review.on if review and review.on else on
    reader = asked.reader
    audience = None
    if reader is not None:
        named = facts.team(reader.id) if reader.kind == "team" else facts.person(reader.id)
        audience = named or _("the board")
    return Meeting(
        id=review.id if review else None,
        label=review_label(review.kind if review else None, held),
        on=held,
        on_text=day(held),
        kind=review.kind if review else None,
        present=facts.people(review.present) if review else (),
        attendees=tuple(_attendees(facts, review, part)),
        covers=refs(facts, review.covers) if review else (),
        audience=audience,
        since=asked.since.label if asked.since else None,
        closed=day(review.closed) if review and review.closed else None,
        closed_on=review.closed if review else None,
        notes=review.notes if review else None,
    )


def _attendees(facts: Facts, review: Review | None, part: Part) -> Iterator[Attendee]:
    """Those present; where nobody is named, the owners of what is covered, in plan order."""
    present = review.present if review else ()
    plan = facts.plan
    owners = {plan.objectives[name].owner for name in part.objectives}
    owners |= {plan.kpis[name].owner for name in part.kpis}
    wanted = present or [name for name in plan.people if name in owners]
    for name in wanted:
        yield Attendee(name, facts.person(name) or name, name in present)


def _actions(
    facts: Facts, scope: frozenset[str]
) -> tuple[tuple[ActionLine, ...], tuple[ActionLine, ...], int]:
    """Late ones, those due within 30 days or without a day, and how many come later."""
    as_of = facts.assessment.as_of
    every = [one for one in open_actions(facts) if one.kpi is None or one.kpi in scope]
    late = [one for one in every if one.due is not None and one.due < as_of]
    near = [
        one
        for one in every
        if one not in late and (one.due is None or (one.due - as_of).days <= SOON)
    ]
    lines = tuple(
        tuple(ActionLine(one.id, action_row(facts, one), one.due) for one in part)
        for part in (late, near)
    )
    return lines[0], lines[1], len(every) - len(late) - len(near)


def _concern(facts: Facts, name: str) -> Concern:
    outlook = facts.assessment.outlooks[name]
    card = exception_card(facts, facts.assessment.kpis[name])
    return Concern(card, sign_of(outlook), chance_text(outlook))


def summed(caveats: Sequence[Caveat]) -> list[Caveat]:
    """The same caveat of more than three KPIs is said once, with their number."""
    counts = Counter(one.text for one in caveats)
    found: dict[str, Caveat] = {}
    for one in caveats:
        number = counts[one.text]
        if number <= FEW:
            found[f"{one.text}\0{one.about}"] = one
        elif one.text not in found:
            text = ngettext("{n} KPI: {caveat}", "{n} KPIs: {caveat}", number, caveat=one.text)
            found[one.text] = Caveat(text)
    return list(found.values())


def _data_caveats(facts: Facts) -> Iterator[Caveat]:
    for name, result in facts.assessment.kpis.items():
        ref = Ref("kpi", name, result.kpi.name)
        last = result.freshness.last
        if result.counts_as is Status.STALE:
            text = _("no figure since {period}", period=last.name) if last else _("no figure")
            yield Caveat(text, ref)
        elif result.counts_as is Status.NO_DATA:
            yield Caveat(_("no figure yet"), ref)
        elif "gaps" in result.flags:
            yield Caveat(_("the total has gaps: a missing period adds nothing"), ref)
        elif "baseline_inferred" in result.flags:
            yield Caveat(_("no baseline is given; an early figure stands in for it"), ref)


def _file_caveats(asked: Asked, scope: frozenset[str]) -> Iterator[Caveat]:
    errors = sum(
        one.severity is Severity.ERROR and (one.subject is None or one.subject in scope)
        for one in asked.findings
    )
    if errors:
        yield Caveat(ngettext("{n} error in the files", "{n} errors in the files", errors))
    if asked.left_out:
        yield Caveat(
            ngettext("{n} record is left out for its faults",
                     "{n} records are left out for their faults", asked.left_out)
        )  # fmt: skip


def _decided(
    facts: Facts, since: Since | None, on: date, scope: frozenset[str]
) -> Iterator[Decided]:
    """Decisions from the last review on, and older ones not yet due; newest review first."""
    held = [one for one in facts.plan.reviews.values() if one.on is not None and one.on <= on]
    for review in sorted(held, key=lambda one: (-(one.on or on).toordinal(), one.id)):
        recent = since is None or (review.on is not None and review.on >= since.day)
        for decision in review.decisions:
            about = decision.kpi or decision.objective
            mine = about is None or about in scope
            if mine and (recent or (decision.due is not None and decision.due >= on)):
                row = decision_row(facts, decision, review_label(review.kind, review.on))
                yield Decided(row, review.id, review.on, decision.due)
