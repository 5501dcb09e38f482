"""What the shell offers behind `kpi new KIND`: fields as options, and what each may hold."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.cli.completing import offered_ids, period_names, units
from kpi_cli.cli.declare import Asked

_FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "irregular")
_WORDS = {
    "frequency": _FREQUENCIES,
    "direction": ("increase", "decrease"),
    "indicator": ("leading", "lagging"),
    "aggregation": ("last", "sum", "mean", "min", "max", "ratio"),
    "status": ("draft", "active"),
    "commitment": ("committed", "aspirational"),
}


def kinds(_asked: Asked) -> Iterable[str]:
    """The kinds of records that can be added."""
    from kpi_cli.cli.asking import QUESTIONS

    return QUESTIONS


def fields_of(asked: Asked) -> Iterable[str]:
    """Behind `--owner`, who there is; else the fields that are not given yet, as options."""
    from kpi_cli.cli.asking import QUESTIONS

    kind, last = asked.before[0], asked.before[-1]
    known = {question.field for question in QUESTIONS.get(kind, ())}
    if last.startswith("--") and "=" not in last:
        return _values(last.removeprefix("--").replace("-", "_"), asked)
    given = {word.partition("=")[0] for word in asked.before}
    return [f"--{name}" for name in sorted(known) if f"--{name}" not in given]


def _values(name: str, asked: Asked) -> Iterable[str]:
    from kpi_cli.lsp.links import sections_of

    if name == "unit":
        return units(asked)
    if name in ("period", "start", "due"):
        return period_names(asked)
    sections = sections_of(("kind", "id", name))
    return offered_ids(asked, sections) if sections else _WORDS.get(name, ())
