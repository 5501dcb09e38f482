"""The text of one KPI, as a person would have typed it: order of keys, comments, flow maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from bench import words
from bench.words import Measure

FIRST_MONTH = (2023, 6)
MONTHS = 36
START, DUE = "2026-01-01", "2026-12-31"
# Months of the history that lie in the plan's period, at the end of it: January to May 2026.
IN_PLAN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One actual as text: a period and its columns (value, or numerator and denominator)."""

    period: str
    cells: Mapping[str, str]

    @property
    def inline(self) -> str:
        """What stands after the period in a plan file."""
        if set(self.cells) == {"value"}:
            return self.cells["value"]
        return "{" + ", ".join(f"{key}: {cell}" for key, cell in self.cells.items()) + "}"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a KPI stands: four ids, and the name of its team."""

    kpi: str
    objective: str
    owner: str
    colleague: str
    team: str


def periods() -> list[str]:
    """The 36 months of every history, oldest first: 2023-06 … 2026-05."""
    year, month = FIRST_MONTH
    steps = range(month - 1, month - 1 + MONTHS)
    return [f"{year + step // 12}-{step % 12 + 1:02d}" for step in steps]


def history(measure: Measure, baseline: float, rng: Random) -> list[Row]:
    """36 actuals: about the baseline before the plan, then on the way to the target or ahead."""
    rows = []
    for index, period in enumerate(periods()):
        step = max(0, index - (MONTHS - IN_PLAN) + 1)
        cells = _cells(measure, baseline, step, rng)
        if "value" in cells and rng.random() < 1 / 12:
            cells["note"] = rng.choice(words.NOTES)
        rows.append(Row(period, cells))
    return rows


def _cells(measure: Measure, baseline: float, step: int, rng: Random) -> dict[str, str]:
    noise = rng.uniform(-0.06, 0.06) * measure.change
    if measure.form == "total":
        monthly = (baseline + (measure.change * 1.2 if step else 0)) / 12
        return {"value": _number(monthly + noise / 12, measure.digits)}
    if measure.form == "ratio":
        started = rng.randint(400, 700)
        share = (baseline + measure.change + 1 + noise) / 100
        return {"numerator": str(round(started * share)), "denominator": str(started)}
    if measure.form in ("at_least", "at_most", "between"):
        # Half a change inside the edges: a threshold is met every month.
        return {"value": _number(baseline + 0.75 * measure.change + noise, measure.digits)}
    ahead = 0.06 * measure.change if step else 0.0
    return {"value": _number(baseline + measure.change * step / 12 + ahead + noise, measure.digits)}


def target(measure: Measure, baseline: float) -> str:
    """The target as written: a value, or a mapping with the edges a threshold has."""

    def at(share: float) -> str:
        return _number(baseline + share * measure.change, measure.digits)

    if measure.form in ("at_least", "at_most"):
        return f"{{{measure.form}: {at(0.25)}, tolerance: {_number(abs(measure.change) / 4, 2)}}}"
    if measure.form == "between":
        return f"{{between: [{at(0.25)}, {at(1.25)}]}}"
    return f"{{at_least: {at(1)}}}" if measure.form == "ratio" else at(1)


def kpi(seat: Seat, measure: Measure, baseline: float, rng: Random) -> Iterator[str]:
    """The lines of a KPI without its actuals, about 1.9 KB, two spaces deep."""
    yield f"  {seat.kpi}:"
    yield f"    # {rng.choice(words.COMMENTS)}"
    yield f"    name: {measure.name}, {seat.team}"
    yield f"    objective: {seat.objective}"
    yield f"    owner: {seat.owner}"
    yield f"    contributors: [{seat.colleague}]"
    yield from _meaning(seat, measure)
    yield (
        f"    direction: {measure.direction}"
        if measure.form != "between"
        else "    # kept in a band"
    )
    yield f"    indicator: {'leading' if rng.random() < 0.4 else 'lagging'}"
    yield f"    perspective: {measure.perspective}"
    yield "    frequency: monthly"
    yield f"    aggregation: {_aggregation(measure)}"
    yield f"    weight: {rng.choice((1, 1, 2))}"
    yield "    # The plan of this year; last year's stays in the history of this file."
    yield f"    start: {START}"
    yield f"    due: {DUE}"
    shown = _number(baseline, measure.digits)
    yield f"    baseline: {{value: {shown}, date: 2025-12-31, note: mean of the last quarter}}"
    yield f"    target: {target(measure, baseline)}"
    yield from _governance(seat, measure, rng)
    yield f"    # {rng.choice(words.COMMENTS)}"


def _meaning(seat: Seat, measure: Measure) -> Iterator[str]:
    yield f"    definition: {measure.definition}"
    yield f"    population: all that {seat.team} is responsible for, at every site, day and night"
    if measure.numerator:
        yield f"    numerator: {measure.numerator}"
        yield f"    denominator: {measure.denominator}"
    yield f'    unit: "{measure.unit}"'
    if measure.bounds:
        yield f"    bounds: [{measure.bounds[0]:g}, {measure.bounds[1]:g}]"


def _governance(seat: Seat, measure: Measure, rng: Random) -> Iterator[str]:
    yield f"    rationale: {rng.choice(words.RATIONALES)}"
    yield f"    when_red: {rng.choice(words.WHEN_RED)}"
    dashboard = f"dashboard of {seat.team}, page {measure.slug}"
    yield f"    source: {{manual: '{dashboard}', refresh: monthly}}"
    yield f"    collection: {{days_per_year: {rng.randint(1, 6)}}}"
    yield f"    tags: [{rng.choice(('board', 'monthly'))}, {measure.perspective}]"
    yield "    check_ins:"
    yield f"      # {rng.choice(words.COMMENTS)}"
    for month, note in (
        ("04", "Within reach; nothing to decide"),
        ("05", "As expected and no new risk seen"),
    ):
        confidence = rng.choice(("0.6", "0.7", "0.8"))
        yield (
            f"      - {{on: 2026-{month}-10, by: {seat.owner}, status: on_track, "
            f"confidence: {confidence}, note: {note}}}"
        )


def _aggregation(measure: Measure) -> str:
    return {"total": "sum", "ratio": "ratio"}.get(measure.form, "last")


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}"
