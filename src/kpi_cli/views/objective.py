"""The page of one objective: why, evidence, support, resources, actions, decisions."""

from __future__ import annotations

from kpi_cli.analysis.results import ObjectiveResult
from kpi_cli.analysis.rollup import NOTHING_COUNTS
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _
from kpi_cli.models.record import CheckIn
from kpi_cli.plan import Plan
from kpi_cli.views.attention import Win, thanks
from kpi_cli.views.balance import BalanceView, balance_of
from kpi_cli.views.cascade import trail
from kpi_cli.views.cascade_map import CascadeMap
from kpi_cli.views.concerning import initiatives_about
from kpi_cli.views.contributions import ContributionWords, contribution_words
from kpi_cli.views.crowd import Crowd, crowd_of_objective
from kpi_cli.views.facts import Facts, Ref, Written
from kpi_cli.views.headline import Headline, of_objective
from kpi_cli.views.lede import lede_of_objective
from kpi_cli.views.overview import decisions
from kpi_cli.views.part import Part, narrowed
from kpi_cli.views.resources import ResourceRow, resource_row
from kpi_cli.views.rows import (
    DecisionRow,
    KpiRow,
    ObjectiveRow,
    WorkRow,
    action_row,
    full_row,
    initiative_row,
    objective_row,
    open_actions,
)
from kpi_cli.views.words import (
    BADGES,
    BADGES_BY_NAME,
    Badge,
    Count,
    cause_word,
    counts_of,
    day,
    plain,
    share,
)


@dataclass(frozen=True, slots=True)
class Word:
    """What an owner said on a day."""

    on: str
    by: str | None
    badge: Badge | None
    confidence: str | None
    note: str | None
    cause: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with words of ours, or with names out of the files."""

    label: str
    text: str = ""
    names: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A tension with another objective and what was agreed."""

    about: Ref | None
    agreed: str
    on: str | None


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """One objective."""

    ref: Ref
    trail: tuple[Ref, ...]
    headline: Headline
    lede: str
    badge: Badge
    other: Badge | None
    why: str | None
    facts: tuple[Fact, ...]
    standing: tuple[str, ...]
    worst: Ref | None
    profile: tuple[Count, ...]
    moved: ContributionWords | None
    evidence: tuple[KpiRow, ...]
    crowd: Crowd | None
    balance: BalanceView | None
    supporting: tuple[ObjectiveRow, ...]
    left_out: tuple[tuple[Ref, Badge], ...]
    words: tuple[Word, ...]
    resources: ResourceRow | None
    initiatives: tuple[WorkRow, ...]
    actions: tuple[WorkRow, ...]
    decisions: tuple[DecisionRow, ...]
    tensions: tuple[Settled, ...]
    thanks: tuple[Win, ...]
    closed: tuple[str, str | None] | None
    place: Written | None
    map: CascadeMap | None = None


def objective_page(facts: Facts, result: ObjectiveResult) -> ObjectivePage:
    """The page of one objective."""
    objective, plan = result.objective, facts.plan
    own = [edge.child for edge in plan.evidence.get(objective.id, ())]
    below = [edge.child for edge in plan.children.get(objective.id, ())]
    results, kpis = facts.assessment, frozenset(plan.kpis_below(objective.id))
    counted_as = result.computed if result.check_in_holds else result.status
    return ObjectivePage(
        ref=Ref("objective", objective.id, objective.title),
        trail=refs(facts, trail(facts, objective.id)[:-1]),
        headline=of_objective(result),
        lede=lede_of_objective(result.profile, len(own), len(below)),
        badge=BADGES[result.status],
        other=BADGES[counted_as] if counted_as is not result.status else None,
        why=objective.why,
        facts=tuple(_facts(facts, result)),
        standing=tuple(_standing(result)),
        worst=facts.either(result.worst),
        profile=counts_of(result.profile),
        moved=contribution_words(results, objective.id),
        evidence=tuple(full_row(facts, results.kpis[name], _remark(result, name)) for name in own),
        crowd=crowd_of_objective(facts, objective, own),
        balance=balance_of(narrowed(facts, Part(tuple(own), ()))) if len(own) > 1 else None,
        supporting=tuple(objective_row(facts, results.objectives[name]) for name in below),
        left_out=tuple(_left_out(facts, result)),
        words=words_of(
            facts, objective.check_ins, result.check_in if result.check_in_holds else None
        ),
        resources=resource_row(facts, objective),
        initiatives=initiatives_for(facts, frozenset(own)),
        actions=tuple(action_row(facts, one) for one in open_actions(facts, kpis)),
        decisions=_decisions(facts, result, kpis),
        tensions=tuple(_tensions(facts, result)),
        thanks=thanks(facts, (*objectives_below(plan, objective.id), *kpis)),
        closed=_closed(facts, result),
        place=facts.place(objective.id),
    )


def refs(facts: Facts, names: tuple[str, ...]) -> tuple[Ref, ...]:
    """Links to those of the ids that are in the plan."""
    return tuple(ref for name in names if (ref := facts.either(name)))


