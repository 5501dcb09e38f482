"""A first look at a KPI that most pass: does its latest figure alone show that it is well?"""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.observation import latest
from kpi_cli.analysis.pace import elapsed_share
from kpi_cli.analysis.scheme import method_of
from kpi_cli.kinds.base import linear
from kpi_cli.kinds.threshold import Threshold
from kpi_cli.kinds.value import Value
from kpi_cli.models import Kpi
from kpi_cli.models.series import Rows
from kpi_cli.plan import Plan
from kpi_cli.quantity import close


def is_plainly_well(plan: Plan, kpi: Kpi, rows: Rows, as_of: date) -> bool:
    """Whether the latest figure alone shows it: within a limit, or near enough to the way."""
    start, due = plan.start_of(kpi), plan.due_of(kpi)
    plain = kpi.aggregation == "last" and kpi.formula is None and kpi.window is None
    if not plain or kpi.target_changes or start is None or due is None or not start <= as_of <= due:
        return False
    row = latest(rows, as_of, start, due)
    value = None if row is None else rows.values[row]
    if row is None or value is None or isinstance(value, (bool, str)):
        return False
    if method_of(plan, kpi) == "sdg":
        return False
    if isinstance(kpi.target, Threshold):
        limits = kpi.target.limits_for(rows.periods[row])
        return limits is not None and limits.holds(value)
    return _is_under_way(plan, kpi, value, elapsed_share(start, due, as_of) or 0.0)


def _is_under_way(plan: Plan, kpi: Kpi, value: float, elapsed: float) -> bool:
    """Whether a figure is near enough to a straight line to today.

    What is expected at the figure's own date is never more, and the band that is still at risk
    grows more slowly than what is expected.
    """
    target, baseline = kpi.target, kpi.baseline
    if not isinstance(target, Value) or baseline is None or kpi.path or kpi.pace != "linear":
        return False
    if close(baseline.value, target.value):
        return False
    raw = linear(baseline.value, target.value, value)
    return elapsed - raw <= plan.config.status.at_risk.allows(elapsed)
