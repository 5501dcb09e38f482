"""`--format pylint`: `path:line: [CODE] message`, which Jenkins and many editors read."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.render.findings._places import repository_path
from kpi_cli.render.text import one_line
from kpi_cli.views.findings import FindingsView


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """One line a finding, in reading order."""
    return "".join(
        f"{one_line(repository_path(view, f.path))}:{f.line}: "
        f"[{f.code}({f.name}), {f.subject or ''}] {one_line(f.message)}\n"
        for f in view.findings
    )
