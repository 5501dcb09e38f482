"""The small pictures of one KPI: aligned target plot, sparkline, bullet."""

from __future__ import annotations

from kpi_cli.analysis.results import KpiResult
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.threshold import Limits, Threshold
from kpi_cli.kinds.zones import Zones
from kpi_cli.locale import _
from kpi_cli.views.charts import Bullet, Plot, Spark
from kpi_cli.views.facts import Facts, a_year_before, expected_value, limits_of, said_of
from kpi_cli.views.series import number_of, scorer_of
from kpi_cli.views.words import BADGES, share

SPARK_POINTS = 18
ROOM = 19 / 55
"""Share of the way that lies beyond the target on the plot: 75 % to 94 % of its width."""


def rising(facts: Facts, result: KpiResult) -> bool | None:
    """Whether more is better; None where nothing tells."""
    scorer = scorer_of(facts.assessment, result)
    return scorer.increasing(result.scheme.target, result.baseline)


def spark_of(facts: Facts, result: KpiResult) -> Spark | None:
    """The latest values, at most 18; None with fewer than two figures."""
    target = result.scheme.target
    points = facts.points.get(result.kpi.id, ())[-SPARK_POINTS:]
    values = tuple([number_of(point.judged, target) for point in points])
    known = [value for value in values if value is not None]
    if len(known) < 2 or isinstance(target, Done):
        return None
    scale = facts.scales[result.kpi.id]
    if isinstance(target, Zones):
        label = _("Last {n} values", n=len(known))
    else:
        first, last = scale.figure(known[0]), scale.figure(known[-1])
        label = _("Last {n} values, {first} to {last}", n=len(known), first=first, last=last)
    mark = None if isinstance(target, Zones) else result.target_number
    return Spark(values, mark, label)


def plot_of(facts: Facts, result: KpiResult) -> Plot | None:
    """Where the KPI is between baseline and target; None without a target or for yes/no."""
    target = result.scheme.target
    if target is None or isinstance(target, Done):
        return None
    limits = limits_of(result)
    label = _label(facts, result)
    if limits is not None and result.kpi.is_total and limits.low is None:
        return _cap(result, label)
    if isinstance(target, Threshold) and not result.kpi.is_total:
        return _kept(facts, result, limits, label)
    score = result.score
    if score is None or score.raw is None:
        return Plot(None, result.expected, label)
    if score.verdict is not None and result.kpi.is_total:
        return _cap(result, label)
    reach = dict(target.scores)[target.reach] if isinstance(target, Zones) else 1.0
    expected = None if score.expected is None else score.expected / (reach or 1.0)
    return Plot(score.raw / (reach or 1.0), expected, label)


def with_forecast(facts: Facts, result: KpiResult, plot: Plot, median: float) -> Plot:
    """The plot of a move with the place its forecast ends at; any other plot as it is."""
    goal, start = result.target_number, result.baseline.value if result.baseline else None
    if plot.shape != "move" or plot.now is None or result.kpi.is_total:
        return plot
    if goal is None or start is None or goal == start:
        return plot
    figure = facts.scales[result.kpi.id].figure(median)
    label = f"{plot.label}, {_('forecast {figure}', figure=figure)}"
    ends = (median - start) / (goal - start)
    return Plot(plot.now, plot.expected, label, plot.shape, ends)


def _cap(result: KpiResult, label: str) -> Plot:
    """A cap: 1 is what is allowed by now, further right is more room left."""
    value, limit, expected = result.value, result.target_number, result.expected
    if isinstance(value, str | bool) or value is None or not limit or expected is None:
        return Plot(None, None, label, "keep")
    return Plot(1 + (expected - value / limit) * ROOM, None, label, "keep")


def _kept(facts: Facts, result: KpiResult, limits: Limits | None, label: str) -> Plot:
    """A limit to keep, on a scale that holds the latest values; a band runs from 0 to 1."""
    value = result.value
    if limits is None or value is None or isinstance(value, str | bool):
        return Plot(None, None, label, "band" if _is_band(limits) else "keep")
    if limits.low is not None and limits.high is not None:
        width = limits.high - limits.low
        return Plot((value - limits.low) / width if width else None, None, label, "band")
    better = [
        _better(number, limits)
        for point in facts.points.get(result.kpi.id, ())[-SPARK_POINTS:]
        if (number := number_of(point.judged, None)) is not None
    ]
    own = _better(value, limits)
    target = result.scheme.target
    slack = target.tolerance if isinstance(target, Threshold) else 0.0
    reach = max(max(own, *better), max(-own, slack, *(-one for one in better)) * ROOM * 0.8, 1e-12)
    return Plot(1 + own / reach * ROOM, None, label, "keep")


def _is_band(limits: Limits | None) -> bool:
    return limits is not None and limits.low is not None and limits.high is not None


def _better(value: float, limits: Limits) -> float:
    """How far inside a one-sided limit a value lies; negative outside."""
    return value - limits.low if limits.low is not None else (limits.high or 0.0) - value


def _label(facts: Facts, result: KpiResult) -> str:
    return facts.once("label", result.kpi.id, lambda: _labelled(facts, result))


def _labelled(facts: Facts, result: KpiResult) -> str:
    said = said_of(facts, result)
    parts = [_("Now {figure}", figure=said.now or _("no figure"))]
    parts.append(_("target {target}", target=said.target))
    if result.raw is not None and result.gap is not None:
        done, due = share(max(result.raw, 0.0)), share(result.expected)
        parts.append(_("{done} of the way, {due} expected", done=done, due=due))
    parts.append(BADGES[result.status].word.lower())
    return ", ".join(parts)


def bullet_of(facts: Facts, result: KpiResult) -> Bullet | None:
    """The KPI on its own scale; None without a figure and a limit to hold it against."""
    value = result.value
    if value is None or isinstance(value, str | bool) or isinstance(result.scheme.target, Zones):
        return None
    limits = limits_of(result)
    marks = (limits.low, limits.high) if limits else (result.target_number,)
    targets = tuple(mark for mark in marks if mark is not None)
    if not targets:
        return None
    start = None if result.kpi.is_total or result.baseline is None else result.baseline.value
    scale = facts.scales[result.kpi.id]
    prior = a_year_before(facts, result)
    told = "" if prior is None else f", {_('a year before {figure}', figure=scale.figure(prior))}"
    return Bullet(
        value=value,
        target=targets,
        baseline=start,
        expected=expected_value(facts, result),
        rising=None if len(targets) == 2 else rising(facts, result),
        decimals=scale.decimals,
        label=_label(facts, result) + told,
        prior=prior,
    )
