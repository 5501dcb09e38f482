"""A: can the target be reached, and was it one? Judged from the KPI's own past.

Too few figures are never a fault: the rule then cannot tell. A written `rationale` sets such a
finding aside and is shown in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpi_cli.analysis.direction import direction_of
from kpi_cli.analysis.results import KpiResult
from kpi_cli.analysis.scheme import set_on
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.kinds.threshold import Limits, Threshold
from kpi_cli.kinds.value import Relative
from kpi_cli.models import Kpi
from kpi_cli.period import Frequency
from kpi_cli.quantity import show_change, show_quantity

if TYPE_CHECKING:
    from kpi_cli.analysis.achievable import Evidence
    from kpi_cli.analysis.reachable import Verdict

INFEASIBLE, STRETCH, UNLIKELY, TRIVIAL = 0.02, 0.10, 0.33, 0.90
ENOUGH = 8
"""Spans in which nothing like it was seen."""
ALWAYS = 4
"""Targets in a row, all met with a tenth to spare or all missed, that say something."""
MARGIN = 0.10
ROUND = frozenset({10.0, 20.0, 25.0, 30.0, 50.0, 100.0, 200.0})
"""Changes in per cent that come from the thumb more often than from a thought."""
_NOUNS = {
    Frequency.DAILY: "day", Frequency.WEEKLY: "week", Frequency.MONTHLY: "month",
    Frequency.QUARTERLY: "quarter", Frequency.SEMIANNUAL: "half-year", Frequency.ANNUAL: "year",
    Frequency.IRREGULAR: "period",
}  # fmt: skip


def _result(kpi: Kpi, context: Context) -> KpiResult | None:
    """The KPI's numbers, where its target is one to be judged by its past."""
    if kpi.target is None or context.index.is_over(kpi) or kpi.id in context.index.lacking_rows:
        return None
    return context.assessment.kpis.get(kpi.id)


def _excuse(kpi: Kpi) -> str | None:
    return f"rationale: {kpi.rationale}" if kpi.rationale else None


def _target_place_steps(result: KpiResult) -> tuple[str | int, ...]:
    """Where the target in force is written."""
    known = [
        (change.from_, at)
        for at, change in enumerate(result.kpi.target_changes)
        if change.target is not None and change.from_ == result.scheme.changed_on
    ]
    return ("target_changes", known[-1][1], "target") if known else ("target",)


