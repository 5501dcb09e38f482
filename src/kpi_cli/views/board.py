"""`kpi status` for people: the headline, what needs attention, objectives, how many others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_cli.analysis.results import Assessment, Freshness, KpiResult, ObjectiveResult, Status
from kpi_cli.frozen import dataclass, replace
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.locale import N_, _
from kpi_cli.views.attention import exceptions
from kpi_cli.views.facts import Facts
from kpi_cli.views.headline import of_organisation
from kpi_cli.views.outlook import behaviour_text
from kpi_cli.views.rows import KpiRow, ObjectiveRow, kpi_row, lateness, objective_row, open_actions
from kpi_cli.views.signals import MOST, SignalRow, signal_rows, signing
from kpi_cli.views.status import Selected, chosen
from kpi_cli.views.words import (
    BADGES,
    RANK,
    Badge,
    Count,
    counts_of,
    day,
    freshness_word,
    share,
    short_day,
)

NEEDS_A_LOOK = frozenset(
    {
        Status.OFF_TRACK,
        Status.MISSED,
        Status.AT_RISK,
        Status.STALE,
        Status.NO_DATA,
        Status.INSUFFICIENT_DATA,
    }
)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One KPI: `done` is progress against what was expected, `data` the last figure's period (too
    old a one is `stale`), `next_due` a clause about a figure that is missing."""

    row: KpiRow
    done: str
    data: str
    stale: bool
    next_due: str | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardObjective:
    """One objective; `depth` counts the objectives above it that are shown."""

    row: ObjectiveRow
    depth: int
    other: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page of a terminal; `rest` counts the KPIs not listed, `signals` are real changes
    among them; `calm` counts the objectives not listed."""

    name: str | None
    as_of: date
    headline: str
    attention: tuple[BoardRow, ...]
    signals: tuple[SignalRow, ...]
    signals_more: int
    objectives: tuple[BoardObjective, ...]
    others: tuple[BoardRow, ...]
    rest: tuple[Count, ...]
    calm: int
    everything: bool


def board(facts: Facts, selected: Selected | None = None, *, everything: bool) -> Board:
    """The board of the KPIs and objectives selected."""
    assessment = facts.assessment
    names, goals = chosen(assessment, selected or Selected())
    results = {name: assessment.kpis[name] for name in names}
    scope = replace(assessment, kpis=results)
    urgent = [result for result in exceptions(facts) if result.kpi.id in results]
    urgent += [r for r in results.values() if r.counts_as is Status.INSUFFICIENT_DATA]
    named = {result.kpi.id for result in urgent}
    others = sorted(
        (r for r in results.values() if r.kpi.id not in named), key=lambda r: RANK[r.counts_as]
    )
    signals, more = _signals(facts, others, everything)
    objectives, calm = _objectives(facts, goals, everything)
    return Board(
        name=facts.config.name,
        as_of=assessment.as_of,
        headline=_headline(scope, len(assessment.kpis)),
        attention=tuple(_row(facts, result, True) for result in urgent),
        signals=signals,
        signals_more=more,
        objectives=objectives,
        others=tuple(_row(facts, result, False) for result in others) if everything else (),
        rest=() if everything else _counted(others),
        calm=calm,
        everything=everything,
    )


def _signals(
    facts: Facts, results: Sequence[KpiResult], everything: bool
) -> tuple[tuple[SignalRow, ...], int]:
    """Real changes among the KPIs that are not listed, and how many more there are."""
    wanted = {} if everything else {result.kpi.id: result for result in results}
    scope = replace(facts, assessment=replace(facts.assessment, kpis=wanted))
    signs = signing(scope)
    return signal_rows(scope, signs[:MOST]), max(len(signs) - MOST, 0)


def _headline(scope: Assessment, known: int) -> str:
    if known and not scope.kpis:
        return _("No KPI matches this selection")
    return of_organisation(scope).text


def _counted(results: Sequence[KpiResult]) -> tuple[Count, ...]:
    found: dict[Status, int] = {}
    for result in results:
        found[result.counts_as] = found.get(result.counts_as, 0) + 1
    return counts_of(found)


def _row(facts: Facts, result: KpiResult, telling: bool) -> BoardRow:
    fresh = result.freshness
    last = fresh.last.name if fresh.last else _("none yet")
    if isinstance(result.scheme.target, Milestones):
        last = ""
    late = fresh.state in (Freshness.DUE, Freshness.STALE)
    row = kpi_row(facts, result)
    return BoardRow(
        row=replace(row, badge=BADGES[result.counts_as], other=_said(result)) if telling else row,
        done=done_text(result),
        data=f"{last}, {freshness_word(fresh)}" if late else last,
        stale=fresh.state is Freshness.STALE,
        next_due=_next_due(result),
        remarks=tuple(_remarks(facts, result) if telling else _behaviour(facts, result)),
    )


def _next_due(result: KpiResult) -> str | None:
    """When the figure that is missing was or is due; None where none is missing."""
    fresh = result.freshness
    if fresh.next_due is None or (fresh.state is Freshness.FRESH and fresh.last is not None):
        return None
    due = short_day(fresh.next_due)
    if fresh.state in (Freshness.DUE, Freshness.STALE):
        text = N_("next figure was due {day}") if fresh.last else N_("first figure was due {day}")
    else:
        text = N_("next figure is due {day}") if fresh.last else N_("first figure is due {day}")
    return _(text, day=due)


def _said(result: KpiResult) -> Badge | None:
    """The owner's word where it stands over the computed status."""
    return BADGES[result.status] if result.status is not result.counts_as else None


