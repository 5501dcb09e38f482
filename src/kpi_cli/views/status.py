"""`kpi-status/1` and `kpi-show/1`: every KPI and objective as one flat row, in format's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kpi_cli.analysis.behaviour import Outlook
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.results import Assessment, Freshness, KpiResult, ObjectiveResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.models import Kpi
from kpi_cli.models.record import CheckIn
from kpi_cli.quantity import show_number


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """The latest check-in; `holds` says whether it stands in for the computed status."""

    on: date
    by: str | None
    status: str | None
    confidence: float | None
    note: str | None
    cause: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class LimitsRow:
    """Process limits of a behaviour chart."""

    centre: float
    lower: float
    upper: float
    range: float
    n: int
    state: str


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A real change in the series, and whether it is for the better."""

    kind: str
    side: str
    better: bool | None
    since: str


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """Where the KPI will end; `low` and `high` hold 80 %, `chance` is a share, unrounded."""

    median: float
    low: float
    high: float
    chance: float | None
    n: int
    method: str


@dataclass(frozen=True, slots=True)
class SdgRow:
    """The SDG method's ratio of growth rates and its category."""

    ratio: float | None
    category: str


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI; shares are of the way, dates ISO, what is not known is None."""

    id: str
    name: str
    objectives: tuple[str, ...]
    owner: str | None
    team: str | None
    unit: str | None
    direction: str | None
    indicator: str | None
    value: Datum | None
    observed: date | None
    baseline: float | None
    target: float | None
    target_text: str | None
    due: date | None
    raw_progress: float | None
    progress: float | None
    progress_original: float | None
    expected: float | None
    status: Status
    computed: Status
    check_in: CheckInRow | None
    met: bool | None
    zone: str | None
    overdue: int
    flags: tuple[str, ...]
    reason: str | None
    freshness: Freshness
    next_due: date | None
    limits: LimitsRow | None
    signal: SignalRow | None
    forecast: ForecastRow | None
    sdg: SdgRow | None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective; `kpis` and `children` are its own, `profile` counts all KPIs below it."""

    id: str
    title: str
    owner: str | None
    team: str | None
    progress: float | None
    expected: float | None
    coverage: float | None
    status: Status
    computed: Status
    worst: str | None
    profile: Mapping[Status, int]
    check_in: CheckInRow | None
    kpis: tuple[str, ...]
    children: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class StatusView:
    """`kpi status`: counts of the KPIs shown, then objectives and KPIs in plan order."""

    as_of: date
    counts: Mapping[Status, int]
    objectives: tuple[ObjectiveRow, ...]
    kpis: tuple[KpiRow, ...]


