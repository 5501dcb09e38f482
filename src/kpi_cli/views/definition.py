"""What a KPI is: its facts, its texts, its source, and how its target was changed."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_cli.analysis.results import KpiResult
from kpi_cli.models.kpi import Source
from kpi_cli.quantity import show_number
from kpi_cli.views.facts import Facts
from kpi_cli.views.objective import Fact, refs
from kpi_cli.views.words import Scale, cadence, day


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of the target."""

    on: str
    target: str | None
    due: str | None
    reason: str | None
    approved_by: str | None


def definition(facts: Facts, result: KpiResult, scale: Scale) -> list[Fact]:
    """Labelled facts, those that are known."""
    kpi = result.kpi
    evidence = tuple(link.target for link in kpi.objective)
    found = [
        Fact("Evidence for", refs=refs(facts, evidence)),
        Fact("Owner", names=facts.people((kpi.owner,) if kpi.owner else ())),
        Fact("Contributors", names=facts.people(kpi.contributors)),
        Fact("Team", names=tuple(n for n in (facts.team(facts.plan.team_of(kpi)),) if n)),
        Fact("Unit", names=(scale.unit,) if scale.unit else ()),
        Fact("Direction", _direction(kpi.direction)),
        Fact("Indicator", kpi.indicator or ""),
        Fact("Baseline", _baseline(result, scale)),
        Fact("Start", day(result.scheme.start) if result.scheme.start else ""),
        Fact("Measured", _rhythm(result)),
        Fact("Part of", refs=refs(facts, (kpi.part_of,) if kpi.part_of else ())),
        Fact("Expected to move", refs=refs(facts, tuple(lead.kpi for lead in kpi.leads))),
        Fact("Weight", show_number(kpi.weight) if kpi.weight != 1 else ""),
        Fact("Tags", names=kpi.tags),
    ]
    return [fact for fact in found if fact.text or fact.names or fact.refs]


def _direction(direction: str | None) -> str:
    return {"increase": "higher is better", "decrease": "lower is better"}.get(direction or "", "")


def _baseline(result: KpiResult, scale: Scale) -> str:
    used = result.baseline
    if used is None:
        return ""
    on = f" on {day(used.on)}" if used.on else ""
    return scale.figure(used.value) + on + (", taken from the series" if used.inferred else "")


_AGGREGATIONS = {
    "last": "the latest value counts",
    "sum": "values are added up",
    "mean": "the mean counts",
    "min": "the lowest value counts",
    "max": "the highest value counts",
    "ratio": "numerators over denominators",
}


def _rhythm(result: KpiResult) -> str:
    kpi = result.kpi
    text = f"{cadence(kpi.frequency)}; {_AGGREGATIONS[kpi.aggregation]}"
    if kpi.window is not None:
        return f"{text}, over the last {kpi.window} periods"
    return f"{text}, anew each {kpi.reset}" if kpi.reset else text


def texts_of(result: KpiResult) -> list[tuple[str, str]]:
    """The sentences of the record, with our label for each."""
    kpi = result.kpi
    found = [
        ("Definition", kpi.definition),
        ("Formula", kpi.formula),
        ("Numerator", kpi.numerator),
        ("Denominator", kpi.denominator),
        ("Population", kpi.population),
        ("Why it is achievable", kpi.rationale),
        ("Baseline note", kpi.baseline.note if kpi.baseline else None),
        ("Retired", kpi.retired.reason if kpi.retired else None),
    ]
    return [(label, text) for label, text in found if text]


def source_of(source: Source | None) -> tuple[str, str] | None:
    """How the figures come (our word) and from where (the file's words)."""
    if source is None:
        return None
    for kind in ("manual", "sql", "query", "file"):
        text = getattr(source, kind)
        if text:
            return kind, text
    return None


def changes_of(facts: Facts, result: KpiResult, scale: Scale) -> list[ChangeRow]:
    """Changes of the target known by the day, oldest first."""
    changes = sorted(result.kpi.target_changes, key=lambda change: change.from_)
    return [
        ChangeRow(
            on=day(change.from_),
            target=change.target.text(scale.unit) if change.target else None,
            due=day(change.due) if change.due else None,
            reason=change.reason,
            approved_by=facts.person(change.approved_by),
        )
        for change in changes
        if change.from_ <= facts.assessment.as_of
    ]
