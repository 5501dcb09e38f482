"""The SDG method: observed against required compound yearly growth (semantics 8).

Source: the progress measure of Open SDG (indicator method after UN DESA and Eurostat): growth rates
are compared as ratios with 0.95, 0.60 and 0; without a target the yearly growth itself with
1.5 %, 0.5 % and 0, scaled by 1 - (base / limit)^4.44 near a natural limit.
"""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.results import BaselineUsed, Observation, Scheme, SdgResult, Status
from kpi_cli.kinds.value import Relative, Value
from kpi_cli.models import Kpi
from kpi_cli.period import Frequency
from kpi_cli.quantity import at_least, close

CATEGORIES = (
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
)
STATUS = {
    "target_achieved": Status.ACHIEVED,
    "substantial_progress": Status.ON_TRACK,
    "moderate_progress": Status.AT_RISK,
    "limited_progress": Status.OFF_TRACK,
    "deterioration": Status.OFF_TRACK,
}
_WITH_TARGET = (0.95, 0.60, 0.0)
_WITHOUT_TARGET = (0.015, 0.005, 0.0)


def years_between(start: date, end: date, frequency: Frequency) -> float:
    """Whole years for annual data, else days / 365.25."""
    if frequency is Frequency.ANNUAL:
        return float(end.year - start.year)
    return (end - start).days / 365.25


def growth(base: float, value: float, years: float) -> float:
    """Compound growth a year: (value / base)^(1 / years) - 1. Needs base, value, years > 0."""
    return float((value / base) ** (1 / years) - 1)


def limit_factor(base: float, limit: float | None, increasing: bool) -> float:
    """1 - (base / limit)^4.44, the ratio growing towards the limit; 1 without one."""
    if limit is None:
        return 1.0
    ratio = base / limit if increasing and limit > 0 else limit / base
    return 1 - float(min(max(ratio, 0.0), 1.0) ** 4.44)


def measure(
    base: float,
    value: float,
    target: float | None,
    *,
    years: float,
    years_to_target: float | None,
    increasing: bool,
    limit: float | None = None,
) -> SdgResult | None:
    """Ratio and category; None where growth rates mean nothing (values <= 0, no time between)."""
    if base <= 0 or value <= 0 or years <= 0 or (target is not None and target <= 0):
        return None
    sign = 1.0 if increasing else -1.0
    observed = growth(base, value, years)
    if target is None:
        factor = limit_factor(base, limit, increasing)
        category = _category(sign * observed, tuple(mark * factor for mark in _WITHOUT_TARGET))
        return SdgResult(None, category, observed, None, years, factor)
    if years_to_target is None or years_to_target <= 0 or close(base, target):
        return None
    required = growth(base, target, years_to_target)
    ratio = sign * observed / abs(required)
    met = at_least(value, target) if increasing else at_least(-value, -target)
    category = "target_achieved" if met else _category(ratio, _WITH_TARGET)
    return SdgResult(ratio, category, observed, required, years)


def _category(figure: float, marks: tuple[float, ...]) -> str:
    for mark, name in zip(marks, CATEGORIES[1:], strict=False):
        if at_least(figure, mark):
            return name
    return CATEGORIES[-1]


def of_kpi(
    kpi: Kpi, scheme: Scheme, observation: Observation, baseline: BaselineUsed, increasing: bool
) -> SdgResult | None:
    """The method on a KPI with a value target or none; totals and other forms have no growth."""
    value, target = observation.value, scheme.target
    base_day = baseline.on or scheme.start
    if kpi.is_total or base_day is None or isinstance(value, (str, bool)) or value is None:
        return None
    if target is not None and not isinstance(target, (Value, Relative)):
        return None
    if target is not None and scheme.due is None:
        return None
    low, high = kpi.bounds or (None, None)
    return measure(
        baseline.value,
        value,
        target.number(baseline.value) if target else None,
        years=years_between(base_day, observation.on, kpi.frequency),
        years_to_target=years_between(base_day, scheme.due, kpi.frequency) if scheme.due else None,
        increasing=increasing,
        limit=high if increasing else low,
    )
