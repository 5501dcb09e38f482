"""The annual look at the metrics themselves: what each has been good for, with the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from kpi_cli.analysis.conflicts import shared
from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.history import Past, history
from kpi_cli.analysis.observation import first_since, known_rows
from kpi_cli.analysis.reach import Running, running
from kpi_cli.analysis.results import BEHIND, Assessment, Status
from kpi_cli.analysis.scheme import start_of
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.locale import N_
from kpi_cli.models import Kpi
from kpi_cli.period import later
from kpi_cli.quantity import show_number

Proposal = Literal["keep", "change", "retire"]
LOOK_BACK = 24
"""Periods looked at."""
ENOUGH = 8
"""Judged periods without a red one that say something."""
IN_A_ROW = 6
"""Times a target is met with a margin before it asks for too little."""
MARGIN = 0.10
"""Beyond the limit by this share of it."""
LONG_RED = 3
"""Periods off track without any action."""
MEASURED = 3
"""Figures whose day of entry is known before a habit can be told."""
COSTLY = 5.0
"""Days a year above which the cost of collection is named."""
_JUDGED = frozenset(
    {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.ACHIEVED, Status.MISSED}
)
_RETIRES = frozenset({"orphaned", "duplicate"})
_CHANGES = frozenset({"always-late", "easy-target", "no-action", "no-effect"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation about a metric; `kind` is a word for machines."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One KPI with what was seen and what is proposed: a proposal, people decide."""

    kpi: Kpi
    proposal: Proposal
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """By git: of how many figures the day of entry is known, and how many came after the grace."""

    known: int
    late: int


def review_metrics(
    assessment: Assessment, entered: Mapping[str, Entered] | None = None
) -> tuple[Reviewed, ...]:
    """Every active KPI, in plan order. `entered` is what git knows about days of entry."""
    plan, as_of = assessment.plan, assessment.as_of
    found = running(plan, as_of)
    talked = _Talked(assessment)
    twins = _twins(found)
    rows = []
    for kpi in plan.kpis.values():
        if kpi.status != "active" or (kpi.retired and (kpi.retired.on or as_of) <= as_of):
            continue
        seen = tuple(_evidence(assessment, found, kpi, talked, twins, entered or {}))
        rows.append(Reviewed(kpi, _proposal(seen), seen))
    return tuple(rows)


def _proposal(seen: tuple[Evidence, ...]) -> Proposal:
    kinds = {one.kind for one in seen}
    if kinds & _RETIRES or ("never-discussed" in kinds and kinds & {"never-red", "costly"}):
        return "retire"
    return "change" if kinds & _CHANGES else "keep"


def _evidence(
    assessment: Assessment,
    found: Running,
    kpi: Kpi,
    talked: _Talked,
    twins: Mapping[str, str],
    entered: Mapping[str, Entered],
) -> Iterator[Evidence]:
    if kpi.id not in found.kpis:
        yield Evidence("orphaned", N_("no objective that is still running rests on it"))
    if kpi.id in twins:
        yield Evidence(
            "duplicate", N_("'{id}' measures the same in the same team", id=twins[kpi.id])
        )
    ignored = bool(talked.acted) and kpi.id not in talked.acted
    past = _past(assessment, kpi, LONG_RED if ignored else IN_A_ROW)
    judged = [one for one in past if one.status in _JUDGED]
    reds = sum(one.status in BEHIND for one in judged)
    quiet = all(one.status in (Status.ON_TRACK, Status.ACHIEVED) for one in judged)
    if len(judged) >= ENOUGH and quiet:
        yield Evidence("never-red", N_("on track in each of the last {n} periods", n=len(judged)))
    if talked.has_any and kpi.id not in talked.about:
        yield Evidence(
            "never-discussed", N_("no note, check-in, action or decision about it for a year")
        )
    if reds >= LONG_RED and ignored:
        text = N_("off track in {n} periods, and nothing was ever done about it", n=reds)
        yield Evidence("no-action", text)
    if (margin := _margin(assessment, kpi, past)) is not None:
        yield margin
    habit = entered.get(kpi.id)
    if habit and habit.known >= MEASURED and habit.late == habit.known:
        yield Evidence(
            "always-late", N_("all of {n} figures came after their grace", n=habit.known)
        )
    days = kpi.collection.days_per_year if kpi.collection else None
    if days is not None and days >= COSTLY:
        yield Evidence(
            "costly", N_("collecting it takes {days} days a year", days=show_number(days))
        )
    yield from _without_effect(assessment, kpi)


