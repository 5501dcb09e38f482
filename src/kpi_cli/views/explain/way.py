"""The steps between the value and the share of the way: baseline, target, progress."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.results import Assessment, KpiResult
from kpi_cli.analysis.scheme import original_due
from kpi_cli.kinds.base import Score, Verdict, clamp
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Relative
from kpi_cli.kinds.zones import STRETCH_SCORES, Stretch, Zones
from kpi_cli.quantity import close
from kpi_cli.views.explain.step import Step, datum, figure, plain, share, signed, step
from kpi_cli.views.facts import limits_of, scale_of, target_text
from kpi_cli.views.words import day, listed, plural


def baseline_step(assessment: Assessment, result: KpiResult) -> Step | None:
    """Where the way begins, for targets that are a way."""
    target, baseline = result.scheme.target, result.baseline
    if result.kpi.is_total and target is not None:
        return step("Baseline", "a total counts from 0", _written_baseline(assessment, result))
    if target is None or not target.needs_baseline or result.observation is None:
        return None
    if baseline is None:
        return step("Baseline", "none is written and no actual can stand for it")
    shown = scale_of(result, assessment.plan.config).figure(baseline.value)
    on = f" ({day(baseline.on)})" if baseline.on else ""
    if not baseline.inferred:
        return step("Baseline", f"{shown}{on}, as written")
    which = "the first actual after the start" if baseline.after_start else "the last actual by the start"
    return step("Baseline", f"{shown}{on}: none is written, so {which} stands for it")


def _written_baseline(assessment: Assessment, result: KpiResult) -> str | None:
    if result.baseline is None:
        return None
    shown = scale_of(result, assessment.plan.config).figure(result.baseline.value)
    return f"the written {shown} only serves a relative target"


def target_step(assessment: Assessment, result: KpiResult) -> Step:
    """The target in force and what it comes to."""
    target = result.scheme.target
    if target is None:
        return step("Target", "none yet: it is being measured first and not judged")
    scale = scale_of(result, assessment.plan.config)
    due = f", due {day(result.scheme.due)}" if result.scheme.due else ""
    text = target_text(result, scale) or ""
    if isinstance(target, Milestones):
        text = plural(len(target.steps), "milestone")
    return step("Target", f"{text}{due}", _resolved(result), *_changed(assessment, result))


def _resolved(result: KpiResult) -> str | None:
    target, baseline = result.scheme.target, result.baseline
    if isinstance(target, Relative) and baseline is not None:
        number = target.number(baseline.value)
        amount = signed(target.amount)
        if target.points:
            return f"{figure(baseline.value)} + {amount} points = {figure(number or 0.0)}"
        base = figure(baseline.value)
        return f"{base} + {base} × {amount} / 100 = {figure(number or 0.0)}"
    if isinstance(target, Stretch):
        base = 0.0 if result.kpi.is_total else baseline.value if baseline else None
        if base is None:
            return None
        zones = target.thresholds(base).items()
        named = (f"{name} from {figure(value)}" for name, value in zones if name != "fail")
        return f"{', '.join(named)}: 0.3, 0.7 and all of the way from {figure(base)}"
    if isinstance(target, Threshold) and target.tolerance:
        return f"up to {figure(target.tolerance)} outside is at risk, beyond that off track"
    return None


def _changed(assessment: Assessment, result: KpiResult) -> Iterator[str]:
    if result.scheme.changed_on is None:
        return
    kpi, plan = result.kpi, assessment.plan
    scale = scale_of(result, plan.config)
    change = next(c for c in kpi.target_changes if c.from_ == result.scheme.changed_on)
    first = kpi.target.text(scale.unit) if kpi.target else "none"
    due = original_due(plan, kpi)
    was = f"{first}, due {day(due)}" if due else first
    by = plan.people.get(change.approved_by or "")
    why = [plain(change.reason) if change.reason else "", f"approved by {by.name}" if by else ""]
    said = f" ({'; '.join(w for w in why if w)})" if any(why) else ""
    yield f"in force for figures from {day(change.from_)} on{said}; before that {was}"


def progress_step(result: KpiResult) -> Step | None:
    """How far, by the formula of the target's form."""
    target, score = result.scheme.target, result.score
    if target is None or score is None:
        return None
    if isinstance(target, Milestones):
        return step("Progress", *_milestones(result, target))
    if result.observation is None:
        return None
    if result.kpi.is_total:
        return step("Progress", *_total(result, score))
    if isinstance(target, Threshold):
        return step("Progress", *_threshold(result, target, score))
    if isinstance(target, Done):
        return step("Progress", "1, it is done" if score.raw else "0, it is not done yet")
    if isinstance(target, Zones):
        scored = ", ".join(f"{name} {share(value)}" for name, value in target.ordered)
        return step("Progress", f"the score of “{datum(result.value)}” ({scored}) = {share(score.raw or 0.0)}")
    return step("Progress", *_move(result, score))


