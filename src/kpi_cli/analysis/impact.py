"""What a change of one record does to everything above it: two assessments, compared.

The change is made in the plan itself, and the whole plan is assessed again, so that the figures are
those of a real edit followed by `kpi status`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.balance import balance_of_objectives
from kpi_cli.analysis.reach import running
from kpi_cli.analysis.results import Assessment, KpiResult, ObjectiveResult
from kpi_cli.frozen import dataclass, replace
from kpi_cli.kinds import Target
from kpi_cli.kinds.base import Datum
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.plan import Plan, link

FIELDS = ("status", "progress", "coverage", "balance")


@dataclass(frozen=True, slots=True)
class Impact:
    """One figure of a KPI or an objective before and after; None where there is none."""

    id: str
    field: str
    before: object
    after: object


def impact(before: Assessment, after: Assessment) -> tuple[Impact, ...]:
    """Every KPI's and objective's status and progress, and every objective's coverage and balance
    of leading and lagging KPIs, that differ. KPIs first, each in plan order."""
    rows = [*_rows(before.kpis, after.kpis), *_rows(before.objectives, after.objectives)]
    rows += _balance(before, after)
    return tuple(rows)


def _rows(
    before: Mapping[str, KpiResult] | Mapping[str, ObjectiveResult],
    after: Mapping[str, KpiResult] | Mapping[str, ObjectiveResult],
) -> Iterator[Impact]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        for field in ("status", "progress", "coverage"):
            then, now = getattr(old, field, None), getattr(new, field, None)
            if then != now:
                yield Impact(name, field, then, now)


def _balance(before: Assessment, after: Assessment) -> Iterator[Impact]:
    old = balance_of_objectives(running(before.plan, before.as_of))
    new = balance_of_objectives(running(after.plan, after.as_of))
    for name in dict.fromkeys((*old, *new)):
        then, now = old.get(name), new.get(name)
        if then is None or now is None:
            continue
        pair = [(m.leading, m.lagging, m.undeclared) for m in (then, now)]
        if pair[0] != pair[1]:
            named = [dict(zip(("leading", "lagging", "undeclared"), p, strict=True)) for p in pair]
            yield Impact(name, "balance", *named)


def with_value(plan: Plan, kpi: Kpi, value: Datum, as_of: date) -> tuple[Plan, str]:
    """The plan in which the KPI's latest figure is `value`, and the period that holds it.

    Without a figure so far it is that of the last period that has ended.
    """
    rows = plan.series[kpi.id]
    known = [
        row for row, (period, old) in enumerate(rows) if period.end <= as_of and old is not None
    ]
    changed = rows.chosen(list(range(len(rows))))
    if known:
        at = known[-1]
        changed.values[at] = value
        changed.pairs.pop(at, None)
        return _with_series(plan, kpi.id, changed), rows.periods[at].name
    calendar = plan.calendar
    period = calendar.parse(calendar.name_of(kpi.frequency, as_of))
    if period.end > as_of:
        before = date.fromordinal(period.start.toordinal() - 1)
        period = calendar.parse(calendar.name_of(kpi.frequency, before))
    places = [row for row, known_period in enumerate(rows.periods) if known_period == period]
    if places:
        changed.values[places[0]] = value
        return _with_series(plan, kpi.id, changed), period.name
    at = sum(one.end < period.end for one in rows.periods)
    fresh = rows.chosen(list(range(at)))
    fresh.add(period, value)
    fresh.extend(rows.chosen(list(range(at, len(rows)))))
    return _with_series(plan, kpi.id, fresh), period.name


def _with_series(plan: Plan, kpi: str, rows: Rows) -> Plan:
    return replace(plan, series={**plan.series, kpi: rows})


def with_target(plan: Plan, kpi: Kpi, target: Target, as_of: date) -> Plan:
    """The plan in which `target` stands where the one in force on the day stood."""
    held = [
        at
        for at, change in enumerate(kpi.target_changes)
        if change.from_ <= as_of and change.target is not None
    ]
    if held:
        latest = max(held, key=lambda at: kpi.target_changes[at].from_)
        changes = list(kpi.target_changes)
        changes[latest] = changes[latest].model_copy(update={"target": target})
        edited = kpi.model_copy(update={"target_changes": tuple(changes)})
    else:
        edited = kpi.model_copy(update={"target": target})
    return replace(plan, kpis={**plan.kpis, kpi.id: edited})


def without(plan: Plan, identifier: str) -> Plan:
    """The plan without a KPI or an objective; links to it lead nowhere."""
    kpis = {name: kpi for name, kpi in plan.kpis.items() if name != identifier}
    objectives = {name: o for name, o in plan.objectives.items() if name != identifier}
    cycles = link.find_cycles(
        objectives,
        lambda name: [up.target for up in objectives[name].supports if up.target in objectives],
    )
    return replace(
        plan,
        kpis=kpis,
        objectives=objectives,
        origins={name: place for name, place in plan.origins.items() if name != identifier},
        series={name: rows for name, rows in plan.series.items() if name != identifier},
        evidence=link.evidence(kpis, objectives),
        children=link.children(objectives, cycles),
        cycles=cycles,
    )


def impact_of(before: Assessment, changed: Plan) -> tuple[Impact, ...]:
    """The impact of a changed plan on the same day."""
    return impact(before, assess(changed, before.as_of))
