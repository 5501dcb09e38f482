"""The first page: what needs people, what went well, what is due, and every KPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kpi_cli.analysis.results import Assessment, Status
from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, ngettext
from kpi_cli.models import Review
from kpi_cli.views.attention import (
    MOST,
    Attention,
    Win,
    exception_card,
    exceptions,
    wins,
)
from kpi_cli.views.cascade import cascade
from kpi_cli.views.facts import Facts, Ref
from kpi_cli.views.headline import Headline, of_organisation
from kpi_cli.views.lists import KpiList, kpi_lists
from kpi_cli.views.outlook import Sign
from kpi_cli.views.resources import ResourceRow, resource_rows
from kpi_cli.views.rows import (
    SOON,
    DecisionRow,
    ObjectiveRow,
    WorkRow,
    action_row,
    decision_row,
    open_actions,
    review_label,
)
from kpi_cli.views.signals import MOST as MOST_SIGNALS
from kpi_cli.views.signals import SignalRow, signal_rows, signing
from kpi_cli.views.words import Count, counts_of, how_many


@dataclass(frozen=True, slots=True)
class Faults:
    """How many findings stand in the files, and how many records were left out for them."""

    errors: int
    warnings: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Counts against those of an earlier state; `label` names it."""

    label: str
    deltas: Mapping[str, int]

    @property
    def moved(self) -> bool:
        """Whether any count is another one."""
        return any(self.deltas.values())

    def of(self, count: Count) -> str:
        """`+2`; nothing where it is as it was."""
        delta = self.deltas.get(count.badge.status, 0)
        return f"{delta:+d}" if delta else ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview page."""

    headline: Headline
    lede: str
    counts: tuple[Count, ...]
    attention: tuple[Attention, ...]
    more: int
    wins: tuple[Win, ...]
    signals: tuple[SignalRow, ...]
    signals_more: int
    actions: tuple[WorkRow, ...]
    actions_later: int
    decisions: tuple[DecisionRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    resources: tuple[ResourceRow, ...]
    lists: tuple[KpiList, ...]
    stale: tuple[Ref, ...]
    faults: Faults
    compared: Compared | None = None


def overview(facts: Facts, findings: Sequence[Finding] = (), left_out: int = 0) -> Overview:
    """The overview of a whole workspace."""
    urgent, signs = exceptions(facts), signing(facts)
    due, later = _actions(facts)
    stale = [r.kpi.id for r in facts.assessment.kpis.values() if r.counts_as is Status.STALE]
    return Overview(
        headline=of_organisation(facts.assessment),
        lede=lede_of(facts.assessment, due, [sign for _name, sign in signs]),
        counts=counts_of(facts.assessment.counts()),
        attention=tuple(exception_card(facts, result) for result in urgent[:MOST]),
        more=max(len(urgent) - MOST, 0),
        wins=wins(facts),
        signals=signal_rows(facts, signs[:MOST_SIGNALS]),
        signals_more=max(len(signs) - MOST_SIGNALS, 0),
        actions=due,
        actions_later=later,
        decisions=decisions(facts),
        objectives=cascade(facts),
        resources=resource_rows(facts),
        lists=kpi_lists(facts),
        stale=tuple(ref for name in stale if (ref := facts.kpi(name))),
        faults=faults_of(findings, left_out),
    )


def compared(facts: Facts, then: Assessment, label: str) -> Compared | None:
    """How many more or fewer stand at each status, among KPIs that both states know; None where
    none does."""
    known = [name for name in facts.assessment.kpis if name in then.kpis]
    deltas: dict[str, int] = {}
    for name in known:
        for status, step in (
            (facts.assessment.kpis[name].counts_as, 1), (then.kpis[name].counts_as, -1)
        ):  # fmt: skip
            deltas[status.value] = deltas.get(status.value, 0) + step
    return Compared(label, deltas) if known else None


def faults_of(findings: Sequence[Finding], left_out: int) -> Faults:
    """Findings counted by severity."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return Faults(errors, warnings, left_out)


