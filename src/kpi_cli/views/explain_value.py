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
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models.series import Rows
from kpi_cli.period import Period
from kpi_cli.quantity import PERCENT
from kpi_cli.views.facts import Work, datum_text, target_text
from kpi_cli.views.goals import target_words, zone_word
from kpi_cli.views.steps import Step, bracketed
from kpi_cli.views.words import day, listed, plain

SHOWN = 6
"""Figures of a sum that are written out; a longer one is only counted."""


def observation_step(work: Work) -> Step:
    """Which actuals went in, and what aggregation made of them."""
    result, observation = work.result, work.result.observation
    target = result.scheme.target
    if isinstance(target, Milestones):
        return Step(_("Observation"), _milestones(work, target))
    if observation is None:
        reason = _(result.reason or N_("no actual yet"))
        return Step(_("Observation"), _("No figure: {reason}.", reason=reason))
    told = [_aggregated(work, observation)]
    if result.kpi.formula:
        told = [_("Computed period by period."), _put_in(work, observation), *told]
    gaps = ", ".join(observation.gaps)
    if observation.value is None:
        told.append(
            _("No value: {reason}.", reason=_(observation.reason or N_("no value to aggregate")))
        )
        told += [_("Missing: {periods}.", periods=gaps)] if gaps else []
    else:
        told.append(_("It is dated {day}.", day=day(observation.on)))
        told += [_("Without a value: {periods}.", periods=gaps)] if gaps else []
    return Step(_("Observation"), " ".join(told))


def _put_in(work: Work, observation: Observation) -> str:
    """`For 2026-04: won / leads = 12 / 40.`"""
    kpi, formula = work.result.kpi, " ".join((work.result.kpi.formula or "").split())
    book = SeriesBook(work.assessment.plan, work.assessment.as_of)
    inputs = book.inputs_of(kpi, observation.period)
    figures = _ID.sub(lambda name: _input(inputs, name[0]), formula)
    return _(
        "For {period}: {formula} = {figures}.",
        period=observation.period.name,
        formula=formula,
        figures=figures,
    )


_ID = re.compile(r"[a-z][a-z0-9._-]*")


def _input(inputs: Mapping[str, float | None], name: str) -> str:
    if name not in inputs:
        return name
    value = inputs[name]
    return _("(blank)") if value is None else bracketed(value)


def _milestones(work: Work, target: Milestones) -> str:
    as_of = work.assessment.as_of
    done = [step for step in target.steps if step.is_done(as_of)]
    count = len(target.steps)
    said = {
        "day": day(as_of),
        "some": len(done),
        "weights": plain(sum(step.weight for step in done)),
        "whole": plain(sum(step.weight for step in target.steps)),
    }
    if len(done) == 1:
        return ngettext(
            "On {day} {some} of {n} milestone is done: weights {weights} of {whole}.",
            "On {day} {some} of {n} milestones is done: weights {weights} of {whole}.",
            count,
            **said,
        )
    return ngettext(
        "On {day} {some} of {n} milestone are done: weights {weights} of {whole}.",
        "On {day} {some} of {n} milestones are done: weights {weights} of {whole}.",
        count,
        **said,
    )


def _aggregated(work: Work, observation: Observation) -> str:
    kpi = work.result.kpi
    value = datum_text(observation.value, work.scale)
    if kpi.aggregation == "last" and kpi.window is None:
        return _(
            "The latest value counts: {figure} for {period}.",
            figure=f"{_pair(work, observation)}{value}",
            period=observation.period.name,
        )
    text = _(_WORDS[kpi.aggregation], values=_over(observation.used))
    return (
        f"{text}."
        if observation.value is None
        else f"{text}: {_arithmetic(work, observation)}{value}."
    )


def _pair(work: Work, observation: Observation) -> str:
    """`210 / 640 × 100 = ` where the latest actual is a numerator and a denominator."""
    rows = work.assessment.series.get(work.result.kpi.id, Rows())
    same = (row for row in reversed(rows.pairs) if rows.periods[row] == observation.period)
    row = next(same, None)
    if row is None:
        return ""
    upper, lower = rows.pairs[row]
    times = " × 100" if work.result.kpi.unit == PERCENT else ""
    return f"{bracketed(upper)} / {bracketed(lower)}{times} = "


_WORDS = {
    "last": N_("The latest value of {values}"),
    "sum": N_("The sum of {values}"),
    "mean": N_("The mean of {values}"),
    "min": N_("The lowest of {values}"),
    "max": N_("The highest of {values}"),
    "ratio": N_("The ratio of sums of {values}"),
}