@dataclass(frozen=True, slots=True)
class Selected:
    """Which records a command shows; empty means all."""

    ids: tuple[str, ...] = ()
    team: str | None = None
    owner: str | None = None
    objective: str | None = None
    tag: str | None = None
    period: tuple[date, date] | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for in particular."""
        return self == Selected()


def status_view(assessment: Assessment, selected: Selected | None = None) -> StatusView:
    """The rows of the KPIs and objectives selected."""
    names, goals = chosen(assessment, selected or Selected())
    kpis = [assessment.kpis[name] for name in names]
    objectives = [assessment.objectives[name] for name in goals]
    counts: dict[Status, int] = {}
    for result in kpis:
        counts[result.counts_as] = counts.get(result.counts_as, 0) + 1
    return StatusView(
        assessment.as_of,
        {status: counts[status] for status in Status if status in counts},
        tuple(objective_row(assessment, r) for r in objectives),
        tuple(kpi_row(assessment, r) for r in kpis),
    )


def chosen(assessment: Assessment, selected: Selected) -> tuple[list[str], list[str]]:
    """The ids of the KPIs and of the objectives selected, in plan order."""
    plan, kpis = assessment.plan, assessment.kpis.items()
    named = {
        kpi for name in selected.ids if name in plan.objectives for kpi in plan.kpis_below(name)
    }
    named |= set(selected.ids)
    below = set(plan.kpis_below(selected.objective)) if selected.objective else set()
    tree = _subtree(assessment, selected.objective) if selected.objective else set()
    return (
        [
            name
            for name, result in kpis
            if not (selected.ids and name not in named)
            and not (selected.objective and name not in below)
            and _takes_kpi(assessment, result, selected)
        ],
        [
            name
            for name, goal in assessment.objectives.items()
            if not (selected.ids and name not in selected.ids)
            and not (selected.objective and name not in tree)
            and _takes_objective(assessment, goal, selected)
        ],
    )


def _takes_kpi(assessment: Assessment, result: KpiResult, selected: Selected) -> bool:
    """By team, owner, tag and period."""
    plan, kpi = assessment.plan, result.kpi
    if selected.team and selected.team not in plan.teams_above(plan.team_of(kpi)):
        return False
    if selected.owner and kpi.owner != selected.owner:
        return False
    return _in_tag_and_period(kpi.tags, result.scheme.start, result.scheme.due, selected)


def _takes_objective(assessment: Assessment, result: ObjectiveResult, selected: Selected) -> bool:
    plan, objective = assessment.plan, result.objective
    if selected.team and selected.team not in plan.teams_above(plan.team_of(objective)):
        return False
    if selected.owner and objective.owner != selected.owner:
        return False
    span = objective.period
    return _in_tag_and_period(
        objective.tags, span.start if span else None, span.end if span else None, selected
    )


def _in_tag_and_period(
    tags: Sequence[str], start: date | None, due: date | None, selected: Selected
) -> bool:
    if selected.tag and selected.tag not in tags:
        return False
    if selected.period is None:
        return True
    first, last = selected.period
    return (start is None or start <= last) and (due is None or due >= first)


def _subtree(assessment: Assessment, root: str) -> set[str]:
    found: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [edge.child for edge in assessment.plan.children.get(name, ())]
    return found


def kpi_row(assessment: Assessment, result: KpiResult) -> KpiRow:
    """One KPI's row."""
    kpi, score = result.kpi, result.score
    observation = result.observation
    outlook = assessment.outlooks[kpi.id]
    return KpiRow(
        id=kpi.id,
        name=kpi.name,
        objectives=tuple(link.target for link in kpi.objective),
        owner=kpi.owner,
        team=assessment.plan.team_of(kpi),
        unit=kpi.unit,
        direction=direction_of(result),
        indicator=kpi.indicator,
        value=result.value,
        observed=observation.on if observation else None,
        baseline=result.baseline.value if result.baseline else None,
        target=result.target_number,
        target_text=target_text(result),
        due=result.scheme.due,
        raw_progress=result.raw,
        progress=result.progress,
        progress_original=result.progress_original,
        expected=result.expected,
        status=result.status,
        computed=result.computed,
        check_in=check_in_row(result.check_in, result.check_in_holds),
        met=score.met if score else None,
        zone=score.zone if score else None,
        overdue=score.overdue if score else 0,
        flags=result.flags,
        reason=result.reason,
        freshness=result.freshness.state,
        next_due=result.freshness.next_due,
        limits=limits_row(kpi, outlook),
        signal=signal_row(outlook),
        forecast=forecast_row(outlook),
        sdg=SdgRow(result.sdg.ratio, result.sdg.category) if result.sdg else None,
    )


def limits_row(kpi: Kpi, outlook: Outlook) -> LimitsRow | None:
    """The limits in force, held within the KPI's bounds as on every chart."""
    limits = outlook.limits
    if limits is None:
        return None
    lower, upper = limits.shown(*(kpi.bounds or (None, None)))
    return LimitsRow(limits.centre, lower, upper, limits.range, limits.n, limits.state)


def signal_row(outlook: Outlook) -> SignalRow | None:
    """The signal that holds at the latest value."""
    signal = outlook.signal
    return SignalRow(signal.kind, signal.side, signal.better, signal.since) if signal else None


def forecast_row(outlook: Outlook) -> ForecastRow | None:
    """Where it ends on its due date if nothing changes."""
    end = outlook.ending
    if end is None:
        return None
    return ForecastRow(end.median, end.low, end.high, end.chance, end.n, end.method)


def objective_row(assessment: Assessment, result: ObjectiveResult) -> ObjectiveRow:
    """One objective's row."""
    plan, objective = assessment.plan, result.objective
    return ObjectiveRow(
        id=objective.id,
        title=objective.title,
        owner=objective.owner,
        team=plan.team_of(objective),
        progress=result.progress,
        expected=result.expected,
        coverage=result.coverage,
        status=result.status,
        computed=result.computed,
        worst=result.worst,
        profile=result.profile,
        check_in=check_in_row(result.check_in, result.check_in_holds),
        kpis=tuple(edge.child for edge in plan.evidence.get(objective.id, ())),
        children=tuple(edge.child for edge in plan.children.get(objective.id, ())),
        reason=result.reason,
    )


def target_text(result: KpiResult) -> str | None:
    """The target in force in words: resolved where relative, the period's own where it has one."""
    target, unit = result.scheme.target, result.kpi.unit
    if target is None:
        return None
    if isinstance(target, Threshold):
        period = result.observation.period if result.observation else None
        return target.text_for(period, unit)
    text = target.text(unit)
    number = result.target_number
    if target.form in ("relative", "stretch") and number is not None:
        name = "" if target.form == "relative" else f"{getattr(target, 'reach', 'target')} "
        return f"{text} ({name}{show_number(number)})"
    return text


def check_in_row(check_in: CheckIn | None, holds: bool) -> CheckInRow | None:
    """A check-in's row."""
    if check_in is None:
        return None
    return CheckInRow(
        check_in.on,
        check_in.by,
        check_in.status,
        check_in.confidence,
        check_in.note,
        check_in.cause,
        holds,
    )
