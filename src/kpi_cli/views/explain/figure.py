"""The first steps: which actuals count, and what aggregation makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.results import Assessment, KpiResult, Observation
from kpi_cli.kinds.base import Datum
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.models.series import Rows
from kpi_cli.quantity import PERCENT
from kpi_cli.views.explain.step import Step, added, datum, figure, plain, shortened, signed, step
from kpi_cli.views.facts import datum_text, scale_of
from kpi_cli.views.words import cadence, day, listed, plural


def figure_steps(assessment: Assessment, result: KpiResult) -> Iterator[Step]:
    """Which actual is the observation, and its value."""
    if isinstance(result.scheme.target, Milestones):
        return
    observation = result.observation
    if observation is None:
        yield step("Actual", _none(assessment, result))
        return
    yield step("Actual", _which(assessment, result, observation))
    yield step("Value", *_value(assessment, result, observation))


def _none(assessment: Assessment, result: KpiResult) -> str:
    text = f"none that counts by {day(assessment.as_of)}"
    return f"{text}: {result.reason}" if result.reason else text


def _which(assessment: Assessment, result: KpiResult, observation: Observation) -> str:
    start, due = result.scheme.start, result.scheme.due
    between = f" between {day(start)} and {day(due)}" if start and due else ""
    rows = assessment.series.get(result.kpi.id, Rows())
    note = _note(rows, observation)
    cut = "" if observation.on == observation.period.end else ", counted on the due date"
    return (
        f"measured {cadence(result.kpi.frequency)}; the latest period{between} that has ended by"
        f" {day(assessment.as_of)} and has a value is {observation.period.name}"
        f" (to {day(observation.period.end)}{cut}){note}"
    )


def _note(rows: Rows, observation: Observation) -> str:
    found = [rows.notes.get(row) for row, p in enumerate(rows.periods) if p == observation.period]
    return f"; noted beside it: {plain(found[0])}" if found and found[0] else ""


def _value(assessment: Assessment, result: KpiResult, observation: Observation) -> Iterator[str]:
    kpi = result.kpi
    scale = scale_of(result, assessment.plan.config)
    shown = datum_text(observation.value, scale)
    if kpi.formula is not None:
        yield from _formula(assessment, result, observation)
    if observation.value is None:
        yield f"none: {observation.reason or 'nothing to aggregate'}"
        if observation.gaps:
            yield f"missing: {listed(shortened(observation.gaps))}"
        return
    how = _how(assessment, result, observation)
    yield f"{how} = {shown}" if how else shown
    if observation.gaps:
        yield f"nothing was recorded for {listed(shortened(observation.gaps))}; that adds nothing"


def _how(assessment: Assessment, result: KpiResult, observation: Observation) -> str:
    kpi = result.kpi
    rows = assessment.series.get(kpi.id, Rows())
    used = [row for row, period in enumerate(rows.periods) if period in set(observation.used)]
    if kpi.aggregation == "ratio":
        return f"{_span(result, observation)}: {_ratio(rows, used, kpi.unit)}"
    numbers = [n for row in used if (n := _number(rows.values[row])) is not None]
    if kpi.aggregation == "last":
        return _pair(rows, used[-1:], kpi.unit)
    if kpi.aggregation == "sum":
        what = added(numbers)
    elif kpi.aggregation == "mean":
        what = f"({added(numbers)}) / {len(numbers)}"
    else:
        what = f"{kpi.aggregation} of {', '.join(shortened([figure(n) for n in numbers]))}"
    return f"{_span(result, observation)}: {what}"


def _span(result: KpiResult, observation: Observation) -> str:
    kpi = result.kpi
    if kpi.window is not None:
        first, last = observation.used[0], observation.used[-1]
        return f"the last {plural(kpi.window, 'period')}, {first.name} to {last.name}"
    since = f"since {day(observation.since)}" if observation.since else "since the first actual"
    return f"{since} (a new {kpi.reset} starts again)" if kpi.reset else since


def _number(value: Datum | None) -> float | None:
    return None if value is None or isinstance(value, str | bool) else value


def _ratio(rows: Rows, used: list[int], unit: str | None) -> str:
    pairs = [rows.pairs[row] for row in used if row in rows.pairs]
    upper, lower = [p[0] for p in pairs], [p[1] for p in pairs]
    times = " × 100" if unit == PERCENT else ""
    if len(pairs) == 1:
        return f"{figure(upper[0])} / {signed(lower[0])}{times}"
    return f"({added(upper)}) / ({added(lower)}){times}"


def _pair(rows: Rows, used: list[int], unit: str | None) -> str:
    return _ratio(rows, used, unit) if used and used[0] in rows.pairs else ""


def _formula(
    assessment: Assessment, result: KpiResult, observation: Observation
) -> Iterator[str]:
    kpi = result.kpi
    book = SeriesBook(assessment.plan, assessment.as_of)
    inputs = book.inputs_of(kpi, observation.period)
    put_in = ", ".join(f"{name} = {datum(value)}" for name, value in inputs.items())
    yield f"{plain(kpi.formula or '')}, where for {observation.period.name} {put_in}"
