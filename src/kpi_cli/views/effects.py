"""What new figures or a new word do to a KPI or an objective: before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_cli.analysis.results import KpiResult
from kpi_cli.models import Kpi
from kpi_cli.quantity import show_quantity, show_share
from kpi_cli.views.words import BADGES, Badge


@dataclass(frozen=True, slots=True)
class Effect:
    """One record before and after an edit; `rows` are (what, before, after) in words."""

    id: str
    label: str
    path: str
    periods: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    status: tuple[Badge, Badge]


def effect(
    kpi: Kpi, periods: Sequence[str], path: str, before: KpiResult, after: KpiResult
) -> Effect:
    """A KPI's value, progress, expected progress and status before and after."""
    rows = (
        ("value", _value(before, kpi.unit), _value(after, kpi.unit)),
        ("progress", _share(before.progress), _share(after.progress)),
        ("expected", _share(before.expected), _share(after.expected)),
    )
    badges = (BADGES[before.status], BADGES[after.status])
    return Effect(kpi.id, kpi.name, path, tuple(periods), rows, badges)


def _value(result: KpiResult, unit: str | None) -> str:
    value, seen = result.value, result.observation
    if value is None or seen is None:
        return "none"
    shown = str(value).lower() if isinstance(value, bool) else value
    text = shown if isinstance(shown, str) else show_quantity(shown, unit)
    return f"{text} ({seen.period.name})"


def _share(share: float | None) -> str:
    return "none" if share is None else show_share(share)
