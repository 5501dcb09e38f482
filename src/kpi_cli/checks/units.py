"""Whether a unit is known: the built-in ones, those of the house, and both combined."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from enum import Enum, auto
from functools import lru_cache

from kpi_cli.quantity import BARE_CURRENCY, BUILT_IN_UNITS, CURRENCIES, UNIT_ALIASES
from kpi_cli.shape import did_you_mean

_SCALES = frozenset(["thousand", "million", "billion", "bn", "mn", "k", "m", "M"])
_PER = re.compile(r"\s*/\s*|\s+per\s+")


class Verdict(Enum):
    """What a unit's name turns out to be."""

    KNOWN = auto()
    UNKNOWN = auto()
    BARE_CURRENCY = auto()


def judge_unit(unit: str, own: Mapping[str, object]) -> tuple[Verdict, str | None]:
    """The verdict, and what to write instead.

    `USD/day` and `million VND` are known where their parts are.
    """
    return _known if unit in BUILT_IN_UNITS or unit in own else _judge(unit, tuple(sorted(own)))


_known: tuple[Verdict, str | None] = (Verdict.KNOWN, None)


@lru_cache(maxsize=1024)
def _judge(unit: str, own: tuple[str, ...]) -> tuple[Verdict, str | None]:
    bare = [sign for sign in BARE_CURRENCY if sign in re.findall(r"[^\W\d_]+|[^\w\s]", unit)]
    if bare:
        better = unit.replace(bare[0], BARE_CURRENCY[bare[0]])
        return Verdict.BARE_CURRENCY, f"write `unit: {better}`"
    alias = UNIT_ALIASES.get(unit.casefold())
    if alias:
        return Verdict.UNKNOWN, f"write `unit: {_quoted(alias)}`"
    known = BUILT_IN_UNITS | set(own)
    if all(_is_known(part, known) for part in _PER.split(unit)):
        return _known
    by_case = [name for name in known if name.casefold() == unit.casefold()]
    if by_case:
        return Verdict.UNKNOWN, f"write `unit: {_quoted(min(by_case))}`"
    declare = f"declare it in kpi.yaml: `units: {{{unit}: {{}}}}`"
    hint = did_you_mean(unit, sorted(known))
    return Verdict.UNKNOWN, f"{hint} Else {declare}" if hint else declare


def certain_unit(unit: str, own: Mapping[str, object]) -> str | None:
    """The unit that an alias, or a currency in small letters, must mean; None for any other.

    A `ton` is none: it may be one of three.
    """
    if unit in own or judge_unit(unit, own)[0] is not Verdict.UNKNOWN or unit.casefold() == "ton":
        return None
    currency = unit.upper() if unit.upper() in CURRENCIES else None
    return UNIT_ALIASES.get(unit.casefold()) or currency


def _is_known(part: str, known: Container[str]) -> bool:
    """A unit, an alias or singular of one, or a scale and a unit."""
    words = part.strip().split(" ")
    if len(words) > 1 and words[0] in _SCALES:
        words = words[1:]
    name = " ".join(words)
    return name in known or f"{name}s" in known or name.casefold() in UNIT_ALIASES


def _quoted(unit: str) -> str:
    return f'"{unit}"' if unit in ("%", "#") else unit
