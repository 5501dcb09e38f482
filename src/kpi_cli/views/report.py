"""Every page of a report, built once from the assessment; renderers only choose a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi_cli.analysis.results import Assessment
from kpi_cli.diagnostics import Finding
from kpi_cli.views.data_quality import DataQuality, data_quality
from kpi_cli.views.facts import Places, facts_of
from kpi_cli.views.kpi import KpiPage, kpi_page
from kpi_cli.views.objective import ObjectivePage, objective_page
from kpi_cli.views.overview import Overview, overview
from kpi_cli.views.words import day


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page: whose report, as of when, made from which input."""

    organisation: str
    as_of: date
    language: str
    version: str
    digest: str

    @property
    def as_of_text(self) -> str:
        """`31 May 2026`."""
        return day(self.as_of)


@dataclass(frozen=True, slots=True)
class Report:
    """All pages; KPIs and objectives in the order of the files."""

    imprint: Imprint
    overview: Overview
    objectives: tuple[ObjectivePage, ...]
    kpis: tuple[KpiPage, ...]
    quality: DataQuality


def build_report(
    assessment: Assessment,
    *,
    version: str,
    digest: str,
    findings: Sequence[Finding] = (),
    left_out: int = 0,
    places: Places | None = None,
) -> Report:
    """The whole report. `digest` names the input; `places` gives each record's file and line."""
    facts = facts_of(assessment, places)
    config = facts.config
    return Report(
        Imprint(config.name or "KPI report", assessment.as_of, config.language, version, digest),
        overview(facts, findings, left_out),
        tuple(objective_page(facts, one) for one in assessment.objectives.values()),
        tuple(kpi_page(facts, one) for one in assessment.kpis.values()),
        data_quality(facts, findings, left_out),
    )
