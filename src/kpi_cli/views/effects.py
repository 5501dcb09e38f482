"""What new figures or a new word do to a KPI or an objective: before and after."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.analysis.results import KpiResult
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _
from kpi_cli.models import Kpi
from kpi_cli.views.words import BADGES, Badge, quantity, share


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
        (_("value"), _value(before, kpi.unit), _value(after, kpi.unit)),
        (_("progress"), _share(before.progress), _share(after.progress)),
        (_("expected"), _share(before.expected), _share(after.expected)),
    )
    badges = (BADGES[before.status], BADGES[after.status])
    return Effect(kpi.id, kpi.name, path, tuple(periods), rows, badges)


def _value(result: KpiResult, unit: str | None) -> str:
    value, seen = result.value, result.observation
    if value is None or seen is None:
        return _("none")
    shown = (_("true") if value else _("false")) if isinstance(value, bool) else value
    text = shown if isinstance(shown, str) else quantity(shown, unit)
    return f"{text} ({seen.period.name})"


def _share(value: float | None) -> str:
    return _("none") if value is None else share(value)
