"""The first steps of an explanation: which actuals, which baseline, which target."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.results import Observation
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative
from kpi_cli.kinds.zones import STRETCH_SCORES, Stretch, Zones
from kpi_cli.models.series import Rows
from kpi_cli.period import Period
from kpi_cli.quantity import PERCENT, show_number
from kpi_cli.views.facts import Work, datum_text, target_text
from kpi_cli.views.steps import Step, bracketed
from kpi_cli.views.words import day, listed, plural

SHOWN = 6
"""Figures of a sum that are written out; a longer one is only counted."""


def observation_step(work: Work) -> Step:
    """Which actuals went in, and what aggregation made of them."""
    result, observation = work.result, work.result.observation
    target = result.scheme.target
    if isinstance(target, Milestones):
        return Step("Observation", _milestones(work, target))
    if observation is None:
        return Step("Observation", f"No figure: {result.reason or 'no actual yet'}.")
    text = _aggregated(work, observation)
    if result.kpi.formula:
        text = f"Computed period by period. {_put_in(work, observation)} {text}"
    if observation.value is None:
        gone = f" Missing: {', '.join(observation.gaps)}." if observation.gaps else ""
        return Step("Observation", f"{text} No value: {observation.reason}.{gone}")
    gaps = f" Without a value: {', '.join(observation.gaps)}." if observation.gaps else ""
    return Step("Observation", f"{text} It is dated {day(observation.on)}.{gaps}")


def _put_in(work: Work, observation: Observation) -> str:
    """`For 2026-04: won / leads = 12 / 40.`"""
    kpi, formula = work.result.kpi, " ".join((work.result.kpi.formula or "").split())
    book = SeriesBook(work.assessment.plan, work.assessment.as_of)
    inputs = book.inputs_of(kpi, observation.period)
    figures = _ID.sub(lambda name: _input(inputs, name[0]), formula)
    return f"For {observation.period.name}: {formula} = {figures}."


_ID = re.compile(r"[a-z][a-z0-9._-]*")


def _input(inputs: Mapping[str, float | None], name: str) -> str:
    if name not in inputs:
        return name
    value = inputs[name]
    return "(blank)" if value is None else bracketed(value)


def _milestones(work: Work, target: Milestones) -> str:
    as_of = work.assessment.as_of
    done = [step for step in target.steps if step.is_done(as_of)]
    weights = show_number(sum(step.weight for step in done))
    whole = show_number(sum(step.weight for step in target.steps))
    counted = f"{len(done)} of {plural(len(target.steps), 'milestone')}"
    verb = "is" if len(done) == 1 else "are"
    return f"On {day(as_of)} {counted} {verb} done: weights {weights} of {whole}."


def _aggregated(work: Work, observation: Observation) -> str:
    kpi = work.result.kpi
    value = datum_text(observation.value, work.scale)
    if kpi.aggregation == "last" and kpi.window is None:
        figure = f"{_pair(work, observation)}{value} for {observation.period.name}"
        return f"The latest value counts: {figure}."
    over = _over(observation.used)
    if observation.value is None:
        return f"The {_WORD[kpi.aggregation]} of {over}."
    return f"The {_WORD[kpi.aggregation]} of {over}: {_arithmetic(work, observation)}{value}."


def _pair(work: Work, observation: Observation) -> str:
    """`210 / 640 × 100 = ` where the latest actual is a numerator and a denominator."""
    rows = work.assessment.series.get(work.result.kpi.id, Rows())
    found = [row for row in rows.pairs if rows.periods[row] == observation.period]
    if not found:
        return ""
    upper, lower = rows.pairs[found[-1]]
    times = " × 100" if work.result.kpi.unit == PERCENT else ""
    return f"{bracketed(upper)} / {bracketed(lower)}{times} = "


_WORD = {
    "last": "latest value",
    "sum": "sum",
    "mean": "mean",
    "min": "lowest",
    "max": "highest",
    "ratio": "ratio of sums",
}


def _over(used: tuple[Period, ...]) -> str:
    if not used:
        return "no values"
    if len(used) == 1:
        return f"1 value ({used[0].name})"
    return f"{len(used)} values ({used[0].name} to {used[-1].name})"


def _arithmetic(work: Work, observation: Observation) -> str:
    """The calculation written out, where it is short enough to follow."""
    kpi = work.result.kpi
    rows = work.assessment.series.get(kpi.id, Rows())
    chosen = [row for row, period in enumerate(rows.periods) if period in observation.used]
    if kpi.aggregation == "ratio":
        upper = sum(rows.pairs[row][0] for row in chosen if row in rows.pairs)
        lower = sum(rows.pairs[row][1] for row in chosen if row in rows.pairs)
        times = " × 100" if kpi.unit == PERCENT else ""
        return f"{bracketed(upper)} / {bracketed(lower)}{times} = "
    numbers = [v for row in chosen if isinstance(v := rows.values[row], int | float)]
    if kpi.aggregation not in ("sum", "mean") or not 1 < len(numbers) <= SHOWN:
        return ""
    added = " + ".join(bracketed(number) for number in numbers)
    return f"{added} = " if kpi.aggregation == "sum" else f"({added}) / {len(numbers)} = "


def baseline_step(work: Work) -> Step | None:
    """Where the way begins; None where the target needs no baseline and none is written."""
    result, used = work.result, work.result.baseline
    if result.kpi.is_total and result.scheme.target is not None:
        shown = f" (the baseline {work.scale.figure(used.value)} is only shown)" if used else ""
        resolves = isinstance(result.scheme.target, Relative)
        note = (
            f" (the baseline {work.scale.figure(used.value)} resolves the target)" if used else ""
        )
        return Step("Baseline", f"A total counts from 0{note if resolves else shown}.")
    if used is None:
        return None
    text = work.scale.figure(used.value) + (f" on {day(used.on)}" if used.on else "")
    if not used.inferred:
        return Step("Baseline", f"{text}, as written.")
    if used.after_start:
        return Step("Baseline", f"{text}: none is written, so the first actual after the start.")
    return Step("Baseline", f"{text}: none is written, so the last actual by the start.")


def target_step(work: Work) -> Step:
    """The target in force, resolved; and what it was before a change."""
    result, target = work.result, work.result.scheme.target
    if target is None:
        return Step("Target", "None yet: the KPI is being measured first.")
    due = f" by {day(result.scheme.due)}" if result.scheme.due else ""
    text = f"{_resolved(work)}{due}."
    changed = result.scheme.changed_on
    if changed is not None and result.kpi.target is not None:
        was = result.kpi.target.text(work.scale.unit)
        text += f" Changed for observations from {day(changed)} on; before, it was {was}."
    return Step("Target", text)


def _resolved(work: Work) -> str:
    result, target, scale = work.result, work.result.scheme.target, work.scale
    base = result.baseline.value if result.baseline else None
    if isinstance(target, Relative) and base is not None:
        number = scale.figure(target.number(base) or 0.0)
        if target.points:
            return f"{bracketed(base)} + {bracketed(target.amount)} points = {number}"
        sign = "+" if target.amount >= 0 else "−"
        share = f"{show_number(abs(target.amount))} %"
        size = f"|{show_number(base)}|" if base < 0 else show_number(base)
        return f"{bracketed(base)} {sign} {share} of {size} = {number}"
    if isinstance(target, Stretch) and base is not None:
        zones = target.thresholds(base)
        named = (f"{name} {scale.figure(zones[name])}" for name in STRETCH_SCORES if name != "fail")
        return f"{listed(named)}; to reach: {target.reach}"
    if isinstance(target, Zones):
        return f"{target.text(None)}, scores {_scores(target)}"
    if isinstance(target, Threshold) and target.tolerance:
        slack = scale.distance(target.tolerance)
        return f"{target_text(result, scale)}, at risk up to {slack} outside"
    return target_text(result, scale) or ""


def _scores(target: Zones) -> str:
    return ", ".join(f"{name} {show_number(score)}" for name, score in target.ordered)
