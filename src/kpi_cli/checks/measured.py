"""M: where it starts, what it means, and whether its figures can be what they are said to be."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.wordlist import COUNTED, NET_SCORES, PARTS_OF_A_WHOLE, SIGNED, folded, has_any
from kpi_cli.checks.circles import formula_error
from kpi_cli.checks.data import out_of_bounds
from kpi_cli.checks.gaps import stale
from kpi_cli.checks.registry import Context, as_code, check
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.value import Relative
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.quantity import PERCENT, show_quantity

ENOUGH = 3
"""Figures that show how precisely a source measures."""
LATEST = 24
"""Figures that are looked at for it, the newest."""
CLAUSE = 3
"""Words without which a definition defines nothing."""


@check("M204", "no-baseline", Severity.WARNING)
def no_baseline(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A target is to be reached, and nobody says from where.

    From 38 to 40 is another task than from 12 to 40. Without a baseline progress is guessed from
    the first figure, and a target such as "+10%" has nothing to count from: that is an error. A
    baseline without its date is only noted.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, direction: increase, target: 60, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2026-04-30}, target: 60, source: {manual: till}}

    Fix:
        Write `baseline: {value: …, date: …}` with the last figure before the start.
    """  # noqa: E501 - one record a line reads best here
    moving = [target for target in kpi.targets() if target.needs_baseline]
    if not moving or kpi.is_total or context.index.is_over(kpi):
        return
    place = context.plan.place(kpi.id)
    if kpi.baseline is None:
        relative = next((target for target in moving if isinstance(target, Relative)), None)
        severity = Severity.ERROR if relative else None
        what = f"is to change by {relative.text(kpi.unit)}" if relative else "has a target"
        message = f"'{kpi.id}' {what}, and no baseline says from where"
        yield Diagnostic("M204", place, message, kpi.id, _start(kpi, context), severity=severity)
    elif kpi.baseline.date is None:
        yield Diagnostic(
            "M204",
            context.plan.place(kpi.id, "baseline"),
            f"the baseline of '{kpi.id}' bears no date",
            kpi.id,
            f"write `baseline: {{value: {kpi.baseline.value:g}, date: DATE}}`",
            severity=Severity.INFO,
        )


def _start(kpi: Kpi, context: Context) -> str:
    """The baseline to write: the last figure before the start, where there is one."""
    start = context.plan.start_of(kpi)
    before = [
        (period.end, value)
        for period, value in context.plan.series[kpi.id]
        if start and period.end <= start and isinstance(value, (int, float))
    ]
    if not before or kpi.aggregation != "last":
        return "add `baseline: {value: NUMBER, date: DATE}`"
    day, value = before[-1]
    return f"add `baseline: {{value: {value:g}, date: {day}}}`, the last figure before it starts"


