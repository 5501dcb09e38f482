"""`--format rdjson`: the Reviewdog Diagnostic Format, with fixes as suggestions of one click.

Its columns count bytes of UTF-8 from 1, and the end is exclusive; ours count code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.render.findings._places import TOOL, message, repository_path
from kpi_cli.render.json import dumps
from kpi_cli.source import Mark
from kpi_cli.views.findings import FindingsView

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """A DiagnosticResult."""
    lines = _Lines(files)
    worst = min((f.severity for f in view.findings), key=lambda s: s.rank, default=None)
    found = {
        "source": {"name": TOOL},
        **({"severity": _SEVERITIES[worst]} if worst else {}),
        "diagnostics": [_diagnostic(view, finding, lines) for finding in view.findings],
    }
    return dumps(found, indent=2) + "\n"


def _diagnostic(view: FindingsView, finding: Finding, lines: _Lines) -> dict[str, Any]:
    span = Mark(finding.line, finding.column, finding.end_line, finding.end_column)
    found: dict[str, Any] = {
        "message": message(finding),
        "location": {
            "path": repository_path(view, finding.path),
            "range": lines.range(finding.path, span),
        },
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if finding.related:
        found["related_locations"] = [
            {
                "message": other.message,
                "location": {
                    "path": repository_path(view, other.path),
                    "range": {"start": lines.position(other.path, other.line, other.column)},
                },
            }
            for other in finding.related
        ]
    if finding.fix:
        place = lines.range(finding.path, finding.fix.mark)
        found["suggestions"] = [{"range": place, "text": finding.fix.text}]
    return found


class _Lines:
    """Columns in bytes; a file is split once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._split: dict[str, list[str]] = {}

    def range(self, path: str, mark: Mark) -> dict[str, dict[str, int]]:
        """Start and exclusive end of a span."""
        return {
            "start": self.position(path, mark.line, mark.column),
            "end": self.position(path, mark.end_line, mark.end_column),
        }

    def position(self, path: str, line: int, column: int) -> dict[str, int]:
        """A place, its column in bytes."""
        if path not in self._split:
            text = self._files.get(path, b"").decode("utf-8-sig", "surrogateescape")
            self._split[path] = text.split("\n")
        rows = self._split[path]
        before = rows[line - 1][: column - 1] if 0 < line <= len(rows) else ""
        in_bytes = len(before.encode("utf-8", "surrogateescape")) if before else column - 1
        return {"line": line, "column": in_bytes + 1}
