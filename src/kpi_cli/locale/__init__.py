"""The language people read: messages from the catalogues, numbers and days in its form.

English is the text in the code itself. Write `_("{share} of the way", share=…)`: the message is a
literal (the catalogue is extracted from the code), what varies is named in braces. `ngettext` is
for counts, `N_` marks a text of a table that is translated later, by `_(table[key])`. Machine
output (JSON, CSV, codes, ids) is never translated.

Which language is spoken is known per call of `speaking`; nothing here reads the environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from os.path import dirname, join
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH = "en"
LANGUAGES = (ENGLISH, "vi")
"""Every language there is a catalogue for, as BCP 47 says it."""

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """The language being spoken: `en`."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language inside the block. Raises ValueError for one without a catalogue."""
    if code not in LANGUAGES:
        raise ValueError(f"there is no catalogue for '{code}'")
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(code: str) -> None:
    """Go on in another language until the surrounding block of `speaking` ends."""
    if code not in LANGUAGES:
        raise ValueError(f"there is no catalogue for '{code}'")
    _spoken.set(code)


class Marked(str):
    """An English text with what fills its braces, kept apart so that it can be said again."""

    __slots__ = ("message", "values")
    message: str
    values: Mapping[str, object]


def N_(message: str, /, **values: object) -> str:
    """English now; `_` says it in the spoken language later."""
    text = Marked(message.format(**values) if values else message)
    text.message, text.values = message, values
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a message for `ngettext`, to be called with them later."""
    return one, many


def _(message: str, /, **values: object) -> str:
    """A message in the spoken language, its braces filled; also one that `N_` marked."""
    code = _spoken.get()
    if code == ENGLISH and not values:
        return message
    if isinstance(message, Marked) and message.values:
        if code == ENGLISH:
            return message
        values = {key: _said(value) for key, value in message.values.items()}
        message = message.message
    text = message if code == ENGLISH or not message else _catalogue(code).gettext(message)
    return text.format(**values) if values else text


def _said(value: object) -> object:
    """What fills a brace of a marked text, in the spoken language: texts, days and counts."""
    from kpi_cli.locale.forms import day, number  # it asks this module for the language

    if isinstance(value, Marked):
        return _(value)
    if isinstance(value, date):
        return day(value)
    return number(f"{value:,}") if isinstance(value, int) else value


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The form of a message that fits the count `n`; its braces filled, `{n}` with the count."""
    if _spoken.get() == ENGLISH:
        return (one if n == 1 else many).format(**{"n": f"{n:,}", **values})
    from kpi_cli.locale.forms import number  # it asks this module for the language

    return form_of(one, many, n).format(**{"n": number(f"{n:,}"), **values})


def form_of(one: str, many: str, n: int) -> str:
    """The form of a message that fits the count, its braces still open."""
    code = _spoken.get()
    return (one, many)[n != 1] if code == ENGLISH else _catalogue(code).ngettext(one, many, n)


def catalogue(code: str) -> str:
    """The file of a language's messages; English has none."""
    return join(dirname(__file__), code, "LC_MESSAGES", "kpi.mo")


@cache
def _catalogue(code: str) -> NullTranslations:
    from gettext import GNUTranslations  # English needs none of the three
    from io import BytesIO
    from pkgutil import get_data

    found = get_data("kpi_cli.locale", f"{code}/LC_MESSAGES/kpi.mo")
    return GNUTranslations(BytesIO(found or b""))
