"""The page of one KPI: what is it doing, why, what next; then what it is."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.results import FreshnessResult, KpiResult, Status
from kpi_cli.checks.smart import Graded
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.locale import N_, _
from kpi_cli.views.attention import Win, thanks
from kpi_cli.views.cascade import trail
from kpi_cli.views.charts import Bullet, Lines
from kpi_cli.views.concerning import actions_about
from kpi_cli.views.definition import ChangeRow, changes_of, definition, source_of, texts_of
from kpi_cli.views.explain import Step, explain_kpi, prospects_in_words
from kpi_cli.views.explain_way import is_cap
from kpi_cli.views.facts import (
    Facts,
    Ref,
    Work,
    Written,
    datum_text,
    expected_value,
    said_of,
)
from kpi_cli.views.headline import Headline, of_kpi
from kpi_cli.views.lede import lede_of_kpi
from kpi_cli.views.lines import lines_of
from kpi_cli.views.objective import Fact, Word, initiatives_for, refs, words_of
from kpi_cli.views.outlook import OutlookWords
from kpi_cli.views.overview import decisions_about
from kpi_cli.views.plots import bullet_of
from kpi_cli.views.rows import (
    DecisionRow,
    KpiRow,
    WorkRow,
    action_row,
    full_row,
    open_actions,
)
from kpi_cli.views.series import Point
from kpi_cli.views.smart import SmartPart, smart_part
from kpi_cli.views.why import WhyWords
from kpi_cli.views.words import (
    BADGES,
    BADGES_BY_NAME,
    Badge,
    Scale,
    day,
    freshness_word,
    plain,
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
class KpiPage:
    """One KPI; `numbers` are the figures that `values` puts in words, oldest first."""

    ref: Ref
    trail: tuple[Ref, ...]
    headline: Headline
    lede: str
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
    thanks: tuple[Win, ...]
    when_red: str | None
    facts: tuple[Fact, ...]
    texts: tuple[tuple[str, str], ...]
    source: tuple[str, str] | None
    changes: tuple[ChangeRow, ...]
    guardrails: tuple[KpiRow, ...]
    outlook: OutlookWords
    why: WhyWords | None
    steps: tuple[Step, ...]
    place: Written | None
    smart: SmartPart | None = None
    numbers: tuple[Point, ...] = ()


def kpi_page(facts: Facts, result: KpiResult, graded: Graded | None = None) -> KpiPage:
    """The page of one KPI, with its SMART scores where they are given."""
    kpi, scale = result.kpi, facts.scales[result.kpi.id]
    said = said_of(facts, result)
    prospects = prospects_in_words(Work(facts.assessment, result, scale))
    told = prospects.outlook
    values, bullet = value_rows(facts, result), bullet_of(facts, result)
    own = frozenset({kpi.id})
    actions = tuple(action_row(facts, one) for one in open_actions(facts, own))
    running = decisions_about(facts, kpi.id)
    objective = kpi.objective[0].target if kpi.objective else None
    others = (*kpi.guardrails, *kpi.opposes)
    return KpiPage(
        ref=Ref("kpi", kpi.id, kpi.name),
        trail=refs(facts, trail(facts, objective)),
        headline=of_kpi(result, said.now, said.goal, told.sign),
        lede=lede_of_kpi(result.counts_as, told.sign, len(actions), bool(running)),
        badge=BADGES[result.status],
        other=BADGES[result.counts_as] if result.status is not result.counts_as else None,
        keys=(*_keys(facts, result, scale), *_prior_key(bullet, scale), *_outlook_keys(told)),
        bullet=bullet,
        lines=lines_of(facts, result),
        values=values,
        has_own=any(one.own is not None for one in values),
        has_plan=any(one.plan is not None for one in values),
        milestones=tuple(_milestones(result, facts.assessment.as_of)),
        words=words_of(facts, kpi.check_ins, result.check_in if result.check_in_holds else None),
        notes=tuple((v.period, v.note) for v in values if v.note)[:NOTES],
        actions=actions,
        past_actions=_past(facts, kpi.id),
        initiatives=initiatives_for(facts, own),
        decisions=running,
        thanks=thanks(facts, own),
        when_red=kpi.when_red,
        facts=tuple(definition(facts, result, scale)),
        texts=tuple(texts_of(result)),
        source=source_of(kpi.source),
        changes=tuple(changes_of(facts, result, scale)),
        guardrails=tuple(
            full_row(facts, facts.assessment.kpis[name])
            for name in dict.fromkeys(others)
            if name in facts.assessment.kpis
        ),
        outlook=told,
        why=prospects.why,
        steps=explain_kpi(facts.assessment, kpi.id, prospects),
        place=facts.place(kpi.id),
        smart=smart_part(graded) if graded else None,
        numbers=facts.points.get(kpi.id, ()),
    )


def value_rows(facts: Facts, result: KpiResult) -> tuple[ValueRow, ...]:
    """Newest first; the period's own value only where another one is judged."""
    scale = facts.scales[result.kpi.id]
    figure = scale.writer()

    def text(value: Datum | None) -> str:
        if type(value) is float or type(value) is int:
            return figure(value)
        return datum_text(value, scale)

    found: list[ValueRow] = []
    for point in reversed(facts.points.get(result.kpi.id, ())):
        judged, own, plan = point.judged, point.own, point.plan
        other = text(own) if own != judged else None
        planned = None if plan is None else figure(plan)
        found.append(ValueRow(point.period.name, text(judged), other, planned, point.note))
    return tuple(found)


