"""`kpi-report/1`: every fact of the pages as JSON, from the same views the pages are made of.

Keys are the names of the views' fields. Texts are in the language of the report, dates ISO,
numbers JSON numbers, what is absent null; a badge is its status, a count `[status, number]`, a
link `[kind, id]`. The series of a KPI stands with its page, in `lines`; small pictures of it that
tables show are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from math import isfinite
from typing import Any

from kpi_cli.views.facts import Ref
from kpi_cli.views.report import Report
from kpi_cli.views.words import Badge, Count

SCHEMA = "kpi-report/1"
PICTURES = frozenset({"slug", "plot", "spark", "strip", "bar", "bullet", "chart", "charts"})
"""Fields that only draw what other fields say."""


def report_json(report: Report) -> str:
    """The whole report, one record a line; equal for equal reports."""
    return "{" + ",\n".join(_lines(envelope(report))) + "}\n"


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    for key, value in found.items():
        rows = value if isinstance(value, list) else [value]
        text = ",\n".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows
        )
        yield f"{json.dumps(key)}: " + (f"[{text}]" if isinstance(value, list) else text)


def envelope(report: Report) -> dict[str, Any]:
    """The report as plain data, its schema first."""
    imprint = report.imprint
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": imprint.as_of.isoformat(),
        "imprint": plain(imprint),
        "reader": plain(report.front),
    }
    if report.front is None:
        found |= {"overview": plain(report.overview), "map": plain(report.map)}
        found["departments"] = plain(report.departments)
    rest = ("review", "person", "teams", "objectives", "kpis", "changes", "quality")
    return found | {name: plain(getattr(report, name)) for name in rest}


def plain(value: object) -> Any:
    """A view as mappings, lists, texts and numbers. Raises TypeError for anything else."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no part of a view")
    return _record(value)


def _record(value: Any) -> Any:
    match value:
        case Ref():
            return [value.kind, value.id]
        case Badge():
            return value.status
        case Count():
            return [value.badge.status, value.number]
    return {name: plain(getattr(value, name)) for name in _fields(value.__class__)}


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of a view's fields, and `text` of a headline, in which order they stand."""
    names = tuple(field.name for field in fields(kind) if field.name not in PICTURES)
    return (*names, "text") if kind.__name__ == "Headline" else names
