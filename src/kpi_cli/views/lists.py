"""All KPIs as tables: one of up to 300 rows, above that one for each department."""

from __future__ import annotations

from kpi_cli.analysis.results import KpiResult
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _
from kpi_cli.views.facts import Facts
from kpi_cli.views.rows import KpiRow, full_row
from kpi_cli.views.words import RANK, Count, counts_of

ROWS = 300
"""Rows a page lists at most: a browser shows them in a quarter of a second."""


@dataclass(frozen=True, slots=True)
class KpiList:
    """One table; `key` names its page where it has its own, None on the overview."""

    key: str | None
    title: str | None
    part: str | None
    counts: tuple[Count, ...]
    rows: tuple[KpiRow, ...]


def kpi_lists(facts: Facts) -> tuple[KpiList, ...]:
    """Worst first within each table."""
    results = list(facts.assessment.kpis.values())
    if len(results) <= ROWS:
        return (_table(facts, results, None, None, None),) if results else ()
    groups: dict[str | None, list[KpiResult]] = {}
    for result in results:
        groups.setdefault(department(facts, result), []).append(result)
    return tuple(table for key, group in groups.items() for table in _tables(facts, key, group))


def department(facts: Facts, result: KpiResult) -> str | None:
    """The department a KPI's team belongs to, else the highest team above it; None without one."""
    above = list(facts.plan.teams_above(facts.plan.team_of(result.kpi)))
    wanted = [team for team in above if facts.plan.level_of(team) == "department"]
    return wanted[-1] if wanted else (above[-1] if above else None)


def _tables(facts: Facts, key: str | None, group: list[KpiResult]) -> list[KpiList]:
    title = facts.team(key) if key else _("Without a team")
    pages = -(-len(group) // ROWS)
    ordered = _ordered(group)
    found = []
    for page in range(pages):
        own = ordered[page * ROWS : (page + 1) * ROWS]
        name = (key or "_") + (f"~{page + 1}" if page else "")
        part = _("part {n} of {whole}", n=page + 1, whole=pages) if pages > 1 else None
        found.append(_table(facts, own, name, title, part))
    return found


def _table(
    facts: Facts, results: list[KpiResult], key: str | None, title: str | None, part: str | None
) -> KpiList:
    ordered = _ordered(results)
    profile = {result.counts_as: 0 for result in ordered}
    for result in ordered:
        profile[result.counts_as] += 1
    rows = tuple(full_row(facts, result) for result in ordered)
    return KpiList(key, title, part, counts_of(profile), rows)


def _ordered(results: list[KpiResult]) -> list[KpiResult]:
    """Worst first by the computed status; plan order within one."""
    return sorted(results, key=lambda result: RANK[result.counts_as])