def _keys(facts: Facts, result: KpiResult, scale: Scale) -> list[Key]:
    """Now, target, expected by now, progress, data: those that exist."""
    observed, due, score = result.observation, result.scheme.due, result.score
    period = observed.period.name if observed and observed.value is not None else None
    said = said_of(facts, result)
    found = [Key(_("Now"), said.now or _("no figure"), period)]
    by = _("by {day}", day=day(due)) if due else None
    found.append(Key(_("Target"), said.target or _("none yet"), by))
    planned = expected_value(facts, result)
    if planned is not None and not isinstance(result.scheme.target, Milestones):
        gone = _("{share} of the time gone", share=share(result.elapsed))
        label = _("In step by now") if is_cap(result) else _("Expected by now")
        found.append(Key(label, scale.figure(planned), gone))
    if is_cap(result) and score is not None:
        step = _("{share} in step", share=share(result.expected))
        found.append(Key(_("Used"), share(score.raw), step))
    elif score is not None and score.counted:
        kept = _("{n} of {whole}", n=score.hits, whole=score.counted)
        found.append(Key(_("Kept"), kept, _("periods")))
    elif result.progress is not None:
        told = _("{share} expected", share=share(result.expected))
        expected = told if result.expected is not None else None
        found.append(Key(_("Progress"), share(result.progress), expected))
    fresh = result.freshness
    if result.counts_as is not Status.RETIRED:
        due_by = _due_by(fresh, facts.assessment.as_of)
        found.append(Key(_("Data"), freshness_word(fresh), due_by))
    return found


def _due_by(fresh: FreshnessResult, as_of: date) -> str | None:
    """When the next figure is due, or was."""
    if fresh.next_due is None:
        return None
    told = N_("next by {day}") if fresh.next_due >= as_of else N_("was due by {day}")
    return _(told, day=day(fresh.next_due))


def _prior_key(bullet: Bullet | None, scale: Scale) -> list[Key]:
    """The figure of the same period a year before, where the bullet marks it."""
    if bullet is None or bullet.prior is None:
        return []
    return [Key(_("A year before"), scale.figure(bullet.prior))]


def _outlook_keys(told: OutlookWords) -> list[Key]:
    """The signal and the forecast: those that exist."""
    found = [Key(_("Signal"), told.sign.text)] if told.sign else []
    if told.end:
        chance = _("chance {chance}", chance=told.chance) if told.chance else None
        found.append(Key(_("Forecast"), told.end, chance))
    return found


def _milestones(result: KpiResult, as_of: date) -> list[MilestoneRow]:
    target = result.scheme.target
    if not isinstance(target, Milestones):
        return []
    found = []
    for step in target.steps:
        done, late = step.is_done(as_of), step.is_overdue(as_of, result.scheme.due)
        state = N_("overdue") if late else N_("open")
        if done:
            state = N_("done")
            if isinstance(step.done, date):
                state = N_("done {day}", day=day(step.done))
        found.append(
            MilestoneRow(
                name=step.name,
                due=day(step.due) if step.due else None,
                weight=plain(step.weight),
                state=_(state),
                badge=BADGES_BY_NAME[
                    "achieved" if done else "off_track" if late else "not_started"
                ],
            )
        )
    return found


def _past(facts: Facts, kpi: str) -> tuple[WorkRow, ...]:
    """Actions that ended, done or dropped."""
    return tuple(action_row(facts, a) for a in actions_about(facts, (kpi,)) if a.status != "open")
