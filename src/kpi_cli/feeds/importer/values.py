"""The values a map writes: literals, `= expression`, and texts with `{{ … }}` in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.importer.numbers import bounded, plain
from kpi_cli.feeds.importer.place import MapText
from kpi_cli.feeds.importer.problems import MapProblem, RowProblem
from kpi_cli.feeds.importer.sandbox import TROUBLE, Compiled, Sandbox
from kpi_cli.feeds.table import is_blank
from kpi_cli.source import Route

Names = Mapping[str, Any]
"""Known names; the value lists a name's parts where it is a row, else it is None."""

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """One computed value and where the map writes it."""

    compute: Compiled
    route: Route


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns what a map writes into things that can be computed; names faults by their place."""

    text: MapText
    sandbox: Sandbox

    def expression(self, raw: Any, route: Route, names: Names) -> Formula:
        """An expression, with or without `=`. Raises CannotRun."""
        if isinstance(raw, bool | int | float):
            return Formula(_constant(raw), route)
        if not isinstance(raw, str) or not raw.strip():
            raise self.text.fault(route, "an expression is needed here, such as `status == 'open'`")
        return self._guarded(raw.strip().removeprefix("="), route, names, self.sandbox.expression)

    def value(self, raw: Any, route: Route, names: Names) -> Any:
        """The same tree with a Formula in place of every computed text. Raises CannotRun."""
        if isinstance(raw, dict):
            return {key: self.value(item, (*route, key), names) for key, item in raw.items()}
        if isinstance(raw, list):
            return [self.value(item, (*route, i), names) for i, item in enumerate(raw)]
        if not isinstance(raw, str):
            return raw
        if raw.lstrip().startswith("="):
            return self.expression(raw, route, names)
        if "{{" in raw or "{%" in raw or "{#" in raw:
            return self._guarded(raw, route, names, self.sandbox.text)
        return raw

    def _guarded(self, source: str, route: Route, names: Names, compile_: Any) -> Formula:
        try:
            return Formula(compile_(source, names), route)
        except MapProblem as problem:
            raise self.text.fault(route, problem.message) from None

    def compute(self, tree: Any, scope: Mapping[str, Any], row: int | None) -> Any:
        """The tree's value in a scope. Raises RowProblem, CannotRun with place and row."""
        if isinstance(tree, Formula):
            return self._computed(tree, scope, row)
        if isinstance(tree, dict):
            return {key: self.compute(item, scope, row) for key, item in tree.items()}
        if isinstance(tree, list):
            return [self.compute(item, scope, row) for item in tree]
        return tree

    def _computed(self, formula: Formula, scope: Mapping[str, Any], row: int | None) -> Any:
        try:
            return formula.compute(scope)
        except RowProblem:
            raise
        except MapProblem as problem:
            raise self._failed(formula, row, problem.message) from None
        except TROUBLE as error:
            hint = "figures need `| number`, blank cells `… if cell is not blank`"
            raise self._failed(formula, row, f"{error}; {hint}") from None

    def _failed(self, formula: Formula, row: int | None, message: str) -> CannotRun:
        at = f"on row {row}: " if row is not None else ""
        return self.text.fault(formula.route, f"{at}{message}")


def _constant(value: Any) -> Compiled:
    return lambda _scope: value


def finished(value: Any) -> Any:
    """Plan data from a computed value; whatever is blank or empty inside is left out.

    Gives None where nothing is left. Raises RowProblem for a number a float cannot hold.
    """
    if isinstance(value, Mapping):
        kept = {str(key): finished(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None} or None
    if isinstance(value, list | tuple):
        return [item for item in map(finished, value) if item is not None] or None
    if is_blank(value):
        return None
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, bool):
        return value
    return plain(bounded(value if isinstance(value, Decimal) else Decimal(repr(value))))
