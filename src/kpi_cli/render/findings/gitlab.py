"""`--format gitlab`: a Code Quality report; GitLab compares it with the target branch's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.render.findings._places import message, repository_path
from kpi_cli.render.json import dumps
from kpi_cli.views.findings import FindingsView

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """A list of issues; GitLab takes two with one fingerprint for the same, so each has its own."""
    issues = [_issue(view, finding) for finding in view.findings]
    return dumps(issues, indent=2) + "\n"


def _issue(view: FindingsView, finding: Finding) -> dict[str, Any]:
    return {
        "description": f"{finding.code}: {message(finding)}",
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": repository_path(view, finding.path),
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }
