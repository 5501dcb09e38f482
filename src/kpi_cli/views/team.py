"""The page of a department or a team, and the list of all departments."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kpi_cli.analysis.results import Freshness
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _
from kpi_cli.views.attention import Attention, Win, exception_card, exceptions, thanks, wins
from kpi_cli.views.balance import BalanceView, balance_of
from kpi_cli.views.cascade_map import CascadeMap, Drawn, cascade_map
from kpi_cli.views.crowd import Crowd, crowd_on_page
from kpi_cli.views.data_quality import SourceRow, late_sources
from kpi_cli.views.escalations import escalations
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.headline import Headline, headline, of_organisation
from kpi_cli.views.lede import lede_of_teams
from kpi_cli.views.map_page import Alignments, ConflictRow
from kpi_cli.views.multiples import Grid, grids
from kpi_cli.views.overview import Compared, decisions, lede_of
from kpi_cli.views.part import Part, narrowed, team_ref, upwards
from kpi_cli.views.resources import ResourceRow, resource_row
from kpi_cli.views.review import Wanted
from kpi_cli.views.rows import (
    DecisionRow,
    KpiRow,
    WorkRow,
    action_row,
    full_row,
    open_actions,
)
from kpi_cli.views.signals import MOST as SIGNALS
from kpi_cli.views.signals import SignalRow, signal_rows, signing
from kpi_cli.views.variance import VarianceTable, variance_tables
from kpi_cli.views.words import RANK, Count, counts_of

CARDS = 10
"""Exceptions a department is shown: more than a board, fewer than all."""
THANKS = 3
WINS = 5
ROWS = 300
"""Rows of a table of KPIs at most."""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team with all below it: what its lead needs in a meeting, in that order."""

    ref: Ref
    trail: tuple[Ref, ...]
    headline: Headline
    lede: str
    lead: str | None
    counts: tuple[Count, ...]
    attention: tuple[Attention, ...]
    more: int
    wins: tuple[Win, ...]
    actions: tuple[WorkRow, ...]
    decisions: tuple[DecisionRow, ...]
    escalations: tuple[Wanted, ...]
    signals: tuple[SignalRow, ...]
    signals_more: int
    map: CascadeMap | None
    conflicts: tuple[ConflictRow, ...]
    balance: BalanceView | None
    resources: tuple[ResourceRow, ...]
    variance: tuple[VarianceTable, ...]
    grids: tuple[Grid, ...]
    crowd: Crowd | None
    rows: tuple[KpiRow, ...]
    more_rows: int
    sources: tuple[SourceRow, ...]
    teams: tuple[TeamRow, ...]
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in a list: how its KPIs stand, its balance, how many figures are late."""

    ref: Ref
    lead: str | None
    depth: int
    objectives: int
    kpis: int
    counts: tuple[Count, ...]
    balance: BalanceView | None
    stale: int


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """All teams with a page of their own, and metrics that several of them measure."""

    headline: Headline
    lede: str
    rows: tuple[TeamRow, ...]
    grids: tuple[Grid, ...]


def paged_teams(facts: Facts, parts: Mapping[str, Part]) -> tuple[str, ...]:
    """The teams with a page: those with records, but not one that holds them all at the top."""
    whole = len(facts.assessment.kpis) + len(facts.assessment.objectives)
    return tuple(
        team
        for team, part in parts.items()
        if len(part.records) < whole or facts.plan.teams[team].parent in parts
    )


def team_page(facts: Facts, found: Alignments, parts: Mapping[str, Part], team: str) -> TeamPage:
    """The page of one team."""
    part, paged = parts[team], dict.fromkeys(paged_teams(facts, parts))
    own = narrowed(facts, part)
    urgent, signs = exceptions(own), signing(own)
    due = tuple(action_row(facts, one) for one in open_actions(facts, frozenset(part.kpis)))
    above = [one for one in facts.plan.teams_above(team) if one != team and one in paged]
    below = [one for one in paged if facts.plan.teams[one].parent == team]
    ordered = sorted(own.assessment.kpis.values(), key=lambda result: RANK[result.counts_as])
    return TeamPage(
        ref=team_ref(facts, team),
        trail=tuple(team_ref(facts, one) for one in reversed(above)),
        headline=of_team(facts, own, team),
        lede=lede_of(own.assessment, due, [sign for _name, sign in signs]),
        lead=facts.person(facts.plan.teams[team].lead),
        counts=counts_of(own.assessment.counts()),
        attention=tuple(exception_card(facts, result) for result in urgent[:CARDS]),
        more=max(len(urgent) - CARDS, 0),
        wins=wins_of(facts, own, part),
        actions=due,
        decisions=decisions_of(facts, part),
        escalations=escalations(facts, found, part, team),
        signals=signal_rows(own, signs[:SIGNALS]),
        signals_more=max(len(signs) - SIGNALS, 0),
        map=_map(facts, found, part, team),
        conflicts=found.rows(part.records),
        balance=balance_of(own),
        resources=resources_of(facts, part),
        variance=variance_tables(own),
        grids=grids(own),
        crowd=crowd_on_page(own),
        rows=tuple(full_row(facts, result) for result in ordered[:ROWS]),
        more_rows=max(len(ordered) - ROWS, 0),
        sources=late_sources(own),
        teams=tuple(_row(facts, parts, one, 0) for one in below),
    )


def of_team(facts: Facts, own: Facts, team: str) -> Headline:
    """`Sales: two of 8 KPIs are off track; 5 on track or achieved`."""
    text = of_organisation(own.assessment).text
    return headline(facts.team(team) or team, text[:1].lower() + text[1:])


def wins_of(facts: Facts, own: Facts, part: Part) -> tuple[Win, ...]:
    """Thanks given for records of a part, then targets it has met."""
    given = thanks(facts, part.records)[:THANKS]
    named = {win.about.id for win in given if win.about}
    met = [w for w in wins(own) if w.said_by_us and w.about and w.about.id not in named]
    return (*given, *met)[:WINS]


def decisions_of(facts: Facts, part: Part) -> tuple[DecisionRow, ...]:
    """Decisions about records of a part."""
    own = part.records
    return tuple(d for d in decisions(facts) if d.about and d.about.id in own)


def resources_of(facts: Facts, part: Part) -> tuple[ResourceRow, ...]:
    """The objectives of a part that have resources."""
    rows = (resource_row(facts, facts.plan.objectives[name]) for name in part.objectives)
    return tuple(row for row in rows if row)


def _map(facts: Facts, found: Alignments, part: Part, team: str) -> CascadeMap | None:
    """The team's objectives under those they support; None for a lone one."""
    above = upwards(facts, part)
    names = {*part.objectives, *above}
    if len(names) < 2:
        return None
    title = _("Map of {team}", team=facts.team(team))
    return cascade_map(facts, names, title, Drawn(found.marks, frozenset(above)))


