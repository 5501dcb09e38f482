"""One step of an explanation, and how its figures are written."""

from __future__ import annotations

from kpi_cli.frozen import dataclass
from kpi_cli.views.words import number, plain


@dataclass(frozen=True, slots=True)
class Step:
    """A label of ours and a sentence with the numbers put in."""

    label: str
    text: str


def percent(share: float | None) -> str:
    """A share as a percent with one decimal: `26.5 %`; a dash for none."""
    if share is None:
        return "–"
    text = f"{share * 100:.1f}".removesuffix(".0")
    return f"{'0' if text == '-0' else number(text)} %"


def bracketed(value: float) -> str:
    """A number inside a calculation: negative ones in brackets, no unit, six digits."""
    text = plain(value)
    return f"({text})" if value < 0 else text
