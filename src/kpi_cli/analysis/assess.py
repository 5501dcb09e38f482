"""The whole plan on one day."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from kpi_cli.analysis.computed import SeriesBook
from kpi_cli.analysis.kpi import Judge
from kpi_cli.analysis.results import Assessment, KpiResult
from kpi_cli.models import Kpi
from kpi_cli.plan import Plan

if TYPE_CHECKING:
    from kpi_cli.analysis.smoothing import Fits


def assess(
    plan: Plan, as_of: date, fits: Fits | None = None, known: Assessment | None = None
) -> Assessment:
    """Every KPI, then every objective, as of a day. Whatever is dated later is ignored.

    Series that are in `fits` are not fitted again for their forecast; what is `known` of an earlier
    or later state of the plan is taken from there where nothing it depends on differs.
    """
    from kpi_cli.analysis.outlooks import Outlooks
    from kpi_cli.analysis.rollup import Rollup

    book = SeriesBook(plan, as_of)
    if known and (known.as_of != as_of or known.plan.config != plan.config):
        known = None
    kpis = {
        kpi.id: (known and _unchanged(known, plan, kpi)) or assess_kpi(plan, kpi, book, as_of)
        for kpi in plan.kpis.values()
    }
    objectives = Rollup(plan, as_of, kpis, known).run()
    series = book.all()
    outlooks = Outlooks(plan, as_of, kpis, series, fits)
    earlier = cache(partial(assess, plan, fits=fits))
    return Assessment(plan, as_of, kpis, objectives, series, outlooks, earlier)


def _unchanged(known: Assessment, plan: Plan, kpi: Kpi) -> KpiResult | None:
    """What is known of a KPI of the same record, objective and figures; a file that did not change
    is read once for both plans, so that the same record is the same object."""
    was = known.plan
    if kpi.formula is not None or was.kpis.get(kpi.id) is not kpi:
        return None
    if was.objective_of(kpi) is not plan.objective_of(kpi):
        return None
    return known.kpis[kpi.id] if was.series.get(kpi.id) == plan.series.get(kpi.id) else None


def assess_kpi(plan: Plan, kpi: Kpi, book: SeriesBook, as_of: date) -> KpiResult:
    """One KPI as of a day."""
    return judge_of(plan, kpi, book, as_of).result()


def judge_of(plan: Plan, kpi: Kpi, book: SeriesBook, as_of: date) -> Judge:
    """What one KPI is judged by on a day."""
    rows = book.of(kpi)
    return Judge(plan, kpi, rows, as_of, book.reasons.get(kpi.id, {}))
