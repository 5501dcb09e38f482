"""How far the figures can be trusted: age, gaps, findings, and the method in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.analysis.forecast import LEAST, METHOD
from kpi_cli.analysis.observation import missing
from kpi_cli.analysis.results import Freshness, KpiResult, Status
from kpi_cli.analysis.signals import RULES
from kpi_cli.diagnostics import Finding
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _
from kpi_cli.models import Config
from kpi_cli.period import Frequency
from kpi_cli.views.charts import Strip
from kpi_cli.views.definition import source_of
from kpi_cli.views.facts import Facts, Ref, datum_text
from kpi_cli.views.headline import Headline, of_quality
from kpi_cli.views.lede import lede_of_quality
from kpi_cli.views.outlook import RULES as SAID
from kpi_cli.views.overview import Faults, faults_of
from kpi_cli.views.words import BADGES, Badge, cadence, days, freshness_word, share

MOST = 300
"""Rows and findings a page lists at most; `kpi validate` prints every finding."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The data of one KPI: where from, how old, what is missing."""

    ref: Ref
    how: str | None
    source: str | None
    last: str | None
    period: str | None
    age: str | None
    allowed: str | None
    strip: Strip | None
    gaps: str | None
    state: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with its place."""

    severity: str
    code: str
    name: str
    path: str
    line: int
    subject: str | None
    message: str
    help: str | None

    @property
    def severity_word(self) -> str:
        """The severity in the spoken language."""
        return _(_SEVERITIES[self.severity])


_SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "info": N_("info")}


@dataclass(frozen=True, slots=True)
class DataQuality:
    """The data-quality page."""

    headline: Headline
    lede: str
    rows: tuple[SourceRow, ...]
    more_rows: int
    faults: Faults
    findings: tuple[FindingRow, ...]
    more_findings: int
    method: tuple[tuple[str, str], ...]


def data_quality(facts: Facts, findings: Sequence[Finding], left_out: int) -> DataQuality:
    """The data-quality page of a workspace."""
    running = _running(facts)
    faults = faults_of(findings, left_out)
    stale = sum(result.counts_as is Status.STALE for result in running)
    missing = sum(result.counts_as is Status.NO_DATA for result in running)
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, finding.sort_key))
    rows = tuple(_source_row(facts, result) for result in running[:MOST])
    return DataQuality(
        headline=of_quality(stale, missing, faults.errors),
        lede=lede_of_quality(len(running), stale, missing, sum(bool(row.gaps) for row in rows)),
        rows=rows,
        more_rows=max(len(running) - MOST, 0),
        faults=faults,
        findings=tuple(_finding_row(finding) for finding in ordered[:MOST]),
        more_findings=max(len(ordered) - MOST, 0),
        method=tuple(method(facts.config)),
    )


def late_sources(facts: Facts) -> tuple[SourceRow, ...]:
    """The figures on that page that are due, stale, or were never entered."""
    shown = _running(facts)[:MOST]
    return tuple(_source_row(facts, one) for one in shown if one.freshness.state in _LATE)


def _running(facts: Facts) -> list[KpiResult]:
    """KPIs that are measured, the latest figures last."""
    running = [r for r in facts.assessment.kpis.values() if r.counts_as not in _ASIDE]
    return sorted(running, key=lambda result: _FIRST.get(result.freshness.state, 9))


_ASIDE = frozenset({Status.RETIRED, Status.DRAFT})
_LATE = frozenset({Freshness.STALE, Freshness.DUE, Freshness.NONE})
_FIRST = {Freshness.STALE: 0, Freshness.NONE: 1, Freshness.DUE: 2, Freshness.FRESH: 3}


def _source_row(facts: Facts, result: KpiResult) -> SourceRow:
    kpi, fresh, as_of = result.kpi, result.freshness, facts.assessment.as_of
    source = source_of(kpi.source)
    known = [p for p in facts.points.get(kpi.id, ()) if p.own is not None]
    age = (as_of - fresh.last.end).days if fresh.last else None
    limit = None
    if fresh.next_due and fresh.last and fresh.grace is not None:
        limit = (fresh.next_due - fresh.last.end).days + fresh.grace
    strip = None
    if age is not None and limit:
        told = {"age": days(age), "allowed": days(limit)}
        label = _("{age} old, {allowed} allowed", **told)
        if fresh.state is Freshness.STALE:
            label = _("{age} old, {allowed} allowed (stale)", **told)
        strip = Strip(age, limit, label)
    return SourceRow(
        ref=Ref("kpi", kpi.id, kpi.name),
        how=source[0] if source else None,
        source=source[1] if source else None,
        last=datum_text(known[-1].own, facts.scales[kpi.id]) if known else None,
        period=fresh.last.name if fresh.last else None,
        age=days(age) if age is not None else None,
        allowed=days(limit) if limit is not None else None,
        strip=strip,
        gaps=_gaps(facts, result),
        state=freshness_word(fresh),
        badge=BADGES[Status.STALE] if result.counts_as is Status.STALE else None,
    )


def _gaps(facts: Facts, result: KpiResult) -> str | None:
    """Periods without a value between the first and the last one shown: the latest two by name."""
    known = [p.period for p in facts.points.get(result.kpi.id, ()) if p.own is not None]
    if not known:
        return None
    calendar, frequency = facts.plan.calendar, result.kpi.frequency
    gaps = list(missing(calendar, frequency, known, known[0].start, known[-1].end))
    if len(gaps) > 3:
        latest = ", ".join(gaps[-2:])
        return _("{latest} and {n} earlier", latest=latest, n=len(gaps) - 2)
    return ", ".join(gaps) or None


def _finding_row(finding: Finding) -> FindingRow:
    return FindingRow(
        severity=finding.severity.value,
        code=finding.code,
        name=finding.name,
        path=finding.path,
        line=finding.line,
        subject=finding.subject,
        message=finding.message,
        help=finding.help,
    )


def method(config: Config) -> list[tuple[str, str]]:
    """How the figures of this workspace are made, with its own numbers."""
    return [
        (
            _("Progress"),
            _(
                "The way done: (value − baseline) / (target − baseline), for rising and falling"
                " figures alike. Totals count from 0. A limit to keep counts the periods in which"
                " it was kept."
            ),
        ),
        (
            _("Expected"),
            _(
                "The share of the time gone at the date of the latest figure, or the given path."
                " Never today’s date: a late figure is late data, not slow progress."
            ),
        ),
        (_("Status"), _judging(config)),
        (_("Signal"), _telling(config)),
        (_("Forecast"), _foretelling()),
        (
            _("Owner’s word"),
            _(
                "A check-in dated after the latest figure is shown in place of the computed"
                " status; counts, roll-ups and exceptions use the computed one."
            ),
        ),
        (
            _("Objectives"),
            _(
                "The weighted mean of what is below. Less than half measured: insufficient data."
                " One that counts and is behind holds the objective at “at risk”."
            ),
        ),
        (
            _("Freshness"),
            _(
                "A figure is due by the end of the next period and stale after {days} more."
                " Silence is never green: no figure means no status, not 0 %.",
                days=_grace(config),
            ),
        ),
    ]


def _foretelling() -> str:
    return _(
        "From {n} values on, the mean of three ways to continue a series (exponential"
        " smoothing, Theta, damped trend); errors of the past give its spread. The chance"
        " is the share of outcomes that meet the target on the due date if nothing"
        " changes, to 5 %. Method: {method}.",
        n=LEAST,
        method=METHOD,
    )


def _judging(config: Config) -> str:
    on, risk = config.status.on_track, config.status.at_risk
    told = _(
        "Gap = expected − progress. On track while the gap is at most {on} of the progress"
        " expected (or {on_floor} of the way, if that is more); at risk up to {risk} (or"
        " {risk_floor}); else off track. After the due date: achieved or missed.",
        on=share(on.share),
        on_floor=share(on.floor),
        risk=share(risk.share),
        risk_floor=share(risk.floor),
    )
    sdg = _("KPIs follow the SDG method unless they say otherwise.")
    return f"{told} {sdg}" if config.status.method == "sdg" else told


def _telling(config: Config) -> str:
    """What a signal is by the rules of the workspace."""
    settings = config.signals
    rules = "; ".join(_(SAID[one]) for one in RULES[settings.rules])
    told = {"rules": rules, "set": settings.rules}
    if settings.centre == "median":
        return _(
            "Each period’s own value against natural limits: the median ± 3.145 times the median"
            " step. A signal is one of these, at the latest value: {rules}. Without one it is"
            " routine variation. Rules: {set}.",
            **told,
        )
    return _(
        "Each period’s own value against natural limits: the mean ± 2.66 times the mean step. A"
        " signal is one of these, at the latest value: {rules}. Without one it is routine"
        " variation. Rules: {set}.",
        **told,
    )


def _grace(config: Config) -> str:
    known = ((f, config.grace_days.of(f)) for f in Frequency)
    parts = [
        f"{days(grace)} ({cadence(frequency)})" for frequency, grace in known if grace is not None
    ]
    return _("{first} or {last}", first=", ".join(parts[:-1]), last=parts[-1])
