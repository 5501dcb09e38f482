"""`kpi-report/1`: every fact of the pages as JSON, from the same views the pages are made of.

Keys are the names of the views' fields. Texts are in the language of the report, dates ISO,
numbers JSON numbers, what is absent null; a badge is its status, a count `[status, number]`, a
link `[kind, id]`. The series of a KPI stands with its page, in `lines`; small pictures of it that
tables show are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from json import JSONEncoder
from math import isfinite
from operator import attrgetter
from typing import Any

from kpi_cli.views.facts import Ref
from kpi_cli.views.report import Report
from kpi_cli.views.words import Badge, Count

SCHEMA = "kpi-report/1"
PICTURES = frozenset(
    {"slug", "plot", "spark", "strip", "bar", "bullet", "chart", "charts", "numbers", "theme"}
)
"""Fields that only draw what other fields say."""


def report_json(report: Report) -> str:
    """The whole report, one record a line; equal for equal reports."""
    return "{" + ",\n".join(_lines(_sections(report))) + "}\n"


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    for key, value in found.items():
        rows = value if isinstance(value, tuple) else (value,)
        text = ",\n".join(map(_dumped, rows))
        yield f"{_ENCODER.encode(key)}: " + (f"[{text}]" if isinstance(value, tuple) else text)


def _dumped(view: object) -> str:
    try:
        return _ENCODER.encode(view)
    except ValueError:  # an infinite number in it, which becomes null
        return _ENCODER.encode(plain(view))


def envelope(report: Report) -> dict[str, Any]:
    """The report as plain data, its schema first."""
    return {name: plain(view) for name, view in _sections(report).items()}


def _sections(report: Report) -> dict[str, Any]:
    imprint, front = report.imprint, report.front
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": imprint.as_of,
        "imprint": imprint,
        "reader": (front.kind, front.id) if front else None,
    }
    if front is None:
        found |= {"overview": report.overview, "map": report.map}
        found["departments"] = report.departments
    rest = ("review", "person", "teams", "objectives", "kpis", "changes", "quality")
    return found | {name: getattr(report, name) for name in rest}


def plain(value: object) -> Any:
    """A view as mappings, lists, texts and numbers. Raises TypeError for anything else."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    opened = _opened(value)
    if isinstance(opened, dict):
        return {key: plain(one) for key, one in opened.items()}
    return opened


def _opened(value: Any) -> Any:
    """What JSON has no form for, one layer of it as mapping, list or text."""
    return _opener(value.__class__)(value)


_ENCODER = JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False,
    default=_opened,
)  # fmt: skip


@cache
def _opener(kind: type) -> Callable[[Any], Any]:
    """How values of a type are opened."""
    if issubclass(kind, Ref):
        return lambda ref: [ref.kind, ref.id]
    if issubclass(kind, Badge):
        return lambda badge: badge.status
    if issubclass(kind, Count):
        return lambda count: [count.badge.status, count.number]
    if issubclass(kind, date):
        return lambda day: day.isoformat()
    if issubclass(kind, Mapping):
        return lambda found: {str(key): one for key, one in found.items()}
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no part of a view")
    names = _fields(kind)
    if len(names) < 2:
        return lambda view: {name: getattr(view, name) for name in names}
    values = attrgetter(*names)
    return lambda view: dict(zip(names, values(view), strict=True))


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of a view's fields, and `text` of a headline, in which order they stand."""
    names = tuple(field.name for field in fields(kind) if field.name not in PICTURES)
    return (*names, "text") if kind.__name__ == "Headline" else names