@check("M207", "no-definition", Severity.WARNING)
def no_definition(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """Nobody says what exactly is counted.

    Two people who count "visits" get two figures. A definition is one clause: what is counted,
    when, and what is left out. A formula, or numerator and denominator in words, define too.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, definition: People who come in and are no staff, unit: count, target: {at_least: 60}, source: {manual: till}}

    Fix:
        Write `definition:` with one clause, or a `formula:`.
    """  # noqa: E501 - one record a line reads best here
    if context.index.is_over(kpi) or isinstance(kpi.target, Milestones):
        return
    if kpi.formula or (kpi.numerator and kpi.denominator):
        return
    told = kpi.definition or ""
    help_text = "add `definition:` with one clause: what is counted, when, and what is left out"
    if not told:
        message, place = f"'{kpi.id}' has no definition", context.plan.place(kpi.id)
    elif folded(told) == folded(kpi.name) or len(told.split()) < CLAUSE:
        message = f"the definition of '{kpi.id}' says no more than its name"
        place = context.plan.place(kpi.id, "definition")
    else:
        return
    yield Diagnostic("M207", place, message, kpi.id, help_text)


@check("M208", "unknown-input", Severity.ERROR)
def unknown_input(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A formula cannot be computed: it is none, or names no KPI there is.

    What cannot be computed cannot be measured. `kpi validate` says the same as K109.

    Bad:
        kpis:
          share: {name: Share, objective: loyal, owner: lan, formula: 2 * visits, unit: count, target: {at_least: 60}}

    Good:
        kpis:
          share: {name: Share, objective: loyal, owner: lan, formula: 2 * orders, unit: count, target: {at_least: 60}}

    Fix:
        Write ids of KPIs, numbers and + - * / ( ) min max, with spaces around the operators.
    """  # noqa: E501 - one record a line reads best here
    yield from as_code("M208", formula_error(kpi, context))


@check("M210", "source-unreachable", Severity.WARNING)
def source_unreachable(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The source is named and gives nothing: a query never ran, or the figures have stopped.

    A measure that cannot be collected is a wish. What has stopped `kpi validate` says as K208; a
    query of which no figure ever came is said here only.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {sql: queries/visits.sql, connection: till}, start: 2026-01-01, due: 2026-12-31}
        # as-of: 2026-02-01
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: "2026"}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {sql: queries/visits.sql, connection: till}, start: 2026-01-01, due: 2026-12-31, actuals: {2026-01: 64}}
        # as-of: 2026-02-01
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: "2026"}}

    Fix:
        Run `kpi pull`, record the figures by hand, or name a source that exists.
    """  # noqa: E501 - one record a line reads best here
    if context.index.is_over(kpi):
        return
    rows, source = context.plan.series[kpi.id], kpi.source
    if not rows.periods and kpi.formula is None:
        start = context.plan.start_of(kpi)
        queried = source is not None and (source.sql or source.query or source.file)
        if not queried or start is None or context.as_of <= start:
            yield Unknown("M210", kpi.id)
            return
        message = f"no figure of '{kpi.id}' ever came from its source"
        help_text = f"run `kpi pull {kpi.id}`, or record the figures with `kpi record`"
        place = context.plan.place(kpi.id, "source")
        yield Diagnostic("M210", place, message, kpi.id, help_text)
        return
    yield from as_code("M210", stale(kpi, context))


@check("M213", "impossible-value", Severity.ERROR)
def impossible_value(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A target or figure lies where the measure cannot be.

    A net promoter score runs from -100 to 100, a share of a whole from 0 to 100 %, and nobody
    counts minus five people. Beyond the KPI's own `bounds` `kpi validate` says the same as K204.

    Bad:
        kpis:
          nps: {name: NPS of regulars, objective: loyal, owner: lan, unit: points, target: {at_least: 120}, source: {manual: till}}

    Good:
        kpis:
          nps: {name: NPS of regulars, objective: loyal, owner: lan, unit: points, target: {at_least: 40}, source: {manual: till}}

    Fix:
        Correct the number. Where the measure really can go there, say so with `bounds:`.
    """  # noqa: E501 - one record a line reads best here
    if context.index.is_over(kpi):
        return
    if kpi.bounds is not None:
        yield from as_code("M213", out_of_bounds(kpi, context))
        return
    low, high, what = _natural(kpi)
    base = kpi.baseline.value if kpi.baseline else None
    target = kpi.target.number(base) if kpi.target and not kpi.is_total else None
    for key, number in (("target", target), ("baseline", base)):
        if number is None or ((low is None or number >= low) and (high is None or number <= high)):
            continue
        shown = show_quantity(number, kpi.unit)
        yield Diagnostic(
            "M213",
            context.plan.place(kpi.id, key),
            f"the {key} of '{kpi.id}' is {shown}, and {what}",
            kpi.id,
            "correct it, or write `bounds:` if the measure can go there",
        )


def _natural(kpi: Kpi) -> tuple[float | None, float | None, str]:
    """The bounds a measure has by its nature, and why; open where nothing is certain."""
    name = folded(kpi.name)
    if has_any(name, NET_SCORES):
        return -100, 100, "a net promoter score runs from -100 to 100"
    if kpi.unit == PERCENT and has_any(name, PARTS_OF_A_WHOLE):
        return 0, 100, "a share of a whole runs from 0 to 100 %"
    if kpi.unit in COUNTED and not has_any(name, SIGNED):
        return 0, None, "nothing is counted below 0"
    return None, None, ""


@check("M214", "false-precision", Severity.INFO)
def false_precision(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """A target is written more precisely than its source measures.

    A source that gives whole numbers cannot show whether 40.25 was reached.

    Bad:
        kpis:
          wait: {name: Wait, objective: loyal, owner: lan, unit: min, target: {at_most: 4.25}, source: {manual: till}, frequency: weekly, start: 2026-05-04, actuals: {2026-W19: 4, 2026-W20: 3, 2026-W21: 4}}

    Good:
        kpis:
          wait: {name: Wait, objective: loyal, owner: lan, unit: min, target: {at_most: 4}, source: {manual: till}, frequency: weekly, start: 2026-05-04, actuals: {2026-W19: 4, 2026-W20: 3, 2026-W21: 4}}

    Fix:
        Round the target to what the source gives.
    """  # noqa: E501 - one record a line reads best here
    number = kpi.target.number(None) if kpi.target else None
    if number is None or kpi.aggregation != "last" or context.index.is_over(kpi):
        return
    rows = context.plan.series[kpi.id]
    latest, wanted = _latest_figures(rows), _decimals(number)
    if len(latest) < ENOUGH or kpi.formula:
        yield Unknown("M214", kpi.id)
        return
    if any(_decimals(value) >= wanted for value in latest):
        return
    given = max(_decimals(value) for value in latest)
    if wanted > given:
        shown = f"{given} decimals" if given > 1 else "1 decimal" if given else "whole numbers"
        yield Diagnostic(
            "M214",
            context.plan.place(kpi.id, "target"),
            f"the target of '{kpi.id}' is {show_quantity(number, kpi.unit)}; its figures have"
            f" {shown}",
            kpi.id,
            f"write {round(number, given):g}",
        )


def _latest_figures(rows: Rows) -> list[float]:
    """The latest numbers that are no ratio of two others, newest first, `LATEST` at most."""
    found: list[float] = []
    for row in range(len(rows.values) - 1, -1, -1):
        value = rows.values[row]
        if row in rows.pairs or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        found.append(value)
        if len(found) == LATEST:
            break
    return found


def _decimals(number: float) -> int:
    text = f"{number:.10f}".rstrip("0")
    return len(text.partition(".")[2])
