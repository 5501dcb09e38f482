"""`kpi-findings/1`: what `validate` found, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpi_cli.diagnostics import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Findings in reading order; `counts` by severity and `suppressed`; how much was checked."""

    as_of: date
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    files: int
    records: int


def findings_view(
    as_of: date, findings: Sequence[Finding], *, files: int, records: int
) -> FindingsView:
    """Count the findings."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return FindingsView(as_of, tuple(findings), counts | {"suppressed": 0}, files, records)


def fails(view: FindingsView, failing: Severity) -> bool:
    """Whether a finding is at or above the failing level."""
    return any(finding.severity.rank <= failing.rank for finding in view.findings)
