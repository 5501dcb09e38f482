"""The page of one KPI: what is it doing, why, what next; then what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpi_cli.analysis.results import KpiResult, Status
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.models.kpi import Source
from kpi_cli.quantity import show_number
from kpi_cli.views.cascade import trail
from kpi_cli.views.charts import Bullet, Lines
from kpi_cli.views.explain import Step, explain_kpi
from kpi_cli.views.explain_way import is_cap
from kpi_cli.views.facts import (
    Facts,
    Ref,
    datum_text,
    expected_value,
    goal_text,
    now_text,
    target_text,
)
from kpi_cli.views.headline import Headline, of_kpi
from kpi_cli.views.lines import lines_of
from kpi_cli.views.objective import Fact, Word, initiatives_for, refs, words_of
from kpi_cli.views.overview import decisions
from kpi_cli.views.plots import bullet_of
from kpi_cli.views.rows import DecisionRow, KpiRow, WorkRow, action_row, kpi_row, open_actions
from kpi_cli.views.words import (
    BADGES,
    Badge,
    Scale,
    cadence,
    day,
    freshness_word,
    share,
)

NOTES = 6
"""Notes beside figures that the page quotes; the table has them all."""


@dataclass(frozen=True, slots=True)
class Key:
    """One of the key figures at the top: a value and what to know about it."""

    label: str
    value: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One period in the table of values; `own` is None where it is what is judged."""

    period: str
    judged: str
    own: str | None
    plan: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One step of a milestone target."""

    name: str
    due: str | None
    weight: str
    state: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of the target."""

    on: str
    target: str | None
    due: str | None
    reason: str | None
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class KpiPage:
    """One KPI."""

    ref: Ref
    trail: tuple[Ref, ...]
    headline: Headline
    badge: Badge
    other: Badge | None
    keys: tuple[Key, ...]
    bullet: Bullet | None
    lines: Lines | None
    values: tuple[ValueRow, ...]
    has_own: bool
    has_plan: bool
    milestones: tuple[MilestoneRow, ...]
    words: tuple[Word, ...]
    notes: tuple[tuple[str, str], ...]
    actions: tuple[WorkRow, ...]
    past_actions: tuple[WorkRow, ...]
    initiatives: tuple[WorkRow, ...]
    decisions: tuple[DecisionRow, ...]
    when_red: str | None
    facts: tuple[Fact, ...]
    texts: tuple[tuple[str, str], ...]
    source: tuple[str, str] | None
    changes: tuple[ChangeRow, ...]
    guardrails: tuple[KpiRow, ...]
    steps: tuple[Step, ...]
    place: tuple[str, int] | None


def kpi_page(facts: Facts, result: KpiResult) -> KpiPage:
    """The page of one KPI."""
    kpi, scale = result.kpi, facts.scales[result.kpi.id]
    row = now_text(result, scale, facts)
    values = value_rows(facts, result)
    own = frozenset({kpi.id})
    objective = kpi.objective[0].target if kpi.objective else None
    others = (*kpi.guardrails, *kpi.opposes)
    return KpiPage(
        ref=Ref("kpi", kpi.id, kpi.name),
        trail=refs(facts, trail(facts, objective)),
        headline=of_kpi(result, row, goal_text(result, scale)),
        badge=BADGES[result.status],
        other=BADGES[result.counts_as] if result.status is not result.counts_as else None,
        keys=tuple(_keys(facts, result, scale)),
        bullet=bullet_of(facts, result),
        lines=lines_of(facts, result),
        values=values,
        has_own=any(one.own is not None for one in values),
        has_plan=any(one.plan is not None for one in values),
        milestones=tuple(_milestones(result, facts.assessment.as_of)),
        words=words_of(facts, kpi.check_ins, result.check_in if result.check_in_holds else None),
        notes=tuple((v.period, v.note) for v in values if v.note)[:NOTES],
        actions=tuple(action_row(facts, one) for one in open_actions(facts, own)),
        past_actions=_past(facts, kpi.id),
        initiatives=initiatives_for(facts, own),
        decisions=tuple(d for d in decisions(facts) if d.about and d.about.id == kpi.id),
        when_red=kpi.when_red,
        facts=tuple(_facts(facts, result, scale)),
        texts=tuple(_texts(result)),
        source=source_of(kpi.source),
        changes=tuple(_changes(facts, result, scale)),
        guardrails=tuple(
            kpi_row(facts, facts.assessment.kpis[name])
            for name in dict.fromkeys(others)
            if name in facts.assessment.kpis
        ),
        steps=explain_kpi(facts.assessment, kpi.id),
        place=facts.places.get(kpi.id),
    )


def value_rows(facts: Facts, result: KpiResult) -> tuple[ValueRow, ...]:
    """Newest first; the period's own value only where another one is judged."""
    scale = facts.scales[result.kpi.id]
    points = facts.points.get(result.kpi.id, ())
    return tuple(
        ValueRow(
            period=point.period.name,
            judged=datum_text(point.judged, scale),
            own=datum_text(point.own, scale) if point.own != point.judged else None,
            plan=scale.figure(point.plan) if point.plan is not None else None,
            note=point.note,
        )
        for point in reversed(points)
    )


