"""`kpi-report/1`: every fact of the pages as JSON, from the same views the pages are made of.

Keys are the names of the views' fields. Texts are in the language of the report, dates ISO,
numbers JSON numbers, what is absent null; a badge is its status, a count `[status, number]`, a
link `[kind, id]`. The series of a KPI stands with its page, in `lines`; small pictures of it that
tables show are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from kpi_cli.frozen import field_names, field_types, is_dataclass
from kpi_cli.render.figures import exact
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
    lines = [*_lines(_sections(report))]
    lines[0], lines[-1] = "{" + lines[0], lines[-1] + "}\n"
    return ",\n".join(lines)  # once: a large report is copied whole by every other way


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    for key, value in found.items():
        name = f"{_text(key)}: "
        if not isinstance(value, tuple):
            yield name + _written(value)
            continue
        rows = [_written(row) for row in value] or [""]
        rows[0] = f"{name}[{rows[0]}"
        rows[-1] += "]"
        yield from rows


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
    if not is_dataclass(value.__class__):
        raise TypeError(f"{type(value).__name__} is no part of a view")
    return {name: getattr(value, name) for name in _fields(value.__class__)}


Writer = Callable[[Any], str]
_FEW = 24
"""Views of a class that are written field by field before a function for it is compiled."""


class _Writers(dict[type, Writer]):
    """How values of a type are written: JSON in one pass, without a mapping for each view."""

    def __init__(self, known: Mapping[type, Writer]) -> None:
        super().__init__(known)
        self._known = tuple(known)
        self._met: Counter[type] = Counter()

    def __missing__(self, kind: type) -> Writer:
        if kind not in self._met:
            for known in self._known:
                if issubclass(kind, known):
                    self[kind] = self[known]
                    return self[known]
        self._met[kind] += 1
        if self._met[kind] <= _FEW or not is_dataclass(kind):
            return _one_of_few
        self[kind] = found = _compiled(kind)
        return found


def _one_of_few(view: Any) -> str:
    """A view as the mapping it opens to. Raises TypeError for what is none."""
    if not is_dataclass(view.__class__):
        return _written(_opened(view))
    names = _fields(view.__class__)
    return f"{{{','.join([f'{_text(name)}:{_written(getattr(view, name))}' for name in names])}}}"


def _compiled(kind: type) -> Writer:
    """A function for the views of a class: `{"on":…,"value":…}`, each value as the type of its
    field asks; where that leaves a choice, as its own does."""
    types = field_types(kind)
    parts = [
        f"{_text(name)}:{{{_HOW.get(types.get(name), _ANY).format(name)}}}"
        for name in _fields(kind)
    ]
    names = {"writers": _WRITERS, "text": _text, "day": _day, "null": "null"}
    found: Writer = eval(f"lambda view: f'{{{{{','.join(parts)}}}}}'", names)
    return found


_ANY = "writers[(one := view.{0}).__class__](one)"
_HOW: Mapping[Any, str] = {
    "str": "text(view.{0})",
    "str | None": "null if (one := view.{0}) is None else text(one)",
    "date": "day(view.{0})",
}
"""Expressions for the values of a field, by its type as the class states it."""


def _written(value: Any) -> str:
    return _WRITERS[value.__class__](value)


def _list(values: Sequence[Any]) -> str:
    if not values:
        return "[]"
    return f"[{','.join([_WRITERS[one.__class__](one) for one in values])}]"


def _mapping(found: Mapping[Any, Any]) -> str:
    rows = {str(key): one for key, one in found.items()}
    return "{" + ",".join([f"{_text(key)}:{_written(one)}" for key, one in rows.items()]) + "}"


def _float(value: float) -> str:
    return exact(value) if isfinite(value) else "null"


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
        float: _float,
        date: _day,
        tuple: _list,
        list: _list,
        Mapping: _mapping,
        Ref: lambda ref: f"[{_text(ref.kind)},{_text(ref.id)}]",
        Badge: lambda badge: _text(badge.status),
        Count: lambda count: f"[{_text(count.badge.status)},{count.number}]",
    }
)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of a view's fields, and `text` of a headline, in which order they stand."""
    names = tuple(name for name in field_names(kind) if name not in PICTURES)
    return (*names, "text") if kind.__name__ == "Headline" else names
