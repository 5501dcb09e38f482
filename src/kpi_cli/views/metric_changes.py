"""What changed in the metrics themselves, and which of them to keep, change or retire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kpi_cli.analysis.metrics_review import Reviewed
from kpi_cli.analysis.moves import NEEDS_REASON, Move
from kpi_cli.analysis.results import Assessment, Status
from kpi_cli.analysis.stated import line_of
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.plan import Plan
from kpi_cli.views.definition import changes_of
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.headline import Headline
from kpi_cli.views.words import clipped, day

LONGEST = 120
MOST = 200
"""Changes a page lists; `kpi diff` prints every one."""
KINDS: Mapping[str, str] = {
    "added": N_("Added"),
    "removed": N_("Removed"),
    "retired": N_("Retired or closed"),
    "retargeted": N_("Target changed"),
    "redefined": N_("Redefined"),
    "reowned": N_("New owner or team"),
    "relinked": N_("Linked anew"),
    "renamed": N_("Renamed"),
    "restated": N_("Figures restated"),
}
"""The kinds of changes that alter what a metric means, in the order they are read."""


@dataclass(frozen=True, slots=True)
class Since:
    """An earlier state: its day, its name for people, and with git what changed from it."""

    day: date
    label: str
    before: Assessment | None = None
    moves: tuple[Move, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: which record, what, why, and what it did to the figures above it."""

    kind: str
    about: Ref | None
    label: str
    what: str
    on: str | None
    reason: str | None
    approved_by: str | None
    lacks_reason: bool
    late: str | None
    impact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A metric with what is proposed for it and the evidence."""

    ref: Ref
    owner: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """`since` is None where the whole plan is looked at; `teams` are KPIs then and now."""

    headline: Headline
    since: str | None
    changes: tuple[ChangeRow, ...]
    more: int
    retire: tuple[ProposalRow, ...]
    change: tuple[ProposalRow, ...]
    kept: int
    looked: bool
    teams: tuple[tuple[str, int | None, int], ...]


def changes_page(
    facts: Facts, reviewed: Sequence[Reviewed] | None, since: Since | None
) -> ChangesPage:
    """The changes since a day, or all that the records tell, and the review of the metrics."""
    looked, reviewed = reviewed is not None, reviewed or ()
    if since is not None and since.moves is not None:
        rows = list(_told(facts, since))
    else:
        rows = list(_recorded(facts, since.day if since else None))
    retire = [_proposal(facts, one) for one in reviewed if one.proposal == "retire"]
    change = [_proposal(facts, one) for one in reviewed if one.proposal == "change"]
    return ChangesPage(
        headline=of_changes(rows, len(retire) + len(change) if looked else None, since),
        since=since.label if since else None,
        changes=tuple(rows[:MOST]),
        more=max(len(rows) - MOST, 0),
        retire=tuple(retire),
        change=tuple(change),
        kept=len(reviewed) - len(retire) - len(change),
        looked=looked,
        teams=tuple(_teams(facts, since)),
    )


def of_changes(rows: Sequence[ChangeRow], proposed: int | None, since: Since | None) -> Headline:
    """What changed, and how many metrics to look at; None where nobody looked."""
    n = len(rows)
    if since:
        day_ = since.label
        first = ngettext("{n} change since {day}", "{n} changes since {day}", n, day=day_)
    else:
        first = ngettext("{n} change on record", "{n} changes on record", n)
    if not n:
        first = _("No metric has changed")
    if proposed is None:
        return Headline(None, first)
    if proposed:
        told = ngettext("{n} metric to look at", "{n} metrics to look at", proposed)
        return Headline(None, f"{first}; {told}")
    return Headline(None, _("{changes}; every metric earns its place", changes=first))


def _told(facts: Facts, since: Since) -> Iterator[ChangeRow]:
    """By git: every change of meaning, by kind."""
    moves = since.moves or ()
    for kind, label in KINDS.items():
        for move in moves:
            change = move.change
            if change.kind != kind:
                continue
            what = "" if change.field is None else _span(change.field, change.before, change.after)
            yield ChangeRow(
                kind=_(label), about=facts.either(change.id), label=change.id, what=what, on=None,
                reason=change.reason, approved_by=None,
                lacks_reason=kind in NEEDS_REASON and not change.reason, late=move.late,
                impact=tuple(
                    f"{one.id}: {one.field} {line_of(one.before)} → {line_of(one.after)}"
                    for one in move.impact[:3]
                ),
            )  # fmt: skip


def _span(field: str, before: object, after: object) -> str:
    then, now = clipped(line_of(before), LONGEST), clipped(line_of(after), LONGEST)
    return f"{field.rstrip('_')}: {then} → {now}"


def _recorded(facts: Facts, since: date | None) -> Iterator[ChangeRow]:
    """By the records: dated changes of targets, processes that changed, metrics that ended."""
    as_of = facts.assessment.as_of
    rows: list[tuple[date, ChangeRow]] = []
    for name, result in facts.assessment.kpis.items():
        kpi, ref = result.kpi, Ref("kpi", name, result.kpi.name)
        shown = changes_of(facts, result, facts.scales[name])
        for change, row in zip(
            sorted(kpi.target_changes, key=lambda c: c.from_), shown, strict=False
        ):
            what = ", ".join(part for part in (row.target, row.due) if part)
            rows.append(
                (
                    change.from_,
                    _row(
                        KINDS["retargeted"],
                        ref,
                        what,
                        change.from_,
                        change.reason,
                        facts.person(change.approved_by),
                    ),
                )
            )
        for start in kpi.baselines:
            what = _("the process changed, signals begin anew")
            rows.append(
                (
                    start.from_.start,
                    _row(KINDS["redefined"], ref, what, start.from_.start, start.reason),
                )
            )
        if kpi.retired and kpi.retired.on:
            rows.append((kpi.retired.on, _row(KINDS["retired"], ref, "", kpi.retired.on,
                                              kpi.retired.reason)))  # fmt: skip
    kept = [(on, row) for on, row in rows if on <= as_of and (since is None or on > since)]
    yield from (row for _on, row in sorted(kept, key=lambda pair: pair[0], reverse=True))


def _row(
    kind: str, ref: Ref, what: str, on: date, reason: str | None, by: str | None = None
) -> ChangeRow:
    return ChangeRow(_(kind), ref, ref.label, what, day(on), reason, by, not reason, None, ())


def _proposal(facts: Facts, one: Reviewed) -> ProposalRow:
    ref = Ref("kpi", one.kpi.id, one.kpi.name)
    return ProposalRow(ref, facts.person(one.kpi.owner), tuple(_(e.text) for e in one.evidence))


def _teams(facts: Facts, since: Since | None) -> Iterator[tuple[str, int | None, int]]:
    """KPIs in use of every team that has some, then and now."""
    now = _in_use(facts.plan, facts.assessment)
    then = _in_use(since.before.plan, since.before) if since and since.before else None
    for team in facts.plan.teams:
        before = then.get(team, 0) if then is not None else None
        if now.get(team) or before:
            yield facts.team(team) or team, before, now.get(team, 0)


def _in_use(plan: Plan, found: Assessment) -> dict[str, int]:
    counts: dict[str, int] = {}
    aside: Iterable[Status] = (Status.RETIRED, Status.DRAFT)
    for result in found.kpis.values():
        team = plan.team_of(result.kpi)
        if team and result.counts_as not in aside:
            counts[team] = counts.get(team, 0) + 1
    return counts