def _facts(facts: Facts, result: ObjectiveResult) -> list[Fact]:
    objective = result.objective
    supports = tuple(link.target for link in objective.supports)
    span = objective.period
    period = (span.name or f"{day(span.start)} – {day(span.end)}") if span else ""
    found = [
        Fact(_("Owner"), names=facts.people((objective.owner,) if objective.owner else ())),
        Fact(_("Contributors"), names=facts.people(objective.contributors)),
        Fact(_("Team"), names=tuple(n for n in (facts.team(facts.plan.team_of(objective)),) if n)),
        Fact(_("Period"), period),
        Fact(_("Supports"), refs=refs(facts, supports)),
        Fact(_("Perspective"), names=tuple(p for p in (objective.perspective,) if p)),
        Fact(_("Commitment"), _(_ASPIRES) if _aspires(result) else ""),
        Fact(_("Weight"), plain(objective.weight) if objective.weight != 1 else ""),
        Fact(_("Agreed by"), names=facts.people(objective.agreed_by)),
        Fact(_("Tags"), names=objective.tags),
    ]
    return [fact for fact in found if fact.text or fact.names or fact.refs]


_ASPIRES = N_("aspirational: 70 % counts as achieved")


def _aspires(result: ObjectiveResult) -> bool:
    return result.objective.commitment == "aspirational"


def _standing(result: ObjectiveResult) -> list[str]:
    """How the status comes from what is below, in sentences of ours."""
    found: list[str] = []
    if result.progress is not None:
        found.append(
            _(
                "{done} of the way, where {due} was expected; measured are {coverage} of the"
                " weight below.",
                done=share(result.progress),
                due=share(result.expected),
                coverage=share(result.coverage),
            )
        )
    if result.capped:
        found.append(_("It cannot be better than at risk while one that counts is behind."))
    if result.progress is None and result.reason == NOTHING_COUNTS:
        found.append(_("Nothing below it counts yet, so there is no progress to show."))
    if result.coverage is not None and result.coverage < 0.5:
        found.append(_("Less than half of what counts is measured: too little for a judgement."))
    return found


def _remark(result: ObjectiveResult, name: str) -> str | None:
    rows = [row for row in (*result.contributions, *result.left_out) if row.edge.child == name]
    if not rows:
        return None
    if not rows[0].edge.counts:
        return _("shown, does not count")
    weight = rows[0].edge.weight
    return _("weight {weight}", weight=plain(weight)) if weight != 1 else None


def _left_out(facts: Facts, result: ObjectiveResult) -> list[tuple[Ref, Badge]]:
    found = ((facts.either(row.edge.child), BADGES[row.status]) for row in result.left_out)
    return [(ref, badge) for ref, badge in found if ref]


def words_of(
    facts: Facts, check_ins: tuple[CheckIn, ...], holding: CheckIn | None
) -> tuple[Word, ...]:
    """The owner's words by the day of the report, newest first, at most six."""
    known = [one for one in check_ins if one.on <= facts.assessment.as_of]
    known.sort(key=lambda one: one.on, reverse=True)
    return tuple(_word(facts, one, one is holding) for one in known[:6])


def _word(facts: Facts, one: CheckIn, holds: bool) -> Word:
    return Word(
        on=day(one.on),
        by=facts.person(one.by),
        badge=BADGES_BY_NAME.get(one.status or ""),
        confidence=share(one.confidence) if one.confidence is not None else None,
        note=one.note,
        cause=cause_word(one.cause) if one.cause else None,
        holds=holds,
    )


def initiatives_for(facts: Facts, kpis: frozenset[str]) -> tuple[WorkRow, ...]:
    """The initiatives meant to move some of these KPIs, in plan order."""
    return tuple(initiative_row(facts, one) for one in initiatives_about(facts, kpis))


def _decisions(
    facts: Facts, result: ObjectiveResult, kpis: frozenset[str]
) -> tuple[DecisionRow, ...]:
    """Decisions of reviews that covered it, about it, what is below it or nothing in particular."""
    mine = kpis.union(objectives_below(facts.plan, result.objective.id))
    found = decisions(facts, result.objective.id)
    return tuple(row for row in found if row.about is None or row.about.id in mine)


def objectives_below(plan: Plan, objective: str) -> set[str]:
    """An objective and all that support it, directly or through others."""
    found: set[str] = set()
    waiting = [objective]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [edge.child for edge in plan.children.get(name, ())]
    return found


def _tensions(facts: Facts, result: ObjectiveResult) -> list[Settled]:
    return [
        Settled(facts.objective(one.with_), one.agreed, day(one.on) if one.on else None)
        for one in result.objective.tension
    ]


_OUTCOMES = {
    "achieved": N_("Achieved on {day}"),
    "missed": N_("Missed on {day}"),
    "dropped": N_("Dropped on {day}"),
}


def _closed(facts: Facts, result: ObjectiveResult) -> tuple[str, str | None] | None:
    closed = result.objective.closed
    if closed is None or closed.on > facts.assessment.as_of:
        return None
    text = _OUTCOMES[closed.outcome]
    return _(text, day=day(closed.on)), closed.lesson
