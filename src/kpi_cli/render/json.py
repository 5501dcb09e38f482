"""`--format json`: the versioned envelopes of the format page; absent values are null."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from kpi_cli.diagnostics import Finding
from kpi_cli.views.findings import FindingsView
from kpi_cli.views.status import StatusView


def plain(value: Any) -> Any:
    """Dataclasses to mappings, dates to ISO text, tuples to lists; numbers stay as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def dump(envelope: Mapping[str, Any]) -> str:
    """One JSON text, two spaces deep, in UTF-8, without NaN."""
    text = json.dumps(plain(envelope), indent=2, ensure_ascii=False, allow_nan=False)
    return text + "\n"


def findings(view: FindingsView) -> str:
    """`kpi-findings/1`."""
    return dump(
        {
            "schema": "kpi-findings/1",
            "as_of": view.as_of,
            "findings": [_finding(finding) for finding in view.findings],
            "counts": view.counts,
        }
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {f.name: plain(getattr(finding, f.name)) for f in fields(finding)}


def status(view: StatusView) -> str:
    """`kpi-status/1`."""
    return dump({"schema": "kpi-status/1", **plain(view)})
