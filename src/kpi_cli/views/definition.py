"""What a KPI is: its facts, its texts, its source, and how its target was changed."""

from __future__ import annotations

from kpi_cli.analysis.results import KpiResult
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models.kpi import Source
from kpi_cli.views.facts import Facts
from kpi_cli.views.goals import target_words
from kpi_cli.views.objective import Fact, refs
from kpi_cli.views.words import Scale, cadence, day, plain


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
        Fact(_("Evidence for"), refs=refs(facts, evidence)),
        Fact(_("Owner"), names=facts.people((kpi.owner,) if kpi.owner else ())),
        Fact(_("Contributors"), names=facts.people(kpi.contributors)),
        Fact(_("Team"), names=tuple(n for n in (facts.team(facts.plan.team_of(kpi)),) if n)),
        Fact(_("Unit"), names=(scale.unit,) if scale.unit else ()),
        Fact(_("Direction"), _direction(kpi.direction)),
        Fact(_("Indicator"), _(_INDICATORS.get(kpi.indicator or "", ""))),
        Fact(_("Baseline"), _baseline(result, scale)),
        Fact(_("Start"), day(result.scheme.start) if result.scheme.start else ""),
        Fact(_("Measured"), _rhythm(result)),
        Fact(_("Part of"), refs=refs(facts, (kpi.part_of,) if kpi.part_of else ())),
        Fact(_("Expected to move"), refs=refs(facts, tuple(lead.kpi for lead in kpi.leads))),
        Fact(_("Weight"), plain(kpi.weight) if kpi.weight != 1 else ""),
        Fact(_("Tags"), names=kpi.tags),
    ]
    return [fact for fact in found if fact.text or fact.names or fact.refs]


_INDICATORS = {"leading": N_("leading"), "lagging": N_("lagging")}
_DIRECTIONS = {"increase": N_("higher is better"), "decrease": N_("lower is better")}


def _direction(direction: str | None) -> str:
    return _(_DIRECTIONS.get(direction or "", ""))


def _baseline(result: KpiResult, scale: Scale) -> str:
    used = result.baseline
    if used is None:
        return ""
    text = scale.figure(used.value)
    if used.on:
        text = _("{figure} on {day}", figure=text, day=day(used.on))
    return _("{baseline}, taken from the series", baseline=text) if used.inferred else text


_AGGREGATIONS = {
    "last": N_("the latest value counts"),
    "sum": N_("values are added up"),
    "mean": N_("the mean counts"),
    "min": N_("the lowest value counts"),
    "max": N_("the highest value counts"),
    "ratio": N_("numerators over denominators"),
}


_RESETS = {
    "year": N_("anew each year"),
    "quarter": N_("anew each quarter"),
}


def _rhythm(result: KpiResult) -> str:
    kpi = result.kpi
    text = f"{cadence(kpi.frequency)}; {_(_AGGREGATIONS[kpi.aggregation])}"
    if kpi.window is not None:
        return ngettext(
            "{rhythm}, over the last {n} period",
            "{rhythm}, over the last {n} periods",
            kpi.window,
            rhythm=text,
        )
    return f"{text}, {_(_RESETS[kpi.reset])}" if kpi.reset in _RESETS else text


def texts_of(result: KpiResult) -> list[tuple[str, str]]:
    """The sentences of the record, with our label for each."""
    kpi = result.kpi
    found = (
        kpi.definition,
        kpi.formula,
        kpi.numerator,
        kpi.denominator,
        kpi.population,
        kpi.rationale,
        kpi.baseline.note if kpi.baseline else None,
        kpi.retired.reason if kpi.retired else None,
    )
    return [(_(label), text) for label, text in zip(_TEXTS, found, strict=True) if text]


_TEXTS = (
    N_("Definition"), N_("Formula"), N_("Numerator"), N_("Denominator"), N_("Population"),
    N_("Why it is achievable"), N_("Baseline note"), N_("Retired"),
)  # fmt: skip


_KINDS = {"manual": N_("manual"), "sql": N_("sql"), "query": N_("query"), "file": N_("file")}


def source_of(source: Source | None) -> tuple[str, str] | None:
    """How the figures come (our word) and from where (the file's words)."""
    if source is None:
        return None
    for kind in _KINDS:
        text = getattr(source, kind)
        if text:
            return _(_KINDS[kind]), text
    return None


def changes_of(facts: Facts, result: KpiResult, scale: Scale) -> list[ChangeRow]:
    """Changes of the target known by the day, oldest first."""
    changes = sorted(result.kpi.target_changes, key=lambda change: change.from_)
    return [
        ChangeRow(
            on=day(change.from_),
            target=target_words(change.target, scale.unit) if change.target else None,
            due=day(change.due) if change.due else None,
            reason=change.reason,
            approved_by=facts.person(change.approved_by),
        )
        for change in changes
        if change.from_ <= facts.assessment.as_of
    ]
