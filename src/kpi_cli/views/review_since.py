"""What is different since the last review: statuses, chances, actions that ended, thanks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kpi_cli.analysis.chance import rounded
from kpi_cli.analysis.results import Assessment, KpiResult, Status
from kpi_cli.locale import _
from kpi_cli.models import Action
from kpi_cli.views.attention import RECENT, Win, met, newest, recognised
from kpi_cli.views.facts import Facts
from kpi_cli.views.outlook import sign_of
from kpi_cli.views.review import THANKED, ActionLine, Shift
from kpi_cli.views.rows import action_row
from kpi_cli.views.signals import SignalRow
from kpi_cli.views.words import BADGES

STEP = 0.10
"""Smaller moves of a chance are not told."""
MANY = 2000
"""Records of a part above which forecasts are not compared one by one."""
GOOD = frozenset({Status.ON_TRACK, Status.ACHIEVED})
_GRADE = {Status.OFF_TRACK: 0, Status.MISSED: 0, Status.AT_RISK: 1, **dict.fromkeys(GOOD, 2)}


def shifts(facts: Facts, then: Assessment, scope: frozenset[str]) -> tuple[Shift, ...]:
    """KPIs whose computed status, or whose chance by a tenth or more, is another one; those that
    got worse first. In a very large plan only the status is compared: forecasts take time."""
    small = len(scope) <= MANY
    found = (
        _shift(facts, then, result, with_chance=small)
        for name, result in facts.assessment.kpis.items()
        if name in scope and name in then.kpis
    )
    rank = {False: 0, None: 1, True: 2}
    return tuple(sorted((one for one in found if one), key=lambda one: rank[one.better]))


def _shift(facts: Facts, then: Assessment, result: KpiResult, *, with_chance: bool) -> Shift | None:
    kpi, was = result.kpi, then.kpis[result.kpi.id]
    before, after = was.counts_as, result.counts_as
    if before is after and not with_chance:
        return None
    old, new = _chance(then, kpi.id), _chance(facts.assessment, kpi.id)
    moved = old is not None and new is not None and abs(new - old) >= STEP - 1e-9
    if before is after and not moved:
        return None
    ref = facts.kpi(kpi.id)
    if ref is None:
        return None
    return Shift(
        ref=ref,
        owner=facts.person(kpi.owner),
        before=BADGES[before],
        after=BADGES[after],
        chance_before=_(rounded(old)) if old is not None else None,
        chance_after=_(rounded(new)) if new is not None else None,
        better=_better(before, after, old, new),
    )


def _better(before: Status, after: Status, old: float | None, new: float | None) -> bool | None:
    """By the status where both are judged and differ, else by the chance; None where neither."""
    if before in _GRADE and after in _GRADE and _GRADE[before] != _GRADE[after]:
        return _GRADE[after] > _GRADE[before]
    if before is after and old is not None and new is not None:
        return new > old
    return None


def _chance(assessment: Assessment, name: str) -> float | None:
    end = assessment.outlooks[name].ending
    return end.chance if end else None


def closed_actions(
    facts: Facts, then: Assessment | None, since: date | None, scope: frozenset[str]
) -> tuple[ActionLine, ...]:
    """Actions that ended since the last review.

    By the earlier state of the plan where that is known; else those due or opened since.
    """
    found = [
        one
        for one in facts.plan.actions.values()
        if one.status != "open" and (one.kpi is None or one.kpi in scope)
        if one.opened is None or one.opened <= facts.assessment.as_of
        if _ended_since(one, then, since)
    ]
    return tuple(ActionLine(one.id, action_row(facts, one), one.due) for one in found)


def _ended_since(action: Action, then: Assessment | None, since: date | None) -> bool:
    if then is not None:
        known = then.plan.actions.get(action.id)
        return known is None or known.status == "open"
    last = action.due or action.opened
    return since is None or (last is not None and last > since)


def wins_since(
    facts: Facts, then: Assessment | None, since: date | None, scope: frozenset[str], on: date
) -> tuple[Win, ...]:
    """Thanks given since the last review, then targets met since; at most five, with names.

    Without an earlier review those of the last quarter. What nobody answers for thanks nobody.
    """
    begin = since or on - timedelta(days=RECENT)
    given = [
        one
        for one in newest(facts.plan.recognitions.values())
        if one.on is not None and begin < one.on <= on and (one.for_ is None or one.for_ in scope)
    ]
    thanked = [recognised(facts, one) for one in given]
    named = {win.about.id for win in thanked if win.about}
    rows = [met(facts, one) for one in _newly_met(facts, then, scope) if one.kpi.id not in named]
    rows = [one for one in rows if one.people]
    return (*thanked[: THANKED - min(len(rows), 2)], *rows)[:THANKED]


def _newly_met(facts: Facts, then: Assessment | None, scope: frozenset[str]) -> Iterator[KpiResult]:
    for name, result in facts.assessment.kpis.items():
        was = then.kpis.get(name) if then else None
        new = was is None or was.counts_as is not Status.ACHIEVED
        if name in scope and result.counts_as is Status.ACHIEVED and new:
            yield result


def is_new(row: SignalRow, then: Assessment | None) -> bool:
    """Whether a signal was not there, or pointed the other way, at the earlier day."""
    if then is None or row.ref.id not in then.kpis:
        return True
    outlook = then.outlooks[row.ref.id]
    sign = sign_of(outlook) if outlook.signal else None
    return sign is None or sign.tone != row.sign.tone