@check("A305", "already-met", Severity.WARNING)
def already_met(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The target had been met, twice in a row, before it was set.

    A target that asks for what is there already moves nobody. To keep a value, a threshold says so
    honestly. What has been reached since the target was set is no fault.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 50, date: 2025-12-31}, target: 60, source: {manual: till}, actuals: {2026-01: 55, 2026-02: 58, 2026-03: 62, 2026-04: 63, 2026-05: 64}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 63, date: 2026-04-30}, target: 80, source: {manual: till}, actuals: {2026-01: 55, 2026-02: 58, 2026-03: 62, 2026-04: 63, 2026-05: 66}}

    Fix:
        Aim further, or write `target: {at_least: …}` to keep it there.
    """  # noqa: E501 - one record a line reads best here
    result = _result(kpi, context)
    if result is None:
        return
    known, value = context.reach.met_before(kpi.id)
    if not known:
        yield Unknown("A305", kpi.id)
    elif value is not None:
        base = result.baseline.value if result.baseline else None
        number = result.scheme.target.number(base) if result.scheme.target else None
        form = "at_most" if direction_of(result) == "decrease" else "at_least"
        yield Diagnostic(
            "A305",
            context.plan.place(kpi.id, *_target_place_steps(result)),
            f"before the target of '{kpi.id}' was set it stood at"
            f" {show_quantity(value, kpi.unit)} and had met it twice in a row",
            kpi.id,
            f"aim further, or keep it with `target: {{{form}: {number or value:g}}}`",
            excuse=_excuse(kpi),
        )


@check("A306", "sandbagged", Severity.WARNING)
def sandbagged(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """On the day it was set, the target would have come by itself.

    With a chance of 90 % or more if nothing changes, a target adds no challenge. Judged by the
    figures from before the target, so that work well done is not held against it.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 129, date: 2026-04-30}, target: 130, source: {manual: till}, actuals: {2025-07: 101, 2025-08: 104, 2025-09: 107, 2025-10: 111, 2025-11: 114, 2025-12: 117, 2026-01: 120, 2026-02: 124, 2026-03: 126, 2026-04: 129, 2026-05: 130}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 129, date: 2026-04-30}, target: 160, source: {manual: till}, actuals: {2025-07: 101, 2025-08: 104, 2025-09: 107, 2025-10: 111, 2025-11: 114, 2025-12: 117, 2026-01: 120, 2026-02: 124, 2026-03: 126, 2026-04: 129, 2026-05: 134}}

    Fix:
        Aim further, or say in `rationale:` why so little is meant.
    """  # noqa: E501 - one record a line reads best here
    result = _result(kpi, context)
    if result is None:
        return
    found = context.reach.near(kpi.id)
    if not found.known:
        yield Unknown("A306", kpi.id)
        return
    if found.chance is None or found.chance < TRIVIAL or context.reach.met_before(kpi.id)[1]:
        return
    from kpi_cli.analysis.chance import rounded

    begun = set_on(result.scheme)
    yield Diagnostic(
        "A306",
        context.plan.place(kpi.id, *_target_place_steps(result)),
        f"by its figures before {begun} the chance of '{kpi.id}' to reach its target without any"
        f" effort was {rounded(found.chance)}",
        kpi.id,
        "aim further, or say in `rationale:` why so little is meant",
        excuse=_excuse(kpi),
    )


@check("A307", "infeasible", Severity.WARNING)
def infeasible(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """As it goes, the target will not be reached, or cannot be at all.

    The chance is 2 % or less if nothing changes. That is a fact about the past, no verdict on
    people: either something will be different, and `rationale:` says what, or the target is to be
    re-planned. A target beyond what the measure can be is an error.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 60, date: 2026-04-30}, target: 300, path: {2026-05: 60, 2026-12: 300}, source: {manual: till}, actuals: {2025-08: 58, 2025-09: 61, 2025-10: 59, 2025-11: 62, 2025-12: 60, 2026-01: 58, 2026-02: 61, 2026-03: 59, 2026-04: 60, 2026-05: 61}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 60, date: 2026-04-30}, target: 300, path: {2026-05: 60, 2026-12: 300}, rationale: A second shop opens in August and doubles the counters, source: {manual: till}, actuals: {2025-08: 58, 2025-09: 61, 2025-10: 59, 2025-11: 62, 2025-12: 60, 2026-01: 58, 2026-02: 61, 2026-03: 59, 2026-04: 60, 2026-05: 61}}

    Fix:
        Say in `rationale:` what will be different, or re-plan the target.
    """  # noqa: E501 - one record a line reads best here
    result = _result(kpi, context)
    if result is None:
        return
    found = context.reach.far(kpi.id)
    if not found.known:
        yield Unknown("A307", kpi.id)
        return
    impossible = found.ending is not None and found.ending.impossible
    if found.chance is None or not (impossible or found.chance <= INFEASIBLE):
        return
    severity = Severity.ERROR if impossible else None
    yield _too_far("A307", result, found, context, severity, _excuse(kpi))


@check("A308", "stretch-without-rationale", Severity.INFO)
def stretch_without_rationale(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The target is a stretch, and nobody says what will make it possible.

    The chance is 10 % or less if nothing changes, or nothing like it was ever seen in eight spans
    or more (that is a warning). A stretch is fine where it is called one: say why in `rationale:`,
    or commit to the objective as `aspirational`.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, due: 2026-09-30, baseline: {value: 60, date: 2026-04-30}, target: 66, path: {2026-05: 60, 2026-09: 66}, source: {manual: till}, actuals: {2025-06: 57, 2025-07: 61, 2025-08: 58, 2025-09: 63, 2025-10: 59, 2025-11: 62, 2025-12: 58, 2026-01: 57, 2026-02: 62, 2026-03: 59, 2026-04: 58, 2026-05: 60}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, due: 2026-09-30, baseline: {value: 60, date: 2026-04-30}, target: 66, path: {2026-05: 60, 2026-09: 66}, rationale: From June on we open on Sundays, source: {manual: till}, actuals: {2025-06: 57, 2025-07: 61, 2025-08: 58, 2025-09: 63, 2025-10: 59, 2025-11: 62, 2025-12: 58, 2026-01: 57, 2026-02: 62, 2026-03: 59, 2026-04: 58, 2026-05: 60}}

    Fix:
        Say in `rationale:` what will be different, or write `commitment: aspirational` in the
        objective.
    """  # noqa: E501 - one record a line reads best here
    result = _result(kpi, context)
    if result is None:
        return
    found = context.reach.far(kpi.id)
    if not found.known:
        yield Unknown("A308", kpi.id)
        return
    if found.chance is None or found.chance <= INFEASIBLE:
        return
    if found.ending is not None and found.ending.impossible:
        return
    seen = found.evidence
    never = seen is not None and seen.hits == 0 and seen.spans >= ENOUGH
    if found.chance <= STRETCH or (never and found.chance <= UNLIKELY):
        excuse = _excuse(kpi) or _aspirational(kpi, context)
        severity = Severity.WARNING if never else None
        yield _too_far("A308", result, found, context, severity, excuse)