def _over(used: tuple[Period, ...]) -> str:
    if not used:
        return _("no values")
    if len(used) == 1:
        return _("1 value ({period})", period=used[0].name)
    first, last = used[0].name, used[-1].name
    return _("{n} values ({first} to {last})", n=len(used), first=first, last=last)


def _arithmetic(work: Work, observation: Observation) -> str:
    """The calculation written out, where it is short enough to follow."""
    kpi = work.result.kpi
    if kpi.aggregation not in ("sum", "mean", "ratio"):
        return ""
    rows, used = work.assessment.series.get(kpi.id, Rows()), frozenset(observation.used)
    chosen = [row for row, period in enumerate(rows.periods) if period in used]
    if kpi.aggregation == "ratio":
        upper = sum(rows.pairs[row][0] for row in chosen if row in rows.pairs)
        lower = sum(rows.pairs[row][1] for row in chosen if row in rows.pairs)
        times = " × 100" if kpi.unit == PERCENT else ""
        return f"{bracketed(upper)} / {bracketed(lower)}{times} = "
    numbers = [v for row in chosen if isinstance(v := rows.values[row], int | float)]
    if not 1 < len(numbers) <= SHOWN:
        return ""
    added = " + ".join(bracketed(number) for number in numbers)
    return f"{added} = " if kpi.aggregation == "sum" else f"({added}) / {len(numbers)} = "


def baseline_step(work: Work) -> Step | None:
    """Where the way begins; None where the target needs no baseline and none is written."""
    result, used = work.result, work.result.baseline
    if result.kpi.is_total and result.scheme.target is not None:
        told = _("A total counts from 0.")
        if used:
            text = N_("A total counts from 0 (the baseline {figure} is only shown).")
            if isinstance(result.scheme.target, Relative):
                text = N_("A total counts from 0 (the baseline {figure} resolves the target).")
            told = _(text, figure=work.scale.figure(used.value))
        return Step(_("Baseline"), told)
    if used is None:
        return None
    figure = work.scale.figure(used.value)
    if used.on:
        figure = _("{figure} on {day}", figure=figure, day=day(used.on))
    if not used.inferred:
        told = _("{baseline}, as written.", baseline=figure)
    elif used.after_start:
        told = _(
            "{baseline}: none is written, so the first actual after the start.", baseline=figure
        )
    else:
        told = _("{baseline}: none is written, so the last actual by the start.", baseline=figure)
    return Step(_("Baseline"), told)


def target_step(work: Work) -> Step:
    """The target in force, resolved; and what it was before a change."""
    result, target = work.result, work.result.scheme.target
    if target is None:
        return Step(_("Target"), _("None yet: the KPI is being measured first."))
    text, due = _resolved(work), result.scheme.due
    text = _("{target} by {day}.", target=text, day=day(due)) if due else f"{text}."
    changed = result.scheme.changed_on
    if changed is not None and result.kpi.target is not None:
        text += " " + _(
            "Changed for observations from {day} on; before, it was {target}.",
            day=day(changed),
            target=target_words(result.kpi.target, work.scale.unit),
        )
    return Step(_("Target"), text)


def _resolved(work: Work) -> str:
    result, target, scale = work.result, work.result.scheme.target, work.scale
    base = result.baseline.value if result.baseline else None
    if isinstance(target, Relative) and base is not None:
        number = scale.figure(target.number(base) or 0.0)
        if target.points:
            return _(
                "{base} + {change} points = {target}",
                base=bracketed(base),
                change=bracketed(target.amount),
                target=number,
            )
        sign = "+" if target.amount >= 0 else "−"
        size = f"|{plain(base)}|" if base < 0 else plain(base)
        return _(
            "{base} {sign} {share} of {size} = {target}",
            base=bracketed(base),
            sign=sign,
            share=f"{plain(abs(target.amount))} %",
            size=size,
            target=number,
        )
    if isinstance(target, Stretch) and base is not None:
        zones = target.thresholds(base)
        named = (
            f"{zone_word(name, target)} {scale.figure(zones[name])}"
            for name in STRETCH_SCORES
            if name != "fail"
        )
        return _(
            "{zones}; to reach: {zone}", zones=listed(named), zone=zone_word(target.reach, target)
        )
    if isinstance(target, Zones):
        words = target_words(target, None)
        return _("{target}, scores {scores}", target=words, scores=_scores(target))
    if isinstance(target, Threshold) and target.tolerance:
        slack = scale.distance(target.tolerance)
        told = target_text(result, scale)
        return _("{target}, at risk up to {slack} outside", target=told, slack=slack)
    return target_text(result, scale) or ""


def _scores(target: Zones) -> str:
    return ", ".join(f"{name} {plain(score)}" for name, score in target.ordered)
