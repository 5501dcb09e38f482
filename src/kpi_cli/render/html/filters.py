"""What templates do to values: escape, isolate, keep figures together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from string import Formatter
from typing import Any

from markupsafe import Markup, escape, soft_str

from kpi_cli import locale
from kpi_cli.locale.forms import number
from kpi_cli.render.svg.clean import cleaned, escaped

NBSP = "\u00a0"
_PERCENT = f"{NBSP}%"
TOGETHER = 12
"""Figures up to this length stay on one line."""
REPEATED = 2**14
"""Texts remembered: names, words and dates stand on many pages."""
safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Markup of a text that is known to be some; `Markup(…)` asks first what it is given."""
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=[^\s\d]{1,3}(?:[\s,;:.)]|$))")


def finalize(value: object) -> object:
    """Every expression of a template passes here before it is escaped: a percent sign stays with
    its number."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return cleaned(value).replace(" %", _PERCENT)


def said(value: object) -> str:
    """What an expression puts on a page: `escape(finalize(value))`, made once for a text."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return _said(value)
    return _said(str(value)) if type(value) is int else escape(finalize(value))


@lru_cache(maxsize=REPEATED)
def _said(text: str) -> str:
    return escape(cleaned(text).replace(" %", _PERCENT))


@lru_cache(maxsize=REPEATED)
def data(value: str) -> Markup:
    """A text out of the files: cleaned, escaped, its direction kept to itself."""
    return safe(f"<bdi>{escaped(value)}</bdi>")


def figure(value: str) -> Markup:
    """A figure with its unit, unbroken while it is short; a long one breaks at no number."""
    return data(value.replace(" ", NBSP)) if len(value) <= TOGETHER else figures(value)


def figures(value: str) -> Markup:
    """A sentence with figures: each number keeps its short unit beside it."""
    return data(_NUMBER_AND_UNIT.sub(NBSP, value))


WRITTEN: dict[str, Callable[[str], Markup]] = {"data": data, "fig": figure, "fl": figures}
"""Filters by their names in templates; what they give needs no escaping any more."""


def lower(value: object) -> str:
    """A text or a piece of markup in small letters."""
    return soft_str(value).lower()


def column(rows: Iterable[Any], *, attribute: str) -> Iterator[Any]:
    """One attribute of each row."""
    return (getattr(row, attribute) for row in rows)


def having(rows: Iterable[Any], attribute: str) -> Iterator[Any]:
    """The rows of which an attribute holds."""
    return (row for row in rows if getattr(row, attribute))


def message(text: str, /, **values: object) -> Markup:
    """A message of a template in the spoken language; what fills its braces is escaped."""
    return _filled(locale._(text), values)


def counted(one: str, many: str, n: int, /, **values: object) -> Markup:
    """The message that fits a count, its braces filled and escaped."""
    return _filled(locale.form_of(one, many, n), {"n": number(f"{n:,}"), **values})


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    found = [part + said(values[name]) if name else part for part, name in pieces(text)]
    return safe("".join(found))


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[tuple[str, str | None], ...]:
    """A message taken apart: escaped text, and the name in the braces that follow it. Raises
    ValueError where more than a name stands in them."""
    found = tuple(Formatter().parse(escape(text)))
    if any(form or conversion for _, _, form, conversion in found):
        raise ValueError(f"more than a name in the braces of '{text}'")
    return tuple((part, name) for part, name, _, _ in found)
