"""One step of an explanation, and the figures inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi_cli.kinds.base import Datum
from kpi_cli.quantity import show_number

FIRST, LAST = 3, 2
"""Terms shown of a long sum: the first and the last few."""
MOST = 12
"""Terms that are all shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """`label` says what is found out, `text` how, in lines of plain text."""

    label: str
    text: str


def step(label: str, *lines: str | None) -> Step:
    """A step of the lines there are."""
    return Step(label, "\n".join(one for one in lines if one))


def figure(value: float) -> str:
    """A figure inside a formula: six significant digits."""
    return show_number(value)


def signed(value: float) -> str:
    """A figure that follows an operator: a negative one in brackets."""
    return f"({figure(value)})" if value < 0 else figure(value)


def share(value: float) -> str:
    """A share inside a formula: four significant digits."""
    return show_number(value, 4)


def datum(value: Datum | None) -> str:
    """A value as written: a figure, a zone, yes or no."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "done" if value else "not done"
    return value if isinstance(value, str) else figure(value)


def shortened(terms: Sequence[str]) -> list[str]:
    """All terms, or the first and the last with a mark for those between."""
    if len(terms) <= MOST:
        return list(terms)
    return [*terms[:FIRST], "…", *terms[-LAST:]]


def added(numbers: Sequence[float]) -> str:
    """`27.1 + 23 + (-2)`."""
    terms = [figure(numbers[0]), *map(signed, numbers[1:])] if numbers else ["0"]
    return " + ".join(shortened(terms))


def plain(text: str) -> str:
    """A text of the plan on one line."""
    return " ".join(text.split())


def sentence(parts: Iterable[str | None]) -> str:
    """The parts there are, joined by semicolons."""
    return "; ".join(part for part in parts if part)