def _move(result: KpiResult, score: Score) -> Iterator[str]:
    baseline, value = result.baseline, result.value
    if score.raw is None or baseline is None or isinstance(value, str | bool) or value is None:
        yield f"none: {score.reason or result.reason or 'it cannot be told'}"
        return
    base = baseline.value
    goal = score.number if score.number is not None else base
    if isinstance(result.scheme.target, Stretch):
        goal = result.scheme.target.value
        way = (value - base) / (goal - base) if goal != base else 0.0
        yield f"{_way(value, base, goal)} = {share(way)} of the way to stretch"
        marks = ", ".join(f"{n} {share(s)}" for n, s in STRETCH_SCORES.items())
        yield f"the highest zone reached is {score.zone} ({marks}), so progress is {share(score.raw)}"
        return
    if close(base, goal):
        yield f"the target equals the baseline, so it is kept or not: {share(score.raw)}"
        return
    yield f"{_way(value, base, goal)} = {share(score.raw)}"
    yield _clamped(score)


def _way(value: float, base: float, goal: float) -> str:
    return (
        "(value − baseline) / (target − baseline) ="
        f" ({figure(value)} − {signed(base)}) / ({figure(goal)} − {signed(base)})"
    )


def _clamped(score: Score) -> str:
    raw = score.raw or 0.0
    if raw < 0:
        return "worse than where it began, so progress is 0; the status still goes by the figure itself"
    return "more than the target, so progress is 1" if raw > 1 and not close(raw, 1.0) else ""


def _total(result: KpiResult, score: Score) -> Iterator[str]:
    value, goal = result.value, result.target_number
    if score.raw is None or isinstance(value, str | bool) or value is None:
        yield f"none: {score.reason or result.reason or 'it cannot be told'}"
        return
    if score.rolled_expected is not None:
        kept = "within the cap, so progress is 1" if score.met else "over the cap, so progress is 0"
        yield f"total / cap = {figure(value)} / {figure(goal or 0.0)} = {share(score.raw)}: {kept}"
        return
    if goal is None:
        yield f"total {figure(value)} against the band: {share(clamp(score.progress or 0.0))}"
        return
    yield f"total / target = {figure(value)} / {figure(goal)} = {share(score.raw)}"
    yield _clamped(score)


def _threshold(result: KpiResult, target: Threshold, score: Score) -> Iterator[str]:
    limits, value = limits_of(result), result.value
    if limits is None:
        yield f"{score.reason or 'no target for this period'}, so this figure is not judged"
    elif isinstance(value, str | bool) or value is None:
        yield f"no value to hold against the target: {result.reason or 'none'}"
    else:
        kept = "yes" if score.met else "no"
        near = ", but within the tolerance" if score.verdict is Verdict.AT_RISK else ""
        yield f"is {figure(value)} {_words(limits.text(None))}? {kept}{near}"
    if score.counted:
        yield (
            f"kept in {score.hits} of the {plural(score.counted, 'period')} that count"
            f" = {share(score.progress or 0.0)}"
        )
    else:
        yield "no whole period counts yet, so there is no progress"


def _words(limits: str) -> str:
    return limits if limits.startswith("at ") else f"within {limits}"


def _milestones(result: KpiResult, target: Milestones) -> Iterator[str]:
    as_of = result.observation.on if result.observation else None
    if as_of is None:
        return
    whole = sum(one.weight for one in target.steps)
    for one in target.steps:
        state = "done" if one.is_done(as_of) else "open"
        if one.is_overdue(as_of, result.scheme.due):
            state = "overdue"
        due = f", due {day(one.due)}" if one.due else ""
        weight = f", weight {figure(one.weight)}" if one.weight != 1 else ""
        yield f"{state}: {plain(one.name)}{due}{weight}"
    done = [figure(one.weight) for one in target.steps if one.is_done(as_of)]
    yield (
        f"done weights / all weights = ({' + '.join(done) or '0'}) / {figure(whole)}"
        f" = {share(result.raw or 0.0)}"
    )


def original_step(result: KpiResult) -> Step | None:
    """Progress against the first target, where it was changed."""
    if result.scheme.changed_on is None or result.progress_original is None:
        return None
    return step(
        "Original target", f"against the target set first, progress is {share(result.progress_original)}"
    )


def flags_step(result: KpiResult) -> Step | None:
    """What else is worth knowing, by the result's flags."""
    told = [_FLAGS[flag] for flag in result.flags if flag in _FLAGS]
    return step("Note", listed(told)) if told else None


_FLAGS = {"gaps": "some periods have no figure and add nothing to the total"}
