"""Why a KPI moved: its segments or the inputs of its formula, before the signal and since.

Only a signal is explained. Without one the move is routine variation, and whatever its parts did
explains nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Literal

from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.decompose import Effect, by_size, of_product, of_ratio, of_sum, shapley
from kpi_cli.analysis.formula import Blank, FormulaError, Node, evaluate, parse_formula
from kpi_cli.analysis.results import Assessment
from kpi_cli.analysis.spans import Spans, spans_of
from kpi_cli.analysis.terms import coefficients, powers
from kpi_cli.frozen import dataclass
from kpi_cli.models import Kpi
from kpi_cli.models.series import Pair, Rows
from kpi_cli.period import Period
from kpi_cli.quantity import PERCENT

Kind = Literal["sum", "ratio", "formula"]
State = Literal["explained", "routine", "too few", "no parts"]
REST = ""
"""The name of what no segment holds."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment or an input: its own figure in both spans and what it did to the whole.

    `amount` is in the unit of the whole; for ratios it is `rate` (its own rate) and `mix` (its
    weight in the whole) together. `share` is of the whole change, where all parts moved one way.
    """

    name: str
    is_kpi: bool
    before: float | None
    after: float | None
    amount: float
    share: float | None = None
    rate: float | None = None
    mix: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A change taken apart without a rest: the amounts add up to after - before.

    The figures are means of the periods of `spans`, ratios those of their sums.
    """

    kind: Kind
    spans: Spans
    before: float
    after: float
    parts: tuple[Part, ...]
    is_simpson: bool = False

    @property
    def change(self) -> float:
        """What is explained."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Why:
    """Whether there is something to explain, and the explanation where the parts are known."""

    state: State
    move: Move | None = None


def why_of(assessment: Assessment, identifier: str) -> Why | None:
    """The explanation of a KPI's signal; None where the KPI has no figures to chart."""
    outlook = assessment.outlooks[identifier]
    if outlook.chart is None:
        return None
    if outlook.limits is None:
        return Why("too few")
    if outlook.signal is None:
        return Why("routine")
    kpi = assessment.plan.kpis[identifier]
    rows = assessment.series[identifier]
    spans = spans_of(kpi, rows, outlook.chart, assessment.plan.calendar)
    move = None if spans is None else _move(assessment, kpi, rows, spans)
    return Why("no parts") if move is None else Why("explained", move)


def _move(assessment: Assessment, kpi: Kpi, rows: Rows, spans: Spans) -> Move | None:
    if kpi.formula is not None:
        return _by_formula(assessment, kpi, spans)
    segments = assessment.plan.segments.get(kpi.id)
    if not segments:
        return None
    if all(row in one.pairs for one in segments.values() for row in range(len(one))):
        return _by_ratio(kpi, rows, segments, spans)
    adds_up = kpi.aggregation in ("sum", "last") and kpi.unit != PERCENT
    return _by_sum(rows, segments, spans) if adds_up else None


def _inside(rows: Rows, span: Sequence[Period]) -> list[int]:
    wanted = frozenset(span)
    return [row for row, period in enumerate(rows.periods) if period in wanted]


def _by_sum(rows: Rows, segments: Mapping[str, Rows], spans: Spans) -> Move:
    """Amounts: the mean of a period, by segment; what a stated total has beside them is a rest."""
    both = []
    for span in (spans.before, spans.since):
        found = {name: _mean(one, span) for name, one in segments.items()}
        rest = _mean(rows, span) - fsum(found.values())
        both.append(found | {REST: rest})
    if all(abs(one[REST]) <= 1e-9 * max(map(abs, one.values())) for one in both):
        both = [{name: v for name, v in one.items() if name != REST} for one in both]
    before, after = both
    parts = tuple(
        Part(e.name, False, before[e.name], after[e.name], e.amount, e.share)
        for e in of_sum(before, after)
    )
    return Move("sum", spans, fsum(before.values()), fsum(after.values()), parts)