def _past(assessment: Assessment, kpi: Kpi, least: int) -> tuple[Past, ...]:
    """The latest periods since the start, oldest first; none where fewer than `least` say nothing.

    Judging a period is much work, and before the start there is nothing to judge.
    """
    rows = assessment.series[kpi.id]
    first = first_since(rows, start_of(assessment.plan, kpi, rows))
    count = len(known_rows(rows, assessment.as_of)) - first
    return history(assessment, kpi.id, min(count, LOOK_BACK)) if count >= least else ()


class _Talked:
    """KPIs somebody spoke about in the last year, and those anything was ever done about."""

    def __init__(self, assessment: Assessment) -> None:
        plan, as_of = assessment.plan, assessment.as_of
        since = later(as_of, -365)
        about: set[str] = set()
        acted: set[str] = set()
        for action in plan.actions.values():
            if action.kpi and (action.opened is None or action.opened <= as_of):
                acted.add(action.kpi)
                about.add(action.kpi)
        for initiative in plan.initiatives.values():
            if initiative.start is None or initiative.start <= as_of:
                acted.update(initiative.kpis)
        for review in plan.reviews.values():
            if review.on is not None and review.on > as_of:
                continue
            named = {decision.kpi for decision in review.decisions if decision.kpi}
            acted |= named
            if review.on is None or review.on >= since:
                about |= named | set(review.covers)
        self.has_any = bool(about) or any(k.check_ins for k in plan.kpis.values())
        for kpi in plan.kpis.values():
            rows = plan.series[kpi.id]
            noted = any(since <= rows.periods[row].end <= as_of for row in rows.notes)
            spoke = any(since <= check_in.on <= as_of for check_in in kpi.check_ins)
            if noted or spoke:
                about.add(kpi.id)
        self.about = frozenset(about)
        self.acted = frozenset(acted)


def _twins(found: Running) -> dict[str, str]:
    """A KPI -> an earlier one of the same team that measures the same in full."""
    twins: dict[str, str] = {}
    for members in shared(found.kpis.values()).values():
        first: dict[str | None, str] = {}
        for name in members:
            kept = first.setdefault(found.team(name), name)
            one, other = found.kpis[kept], found.kpis[name]
            alone = one.part_of is None and other.part_of is None
            if kept != name and alone and one.population == other.population:
                twins[name] = kept
    return twins


def _margin(assessment: Assessment, kpi: Kpi, past: tuple[Past, ...]) -> Evidence | None:
    """The limit was met with a margin so often that it asks for nothing."""
    target = assessment.kpis[kpi.id].scheme.target
    if not isinstance(target, Threshold) or target.limits is None or len(past) < IN_A_ROW:
        return None
    low, high = target.limits.low, target.limits.high
    figures = [one.judged for one in past[-IN_A_ROW:]]
    for value in figures:
        if isinstance(value, str | bool) or value is None:
            return None
        above = low is None or value >= low + MARGIN * abs(low)
        below = high is None or value <= high - MARGIN * abs(high)
        if not (above and below):
            return None
    return Evidence(
        "easy-target",
        N_(
            "{limit} was met {n} times in a row with a tenth to spare",
            limit=target.limits.text(kpi.unit),
            n=IN_A_ROW,
        ),
    )


def _without_effect(assessment: Assessment, kpi: Kpi) -> Iterator[Evidence]:
    """It got better longer ago than the declared lag, and what it leads did not."""
    for lead in kpi.leads:
        if lead.kpi not in assessment.kpis:
            continue
        lag = timedelta(days=lead.lag_days)
        moved = _way(assessment, kpi.id, date.min, assessment.as_of - lag)
        if moved is None or moved[2] <= 0:
            continue
        followed = _way(assessment, lead.kpi, moved[0] + lag, assessment.as_of)
        if followed is not None and followed[2] <= 0:
            yield Evidence(
                "no-effect",
                N_(
                    "it got better until {day}, and '{id}', which was to follow after {days}"
                    " days, did not",
                    day=moved[1],
                    id=lead.kpi,
                    days=show_number(lead.lag_days),
                ),
            )


def _way(
    assessment: Assessment, name: str, begin: date, end: date
) -> tuple[date, date, float] | None:
    """First day, last day and change for the better of the figures between two days.

    The means of the first and the last third are compared, so that one odd figure decides nothing.
    """
    better = direction_of(assessment.kpis[name])
    figures = [
        (period.end, float(value))
        for period, value in assessment.series[name]
        if begin <= period.end <= end
        and isinstance(value, int | float)
        and not isinstance(value, bool)
    ]
    if better is None or len(figures) < 2 * MEASURED:
        return None
    part = len(figures) // 3
    early = sum(value for _, value in figures[:part]) / part
    late = sum(value for _, value in figures[-part:]) / part
    sign = 1 if better == "increase" else -1
    return figures[0][0], figures[-1][0], sign * (late - early)
