"""A first look at a KPI: can its figures put it behind at all?

The whole assessment counts hits, gaps and freshness too; for a plan that is well most of it is not
needed to know that nothing is red.
"""

from __future__ import annotations

from kpi_cli.analysis.baseline import is_alone
from kpi_cli.analysis.kpi import Judge
from kpi_cli.analysis.observation import Aggregator, latest
from kpi_cli.analysis.results import BEHIND
from kpi_cli.analysis.scheme import method_of, scheme_on, start_of
from kpi_cli.analysis.scoring import Scorer
from kpi_cli.analysis.status import of_score
from kpi_cli.kinds.done import Done
from kpi_cli.kinds.milestones import Milestones

_BY_DAY = (Done, Milestones)
"""Forms that may be behind without any figure."""


def may_be_behind(judge: Judge) -> bool:
    """False only where the whole assessment is sure not to end off track or missed.

    Before the due date, by the gap rule, only the latest figure and the target tell.
    """
    plan, kpi, rows, as_of = judge.plan, judge.kpi, judge.rows, judge.as_of
    start = start_of(plan, kpi, rows)
    due = scheme_on(plan, kpi, start, as_of).due
    if method_of(plan, kpi) == "sdg" or isinstance(kpi.target, _BY_DAY) or (due and as_of > due):
        return True
    row = latest(rows, as_of, start, due)
    if row is None:
        return bool(kpi.target_changes)
    series = Aggregator(kpi, rows, plan.calendar, start)
    observation = series.observe(row, due, gaps=False)
    scheme = scheme_on(plan, kpi, start, min(observation.on, as_of))
    if (scheme.due and as_of > scheme.due) or isinstance(scheme.target, _BY_DAY):
        return True
    baseline = judge.baseline(scheme, observation)
    if is_alone(baseline, observation):
        return False
    scored = Scorer(plan, series, as_of).score(scheme, observation, baseline, counting=False)
    if scored.score is None:
        return False
    return of_score(plan.config.status, scored.score, final=False) in BEHIND
