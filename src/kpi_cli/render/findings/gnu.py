"""`--format gnu`: `path:line.col-line.col: error: message [CODE]`, as GNU tools and Emacs write it.

Source: GNU Coding Standards, "Formatting Error Messages"; the last column is the last one marked.
"""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.render.findings._places import repository_path
from kpi_cli.render.text import one_line
from kpi_cli.views.findings import FindingsView

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """One line a finding, in reading order."""
    return "".join(f"{_line(view, finding)}\n" for finding in view.findings)


def _line(view: FindingsView, f: Finding) -> str:
    last = max(f.end_column - 1, f.column if f.end_line == f.line else 1)
    place = f"{f.line}.{f.column}-{f.end_line}.{last}"
    path = one_line(repository_path(view, f.path))
    return f"{path}:{place}: {_WORDS[f.severity]}: {one_line(f.message)} [{f.code}]"
