"""`kpi evidence`: what the past says about a target and about the leads that were declared."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.analysis.leadlag import words
from kpi_cli.analysis.leads import Link, links_of
from kpi_cli.analysis.results import Assessment
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.views.facts import Work, scale_of
from kpi_cli.views.outlook import evidence_text
from kpi_cli.views.steps import Step
from kpi_cli.views.words import number


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One declared lead: `lag` in periods, the correlation at that lag, and its 95 % bound."""

    leading: str
    lagging: str
    lag_days: float
    because: str | None
    lag: int | None
    n: int | None
    r: float | None
    bound: float | None
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class SpansRow:
    """What past spans as long as the time left have reached, in the good direction."""

    need: float
    horizon: int
    spans: int
    hits: int
    best: float | None
    share: float
    required: float
    observed: float | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The evidence of one KPI, or of an objective's KPIs; `verdict` says how hard a target is."""

    id: str
    achieved_before: SpansRow | None
    verdict: str | None
    links: tuple[LinkRow, ...]
    steps: tuple[Step, ...]


def evidence_view(assessment: Assessment, identifier: str) -> EvidenceView:
    """The evidence. Raises KeyError for an id that is neither a KPI nor an objective."""
    if identifier in assessment.kpis:
        kpis = {identifier}
    else:
        kpis = set(assessment.plan.kpis_below(assessment.objectives[identifier].objective.id))
    links = tuple(links_of(assessment, kpis))
    rows = tuple(_link_row(assessment, link) for link in links)
    outlook = assessment.outlooks[identifier] if identifier in assessment.kpis else None
    found = outlook.evidence if outlook else None
    spans = None
    if found is not None:
        spans = SpansRow(
            found.need, found.horizon, found.spans, found.hits, found.best, found.share,
            found.required, found.observed,
        )  # fmt: skip
    return EvidenceView(
        identifier,
        spans,
        outlook.verdict if outlook else None,
        rows,
        tuple(_steps(assessment, identifier, rows)),
    )


def _link_row(assessment: Assessment, link: Link) -> LinkRow:
    found = link.found
    names = [_name(assessment, one) for one in (link.leading, link.lagging)]
    told = N_("cannot be tested: {reason}", reason=link.why)
    if found:
        told = words(found, *names)
    return LinkRow(
        link.leading,
        link.lagging,
        link.lag_days,
        link.because,
        found.lag if found else None,
        found.n if found else None,
        found.r if found else None,
        found.bound if found else None,
        found.verdict if found else "cannot be tested",
        told,
    )


def _name(assessment: Assessment, identifier: str) -> str:
    kpi = assessment.plan.kpis.get(identifier)
    return f"“{kpi.name}”" if kpi else identifier


def _steps(assessment: Assessment, identifier: str, rows: tuple[LinkRow, ...]) -> Iterator[Step]:
    if identifier in assessment.kpis:
        result = assessment.kpis[identifier]
        outlook = assessment.outlooks[identifier]
        work = Work(assessment, result, scale_of(result, assessment.plan.config))
        told = evidence_text(result, outlook, work.scale)
        yield Step(_("Done before"), told or _("No past spans to hold the target against."))
        yield Step(_("Verdict"), f"{_(_VERDICTS[outlook.verdict])}.")
    for row in rows:
        yield Step(_("Lead"), _lead(row))
    if not rows:
        yield Step(_("Lead"), _("No lead is declared from or to it; none is searched for."))


def _lead(row: LinkRow) -> str:
    head = ngettext(
        "{leading} → {lagging} after {n} day",
        "{leading} → {lagging} after {n} days",
        round(row.lag_days),
        leading=row.leading,
        lagging=row.lagging,
    )
    because = f" ({row.because})" if row.because else ""
    told = f"{head}{because}: {_(row.words)}."
    if row.r is None or row.bound is None:
        return told
    figures = _(
        "Correlation {r}, ±{bound} would be chance, n = {n}.",
        r=number(f"{row.r:+.2f}"),
        bound=number(f"{row.bound:.2f}"),
        n=row.n,
    )
    return f"{told} {figures}"


_VERDICTS = {
    "maintain": N_("maintain"),
    "stretch": N_("stretch"),
    "challenging": N_("challenging"),
    "balanced": N_("balanced"),
    "comfortable": N_("comfortable"),
    "trivial": N_("trivial"),
    "never seen": N_("never seen"),
    "no evidence": N_("no evidence"),
}
