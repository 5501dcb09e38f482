"""The smallest set of edits that turns one value into another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kpi_cli.edit.draft import Draft
from kpi_cli.edit.listing import append
from kpi_cli.edit.mapping import Order, at_the_end, put, remove, set_value
from kpi_cli.edit.verify import same
from kpi_cli.edit.written import Typed, bare
from kpi_cli.source import Route

OrderOf = Callable[[Route, str], Order]
"""Where a new key of the mapping at a route goes."""


def _last(_route: Route, _name: str) -> Order:
    return at_the_end


def become(draft: Draft, route: Route, value: Any, orders: OrderOf = _last) -> Draft:
    """Change the value at `route` where it differs from `value`, and only there.

    A mapping loses, changes and gains keys; a list gains entries at its end; anything else is
    set anew. Raises CannotEdit.
    """
    old, new = draft.value(route), bare(value)
    if same(old, new) and not isinstance(value, Typed):
        return draft
    if isinstance(old, dict) and isinstance(value, dict) and old and value:
        return _mapping(draft, route, old, value, orders)
    if isinstance(old, list) and isinstance(value, list) and old:
        return _list(draft, route, old, value)
    return set_value(draft, route, value)


def _mapping(
    draft: Draft, route: Route, old: dict[str, Any], value: dict[str, Any], orders: OrderOf
) -> Draft:
    for name, found in value.items():
        if name in old:
            draft = become(draft, (*route, name), found, orders)
        else:
            order = orders(route, name)
            draft = put(draft, route, name, found, order, over_lines=name == "actuals")
    for name in old:
        if name not in value:
            draft = remove(draft, (*route, name))
    return draft


def _list(draft: Draft, route: Route, old: list[Any], value: list[Any]) -> Draft:
    for at, item in enumerate(value):
        draft = become(draft, (*route, at), item) if at < len(old) else append(draft, route, item)
    for at in range(len(old) - 1, len(value) - 1, -1):
        if not value:
            return set_value(draft, route, [])
        draft = remove(draft, (*route, at))
    return draft
