"""`kpi-report/1`: every fact of the pages as JSON, from the same views the pages are made of.

Keys are the names of the views' fields. Texts are in the language of the report, dates ISO,
numbers JSON numbers, what is absent null; a badge is its status, a count `[status, number]`;
charts carry the values they are drawn from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from kpi_cli.views.report import Report
from kpi_cli.views.words import Badge, Count

SCHEMA = "kpi-report/1"
PICTURES = frozenset({"slug"})
"""Fields that only name parts of a picture."""


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
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Badge):
        return value.status
    if isinstance(value, Count):
        return [value.badge.status, value.number]
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _fields(type(value))}
    raise TypeError(f"{type(value).__name__} is no part of a view")


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The names of a view's fields, and `text` of a headline, in which order they stand."""
    names = tuple(field.name for field in fields(kind) if field.name not in PICTURES)
    return (*names, "text") if kind.__name__ == "Headline" else names
