"""M: can it be measured? The rules that rest on fields alone."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.directions import direction_mismatch
from kpi_cli.checks.registry import Context, as_code, check
from kpi_cli.checks.units import Verdict, certain_unit, judge_unit
from kpi_cli.diagnostics import Diagnostic, Related, Rewrite, Severity
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative
from kpi_cli.models import Kpi
from kpi_cli.quantity import PERCENT


@check("M201", "no-target", Severity.ERROR)
def no_target(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
    if kpi.target is None and kpi.id not in context.index.retired and not kpi.targets():
        yield Diagnostic(
            "M201",
            context.plan.place(kpi.id),
            f"'{kpi.id}' has no target",
            kpi.id,
            "add `target: NUMBER`, or `status: draft` while it is only being measured",
        )


@check("M202", "no-unit", Severity.ERROR)
def no_unit(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
        return
    if kpi.unit is None:
        targets = kpi.targets()
        if not targets or any(target.needs_unit for target in targets):
            yield Diagnostic(
                "M202",
                context.plan.place(kpi.id),
                f"'{kpi.id}' has no unit",
                kpi.id,
                'add `unit: "%"`, `unit: count`, `unit: days` or another one',
            )
        return
    verdict, hint = judge_unit(kpi.unit, context.plan.config.units)
    if verdict is Verdict.UNKNOWN:
        place = context.plan.place(kpi.id, "unit")
        better = certain_unit(kpi.unit, context.plan.config.units)
        fix = Rewrite(place, better) if better else None
        yield Diagnostic("M202", place, f"the unit '{kpi.unit}' is unknown", kpi.id, hint, fix=fix)


@check("M203", "bare-currency", Severity.WARNING)
def bare_currency(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
        return
    verdict, hint = judge_unit(kpi.unit, context.plan.config.units)
    if verdict is Verdict.BARE_CURRENCY:
        yield Diagnostic(
            "M203",
            context.plan.place(kpi.id, "unit"),
            f"the unit '{kpi.unit}' does not say which currency it is",
            kpi.id,
            hint,
        )


@check("M205", "percent-no-denominator", Severity.ERROR)
def percent_no_denominator(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
    if kpi.unit != PERCENT or kpi.formula is not None or kpi.id in context.index.retired:
        return
    lacking = [key for key in ("numerator", "denominator") if getattr(kpi, key) is None]
    if lacking:
        yield Diagnostic(
            "M205",
            context.plan.place(kpi.id, "unit"),
            f"'{kpi.id}' is a percentage without a {' and a '.join(lacking)}",
            kpi.id,
            "add " + " and ".join(f"`{key}:`" for key in lacking) + " in words, or a `formula:`",
        )


@check("M209", "no-source", Severity.ERROR)
def no_source(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
    if kpi.formula is not None or kpi.actuals.files or kpi.id in context.index.retired:
        return
    source = kpi.source
    if source and (source.manual or source.sql or source.query or source.file):
        return
    severity = Severity.WARNING if kpi.status == "draft" else None
    yield Diagnostic(
        "M209",
        context.plan.place(kpi.id),
        f"'{kpi.id}' does not say where its figures come from",
        kpi.id,
        "add `source: {manual: WHERE}`",
        severity=severity,
    )


@check("M211", "direction-missing", Severity.ERROR)
def direction_missing(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
    yield from as_code("M211", direction_mismatch(kpi, context))
    if kpi.direction is not None or kpi.baseline is not None or kpi.is_total:
        return
    open_ = [target for target in kpi.targets() if target.needs_direction]
    told = any(isinstance(target, Threshold | Relative) for target in open_)
    if open_ and not told and kpi.id not in context.index.retired:
        yield Diagnostic(
            "M211",
            context.plan.place(kpi.id),
            f"nothing says whether '{kpi.id}' should go up or down",
            kpi.id,
            "add `direction: increase` or `direction: decrease`",
        )


@check("M219", "unit-differs-from-parent", Severity.ERROR)
def unit_differs_from_parent(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
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
    whole = context.plan.kpis.get(kpi.part_of or "")
    if whole is None or kpi.unit is None or whole.unit is None or kpi.unit == whole.unit:
        return
    yield Diagnostic(
        "M219",
        context.plan.place(kpi.id, "unit"),
        f"'{kpi.id}' is counted in {kpi.unit} and is part of '{whole.id}' in {whole.unit}",
        kpi.id,
        f"write the unit {whole.unit}, or delete `part_of:`",
        (Related(context.plan.place(whole.id, "unit"), f"the unit of '{whole.id}'"),),
    )
