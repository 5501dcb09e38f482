"""The filters and tests an expression of a map may use; there are no others.

A filter takes None through where that is sensible, so that a blank cell stays blank. Every result
is bounded in size, and none of them runs code from the map.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from kpi_cli.feeds.importer import texts
from kpi_cli.feeds.importer.numbers import as_text, bounded, to_number
from kpi_cli.feeds.importer.problems import MapProblem, RowProblem
from kpi_cli.feeds.table import is_blank
from kpi_cli.period import BadPeriod, Calendar, Frequency, Period, parse_day
from kpi_cli.shape import did_you_mean

LONGEST_TEXT = 100_000
LONGEST_LIST = 10_000

Function = Callable[..., Any]


def show(value: Any) -> str:
    """A value as text: a blank is nothing, a number its digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value) if isinstance(value, Decimal) else str(value)


def _text(function: Callable[..., str]) -> Function:
    """A filter on texts that leaves a blank blank."""

    def applied(value: Any, *arguments: Any) -> str | None:
        return None if value is None else function(show(value), *map(_plain, arguments))

    return applied


def _plain(argument: Any) -> Any:
    return int(argument) if isinstance(argument, Decimal) else argument


def _replace(text: str, old: str, new: str) -> str:
    if not old:
        raise MapProblem("`replace` needs a text to look for")
    if text.count(old) * len(new) > LONGEST_TEXT:
        raise MapProblem("`replace` would make a text that is too long")
    return text.replace(old, new)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _split(value: Any, separator: str = ",") -> list[str]:
    if not separator:
        raise MapProblem("`split` needs a separator")
    parts = [] if value is None else show(value).split(separator)
    return [part.strip() for part in parts if part.strip()]


def _join(items: Any, separator: str = ", ") -> str:
    return separator.join(show(item) for item in _listed(items) if not is_blank(item))


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    if value is None:
        return []
    raise MapProblem(f"a list is needed here, not '{show(value)[:40]}'")


def _column(items: Any, attribute: str) -> list[Any]:
    found = []
    for item in _listed(items):
        if not isinstance(item, Mapping):
            raise MapProblem("`map(attribute='…')` takes a column out of rows")
        if attribute not in item:
            raise MapProblem(_no_such("column", attribute, item))
        found.append(item[attribute])
    return found


def _map(known: Mapping[str, Function]) -> Function:
    """`list | map('slug')`: a filter on each; `rows | map(attribute='leader')`: a column."""

    def applied(
        items: Any, name: str | None = None, *arguments: Any, attribute: str | None = None
    ) -> list[Any]:
        if attribute is not None:
            return _column(items, attribute)
        if name is None or name not in known:
            raise MapProblem(_no_such("filter", str(name), known))
        return [known[name](item, *arguments) for item in _listed(items)]

    return applied


def _no_such(what: str, name: str, known: Any) -> str:
    names = [str(key) for key in known]
    hint = did_you_mean(name, names) or f"there are: {', '.join(names)}"
    return f"there is no {what} '{name}'; {hint}"


def _unique(items: Any) -> list[Any]:
    kept: list[Any] = []
    for item in _listed(items):
        if item not in kept:
            kept.append(item)
    return kept


def _select(items: Any) -> list[Any]:
    return [item for item in _listed(items) if not is_blank(item)]


def _edge(choose: Callable[[list[Any]], Any]) -> Function:
    def applied(items: Any) -> Any:
        if isinstance(items, str):
            return items and choose(list(items))
        kept = _select(items)
        return choose(kept) if kept else None

    return applied


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | Mapping) else 0


def _round(value: Any, digits: Any = 0) -> Decimal | None:
    number = to_number(value)
    if number is None or abs(int(digits)) > 30:
        return number
    step = Decimal(1).scaleb(-int(digits))
    return bounded(number.quantize(step, rounding=ROUND_HALF_EVEN))


def _default(value: Any, other: Any) -> Any:
    return other if is_blank(value) else value


