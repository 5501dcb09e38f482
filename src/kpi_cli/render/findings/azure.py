"""`--format azure`: logging commands of Azure Pipelines, shown in the log and its summary."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.render.findings._places import message, repository_path, worst_first
from kpi_cli.render.text import one_line
from kpi_cli.views.findings import FindingsView


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """One command a finding, errors first; what is no error is a warning, there is no third."""
    return "".join(f"{_command(view, finding)}\n" for finding in worst_first(view.findings))


def _command(view: FindingsView, finding: Finding) -> str:
    given = {
        "type": "error" if finding.severity is Severity.ERROR else "warning",
        "sourcepath": _value(repository_path(view, finding.path)),
        "linenumber": finding.line,
        "columnnumber": finding.column,
        "code": finding.code,
    }
    properties = "".join(f"{key}={value};" for key, value in given.items())
    return f"##vso[task.logissue {properties}]{_escaped(message(finding))}"


def _escaped(text: str) -> str:
    """`%` and line ends as the agent reads them back."""
    return one_line(text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A"))


def _value(text: str) -> str:
    return _escaped(text).replace(";", "%3B").replace("]", "%5D")
