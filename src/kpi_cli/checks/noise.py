"""M: can the figures show it? Small samples, noise, yes-or-no figures, totals that only rise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpi_cli.analysis.average import median
from kpi_cli.analysis.wordlist import SURVEYS, TOTALS, folded, has_any
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.models import Kpi
from kpi_cli.quantity import PERCENT, show_change, show_number, show_quantity

SIGMA = 1.128
"""The mean range of two values in sigmas (Shewhart's d2 for n = 2)."""
RECENT = 12
ENOUGH_FOR_NOISE, ENOUGH_FOR_BINARY, ENOUGH_FOR_TOTAL = 8, 3, 6


def _way(kpi: Kpi) -> float | None:
    """How far the target lies from the baseline; None where there is no such way."""
    if kpi.baseline is None or kpi.is_total or not isinstance(kpi.target, (Value, Relative)):
        return None
    target = kpi.target.number(kpi.baseline.value)
    return None if target is None else abs(target - kpi.baseline.value)


@check("M215", "small-sample", Severity.WARNING)
def small_sample(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The sample is so small that one case more is the whole improvement, or nobody says how large.

    Of 20 answers each is worth 5 points: a target of +3 points can neither be seen nor missed.

    Bad:
        kpis:
          happy: {name: Happy guests, objective: loyal, owner: lan, unit: "%", numerator: guests who say so, denominator: guests asked that month, baseline: {value: 80, date: 2026-04-30}, target: 83, source: {manual: till}, actuals: {2026-05: {numerator: 17, denominator: 20}}}

    Good:
        kpis:
          happy: {name: Happy guests, objective: loyal, owner: lan, unit: "%", numerator: guests who say so, denominator: guests asked that month, baseline: {value: 80, date: 2026-04-30}, target: 83, source: {manual: till}, actuals: {2026-05: {numerator: 340, denominator: 400}}}

    Fix:
        Ask more, add periods up (`aggregation: ratio`, `window:`), or aim further.
    """  # noqa: E501 - one record a line reads best here
    if context.index.is_over(kpi):
        return
    pairs = list(context.plan.series[kpi.id].pairs.values())[-RECENT:]
    way = _way(kpi)
    if pairs and way and kpi.unit == PERCENT:
        typical = median([lower for _, lower in pairs])
        if kpi.aggregation == "ratio":
            typical *= kpi.window or 1
        if typical > 0 and 100 / typical > way:
            yield Diagnostic(
                "M215",
                context.plan.place(kpi.id, "target"),
                f"'{kpi.id}' counts about {show_number(round(typical))} cases, so one case is"
                f" {show_quantity(round(100 / typical, 1), 'pp')}; the way to the target is"
                f" {show_quantity(round(way, 2), 'pp')}",
                kpi.id,
                "count more cases (`window:` adds periods up), or aim further",
            )
    elif not pairs and kpi.denominator is None and kpi.population is None and _is_survey(kpi):
        yield Diagnostic(
            "M215",
            context.plan.place(kpi.id),
            f"'{kpi.id}' comes from a survey, and nothing says how many answered",
            kpi.id,
            "record `numerator` and `denominator`, or say in `population:` how many are asked",
        )
    elif kpi.unit == PERCENT and not pairs:
        yield Unknown("M215", kpi.id)


def _is_survey(kpi: Kpi) -> bool:
    told = " ".join(text for text in (kpi.name, kpi.definition) if text)
    return has_any(folded(told), SURVEYS)


@check("M216", "below-noise", Severity.WARNING)
def below_noise(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """The step to the target is smaller than what the figures move by anyway.

    One sigma is the mean step from one figure to the next over 1.128. A target within it is
    reached by chance one month and missed the next, and nobody can tell why.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 60, date: 2026-04-30}, target: 62, source: {manual: till}, actuals: {2025-09: 55, 2025-10: 66, 2025-11: 54, 2025-12: 65, 2026-01: 56, 2026-02: 66, 2026-03: 54, 2026-04: 60, 2026-05: 61}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2026-05-01, baseline: {value: 60, date: 2026-04-30}, target: 90, source: {manual: till}, actuals: {2025-09: 55, 2025-10: 66, 2025-11: 54, 2025-12: 65, 2026-01: 56, 2026-02: 66, 2026-03: 54, 2026-04: 60, 2026-05: 64}}

    Fix:
        Aim further, judge a mean over several periods (`aggregation: mean`, `window:`), or keep
        the value with a band: `{between: [low, high]}`.
    """  # noqa: E501 - one record a line reads best here
    way = _way(kpi)
    if way is None or kpi.aggregation != "last" or context.index.is_over(kpi):
        return
    figures = _figures(context, kpi)
    if len(figures) < ENOUGH_FOR_NOISE:
        yield Unknown("M216", kpi.id)
        return
    sigma = sum(abs(b - a) for a, b in pairwise(figures)) / (len(figures) - 1) / SIGMA
    if 0 < way < sigma:
        step = show_change(sigma, kpi.unit).removeprefix("+")
        yield Diagnostic(
            "M216",
            context.plan.place(kpi.id, "target"),
            f"from baseline to target '{kpi.id}' is to move by {show_quantity(way, kpi.unit)};"
            f" its figures move by about {_rounded(step, sigma, kpi)} anyway",
            kpi.id,
            "aim further, or judge the mean of several periods (`aggregation: mean`, `window: 3`)",
        )


def _rounded(text: str, sigma: float, kpi: Kpi) -> str:
    digits = 1 if sigma < 10 else 0
    return show_quantity(round(sigma, digits), kpi.unit) if sigma >= 0.1 else text


def _figures(context: Context, kpi: Kpi) -> list[float]:
    """The latest figures that had come by the day, 36 at most."""
    rows = context.plan.series[kpi.id] if kpi.formula is None else context.assessment.series[kpi.id]
    known = [
        float(value)
        for period, value in rows
        if isinstance(value, (int, float))
        and not isinstance(value, bool)
        and period.end <= context.as_of
    ]
    return known[-36:]


@check("M217", "binary-metric", Severity.WARNING)
def binary_metric(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """A measure is only ever 0 or 1: it is a milestone.

    A figure that waits at 0 and jumps to 1 on the last day warns nobody. Say it is a yes or no,
    or cut it into steps.

    Bad:
        kpis:
          opened: {name: New shop open, objective: loyal, owner: lan, unit: count, frequency: weekly, start: 2026-05-04, baseline: {value: 0, date: 2026-05-01}, target: 1, source: {manual: Minh}, actuals: {2026-W19: 0, 2026-W20: 0, 2026-W21: 1}}

    Good:
        kpis:
          opened: {name: New shop open, objective: loyal, owner: lan, target: {milestones: [{name: lease, due: 2026-07-31}, {name: doors open, due: 2026-12-01}]}, source: {manual: Minh}}

    Fix:
        Write `target: {done: true}`, or better `{milestones: […]}` with a date for each step.
    """  # noqa: E501 - one record a line reads best here
    number = kpi.target.number(None) if kpi.target else None
    if number != 1 or kpi.unit == PERCENT or context.index.is_over(kpi):
        return
    falls = kpi.direction == "decrease" or (
        kpi.target is not None and kpi.target.direction is False
    )
    if falls or kpi.aggregation not in ("last", "max"):
        return
    figures = _figures(context, kpi)
    if len(figures) < ENOUGH_FOR_BINARY:
        yield Unknown("M217", kpi.id)
    elif set(figures) <= {0.0, 1.0}:
        yield Diagnostic(
            "M217",
            context.plan.place(kpi.id, "target"),
            f"'{kpi.id}' is only ever 0 or 1: it is a milestone, and warns nobody on the way",
            kpi.id,
            "write `target: {milestones: [{name: …, due: …}]}`, or `{done: true}`",
        )


@check("M218", "cumulative-never-falls", Severity.WARNING)
def cumulative_never_falls(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """A running total is judged as if it could fall.

    "Customers to date" only ever goes up, so every month looks like progress. What comes in each
    month can fall, and tells.

    Bad:
        kpis:
          people: {name: Total customers to date, objective: loyal, owner: lan, unit: customers, frequency: weekly, baseline: {value: 10, date: 2026-05-01}, target: 60, source: {manual: till}, start: 2026-04-13, actuals: {2026-W16: 10, 2026-W17: 13, 2026-W18: 17, 2026-W19: 22, 2026-W20: 26, 2026-W21: 31}}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: "2026"}}

    Good:
        kpis:
          people: {name: New customers, objective: loyal, owner: lan, unit: customers, frequency: weekly, aggregation: sum, target: 60, source: {manual: till}, start: 2026-04-13, actuals: {2026-W16: 3, 2026-W17: 4, 2026-W18: 5, 2026-W19: 4, 2026-W20: 5, 2026-W21: 3}}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: "2026"}}

    Fix:
        Record what came in each period, and let `aggregation: sum` add it up.
    """  # noqa: E501 - one record a line reads best here
    if kpi.aggregation != "last" or kpi.direction == "decrease" or context.index.is_over(kpi):
        return
    told = " ".join(text for text in (kpi.name, kpi.definition) if text)
    if kpi.unit == PERCENT or not has_any(folded(told), TOTALS):
        return
    figures = _figures(context, kpi)
    if len(figures) < ENOUGH_FOR_TOTAL:
        yield Unknown("M218", kpi.id)
    elif _only_rises(figures):
        yield Diagnostic(
            "M218",
            context.plan.place(kpi.id),
            f"'{kpi.id}' is a running total: it never fell in {len(figures)} figures, so it cannot"
            " show a bad period",
            kpi.id,
            "record what came in each period and write `aggregation: sum`",
        )


def _only_rises(figures: Sequence[float]) -> bool:
    return figures[-1] > figures[0] and all(b >= a for a, b in pairwise(figures))
