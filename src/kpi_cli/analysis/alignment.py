"""How well a plan hangs together: every finding with the points it costs, out of 100."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from kpi_cli.analysis.balance import (
    Load,
    Mix,
    balance_of_objectives,
    balance_of_teams,
    load_of,
)
from kpi_cli.analysis.coherence import coherence
from kpi_cli.analysis.conflicts import Conflict, conflicts, shared
from kpi_cli.analysis.reach import Reach, Running, reach, running
from kpi_cli.analysis.tensions import Agreement, Agreements
from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.frozen import dataclass
from kpi_cli.plan import Plan


@dataclass(frozen=True, slots=True)
class Deduction:
    """One finding and the points it costs."""

    points: float
    code: str
    subject: str | None
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Alignment:
    """All of `kpi align` for one day; `score` is 100 less the points of all deductions."""

    score: float
    deductions: tuple[Deduction, ...]
    conflicts: tuple[Conflict, ...]
    reach: Reach
    objectives: Mapping[str, Mix]
    teams: Mapping[str, Mix]
    load: Load
    shared: Mapping[str, list[str]]
    agreements: tuple[Agreement, ...]


WEIGHTS: Mapping[str, tuple[float, str]] = {
    "K121": (20, "objectives"),
    "K107": (20, "objectives"),
    "K122": (15, "objectives"),
    "R401": (10, "kpis"),
    "A301": (10, "records"),
    "R409": (15, "objectives"),
    "R413": (5, "objectives"),
    "R412": (5, "objectives"),
    "K120": (5, "objectives"),
    "R410": (5, "objectives"),
    "R411": (5, "people"),
    "A303": (5, "people"),
    "R416": (5, "teams"),
    "K123": (5, "teams"),
}
"""What a family of findings may cost in all, and over how many records it is spread: where every
objective stands on an island 20 points are lost. R409 and R411 are spread over their findings
where there are more of these than records."""


def align(
    plan: Plan,
    as_of: date,
    structure: Iterable[Diagnostic],
    counts: Callable[[Diagnostic], bool] = lambda _: True,
) -> Alignment:
    """The alignment of a plan. `structure` holds what the rules say about links and owners;
    `counts` says whether a finding is to cost points, or was set aside with a reason."""
    found = running(plan, as_of)
    lead_up = reach(found)
    agreements = Agreements(found, as_of)
    pairs = tuple(conflicts(found, agreements, as_of))
    mixes, load = balance_of_objectives(found), load_of(found)
    findings = [*structure, *coherence(found, as_of, pairs, mixes, load, lead_up)]
    deductions = _priced(found, [one for one in findings if counts(one)])
    score = round(max(0.0, 100 - sum(one.points for one in deductions)), 2)
    return Alignment(
        score,
        deductions,
        pairs,
        lead_up,
        mixes,
        balance_of_teams(found),
        load,
        shared(found.kpis.values()),
        tuple(one for one in agreements.all if not one.stale),
    )


def _priced(found: Running, findings: list[Diagnostic]) -> tuple[Deduction, ...]:
    """Each with its points, dearest first."""
    sizes = {
        "objectives": len(found.objectives),
        "kpis": len(found.kpis),
        "records": len(found.objectives) + len(found.kpis),
        "people": len(found.plan.people) + len(found.objectives),
        "teams": len(found.plan.teams),
    }
    counts: dict[str, int] = {}
    for one in findings:
        counts[one.code] = counts.get(one.code, 0) + 1
    rows = []
    for one in findings:
        cap, group = WEIGHTS[one.code]
        points = max(round(cap / max(sizes[group], counts[one.code], 1), 2), 0.01)
        rows.append(Deduction(points, one.code, one.subject, one.message, one.place))
    return tuple(sorted(rows, key=lambda row: (-row.points, row.code, row.subject or "")))
