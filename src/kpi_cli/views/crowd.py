"""A guard against managing by too many figures: a notice where a page has more than help."""

from __future__ import annotations

from kpi_cli.analysis.results import KpiResult, Status
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _
from kpi_cli.models import Objective
from kpi_cli.views.facts import Facts

PAGE = 25
"""KPIs that the page of a team or a person has at most without a word."""
_ASIDE = frozenset({Status.DRAFT, Status.RETIRED, Status.DROPPED})


@dataclass(frozen=True, slots=True)
class Crowd:
    """More running KPIs than the guide advises."""

    kpis: int
    most: int
    text: str


def crowd_of(results: list[KpiResult], most: int) -> Crowd | None:
    """The notice for these KPIs; None where the running ones are not more than `most`."""
    number = sum(result.counts_as not in _ASIDE for result in results)
    if number <= most:
        return None
    text = _("{n} KPIs here; the guide advises at most {most}.", n=number, most=most)
    return Crowd(number, most, text)


def crowd_on_page(own: Facts) -> Crowd | None:
    """The notice for the page of a team or a person."""
    return crowd_of(list(own.assessment.kpis.values()), PAGE)


def crowd_of_objective(facts: Facts, objective: Objective, kpis: list[str]) -> Crowd | None:
    """The notice for a running objective, by the limit of the workspace."""
    if objective.status != "active" or objective.closed is not None:
        return None
    results = [facts.assessment.kpis[name] for name in kpis]
    return crowd_of(results, facts.config.limits.kpis_per_objective)
