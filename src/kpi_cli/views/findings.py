"""`kpi-findings/1`: what `validate` found, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Finding, Severity, Suppressed
from kpi_cli.frozen import dataclass
from kpi_cli.locale import NN_

if TYPE_CHECKING:
    from kpi_cli.checks.smart import Smart


COUNTS = {
    "error": NN_("{n} error", "{n} errors"),
    "warning": NN_("{n} warning", "{n} warnings"),
    "info": NN_("{n} note", "{n} notes"),
}
"""How many of a severity, in words."""


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Findings in reading order; `counts` by severity and `suppressed`; how much was checked.

    `folder` leads from the repository's root to the workspace (with `/` at its end, or empty).
    `checked` are the KPIs and objectives of each file, `families` the letters of the rules that
    ran. `elsewhere` counts old findings that a comparison with a revision leaves out. `command`
    found them; `smart` holds the scores where that was `check-smart`.
    """

    as_of: date
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    files: int
    records: int
    checked: Mapping[str, tuple[str, ...]]
    suppressed: tuple[Suppressed, ...] = ()
    folder: str = ""
    families: tuple[str, ...] = ("K",)
    elsewhere: int = 0
    command: str = "validate"
    smart: Smart | None = None


def findings_view(
    as_of: date,
    findings: Sequence[Finding],
    *,
    files: int,
    records: int,
    suppressed: Sequence[Suppressed] = (),
    folder: str = "",
    checked: Mapping[str, tuple[str, ...]] | None = None,
    families: tuple[str, ...] = ("K",),
    elsewhere: int = 0,
    command: str = "validate",
    smart: Smart | None = None,
) -> FindingsView:
    """Count the findings, and those set aside."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return FindingsView(
        as_of,
        tuple(findings),
        counts | {"suppressed": len(suppressed)},
        files,
        records,
        checked or {},
        tuple(suppressed),
        folder,
        families,
        elsewhere,
        command,
        smart,
    )


def crashed(view: FindingsView) -> bool:
    """Whether a rule broke off: a fault of ours, which no exit code but 3 may hide."""
    return any(finding.code == "X906" for finding in view.findings)


def fails(view: FindingsView, failing: Severity) -> bool:
    """Whether a finding is at or above the failing level."""
    return any(finding.severity.rank <= failing.rank for finding in view.findings)
