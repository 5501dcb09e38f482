"""`--format jsonl`: one finding a line, in reading order, each as in `--format json`."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.render.findings.json import record
from kpi_cli.render.json import dumps
from kpi_cli.views.findings import FindingsView


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """No line at all where nothing was found."""
    lines = (dumps(record(f)) for f in view.findings)
    return "".join(f"{line}\n" for line in lines)
