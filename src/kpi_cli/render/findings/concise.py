"""`--format concise`: one line a finding, as editors and CI logs read it."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.render.text import one_line
from kpi_cli.views.findings import FindingsView


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """`path:line:col: severity CODE message`."""
    return "".join(
        f"{one_line(f.path)}:{f.line}:{f.column}: {f.severity} {f.code} {one_line(f.message)}\n"
        for f in view.findings
    )
