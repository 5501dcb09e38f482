"""The first paragraph of a page, made by rule from the same facts as its headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kpi_cli.analysis.results import Status
from kpi_cli.locale import _, ngettext
from kpi_cli.views.outlook import Sign
from kpi_cli.views.words import Count, how_many

WORDS = 45
"""Words of such a paragraph at most."""
_BLIND = frozenset({Status.STALE, Status.NO_DATA, Status.INSUFFICIENT_DATA})
_BEHIND = frozenset({Status.OFF_TRACK, Status.MISSED})
_GOOD = frozenset({Status.ON_TRACK, Status.ACHIEVED})


def lede_of_kpi(status: Status, sign: Sign | None, actions: int, decided: bool) -> str:
    """Whether a step is called for, by the computed status, and whether one is taken."""
    if status in _BLIND:
        return _("It cannot be judged before a current figure is in.")
    if status is Status.NO_TARGET:
        return _("It cannot be judged before a target is agreed.")
    if status in _GOOD:
        return _as_planned(sign, actions)
    if status not in _BEHIND and status is not Status.AT_RISK:
        return _("It does not count at present.")
    if actions:
        return ngettext(
            "It needs a step: {n} action is open.", "It needs a step: {n} actions are open.",
            actions,
        )  # fmt: skip
    if decided:
        return _("It needs a step: a decision is being carried out.")
    return _("It needs a step, and none is recorded.")


def _as_planned(sign: Sign | None, actions: int) -> str:
    if sign is not None and sign.tone == "worse":
        return _("It goes as planned, but the latest values fall back: look at it now.")
    if actions:
        return ngettext(
            "It goes as planned; {n} action is open.", "It goes as planned; {n} actions are open.",
            actions,
        )  # fmt: skip
    return _("It goes as planned; no step is called for.")


def lede_of_objective(profile: Mapping[Status, int], kpis: int, supporting: int) -> str:
    """What an objective rests on; `profile` counts all KPIs below it."""
    if not kpis and not supporting:
        return _("It rests on nothing yet: nobody can tell how it stands.")
    own = ngettext("{n} KPI", "{n} KPIs", kpis)
    others = ngettext("{n} supporting objective", "{n} supporting objectives", supporting)
    rests = _("{kpis} and {objectives}", kpis=own, objectives=others)
    told = tally(profile)
    first = _("It rests on {what}.", what=rests if kpis and supporting else own if kpis else others)
    return f"{first} " + _("By status: {counts}.", counts=told) if told else first


def lede_of_teams(rows: Sequence[Sequence[Count]]) -> str:
    """How the KPIs of all departments stand; `rows` are the counts of each."""
    found: Counter[Status] = Counter()
    for counts in rows:
        for count in counts:
            found[Status(count.badge.status)] += count.number
    kpis = ngettext("{n} KPI", "{n} KPIs", found.total())
    places = ngettext("{n} department", "{n} departments", len(rows))
    first, told = _("{kpis} in {departments}", kpis=kpis, departments=places), tally(found)
    return _("{first}: {counts}.", first=first, counts=told) if told else f"{first}."


def lede_of_quality(kpis: int, stale: int, missing: int, gaps: int) -> str:
    """How many of the running KPIs have a current figure; `gaps` of them lack earlier ones."""
    if not kpis:
        return _("No KPI is running, so no figure is due.")
    whole, good = how_many(kpis), how_many(kpis - stale - missing)
    first = _("{n} of {whole} KPIs have a figure that can be used.", n=good, whole=whole)
    if not gaps:
        return first
    return f"{first} " + ngettext(
        "{n} series has gaps.", "{n} series have gaps.", gaps
    )  # fmt: skip


def tally(counts: Mapping[Status, int]) -> str:
    """`3 off track or missed, 2 at risk, 9 on track or achieved`; empty where none can be told."""
    behind, risk, blind, good = (
        sum(counts.get(status, 0) for status in group)
        for group in (_BEHIND, {Status.AT_RISK}, _BLIND, _GOOD)
    )
    parts = [
        _("{n} off track or missed", n=how_many(behind)) if behind else "",
        _("{n} at risk", n=how_many(risk)) if risk else "",
        _("{n} without a current figure", n=how_many(blind)) if blind else "",
        _("{n} on track or achieved", n=how_many(good)) if good else "",
    ]
    return ", ".join(part for part in parts if part)
