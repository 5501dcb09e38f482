"""What templates do to values: escape, isolate, keep figures together."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from kpi_cli import locale
from kpi_cli.locale.forms import number
from kpi_cli.render.svg.clean import cleaned, escaped

NBSP = "\u00a0"
_PERCENT = f"{NBSP}%"
TOGETHER = 12
"""Figures up to this length stay on one line."""
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=[^\s\d]{1,3}(?:[\s,;:.)]|$))")


def finalize(value: object) -> object:
    """Every expression of a template passes here before it is escaped: a percent sign stays with
    its number."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return cleaned(value).replace(" %", _PERCENT)


def data(value: str) -> Markup:
    """A text out of the files: cleaned, escaped, its direction kept to itself."""
    return Markup(f"<bdi>{escaped(value)}</bdi>")


def figure(value: str) -> Markup:
    """A figure with its unit, unbroken while it is short; a long one breaks at no number."""
    return data(value.replace(" ", NBSP)) if len(value) <= TOGETHER else figures(value)


def figures(value: str) -> Markup:
    """A sentence with figures: each number keeps its short unit beside it."""
    return data(_NUMBER_AND_UNIT.sub(NBSP, value))


def message(text: str, /, **values: object) -> Markup:
    """A message of a template in the spoken language; what fills its braces is escaped."""
    if not values and type(text) is str:
        return _fixed(text, locale.language())
    return escape(locale._(text)).format(**{k: finalize(v) for k, v in values.items()})


@lru_cache(maxsize=4096)
def _fixed(text: str, _language: str) -> Markup:
    """A message nothing fills, said once per language: pages repeat their headings."""
    return escape(locale._(text)).format()


def counted(one: str, many: str, n: int, /, **values: object) -> Markup:
    """The message that fits a count, its braces filled and escaped."""
    filled = {"n": number(f"{n:,}"), **values}
    return escape(locale.form_of(one, many, n)).format(
        **{key: finalize(value) for key, value in filled.items()}
    )