def lede_of(assessment: Assessment, due: tuple[WorkRow, ...], signs: list[Sign]) -> str:
    """Two to four short sentences of counts, at most 45 words."""
    counts = assessment.counts()
    achieved, risk = counts.get(Status.ACHIEVED, 0), counts.get(Status.AT_RISK, 0)
    blind = sum(counts.get(s, 0) for s in (Status.STALE, Status.NO_DATA, Status.INSUFFICIENT_DATA))
    parts = [_("{n} achieved", n=how_many(achieved)) if achieved else ""]
    parts.append(_("{n} at risk", n=how_many(risk)) if risk else "")
    parts.append(_("{n} without a current figure", n=how_many(blind)) if blind else "")
    parts += _asides(counts) if not any(parts) else []
    if not assessment.kpis and not assessment.objectives:
        return _("The plan holds no objective and no KPI yet.")
    goals = ngettext("{n} objective", "{n} objectives", len(assessment.objectives))
    kpis = ngettext("{n} KPI", "{n} KPIs", len(assessment.kpis))
    text = _("{kpis} for {objectives}", kpis=kpis, objectives=goals)
    told = ", ".join(part for part in parts if part)
    late = sum(row.late is not None for row in due)
    sentences = [text + (f": {told}." if told else ".")]
    if late:
        sentences.append(
            ngettext("{n} action past its due date.", "{n} actions past their due date.", late)
        )
    if signs:
        sentences.append(_changes(signs))
    return " ".join(sentences)


def _asides(counts: Mapping[Status, int]) -> list[str]:
    """What there is beside running KPIs; nothing where any runs."""
    found = counts_of(counts)
    if any(count.badge.tone != "quiet" for count in found):
        return []
    return [f"{how_many(count.number)} {count.badge.word.lower()}" for count in found]


def _changes(signs: list[Sign]) -> str:
    """`Real changes: 4 for the worse, 7 for the better.`"""
    tones = [sign.tone for sign in signs]
    worse, better, plain = (tones.count(tone) for tone in ("worse", "better", "plain"))
    parts = [_("{n} for the worse", n=how_many(worse)) if worse else ""]
    parts.append(_("{n} for the better", n=how_many(better)) if better else "")
    parts.append(_("{n} of neither kind", n=how_many(plain)) if plain else "")
    return _("Real changes: {counts}.", counts=", ".join(part for part in parts if part))


def _actions(facts: Facts) -> tuple[tuple[WorkRow, ...], int]:
    """Actions late or due within 30 days, and how many come later."""
    as_of = facts.assessment.as_of
    every = open_actions(facts)
    near = [a for a in every if a.due is not None and (a.due - as_of).days <= SOON]
    return tuple(action_row(facts, action) for action in near), len(every) - len(near)


def decisions(facts: Facts, objective: str | None = None) -> tuple[DecisionRow, ...]:
    """Decisions of the last review, and earlier ones not yet due; newest review first."""
    held = facts.once("held", "", lambda: _held(facts)).get(objective, ())
    as_of = facts.assessment.as_of
    found: list[DecisionRow] = []
    for index, review in enumerate(held):
        for decision, row in zip(review.decisions, _decided(facts, review), strict=True):
            open_still = decision.due is not None and decision.due >= as_of
            if index == 0 or open_still:
                found.append(row)
    return tuple(found)


def decisions_about(facts: Facts, identifier: str) -> tuple[DecisionRow, ...]:
    """Those of all the decisions that name one record."""
    return facts.once("decided", "", lambda: _by_record(facts)).get(identifier, ())


def _by_record(facts: Facts) -> Mapping[str, tuple[DecisionRow, ...]]:
    found: dict[str, list[DecisionRow]] = {}
    for row in decisions(facts):
        if row.about:
            found.setdefault(row.about.id, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _decided(facts: Facts, review: Review) -> tuple[DecisionRow, ...]:
    """A line for each decision of a review."""

    def make() -> tuple[DecisionRow, ...]:
        label = review_label(review.kind, review.on)
        return tuple(decision_row(facts, decision, label) for decision in review.decisions)

    return facts.once("decisions", review.id, make)


def _held(facts: Facts) -> Mapping[str | None, list[Review]]:
    """Reviews held by the day, newest first: by each objective they covered, and all by None."""
    as_of = facts.assessment.as_of
    known = [r for r in facts.plan.reviews.values() if r.on is not None and r.on <= as_of]
    known.sort(key=lambda r: (-(r.on or date.min).toordinal(), r.id))
    found: dict[str | None, list[Review]] = {None: known}
    for review in known:
        for objective in dict.fromkeys(review.covers):
            found.setdefault(objective, []).append(review)
    return found