def _keys(facts: Facts, result: KpiResult, scale: Scale) -> list[Key]:
    """Now, target, expected by now, progress, data: those that exist."""
    observed, due, score = result.observation, result.scheme.due, result.score
    period = observed.period.name if observed and observed.value is not None else None
    found = [Key("Now", now_text(result, scale, facts) or "no figure", period)]
    target = target_text(result, scale)
    found.append(Key("Target", target or "none yet", f"by {day(due)}" if due else None))
    planned = expected_value(facts, result)
    if planned is not None and not isinstance(result.scheme.target, Milestones):
        gone = f"{share(result.elapsed)} of the time gone"
        label = "In step by now" if is_cap(result) else "Expected by now"
        found.append(Key(label, scale.figure(planned), gone))
    if is_cap(result) and score is not None:
        found.append(Key("Used", share(score.raw), f"{share(result.expected)} in step"))
    elif score is not None and score.counted:
        found.append(Key("Kept", f"{score.hits} of {score.counted}", "periods"))
    elif result.progress is not None:
        expected = f"{share(result.expected)} expected" if result.expected is not None else None
        found.append(Key("Progress", share(result.progress), expected))
    fresh = result.freshness
    due_by = f"next by {day(fresh.next_due)}" if fresh.next_due else None
    if result.counts_as is not Status.RETIRED:
        found.append(Key("Data", freshness_word(fresh), due_by))
    return found


def _milestones(result: KpiResult, as_of: date) -> list[MilestoneRow]:
    target = result.scheme.target
    if not isinstance(target, Milestones):
        return []
    statuses = {status.value: badge for status, badge in BADGES.items()}
    found = []
    for step in target.steps:
        done, late = step.is_done(as_of), step.is_overdue(as_of, result.scheme.due)
        state = f"done {day(step.done)}" if done and isinstance(step.done, date) else "done"
        found.append(
            MilestoneRow(
                name=step.name,
                due=day(step.due) if step.due else None,
                weight=show_number(step.weight),
                state=state if done else "overdue" if late else "open",
                badge=statuses["achieved" if done else "off_track" if late else "not_started"],
            )
        )
    return found


def _past(facts: Facts, kpi: str) -> tuple[WorkRow, ...]:
    """Actions that ended, done or dropped."""
    every = facts.plan.actions.values()
    return tuple(action_row(facts, a) for a in every if a.kpi == kpi and a.status != "open")


def _facts(facts: Facts, result: KpiResult, scale: Scale) -> list[Fact]:
    kpi = result.kpi
    evidence = tuple(link.target for link in kpi.objective)
    found = [
        Fact("Evidence for", refs=refs(facts, evidence)),
        Fact("Owner", names=facts.people((kpi.owner,) if kpi.owner else ())),
        Fact("Contributors", names=facts.people(kpi.contributors)),
        Fact("Team", names=tuple(n for n in (facts.team(facts.plan.team_of(kpi)),) if n)),
        Fact("Unit", names=(scale.unit,) if scale.unit else ()),
        Fact("Direction", _direction(kpi.direction)),
        Fact("Indicator", kpi.indicator or ""),
        Fact("Baseline", _baseline(result, scale)),
        Fact("Start", day(result.scheme.start) if result.scheme.start else ""),
        Fact("Measured", _rhythm(result)),
        Fact("Part of", refs=refs(facts, (kpi.part_of,) if kpi.part_of else ())),
        Fact("Expected to move", refs=refs(facts, tuple(lead.kpi for lead in kpi.leads))),
        Fact("Weight", show_number(kpi.weight) if kpi.weight != 1 else ""),
        Fact("Tags", names=kpi.tags),
    ]
    return [fact for fact in found if fact.text or fact.names or fact.refs]


def _direction(direction: str | None) -> str:
    return {"increase": "higher is better", "decrease": "lower is better"}.get(direction or "", "")


def _baseline(result: KpiResult, scale: Scale) -> str:
    used = result.baseline
    if used is None:
        return ""
    on = f" on {day(used.on)}" if used.on else ""
    return scale.figure(used.value) + on + (", taken from the series" if used.inferred else "")


_AGGREGATIONS = {
    "last": "the latest value counts",
    "sum": "values are added up",
    "mean": "the mean counts",
    "min": "the lowest value counts",
    "max": "the highest value counts",
    "ratio": "numerators over denominators",
}


def _rhythm(result: KpiResult) -> str:
    kpi = result.kpi
    text = f"{cadence(kpi.frequency)}; {_AGGREGATIONS[kpi.aggregation]}"
    if kpi.window is not None:
        return f"{text}, over the last {kpi.window} periods"
    return f"{text}, anew each {kpi.reset}" if kpi.reset else text


def _texts(result: KpiResult) -> list[tuple[str, str]]:
    kpi = result.kpi
    found = [
        ("Definition", kpi.definition),
        ("Formula", kpi.formula),
        ("Numerator", kpi.numerator),
        ("Denominator", kpi.denominator),
        ("Population", kpi.population),
        ("Why it is achievable", kpi.rationale),
        ("Baseline note", kpi.baseline.note if kpi.baseline else None),
        ("Retired", kpi.retired.reason if kpi.retired else None),
    ]
    return [(label, text) for label, text in found if text]


def source_of(source: Source | None) -> tuple[str, str] | None:
    """How the figures come (our word) and from where (the file's words)."""
    if source is None:
        return None
    for kind in ("manual", "sql", "query", "file"):
        text = getattr(source, kind)
        if text:
            return kind, text
    return None


def _changes(facts: Facts, result: KpiResult, scale: Scale) -> list[ChangeRow]:
    changes = sorted(result.kpi.target_changes, key=lambda change: change.from_)
    return [
        ChangeRow(
            on=day(change.from_),
            target=change.target.text(scale.unit) if change.target else None,
            due=day(change.due) if change.due else None,
            reason=change.reason,
            approved_by=facts.person(change.approved_by),
        )
        for change in changes
        if change.from_ <= facts.assessment.as_of
    ]
