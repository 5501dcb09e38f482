"""What moved an objective, in words: each contributor's part of the last three months' move."""

from __future__ import annotations

from kpi_cli.analysis.contributions import Contributed, ObjectiveMove, objective_move
from kpi_cli.analysis.results import LEFT_OUT, Assessment
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.quantity import PERCENT
from kpi_cli.views.charts import Effect
from kpi_cli.views.facts import Ref
from kpi_cli.views.words import Scale, day, listed, share

ROUTINE = N_("Routine variation: no KPI below it that counts signals, so no explanation is sought.")
TOO_FEW = N_("The KPIs below it have too few values to tell this from routine variation.")
NAMED = 3
"""Contributors that the sentence names."""
_SCALE = Scale(PERCENT, 0)


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One contributor: its progress then and now, and what it did to the objective's."""

    ref: Ref
    before: str
    after: str
    amount: str
    signals: tuple[Ref, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class ContributionWords:
    """Whole sentences, and a row for each contributor where the move is explained."""

    told: tuple[str, ...]
    since: str
    rows: tuple[ContributionRow, ...]


def contribution_words(assessment: Assessment, identifier: str) -> ContributionWords | None:
    """What moved an objective; None where it does not run, or there is nothing to compare."""
    result = assessment.objectives[identifier]
    if result.objective.status != "active" or result.status in LEFT_OUT:
        return None
    move = objective_move(assessment, identifier)
    if move is None:
        return None
    since = day(move.since)
    if move.state != "explained":
        told = _(ROUTINE) if move.state == "routine" else _(TOO_FEW)
        return ContributionWords((f"{_span(move)} {told}",), since, ())
    largest = max((abs(part.amount) for part in move.parts), default=0.0)
    rows = tuple(_row(assessment, part, largest) for part in move.parts)
    return ContributionWords((_span(move), _parts(move, rows)), since, rows)


def points(amount: float) -> str:
    """A share of the way as signed points: `+12 pp`; nothing smaller than a tenth is written."""
    return _SCALE.change(round(amount * 100, 1) + 0.0)


def _span(move: ObjectiveMove) -> str:
    return _(
        "Progress went from {before} on {day} to {after}: {change}.",
        before=share(move.before), day=day(move.since), after=share(move.after),
        change=points(move.after - move.before),
    )  # fmt: skip


def _parts(move: ObjectiveMove, rows: tuple[ContributionRow, ...]) -> str:
    named = [f"{row.ref.label} {row.amount}" for row in rows[:NAMED]]
    others = move.parts[NAMED:]
    if others:
        total = points(sum(part.amount for part in others))
        named.append(
            ngettext(
                "one other {total}", "{n} others {total}", len(others), n=len(others), total=total
            )
        )
    return _("By part: {parts}.", parts=listed(named))


def _row(assessment: Assessment, part: Contributed, largest: float) -> ContributionRow:
    amount = points(part.amount)
    ref = _ref(assessment, part.child)
    better = None if not part.amount else part.amount > 0
    size = part.amount / largest if largest else 0.0
    return ContributionRow(
        ref=ref,
        before=_progress(part.before),
        after=_progress(part.after),
        amount=amount,
        signals=tuple(_ref(assessment, name) for name in part.signals),
        effect=Effect(size, better, f"{ref.label} {amount}"),
    )


def _progress(value: float | None) -> str:
    return _("not measured") if value is None else share(value)


def _ref(assessment: Assessment, name: str) -> Ref:
    kpi = assessment.plan.kpis.get(name)
    if kpi is not None:
        return Ref("kpi", name, kpi.name)
    return Ref("objective", name, assessment.plan.objectives[name].title)
