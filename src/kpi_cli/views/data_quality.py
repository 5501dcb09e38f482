"""How far the figures can be trusted: age, gaps, findings, and the method in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_cli.analysis.observation import missing
from kpi_cli.analysis.results import Freshness, KpiResult, Status
from kpi_cli.diagnostics import Finding
from kpi_cli.models import Config
from kpi_cli.period import Frequency
from kpi_cli.quantity import show_share
from kpi_cli.views.charts import Strip
from kpi_cli.views.definition import source_of
from kpi_cli.views.facts import Facts, Ref, datum_text
from kpi_cli.views.headline import Headline, of_quality
from kpi_cli.views.overview import Faults, faults_of
from kpi_cli.views.words import BADGES, Badge, days, freshness_word

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


@dataclass(frozen=True, slots=True)
class DataQuality:
    """The data-quality page."""

    headline: Headline
    rows: tuple[SourceRow, ...]
    more_rows: int
    faults: Faults
    findings: tuple[FindingRow, ...]
    more_findings: int
    method: tuple[tuple[str, str], ...]


def data_quality(facts: Facts, findings: Sequence[Finding], left_out: int) -> DataQuality:
    """The data-quality page of a workspace."""
    running = [r for r in facts.assessment.kpis.values() if r.counts_as not in _ASIDE]
    running.sort(key=lambda result: _FIRST.get(result.freshness.state, 9))
    faults = faults_of(findings, left_out)
    stale = sum(result.counts_as is Status.STALE for result in running)
    missing = sum(result.counts_as is Status.NO_DATA for result in running)
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, finding.sort_key))
    return DataQuality(
        headline=of_quality(stale, missing, faults.errors),
        rows=tuple(_source_row(facts, result) for result in running[:MOST]),
        more_rows=max(len(running) - MOST, 0),
        faults=faults,
        findings=tuple(_finding_row(finding) for finding in ordered[:MOST]),
        more_findings=max(len(ordered) - MOST, 0),
        method=tuple(method(facts.config)),
    )


_ASIDE = frozenset({Status.RETIRED, Status.DRAFT})
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
        stale = " (stale)" if fresh.state is Freshness.STALE else ""
        strip = Strip(age, limit, f"{days(age)} old, {days(limit)} allowed{stale}")
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
        return f"{', '.join(gaps[-2:])} and {len(gaps) - 2} earlier"
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
    status = config.status
    bands = (
        f"On track while the gap is at most {show_share(status.on_track.share)} of the progress"
        f" expected (or {show_share(status.on_track.floor)} of the way, if that is more); at risk"
        f" up to {show_share(status.at_risk.share)} (or {show_share(status.at_risk.floor)});"
        " else off track."
    )
    sdg = " KPIs follow the SDG method unless they say otherwise." if status.method == "sdg" else ""
    return [
        ("Progress", "The way done: (value − baseline) / (target − baseline), for rising and"
         " falling figures alike. Totals count from 0. A limit to keep counts the periods in which"
         " it was kept."),
        ("Expected", "The share of the time gone at the date of the latest figure, or the given"
         " path. Never today’s date: a late figure is late data, not slow progress."),
        ("Status", f"Gap = expected − progress. {bands} After the due date: achieved or missed."
         f"{sdg}"),
        ("Owner’s word", "A check-in dated after the latest figure is shown in place of the"
         " computed status; counts, roll-ups and exceptions use the computed one."),
        ("Objectives", "The weighted mean of what is below. Less than half measured: insufficient"
         " data. One that counts and is behind holds the objective at “at risk”."),
        ("Freshness", "A figure is due by the end of the next period and stale after"
         f" {_grace(config)} more. Silence is never green: no figure means no status, not 0 %."),
    ]  # fmt: skip


def _grace(config: Config) -> str:
    known = ((f, config.grace_days.of(f)) for f in Frequency)
    parts = [
        f"{days(grace)} ({frequency.value})" for frequency, grace in known if grace is not None
    ]
    return ", ".join(parts[:-1]) + " or " + parts[-1]
