"""`--format json`: `kpi-findings/1` of the format page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kpi_cli.diagnostics import Finding, Fix
from kpi_cli.render.json import dump, plain
from kpi_cli.views.findings import FindingsView


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """One envelope with every finding and the counts."""
    return dump(
        {
            "schema": "kpi-findings/1",
            "as_of": view.as_of,
            "findings": [record(finding) for finding in view.findings],
            "counts": view.counts,
        }
    )


def record(finding: Finding) -> dict[str, Any]:
    """A finding's keys as the format page lists them."""
    named = (field.name for field in fields(finding) if field.name != "concerns")
    found = {name: plain(getattr(finding, name)) for name in named}
    return found | {"fix": _fix(finding.fix)}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    """The text to put in the place of a span."""
    return {**plain(fix.mark), "text": fix.text} if fix else None