def _date(value: Any, form: str = "%Y-%m-%d") -> str | None:
    """A cell as an ISO date; `form` says how it is written, as in `date('%m/%d/%Y')`."""
    if is_blank(value):
        return None
    text = show(value).strip()
    try:
        if form == "%Y-%m-%d":
            return parse_day(text[:10]).isoformat()
        return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise RowProblem(f"'{text[:40]}' is not a date written like {form}") from None


def _for_calendar(calendar: Calendar) -> dict[str, Function]:
    def read(value: Any) -> Period | None:
        try:
            return None if is_blank(value) else calendar.parse(show(value).strip())
        except BadPeriod as error:
            raise RowProblem(str(error)) from None

    def period(value: Any, frequency: str) -> str | None:
        if frequency not in list(Frequency):
            raise MapProblem(_no_such("frequency", frequency, list(Frequency)))
        found = read(value)
        return calendar.name_of(Frequency(frequency), found.start) if found else None

    def first_day(value: Any) -> date | None:
        found = read(value)
        return found.start if found else None

    def last_day(value: Any) -> date | None:
        found = read(value)
        return found.end if found else None

    return {
        "period": period,
        "first_day": lambda value: _iso(first_day(value)),
        "last_day": lambda value: _iso(last_day(value)),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _lookup(values: Mapping[str, Mapping[str, Any]]) -> Function:
    """`cell | lookup('name')`: what the value map `name` says of it; blank stays blank."""

    def applied(value: Any, name: str) -> Any:
        if name not in values:
            raise MapProblem(_no_such("value map", name, values))
        if is_blank(value) and "" not in values[name]:
            return None
        key = show(value).strip()
        if key in values[name]:
            return values[name][key]
        if "*" in values[name]:
            return values[name]["*"]
        raise RowProblem(f"'{key[:60]}' is not in the value map '{name}'")

    return applied


def _slug(text: str, length: int = texts.LONGEST_ID) -> str:
    return texts.slug(text, length)


def _digest(text: str, length: int = 4) -> str:
    return texts.digest(text, length)


_PLAIN: dict[str, Function] = {
    "text": show,
    "clean": _text(texts.clean),
    "fold": _text(texts.fold),
    "slug": _text(_slug),
    "digest": _text(_digest),
    "lower": _text(str.lower),
    "upper": _text(str.upper),
    "title": _text(lambda text: re.sub(r"\b\w", lambda found: found[0].upper(), text.lower())),
    "trim": _text(str.strip),
    "cut": _text(_cut),
    "replace": _text(_replace),
    "split": _split,
    "join": _join,
    "select": _select,
    "unique": _unique,
    "sort": lambda items: sorted(_listed(items)),
    "first": _edge(lambda items: items[0]),
    "last": _edge(lambda items: items[-1]),
    "min": _edge(min),
    "max": _edge(max),
    "length": _length,
    "default": _default,
    "number": to_number,
    "round": _round,
    "abs": lambda value: None if value is None else abs(to_number(value) or Decimal(0)),
    "date": _date,
}


def filters(calendar: Calendar, values: Mapping[str, Mapping[str, Any]]) -> dict[str, Function]:
    """All filters by name, for one map's calendar and value maps."""
    named = {**_PLAIN, **_for_calendar(calendar), "lookup": _lookup(values)}
    limited = {name: _limited(name, function) for name, function in named.items()}
    return {**limited, "map": _limited("map", _map(limited))}


def _limited(name: str, function: Function) -> Function:
    def applied(*arguments: Any, **options: Any) -> Any:
        return sized(function(*arguments, **options), f"`{name}`")

    return applied


def sized(value: Any, what: str) -> Any:
    """The value, if it is not too large. Raises MapProblem."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise MapProblem(f"{what} makes a text of more than {LONGEST_TEXT:,} characters")
    if isinstance(value, list | tuple) and len(value) > LONGEST_LIST:
        raise MapProblem(f"{what} makes a list of more than {LONGEST_LIST:,} entries")
    return value


TESTS: dict[str, Callable[..., bool]] = {
    "blank": is_blank,
    "none": lambda value: value is None,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
    "starting_with": lambda value, start: show(value).startswith(start),
    "ending_with": lambda value, end: show(value).endswith(end),
    "containing": lambda value, part: part in show(value),
    "in": lambda value, items: value in items,
}
