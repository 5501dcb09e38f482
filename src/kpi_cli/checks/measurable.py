"""M: can it be measured? The rules that rest on fields alone."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.checks.directions import direction_mismatch
from kpi_cli.checks.registry import Context, as_code, check
from kpi_cli.checks.units import Verdict, certain_unit, judge_unit
from kpi_cli.diagnostics import Diagnostic, Related, Rewrite, Severity
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative
from kpi_cli.models import Kpi
from kpi_cli.quantity import PERCENT


@check("M201", "no-target", Severity.ERROR)
def no_target(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI has no target.

    Without one a figure is neither good nor bad. Measuring first and setting the target later is
    sound practice: then say so with `status: draft`.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Add a number to reach (`target: 60`), a limit to keep (`{at_least: 60}`), or milestones.

    Setting:
        A warning in `kpi validate`; an error there with `checks: {profile: strict}`.
    """
    if kpi.target is not None or kpi.id in context.index.retired or kpi.targets():
        return ()
    todo = "add `target: NUMBER`, or `status: draft` while it is only being measured"
    place = context.plan.place(kpi.id)
    return (Diagnostic("M201", place, f"'{kpi.id}' has no target", kpi.id, todo),)


@check("M202", "no-unit", Severity.ERROR)
def no_unit(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI has no unit, or one nobody knows.

    60 of what? A unit also says how figures may be added and compared. Yes/no, graded and
    milestone targets need none.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            target: {at_least: 60}
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: till}

    Fix:
        Write a unit such as `"%"`, `count`, `days` or `USD`, or declare your own under `units:`
        in kpi.yaml. Another word for a known unit, such as `percent`, is replaced by
        `kpi validate --fix`.

    Setting:
        `units` in kpi.yaml. A warning in `kpi validate`; an error with `checks: {profile: strict}`.
    """
    if kpi.id in context.index.retired:
        return ()
    if kpi.unit is None:
        targets = kpi.targets()
        if targets and not any(target.needs_unit for target in targets):
            return ()
        todo = 'add `unit: "%"`, `unit: count`, `unit: days` or another one'
        place = context.plan.place(kpi.id)
        return (Diagnostic("M202", place, f"'{kpi.id}' has no unit", kpi.id, todo),)
    verdict, hint = judge_unit(kpi.unit, context.plan.config.units)
    if verdict is not Verdict.UNKNOWN:
        return ()
    place = context.plan.place(kpi.id, "unit")
    better = certain_unit(kpi.unit, context.plan.config.units)
    fix = Rewrite(place, better) if better else None
    message = f"the unit '{kpi.unit}' is unknown"
    return (Diagnostic("M202", place, message, kpi.id, hint, fix=fix),)


@check("M203", "bare-currency", Severity.WARNING)
def bare_currency(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A currency is written as a sign instead of its code.

    `$` is the sign of some twenty currencies and `¥` of two. The three letters of ISO 4217 leave
    no doubt.

    Bad:
        kpis:
          takings: {name: Takings, objective: loyal, owner: lan, unit: "$", target: {at_least: 6000}, source: {manual: till}}

    Good:
        kpis:
          takings: {name: Takings, objective: loyal, owner: lan, unit: USD, target: {at_least: 6000}, source: {manual: till}}

    Fix:
        Write the code, such as USD, EUR or VND.
    """  # noqa: E501 - one record a line reads best here
    if kpi.unit is None or kpi.id in context.index.retired:
        return ()
    verdict, hint = judge_unit(kpi.unit, context.plan.config.units)
    if verdict is not Verdict.BARE_CURRENCY:
        return ()
    message = f"the unit '{kpi.unit}' does not say which currency it is"
    return (Diagnostic("M203", context.plan.place(kpi.id, "unit"), message, kpi.id, hint),)


