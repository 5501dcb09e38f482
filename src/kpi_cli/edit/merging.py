"""A record that stands in a file, brought to the values an import has for it: data, no text.

What the import sets is set; fields, periods and notes it does not know stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kpi_cli.edit.mapping import Order, at_the_end
from kpi_cli.edit.order import sections
from kpi_cli.edit.sorting import in_date_order, in_key_order, period_or_none
from kpi_cli.period import Calendar, Period
from kpi_cli.source import Route

_FIGURE = ("value", "numerator", "denominator")
Change = tuple[Period, bool]
"""A period whose figure differs from before, and whether it had one before."""


def merged(old: Mapping[str, Any], new: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """The record as it will be."""
    actuals = new.get("actuals")
    fields = {name: value for name, value in new.items() if name != "actuals"}
    found = {**old, **{k: _value(old.get(k), v, calendar) for k, v in fields.items()}}
    if isinstance(actuals, dict):
        found["actuals"] = _actuals(old.get("actuals") or {}, actuals, calendar)
    return found


def _actuals(old: Mapping[str, Any], new: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    names = _names(old, calendar)
    found = dict(old)
    for name, value in new.items():
        known = _known(names, name, calendar)
        found[known or name] = _entry(old[known], value) if known else value
    return found


def _entry(old: Any, new: Any) -> Any:
    """An actual as it will be: its note stays, what its old value came from goes."""
    was, will = _full(old), _full(new)
    if all(name in was and alike(was[name], value) for name, value in will.items()):
        return old
    kept = {k: will.get(k, v) for k, v in was.items() if k in will or k not in _FIGURE}
    found = {**kept, **will}
    return found["value"] if found.keys() == {"value"} else found


def _full(entry: Any) -> dict[str, Any]:
    return entry if isinstance(entry, dict) else {"value": entry}


def _value(old: Any, new: Any, calendar: Calendar) -> Any:
    """A field's value; two mappings without a common key are alternatives, and the new one wins."""
    if alike(old, new):
        return old
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    names = _names(old, calendar)
    known = {name: _known(names, name, calendar) for name in new}
    if not any(known.values()):
        return new
    found = dict(old)
    for name, value in new.items():
        at = known[name]
        found[at or name] = _value(old[at], value, calendar) if at else value
    return found


def _names(data: Mapping[str, Any], calendar: Calendar) -> dict[str | Period, str]:
    """The keys of a mapping by themselves and, where they name periods, by these."""
    names: dict[str | Period, str] = {}
    for name in data:
        names[name] = name
        period = period_or_none(calendar, name)
        if period is not None:
            names.setdefault(period, name)
    return names


def _known(names: Mapping[str | Period, str], name: str, calendar: Calendar) -> str | None:
    period = period_or_none(calendar, name)
    return names.get(name) or (names.get(period) if period else None)


def alike(one: Any, two: Any) -> bool:
    """Equal for a reader of the plan: 31 is 31.0, but 1 is not true."""
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(alike(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(alike, one, two))
    return isinstance(one, bool) == isinstance(two, bool) and bool(one == two)


def changes(old: Any, new: Any, calendar: Calendar) -> Iterator[Change]:
    """The periods of a record whose figures came, went or differ."""
    before, after = _figures(old, calendar), _figures(new, calendar)
    for period in sorted(before.keys() | after.keys()):
        was, will = before.get(period), after.get(period)
        if not alike(was, will):
            yield period, was is not None


def _figures(record: Any, calendar: Calendar) -> dict[Period, dict[str, Any] | None]:
    """Period -> value and pair; None for one that is known to be missing."""
    actuals = record.get("actuals") if isinstance(record, dict) else None
    found: dict[Period, dict[str, Any] | None] = {}
    for name, entry in actuals.items() if isinstance(actuals, dict) else ():
        period = period_or_none(calendar, name)
        if period is not None:
            full = {k: v for k, v in _full(entry).items() if k in _FIGURE and v is not None}
            found[period] = full or None
    return found


def place_of(section: str, record: Route, route: Route, name: str, calendar: Calendar) -> Order:
    """Where a new key goes: a field in the format's order, a period by date, else at the end."""
    if route == record:
        return in_key_order(sections()[section], name)
    return in_date_order(calendar, name) if period_or_none(calendar, name) else at_the_end