def _aspirational(kpi: Kpi, context: Context) -> str | None:
    objective = context.plan.objective_of(kpi)
    if objective is None or objective.commitment != "aspirational":
        return None
    return f"'{objective.id}' is aspirational"


def _too_far(
    code: str,
    result: KpiResult,
    found: Verdict,
    context: Context,
    severity: Severity | None,
    excuse: str | None,
) -> Diagnostic:
    from kpi_cli.analysis.chance import rounded

    kpi, end = result.kpi, found.ending
    told = [_spans(result, found.evidence, context)] if found.evidence else []
    help_text = "say in `rationale:` what will be different, or re-plan the target"
    if end is not None and end.impossible:
        told = [f"the target of '{kpi.id}' lies beyond what the measure can be"]
        help_text = "correct the target, or `bounds:` if the measure can go there"
    elif end is not None:
        about = show_quantity(float(f"{end.median:.3g}"), kpi.unit)
        told.append(f"at the usual behaviour the chance is {rounded(end.chance or 0.0)}")
        help_text = f"say in `rationale:` what will be different, or re-plan to about {about}"
        if not found.evidence:
            told[0] = f"if nothing changes '{kpi.id}' ends at about {about}; {told[0]}"
    return Diagnostic(
        code,
        context.plan.place(kpi.id, *_target_place_steps(result)),
        "; ".join(told),
        kpi.id,
        help_text,
        severity=severity,
        excuse=excuse,
    )


def _spans(result: KpiResult, found: Evidence, context: Context) -> str:
    """needs +6 in 3 months; in 9 such spans since 2025-06 the largest rise was +5 (0 of 9)"""
    kpi, falls = result.kpi, direction_of(result) == "decrease"
    sign = -1 if falls else 1
    months = f"{found.horizon} {_NOUNS[kpi.frequency]}{'' if found.horizon == 1 else 's'}"
    noun = "total" if kpi.is_total else "fall" if falls else "rise"
    need = show_change(_short(sign * found.need), kpi.unit)
    if not found.spans:
        return f"'{kpi.id}' needs {need} in {months}"
    best = found.best or 0.0
    largest = f"the largest {noun} was {show_change(_short(sign * best), kpi.unit)}"
    if best <= 0:
        largest = f"there was no {noun} at all"
    since = _since(result, context)
    spans = f"{found.spans} such span{'' if found.spans == 1 else 's'}{since}"
    return (
        f"'{kpi.id}' needs {need} in {months}; in {spans} {largest} ({found.hits} of {found.spans})"
    )


def _short(number: float) -> float:
    return float(f"{number:.4g}")


def _since(result: KpiResult, context: Context) -> str:
    from kpi_cli.analysis.grid import period_in

    chart = context.assessment.outlooks[result.kpi.id].chart
    if chart is None or chart.grid is None:
        return ""
    first = period_in(context.plan.calendar, result.kpi.frequency, chart.grid.first)
    name = context.plan.calendar.name_of(result.kpi.frequency, first.end)
    return f" since {name}"


