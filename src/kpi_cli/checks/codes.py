"""Which codes there are: those of the catalogue, and numbers kept for rules of other commands."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.checks.registry import catalogue
from kpi_cli.shape import did_you_mean

_KEPT = {
    "S": range(101, 118),
    "M": range(201, 220),
    "A": range(301, 315),
    "R": range(401, 417),
    "T": range(501, 512),
    "O": range(601, 607),
}
"""Numbers of the SMART rules. They never change, so a plan may name one that does not run yet."""
KEPT = frozenset(f"{family}{number}" for family, numbers in _KEPT.items() for number in numbers)


def is_known(prefix: str) -> bool:
    """Whether a code, or a beginning of one, is that of any rule."""
    return bool(prefix) and any(code.startswith(prefix) for code in (*catalogue(), *KEPT))


def advice(prefix: str) -> str:
    """What to write instead of an unknown code."""
    near = did_you_mean(prefix, sorted({*catalogue(), *KEPT})) if len(prefix) == 4 else None
    return near or "`kpi rules` lists the codes; a beginning such as K1 stands for all below it"


def covers(prefix: str, code: str) -> bool:
    """Whether a code or prefix speaks of a rule; nothing sets aside the rules about ignores."""
    return bool(prefix) and code.startswith(prefix) and not code.startswith("X")


def any_covered(prefix: str, codes: Iterable[str]) -> bool:
    """Whether a code or prefix speaks of one of these rules."""
    return any(covers(prefix, code) for code in codes)