@check("M205", "percent-no-denominator", Severity.ERROR)
def percent_no_denominator(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A percentage does not say of what.

    97 % of all orders, or of those that were not cancelled? Most quarrels about a figure are
    quarrels about its denominator.

    Bad:
        kpis:
          on-time: {name: Orders on time, objective: loyal, owner: lan, unit: "%", target: {at_least: 95}, source: {manual: till}}

    Good:
        kpis:
          on-time:
            name: Orders on time
            objective: loyal
            owner: lan
            unit: "%"
            numerator: orders handed over on the promised day
            denominator: all orders that were not cancelled
            target: {at_least: 95}
            source: {manual: till}

    Fix:
        Say in words what is counted (`numerator:`) and of how many (`denominator:`), or compute
        it with `formula:`.

    Setting:
        A warning in `kpi validate`; an error there with `checks: {profile: strict}`.
    """  # noqa: E501 - one record a line reads best here
    if kpi.unit != PERCENT or (kpi.numerator is not None and kpi.denominator is not None):
        return ()
    if kpi.formula is not None or kpi.id in context.index.retired:
        return ()
    lacking = [key for key in ("numerator", "denominator") if getattr(kpi, key) is None]
    message = f"'{kpi.id}' is a percentage without a {' and a '.join(lacking)}"
    todo = "add " + " and ".join(f"`{key}:`" for key in lacking) + " in words, or a `formula:`"
    return (Diagnostic("M205", context.plan.place(kpi.id, "unit"), message, kpi.id, todo),)


@check("M209", "no-source", Severity.ERROR)
def no_source(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """Nobody says where the figures come from.

    When the person who collects them leaves, so do the figures. A formula, or a file the KPI
    reads its actuals from, is a source in itself.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: "the counter at the door, read every Monday"}

    Fix:
        Add `source: {manual: WHERE}`, or `sql`, `query` or `file`.

    Setting:
        A warning in `kpi validate`; an error there with `checks: {profile: strict}`.
    """
    source = kpi.source
    if source and (source.manual or source.sql or source.query or source.file):
        return ()
    if kpi.formula is not None or kpi.actuals.files or kpi.id in context.index.retired:
        return ()
    severity = Severity.WARNING if kpi.status == "draft" else None
    message = f"'{kpi.id}' does not say where its figures come from"
    place, todo = context.plan.place(kpi.id), "add `source: {manual: WHERE}`"
    return (Diagnostic("M209", place, message, kpi.id, todo, severity=severity),)


@check("M211", "direction-missing", Severity.ERROR)
def direction_missing(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """Nothing says whether more is better or less.

    A target of 40 alone may be a floor or a ceiling. `at_least` and `at_most` tell, a relative
    target tells, and so do a baseline and a target together.

    Bad:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            target: 60
            source: {manual: till}

    Good:
        kpis:
          visits:
            name: Visits
            objective: loyal
            owner: lan
            unit: count
            direction: increase
            target: 60
            source: {manual: till}

    Fix:
        Add `direction: increase` or `direction: decrease`, or the baseline.
    """
    if kpi.direction is not None:
        against = direction_mismatch(kpi, context)
        return as_code("M211", against) if against else ()
    if kpi.baseline is not None or kpi.is_total:
        return ()
    open_ = [target for target in kpi.targets() if target.needs_direction]
    told = any(isinstance(target, (Threshold, Relative)) for target in open_)
    if not open_ or told or kpi.id in context.index.retired:
        return ()
    message = f"nothing says whether '{kpi.id}' should go up or down"
    todo = "add `direction: increase` or `direction: decrease`"
    return (Diagnostic("M211", context.plan.place(kpi.id), message, kpi.id, todo),)


@check("M219", "unit-differs-from-parent", Severity.ERROR)
def unit_differs_from_parent(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A KPI is part of one with another unit.

    Parts add up to a whole only if both are counted in the same thing: USD do not add up to EUR,
    nor tonnes to a percentage.

    Bad:
        kpis:
          web-orders: {name: Orders on the web, objective: loyal, owner: lan, unit: USD, target: {at_least: 9}, source: {manual: shop}, part_of: orders}

    Good:
        kpis:
          web-orders: {name: Orders on the web, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: shop}, part_of: orders}

    Fix:
        Give both the same unit, or delete `part_of:`.
    """  # noqa: E501 - one record a line reads best here
    if kpi.part_of is None:
        return ()
    whole = context.plan.kpis.get(kpi.part_of)
    if whole is None or kpi.unit is None or whole.unit is None or kpi.unit == whole.unit:
        return ()
    found = Diagnostic(
        "M219",
        context.plan.place(kpi.id, "unit"),
        f"'{kpi.id}' is counted in {kpi.unit} and is part of '{whole.id}' in {whole.unit}",
        kpi.id,
        f"write the unit {whole.unit}, or delete `part_of:`",
        (Related(context.plan.place(whole.id, "unit"), f"the unit of '{whole.id}'"),),
    )
    return (found,)
