"""All steps of one KPI."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.results import Assessment, KpiResult, Status
from kpi_cli.views.explain.figure import figure_steps
from kpi_cli.views.explain.step import Step, plain, step
from kpi_cli.views.explain.verdict import (
    check_in_step,
    expected_step,
    freshness_step,
    shown_step,
    status_step,
)
from kpi_cli.views.explain.way import baseline_step, original_step, progress_step, target_step
from kpi_cli.views.words import day


def explain_kpi(assessment: Assessment, identifier: str) -> tuple[Step, ...]:
    """From the actuals to the status shown; needs the id of a KPI in the plan."""
    return tuple(one for one in _steps(assessment, assessment.kpis[identifier]) if one is not None)


def _steps(assessment: Assessment, result: KpiResult) -> Iterator[Step | None]:
    if result.computed is Status.NOT_STARTED:
        yield _before(result)
        yield target_step(assessment, result)
        yield shown_step(result, result.counts_as)
        return
    yield from figure_steps(assessment, result)
    yield baseline_step(assessment, result)
    yield target_step(assessment, result)
    yield progress_step(result)
    yield expected_step(assessment, result)
    yield status_step(assessment, result)
    yield original_step(result)
    yield freshness_step(assessment, result)
    yield check_in_step(assessment, result)
    yield _retired(result)
    yield shown_step(result, result.counts_as)


def _before(result: KpiResult) -> Step:
    start = result.scheme.start
    return step("Start", f"it begins on {day(start)}" if start else "it has not begun")


def _retired(result: KpiResult) -> Step | None:
    retired = result.kpi.retired
    if result.counts_as is not Status.RETIRED or retired is None:
        return None
    on = f"on {day(retired.on)}" if retired.on else "retired"
    by = f"replaced by {retired.replaced_by}" if retired.replaced_by else None
    return step("Retired", on, plain(retired.reason) if retired.reason else None, by)
