"""The lines of tables: one KPI, one objective, one action, one decision."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.chance import rounded
from kpi_cli.analysis.results import KpiResult, ObjectiveResult
from kpi_cli.frozen import dataclass, replace
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models import Action, Initiative
from kpi_cli.models.work import Decision
from kpi_cli.views.charts import Plot, Spark
from kpi_cli.views.concerning import actions_about
from kpi_cli.views.facts import Facts, Ref, said_of
from kpi_cli.views.outlook import Sign, signal_of
from kpi_cli.views.plots import plot_of, spark_of, with_forecast
from kpi_cli.views.words import (
    BADGES,
    Badge,
    Count,
    cause_word,
    counts_of,
    day,
    money,
    share,
    short_day,
)

SOON = 30
"""Days ahead in which an action counts as due."""


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI in a table; `other` is the computed status where the owner's word stands over it.

    `sign` is a signal that holds, `chance` that of its target; only tables that show them ask.
    """

    ref: Ref
    badge: Badge
    other: Badge | None
    now: str | None
    period: str | None
    target: str | None
    due: str | None
    owner: str | None
    plot: Plot | None
    spark: Spark | None
    remark: str | None
    sign: Sign | None = None
    chance: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective in a list; `below` are those that support it, `again` one shown above."""

    ref: Ref
    badge: Badge
    owner: str | None
    team: str | None
    progress: str
    expected: str
    profile: tuple[Count, ...]
    below: tuple[ObjectiveRow, ...] = ()
    again: bool = False

    @property
    def way(self) -> str:
        """`48 %, 47 % due`; nothing where nothing is measured."""
        if self.progress == share(None):
            return ""
        return _("{done}, {due} due", done=self.progress, due=self.expected)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An action or an initiative; `late` counts days past its due date, None where it is not."""

    title: str
    about: tuple[Ref, ...]
    owner: str | None
    due: str | None
    late: str | None
    state: str
    detail: tuple[str, ...]

    @property
    def state_word(self) -> str:
        """The state in the spoken language."""
        return _(_STATES.get(self.state, self.state))

    @property
    def is_over(self) -> bool:
        """Whether it is done or dropped."""
        return self.state not in ("open", "doing", "planned")


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a review decided."""

    text: str
    about: Ref | None
    owner: str | None
    due: str | None
    late: str | None
    review: str


def kpi_row(facts: Facts, result: KpiResult, remark: str | None = None) -> KpiRow:
    """The line of one KPI."""
    kpi, said = result.kpi, said_of(facts, result)
    observation, due = result.observation, result.scheme.due
    return KpiRow(
        ref=Ref("kpi", kpi.id, kpi.name),
        badge=BADGES[result.status],
        other=BADGES[result.counts_as] if result.status is not result.counts_as else None,
        now=said.now,
        period=observation.period.name if observation and observation.value is not None else None,
        target=said.target,
        due=short_day(due) if due else None,
        owner=facts.person(kpi.owner),
        plot=plot_of(facts, result),
        spark=spark_of(facts, result),
        remark=remark,
    )


def full_row(facts: Facts, result: KpiResult, remark: str | None = None) -> KpiRow:
    """The line with its signal and the chance of its target, made once for all pages."""
    row = facts.once("row", result.kpi.id, lambda: _with_behaviour(facts, kpi_row(facts, result)))
    return replace(row, remark=remark) if remark else row


def _with_behaviour(facts: Facts, row: KpiRow) -> KpiRow:
    outlook = facts.assessment.outlooks[row.ref.id]
    sign = signal_of(facts, row.ref.id)
    end = outlook.ending
    chance = _(rounded(end.chance)) if end and end.chance is not None else None
    plot = row.plot
    if plot is not None and end is not None:
        plot = with_forecast(facts, facts.assessment.kpis[row.ref.id], plot, end.median)
    return KpiRow(
        row.ref, row.badge, row.other, row.now, row.period, row.target, row.due, row.owner, plot,
        row.spark, row.remark, sign, chance,
    )  # fmt: skip


def objective_row(
    facts: Facts, result: ObjectiveResult, below: tuple[ObjectiveRow, ...] = (), again: bool = False
) -> ObjectiveRow:
    """The line of one objective."""
    objective = result.objective
    return ObjectiveRow(
        ref=Ref("objective", objective.id, objective.title),
        badge=BADGES[result.status],
        owner=facts.person(objective.owner),
        team=facts.team(facts.plan.team_of(objective)),
        progress=share(result.progress),
        expected=share(result.expected),
        profile=counts_of(result.profile),
        below=below,
        again=again,
    )


def lateness(due: date | None, as_of: date) -> str | None:
    """`12 days late`; None where it is not past its day."""
    if due is None or due >= as_of:
        return None
    return ngettext("{n} day late", "{n} days late", (as_of - due).days)


def open_actions(facts: Facts, kpis: frozenset[str] | None = None) -> tuple[Action, ...]:
    """Open actions known by the day, late ones first, then by due date; of some KPIs or of all."""
    every = facts.plan.actions.values() if kpis is None else actions_about(facts, kpis)
    as_of = facts.assessment.as_of
    found = [
        action
        for action in every
        if action.status == "open" and (action.opened is None or action.opened <= as_of)
    ]
    return tuple(sorted(found, key=lambda action: (action.due or date.max, action.id)))


def action_row(facts: Facts, action: Action) -> WorkRow:
    """The line of one action."""
    about = facts.kpi(action.kpi) if action.kpi else None
    detail = [_("expected {effect}", effect=action.expected)] if action.expected else []
    detail += [_("cause: {cause}", cause=cause_word(action.cause))] if action.cause else []
    is_open = action.status == "open"
    return WorkRow(
        title=action.label,
        about=(about,) if about else (),
        owner=facts.person(action.owner),
        due=day(action.due) if action.due else None,
        late=lateness(action.due, facts.assessment.as_of) if is_open else None,
        state=action.status,
        detail=tuple(detail),
    )


def initiative_row(facts: Facts, initiative: Initiative) -> WorkRow:
    """The line of one initiative, with what it may cost and has cost."""
    refs = (facts.kpi(name) for name in initiative.kpis)
    running = initiative.status in ("planned", "doing")
    budget, spent = money(initiative.budget), money(initiative.spent)
    used = _("{spent} of {budget} spent", spent=spent or _("nothing"), budget=budget)
    detail = [used] if budget else []
    return WorkRow(
        title=initiative.label,
        about=tuple(ref for ref in refs if ref),
        owner=facts.person(initiative.owner),
        due=day(initiative.due) if initiative.due else None,
        late=lateness(initiative.due, facts.assessment.as_of) if running else None,
        state=initiative.status,
        detail=tuple(detail),
    )


def decision_row(facts: Facts, decision: Decision, review: str) -> DecisionRow:
    """The line of one decision of a review."""
    return DecisionRow(
        text=decision.text,
        about=facts.either(decision.kpi) or facts.either(decision.objective),
        owner=facts.person(decision.owner),
        due=day(decision.due) if decision.due else None,
        late=lateness(decision.due, facts.assessment.as_of),
        review=review,
    )


_STATES = {
    "open": N_("open"),
    "planned": N_("planned"),
    "doing": N_("doing"),
    "done": N_("done"),
    "dropped": N_("dropped"),
}


_REVIEWS = {
    "weekly": N_("Weekly review"),
    "monthly": N_("Monthly review"),
    "quarterly": N_("Quarterly review"),
    "annual": N_("Annual review"),
}


def review_label(kind: str | None, on: date | None) -> str:
    """`Monthly review, 19 May 2026`."""
    name = _(_REVIEWS[kind]) if kind in _REVIEWS else _("Review")
    return f"{name}, {day(on)}" if on else name
