"""`--format github`: workflow commands, which GitHub shows as annotations of the changed lines.

GitHub shows ten errors and ten warnings of a step and drops the rest without a word, so the worst
are written and the last of each kind says how many more there are. A note counts as a notice,
of which there are ten too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.render.findings._places import message, repository_path
from kpi_cli.render.text import safe
from kpi_cli.views.findings import FindingsView

MOST = 10
"""Annotations of one kind in one step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """Errors first; one line a command."""
    lines = [line for kind in Severity for line in _kind(view, kind)]
    return "".join(f"{line}\n" for line in lines)


def _kind(view: FindingsView, severity: Severity) -> Iterator[str]:
    found = [finding for finding in view.findings if finding.severity is severity]
    shown = found if len(found) <= MOST else found[: MOST - 1]
    for finding in shown:
        yield _command(view, finding)
    if len(found) > len(shown):
        rest = len(found) - len(shown)
        text = f"and {rest} more; `kpi validate` or the step summary lists all {len(found)}"
        yield f"::{_COMMANDS[severity]} title=kpi::{_data(text)}"


def _command(view: FindingsView, finding: Finding) -> str:
    end = {"endLine": finding.end_line}
    if finding.end_line == finding.line:
        # GitHub takes columns only within one line, and the end as the last one marked.
        end["endColumn"] = max(finding.end_column - 1, finding.column)
    given: dict[str, object] = {
        "file": repository_path(view, finding.path),
        "line": finding.line,
        **end,
        "col": finding.column,
        "title": f"{finding.code} {finding.name}",
    }
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in given.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(message(finding))}"


def _data(text: str) -> str:
    """`%`, CR and LF as the runner unescapes them."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return safe(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