@check("A309", "whim-number", Severity.INFO)
def whim_number(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The target is a round change, with no reason and no past behind it.

    "+10 %" is what one writes when nobody looked. Sometimes it is right; then a line of rationale
    says so.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 50, date: 2026-04-30}, target: "+10%", source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 50, date: 2026-04-30}, target: "+10%", rationale: The shop next door closes in June and had ten visits a day, source: {manual: till}}

    Fix:
        Say in `rationale:` where the number comes from, or record the figures of last year.
    """  # noqa: E501 - one record a line reads best here
    result = _result(kpi, context)
    if result is None or kpi.is_total or not kpi.target or not kpi.target.needs_baseline:
        return
    change = _change(kpi)
    if change is None:
        yield Unknown("A309", kpi.id)
        return
    begun = set_on(result.scheme)
    known = sum(
        begun is None or period.end < begun for period, value in context.plan.series[kpi.id]
    )
    if change in ROUND and known < 3:
        yield Diagnostic(
            "A309",
            context.plan.place(kpi.id, *_target_place_steps(result)),
            f"the target of '{kpi.id}' is a round {change:g} % away from its baseline, and no"
            " figure and no word says why",
            kpi.id,
            "say in `rationale:` where the number comes from, or record earlier figures",
            excuse=_excuse(kpi),
        )


def _change(kpi: Kpi) -> float | None:
    """How far the first target lies from the baseline, in per cent of it."""
    if isinstance(kpi.target, Relative) and not kpi.target.points:
        return abs(kpi.target.amount)
    base = kpi.baseline.value if kpi.baseline else None
    number = kpi.target.number(base) if kpi.target else None
    if base is None or number is None or not base:
        return None
    return round(abs(number / base - 1) * 100, 6)


@check("A313", "always-or-never-hit", Severity.INFO)
def always_or_never_hit(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """A limit was met with a tenth to spare each time, or missed each time.

    After four periods of the same answer the limit tells nothing new: it is too slack, or nobody
    believes in it.

    Bad:
        kpis:
          wait: {name: Wait, objective: loyal, owner: lan, unit: min, start: 2026-05-01, frequency: weekly, target: {at_most: 9}, source: {manual: till}, actuals: {2026-W18: 4, 2026-W19: 4, 2026-W20: 5, 2026-W21: 4}}

    Good:
        kpis:
          wait: {name: Wait, objective: loyal, owner: lan, unit: min, start: 2026-05-01, frequency: weekly, target: {at_most: 5}, source: {manual: till}, actuals: {2026-W18: 4, 2026-W19: 4, 2026-W20: 5, 2026-W21: 4}}

    Fix:
        Tighten the limit to what is worth defending, or re-plan one that is never met.
    """  # noqa: E501 - one record a line reads best here
    result = _result(kpi, context)
    if result is None or not isinstance(result.scheme.target, Threshold):
        return
    if kpi.aggregation != "last":
        return
    judged = _judged(result, result.scheme.target, context)
    if len(judged) < ALWAYS:
        yield Unknown("A313", kpi.id)
        return
    latest = judged[-max(ALWAYS, min(len(judged), 12)) :]
    place = context.plan.place(kpi.id, *_target_place_steps(result))
    if all(_spare(limits, value) for limits, value in latest):
        said, todo = "was met with a tenth to spare", "tighten the limit to what is worth defending"
    elif not any(limits.holds(value) for limits, value in latest):
        said, todo = "was missed", "re-plan it, or say in `rationale:` what will be different"
    else:
        return
    message = f"the limit of '{kpi.id}' {said} in each of the last {len(latest)} periods"
    yield Diagnostic("A313", place, message, kpi.id, todo, excuse=_excuse(kpi))


def _judged(result: KpiResult, target: Threshold, context: Context) -> list[tuple[Limits, float]]:
    """Limits and values of the periods since the start, oldest first."""
    begun, as_of = set_on(result.scheme), context.as_of
    found = []
    for period, value in context.assessment.series[result.kpi.id]:
        inside = (begun is None or period.end >= begun) and period.end <= as_of
        limits = target.limits_for(period) if inside else None
        if limits is not None and isinstance(value, (int, float)) and not isinstance(value, bool):
            found.append((limits, float(value)))
    return found


def _spare(limits: Limits, value: float) -> bool:
    """Whether a value lies inside with a tenth of the limit to spare; a band has no such room."""
    low, high = limits.low, limits.high
    if low is not None and high is not None:
        return False
    if low is not None:
        return low != 0 and value >= low + MARGIN * abs(low)
    return high is not None and high != 0 and value <= high - MARGIN * abs(high)
