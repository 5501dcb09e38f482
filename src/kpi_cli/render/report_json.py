"""`kpi-report/1`: every fact of the pages as JSON, from the same views the pages are made of.

Keys are the names of the views' fields. Texts are in the language of the report, dates ISO,
numbers JSON numbers, what is absent null; a badge is its status, a count `[status, number]`, a
link `[kind, id]`. The series of a KPI stands with its page, in `lines`; small pictures of it that
tables show are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from json.encoder import encode_basestring
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
        text = ",\n".join([_WRITERS[row.__class__](row) for row in rows])
        yield f"{_text(key)}: " + (f"[{text}]" if isinstance(value, tuple) else text)


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
    if isinstance(value, Ref):
        return [value.kind, value.id]
    if isinstance(value, Badge):
        return value.status
    if isinstance(value, Count):
        return [value.badge.status, value.number]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): one for key, one in value.items()}
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no part of a view")
    return {name: getattr(value, name) for name in _fields(value.__class__)}


Writer = Callable[[Any], str]


class _Writers(dict[type, Writer]):
    """How values of a type are written: JSON in one pass, without a mapping for each view."""

    def __missing__(self, kind: type) -> Writer:
        self[kind] = found = _writer(kind)
        return found


def _writer(kind: type) -> Writer:
    for known in (str, int, float, date, tuple, list):
        if issubclass(kind, known):
            return _WRITERS[known]
    if issubclass(kind, Mapping):
        return _mapping
    if issubclass(kind, Ref | Badge | Count) or not is_dataclass(kind):
        return lambda value: _written(_opened(value))
    names = _fields(kind)
    shape = "{" + ",".join([f"{_text(name)}:%s" for name in names]) + "}"
    if len(names) < 2:
        return lambda view: shape % tuple([_written(getattr(view, name)) for name in names])
    values = attrgetter(*names)
    return lambda view: shape % tuple([_WRITERS[one.__class__](one) for one in values(view)])


def _written(value: Any) -> str:
    return _WRITERS[value.__class__](value)


def _list(values: Iterable[Any]) -> str:
    return f"[{','.join([_WRITERS[one.__class__](one) for one in values])}]"


def _mapping(found: Mapping[Any, Any]) -> str:
    rows = {str(key): one for key, one in found.items()}
    return "{" + ",".join([f"{_text(key)}:{_written(one)}" for key, one in rows.items()]) + "}"


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return f'"{day.isoformat()}"'


_text: Writer = encode_basestring
_WRITERS = _Writers(
    {
        type(None): lambda _: "null",
        bool: lambda value: "true" if value else "false",
        str: _text,
        int: int.__repr__,
        float: lambda value: float.__repr__(value) if isfinite(value) else "null",
        date: _day,
        tuple: _list,
        list: _list,
    }
)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of a view's fields, and `text` of a headline, in which order they stand."""
    names = tuple(field.name for field in fields(kind) if field.name not in PICTURES)
    return (*names, "text") if kind.__name__ == "Headline" else names
