"""A KPI's series as a process behaviour chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_cli.analysis.behaviour import Chart
from kpi_cli.analysis.forecast import Filled, fill
from kpi_cli.analysis.grid import Grid, figures, grid_of, slots_of
from kpi_cli.analysis.rebaseline import propose
from kpi_cli.analysis.season import Season, dependence, season_of
from kpi_cli.analysis.signals import RULES, by_point, chart_patterns, latest
from kpi_cli.analysis.xmr import stretches
from kpi_cli.models import Kpi
from kpi_cli.models.config import SignalSettings
from kpi_cli.models.series import Rows
from kpi_cli.period import Calendar, Frequency


def chart_of(
    kpi: Kpi, rows: Rows, calendar: Calendar, settings: SignalSettings, as_of: date
) -> Chart | None:
    """The chart of each period's own values; None where the KPI has no figures."""
    chosen = figures(rows, as_of)
    if not chosen:
        return None
    slots = slots_of(calendar, kpi.frequency, (rows.periods[row].end for row in chosen))
    grid, filled = _regular(kpi, rows, chosen, slots)
    season = season_of(filled.values, kpi.frequency.value) if filled else None
    values = _plain(rows, chosen, slots, season, slots[0])
    starts = _starts(kpi, rows, chosen, as_of)
    parts = stretches(values, starts, settings.centre, settings.screen)
    found = chart_patterns(values, parts, settings.rules)
    return Chart(
        rows=tuple(chosen),
        values=tuple(values),
        stretches=parts,
        points=by_point(found, len(values)),
        signal=latest(found, len(values), settings.rules),
        proposal=propose(found, parts, len(values), RULES[settings.rules]),
        season=season,
        dependence=dependence(values),
        grid=grid,
        filled=filled,
    )


def _regular(
    kpi: Kpi, rows: Rows, chosen: Sequence[int], slots: Sequence[int]
) -> tuple[Grid | None, Filled | None]:
    if kpi.frequency is Frequency.IRREGULAR:
        return None, None
    grid = grid_of(rows, chosen, slots, adds_up=kpi.aggregation == "sum")
    return grid, fill(grid.values) if grid else None


def _plain(
    rows: Rows, chosen: Sequence[int], slots: Sequence[int], season: Season | None, first: int
) -> list[float]:
    values = [float(rows.values[row]) for row in chosen]  # type: ignore[arg-type]
    if season is None:
        return values
    return [season.remove(v, slot - first) for v, slot in zip(values, slots, strict=True)]


def _starts(kpi: Kpi, rows: Rows, chosen: Sequence[int], as_of: date) -> list[int]:
    """The first charted value of each recorded stretch; past the end where there is none yet."""
    known = [change.from_.start for change in kpi.baselines if change.from_.start <= as_of]
    ends = [rows.periods[row].end for row in chosen]
    return [sum(end < begin for end in ends) for begin in known]
