"""Pydantic's errors in our words: code, place below the record, what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from kpi_cli.models.declared import InvalidRecord
from kpi_cli.models.model import Model
from kpi_cli.shape import ShapeError, ShapeFault, brief, did_you_mean, kind_of, unknown_key

_NEEDED: Mapping[str, str] = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dataclass_type": "a mapping",
}
_BOUND = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}


def faults_of(error: InvalidRecord, model: type[Model]) -> Iterator[ShapeFault]:
    """Every fault of a record; the route leads from the record."""
    for item in error.errors:
        route = tuple(item["loc"])
        given = item.get("input")
        context: Mapping[str, Any] = item.get("ctx") or {}
        if isinstance(context.get("error"), ShapeError):
            for fault in context["error"].faults:
                yield fault.below(*route)
        else:
            yield _fault(item["type"], route, given, context, model)


def _fault(
    kind: str, route: tuple[int | str, ...], given: Any, context: Mapping[str, Any],
    model: type[Model],
) -> ShapeFault:  # fmt: skip
    if kind == "extra_forbidden":
        return unknown_key(str(route[-1]), allowed_keys(model, route[:-1])).below(*route[:-1])
    if kind == "missing":
        key = str(route[-1])
        return ShapeFault("K012", f"'{key}' is missing", route[:-1], f"add `{key}:`")
    if kind in ("literal_error", "enum"):
        return _not_allowed(route, given, str(context.get("expected", "")))
    if kind in _BOUND:
        word, key = _BOUND[kind]
        return ShapeFault("K015", f"{brief(given)} is not {word} {context[key]}", route)
    needed = _NEEDED.get(kind, "another kind of value")
    hint = (
        f'write it in quotes: "{brief(given)}"' if needed == "a text" and _scalar(given) else None
    )
    return ShapeFault("K011", f"{needed} is needed here, not {kind_of(given)}", route, hint)


def _scalar(given: Any) -> bool:
    return isinstance(given, bool | int | float)


def _not_allowed(route: tuple[int | str, ...], given: Any, expected: str) -> ShapeFault:
    words = re.findall(r"'([^']*)'", expected) or [expected]
    listed = f"allowed: {', '.join(words)}"
    if not isinstance(given, str):
        if route and route[-1] == "version":
            return ShapeFault("K016", f"format version {brief(given)} is unknown", route, listed)
        return ShapeFault("K011", f"a word is needed here, not {kind_of(given)}", route, listed)
    if route and route[-1] == "version":
        return ShapeFault("K016", f"format version '{brief(given)}' is unknown", route, listed)
    near = did_you_mean(given, words)
    help_text = f"{near} {listed}" if near else listed
    return ShapeFault("K015", f"'{brief(given)}' is not allowed here", route, help_text)


def allowed_keys(model: type[Model], route: tuple[int | str, ...]) -> list[str]:
    """The keys of the mapping that `route` leads to, starting from a record."""
    current: type[Model] | None = model
    for step in route:
        if current is None:
            break
        if isinstance(step, int):
            continue
        field = next(
            (f for name, f in current.model_fields.items() if step in (f.alias, name)), None
        )
        if field is not None:
            current = _model_in(field.annotation)
    if current is None:
        return []
    return [f.alias or name for name, f in current.model_fields.items() if not f.hidden]


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