def teams_page(facts: Facts, parts: Mapping[str, Part]) -> TeamsPage | None:
    """The list of all teams with a page; None where no team has one."""
    paged = dict.fromkeys(paged_teams(facts, parts))
    if not paged:
        return None
    depth = {team: sum(one in paged for one in facts.plan.teams_above(team)) - 1 for team in paged}
    rows = tuple(_row(facts, parts, team, depth[team]) for team in _ordered(facts, paged))
    first = [row for row in rows if row.depth == 0]
    return TeamsPage(
        of_teams(rows), lede_of_teams([row.counts for row in first]), rows, grids(facts)
    )


def _ordered(facts: Facts, paged: Collection[str]) -> list[str]:
    """Each team followed by those below it."""
    below: dict[str | None, list[str]] = {}
    for team in paged:
        own = facts.plan.teams[team].parent
        below.setdefault(own if own in paged else None, []).append(team)
    found: dict[str, None] = {}

    def walk(parent: str | None) -> None:
        for team in below.get(parent, ()):
            if team not in found:
                found[team] = None
                walk(team)

    walk(None)
    return list(dict.fromkeys((*found, *paged)))


def of_teams(rows: tuple[TeamRow, ...]) -> Headline:
    """Which departments have something off track."""
    first = [row for row in rows if row.depth == 0]
    red = [row for row in first if any(count.badge.tone == "bad" for count in row.counts)]
    if not red:
        return Headline(None, _("No department has a KPI off track"))
    if len(first) == 1:
        return Headline(None, _("The one department has a KPI off track"))
    if len(red) == 1:
        clause = _("the only one of {n} with a KPI off track", n=len(first))
        return headline(red[0].ref.label, clause)
    text = _("{n} of {whole} departments have a KPI off track", n=len(red), whole=len(first))
    return Headline(None, text)


def _row(facts: Facts, parts: Mapping[str, Part], team: str, depth: int) -> TeamRow:
    part = parts[team]
    own = narrowed(facts, part)
    results = own.assessment.kpis.values()
    return TeamRow(
        ref=team_ref(facts, team),
        lead=facts.person(facts.plan.teams[team].lead),
        depth=depth,
        objectives=len(part.objectives),
        kpis=len(part.kpis),
        counts=counts_of(own.assessment.counts()),
        balance=balance_of(own),
        stale=sum(result.freshness.state is Freshness.STALE for result in results),
    )