def _mean(rows: Rows, span: Sequence[Period]) -> float:
    values = [rows.values[row] for row in _inside(rows, span)]
    return fsum(v for v in values if isinstance(v, int | float)) / len(span)


def _by_ratio(kpi: Kpi, rows: Rows, segments: Mapping[str, Rows], spans: Spans) -> Move | None:
    """Numerators over denominators: each segment's own rate, and its weight in the whole."""
    unit = 100.0 if kpi.unit == PERCENT else 1.0
    before, after = ({n: _pair(one, span, unit) for n, one in segments.items()}
                     for span in (spans.before, spans.since))  # fmt: skip
    found = of_ratio(before, after)
    if found is None:
        return None
    parts = [
        Part(e.name, False, _rate(before[e.name]), _rate(after[e.name]), e.amount, None,
             e.rate, e.mix)
        for e in found.effects
    ]  # fmt: skip
    parts.sort(key=lambda part: (-abs(part.amount), part.name))
    return Move("ratio", spans, found.before, found.after, tuple(parts), found.is_simpson)


def _pair(rows: Rows, span: Sequence[Period], unit: float) -> Pair:
    pairs = [rows.pairs[row] for row in _inside(rows, span)]
    return fsum(upper for upper, _ in pairs) * unit, fsum(lower for _, lower in pairs)


def _rate(pair: Pair) -> float | None:
    return pair[0] / pair[1] if pair[1] else None


def _by_formula(assessment: Assessment, kpi: Kpi, spans: Spans) -> Move | None:
    """The formula at the means of its inputs in both spans."""
    try:
        node = parse_formula(kpi.formula or "")
    except FormulaError:
        return None
    book = SeriesBook(assessment.plan, assessment.as_of)
    means = [_inputs(book, kpi, node, span) for span in (spans.before, spans.since)]
    if not all(means):
        return None
    before, after = means
    try:
        first, last = (evaluate(node, one.__getitem__) for one in means)
        effects = effects_of(node, before, after)
    except (Blank, ValueError):
        return None
    parts = tuple(
        Part(e.name, True, before[e.name], after[e.name], e.amount, e.share) for e in effects
    )
    return Move("formula", spans, first, last, parts)


def _inputs(book: SeriesBook, kpi: Kpi, node: Node, span: Sequence[Period]) -> dict[str, float]:
    """The mean of each input over the periods in which all are known; empty where there is none."""
    each = [book.inputs_of(kpi, period) for period in span]
    known = [one for one in each if all(one.get(name) is not None for name in node.names())]
    if not known:
        return {}
    return {name: fsum(one[name] or 0.0 for one in known) / len(known) for name in node.names()}


def effects_of(
    node: Node, before: Mapping[str, float], after: Mapping[str, float]
) -> tuple[Effect, ...]:
    """What each input did to the formula's value; they add up to its change. Largest first.

    A sum by its terms, a product of powers by logarithmic means, anything else by Shapley values.
    Raises ValueError for more than 8 inputs where those are needed, Blank where a mixture of the
    inputs before and after has no value.
    """
    names = node.names()
    weights = coefficients(node)
    if weights is not None:
        of = [{name: weights[name] * one[name] for name in names} for one in (before, after)]
        return of_sum(*of)
    exponents = powers(node)
    if exponents is not None and min(*before.values(), *after.values()) > 0:
        constant = evaluate(node, lambda _name: 1.0)
        of = [{name: one[name] ** exponents[name] for name in names} for one in (before, after)]
        return by_size([Effect(e.name, e.amount * constant) for e in of_product(*of)])
    amounts = shapley(
        [before[name] for name in names], [after[name] for name in names],
        lambda values: evaluate(node, dict(zip(names, values, strict=True)).__getitem__),
    )  # fmt: skip
    return by_size([Effect(*pair) for pair in zip(names, amounts, strict=True)])