def done_text(result: KpiResult) -> str:
    """`11 % / 41 %` done and due; `3 of 4 kept` for a target to keep; `60 % used` for a cap."""
    score, target = result.score, result.scheme.target
    if score is None or target is None or isinstance(target, Done) or score.raw is None:
        return ""
    if score.rolled_expected is not None:
        return _("{share} used", share=share(score.raw))
    if isinstance(target, Threshold) and not result.kpi.is_total:
        kept = _("{n} of {whole} kept", n=score.hits, whole=score.counted)
        return kept if score.counted else ""
    return f"{share(result.progress)} / {share(result.expected)}"


def _behaviour(facts: Facts, result: KpiResult) -> list[str]:
    """Signal and chance, where there is one of them."""
    told = behaviour_text(facts.assessment.outlooks[result.kpi.id])
    return [told] if told else []


def _remarks(facts: Facts, result: KpiResult) -> list[str]:
    """Why there is no figure; signal and chance; what the owner says; what is being done."""
    found = [_(result.reason)] if result.reason else []
    found += _behaviour(facts, result)
    said = result.check_in
    if said is not None and said.note:
        by = facts.person(said.by)
        found.append(f"{by or _('check-in')}, {short_day(said.on)}: {said.note}")
    for action in open_actions(facts, frozenset({result.kpi.id}))[:1]:
        text = _("action: {action}", action=action.label)
        if action.due:
            text = _("action: {action}, due {day}", action=action.label, day=day(action.due))
        late = lateness(action.due, facts.assessment.as_of)
        found.append(f"{text}, {late}" if late else text)
    return found


def _objectives(
    facts: Facts, names: Sequence[str], everything: bool
) -> tuple[tuple[BoardObjective, ...], int]:
    """Top objectives, below them those that need a look (or all); and how many are not listed."""
    wanted = set(names)
    children = facts.plan.children
    below = {
        edge.child for name in names for edge in children.get(name, ()) if edge.child in wanted
    }
    found: list[BoardObjective] = []
    seen: set[str] = set()
    waiting = [(name, 0) for name in reversed(names) if name not in below]
    while waiting:
        name, depth = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        result = facts.assessment.objectives[name]
        shown = everything or name not in below or result.computed in NEEDS_A_LOOK
        if shown:
            found.append(_objective(facts, result, depth))
        inner = depth + 1 if shown else depth
        edges = children.get(name, ())
        waiting += [(edge.child, inner) for edge in reversed(edges) if edge.child in wanted]
    return tuple(found), len(wanted) - len(found)


def _objective(facts: Facts, result: ObjectiveResult, depth: int) -> BoardObjective:
    said = result.check_in_holds and result.status is not result.computed
    computed = BADGES[result.computed].word.lower()
    other = _("by the figures {status}", status=computed) if said else None
    return BoardObjective(objective_row(facts, result), depth, other)
