"""Targets that contradict the direction or the baseline."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.kinds import Target
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.kinds.zones import Stretch
from kpi_cli.models import Kpi
from kpi_cli.quantity import close, show_quantity
from kpi_cli.source import Route

_MOVES = frozenset({Value, Relative, Stretch})
"""Targets that move from a baseline to a value. A total counts from zero, so for one neither the
baseline nor these pages have a say."""


def in_force(kpi: Kpi, context: Context) -> list[tuple[Target, Route]]:
    """The targets in force so far, and where they stand."""
    found: list[tuple[Target, Route]] = []
    if kpi.target is not None:
        found.append((kpi.target, ("target",)))
    for at, change in enumerate(kpi.target_changes):
        if change.target is not None and change.from_ <= context.as_of:
            found.append((change.target, ("target_changes", at, "target")))
    return found


def _aim(target: Target, baseline: float) -> float:
    """Where a value target wants to be."""
    number = target.number(baseline)
    return baseline if number is None else number


@check("K304", "direction-mismatch", Severity.ERROR)
def direction_mismatch(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """The target contradicts the direction.

    A KPI that is to increase cannot aim below where it stands. One of the three is wrong:
    `direction`, `baseline` or `target`; as long as it is, progress has the wrong sign. A limit
    says the direction by itself: `at_least` is for what increases, `at_most` for what decreases.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            direction: increase
            baseline: 60
            target: 40
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            direction: increase
            baseline: 40
            target: 60
            source: {manual: till}

    Fix:
        Correct whichever of the three is wrong. Where baseline and target tell the direction, the
        key may be left out.
    """
    if kpi.direction is None:
        return ()
    found = []
    for target, route in in_force(kpi, context):
        fault = _mismatch(kpi, context, target, route)
        if fault is not None:
            found.append(fault)
    return found


_SIDES = {"at_least": "increase", "at_most": "decrease"}


def _mismatch(kpi: Kpi, context: Context, target: Target, route: Route) -> Diagnostic | None:
    """What is wrong where a limit, or a way, points against the KPI's direction."""
    if isinstance(target, Threshold):
        side = _SIDES.get(target.bound)
        return None if side in (None, kpi.direction) else _limit(kpi, context, target, side, route)
    if kpi.is_total or type(target) not in _MOVES:
        return None
    rises = _rises(kpi, target)
    if rises is None or rises == (kpi.direction == "increase"):
        return None
    other = "decrease" if kpi.direction == "increase" else "increase"
    from_ = ""
    if kpi.baseline:
        from_ = f" from a baseline of {show_quantity(kpi.baseline.value, kpi.unit)}"
    return Diagnostic(
        "K304",
        context.plan.place(kpi.id, *route),
        f"'{kpi.id}' is to {kpi.direction}, and its target is {target.text(kpi.unit)}{from_}",
        kpi.id,
        f"write `direction: {other}`, or correct the target or the baseline",
    )


def _limit(
    kpi: Kpi, context: Context, target: Threshold, side: str | None, route: Route
) -> Diagnostic:
    """A limit on the side that is never to be reached."""
    return Diagnostic(
        "K304",
        context.plan.place(kpi.id, *route),
        f"'{kpi.id}' is to {kpi.direction}, and `{target.bound}` is a limit for what is to {side}",
        kpi.id,
        f"write `direction: {side}`, or the other limit; with a limit the key may be left out",
    )


def _rises(kpi: Kpi, target: Target) -> bool | None:
    """Whether a target lies above its baseline; None where they are equal or it is unknown."""
    if isinstance(target, Relative):
        return target.direction
    if kpi.baseline is None or close(_aim(target, kpi.baseline.value), kpi.baseline.value):
        return None
    return _aim(target, kpi.baseline.value) > kpi.baseline.value


@check("K305", "baseline-equals-target", Severity.ERROR)
def baseline_equals_target(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """The target is where the KPI stands already.

    From the baseline to itself there is no way, so there is no progress to compute. To keep a
    value where it is, a threshold says it better.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            direction: increase
            baseline: 60
            target: 60
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            baseline: 60
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Write `target: {at_least: …}` (or at_most, between) to keep a value; correct the baseline
        or the target to change it.
    """
    if kpi.baseline is None or kpi.is_total:
        return ()
    baseline, found = kpi.baseline.value, []
    for target, route in in_force(kpi, context):
        if type(target) not in _MOVES:
            continue
        if isinstance(target, Relative) and target.amount and baseline:
            continue
        if close(_aim(target, baseline), baseline):
            shown = show_quantity(baseline, kpi.unit)
            form = "at_most" if kpi.direction == "decrease" else "at_least"
            place = context.plan.place(kpi.id, *route)
            message = f"the target of '{kpi.id}' equals its baseline, {shown}"
            todo = f"to keep it there write `target: {{{form}: {baseline:g}}}`"
            found.append(Diagnostic("K305", place, message, kpi.id, todo))
    return found
