"""Inputs made ready: columns renamed, rows joined, names derived, rows filtered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi_cli.feeds.importer.account import Ledger
from kpi_cli.feeds.importer.filters import sized
from kpi_cli.feeds.importer.problems import MapProblem, RowProblem
from kpi_cli.feeds.importer.spec import Condition, Input, Join
from kpi_cli.feeds.importer.values import Compiler, Formula
from kpi_cli.feeds.table import Table, is_blank
from kpi_cli.shape import did_you_mean
from kpi_cli.source import Route

Scope = dict[str, Any]
"""What an expression sees: cells, joined rows and derived values by name; `row` is all cells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable row."""

    number: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Prepared:
    """The usable rows of an input, the names they offer, and the book kept about all rows."""

    entries: tuple[Entry, ...]
    names: Mapping[str, Any]
    ledger: Ledger


@dataclass(slots=True)
class Preparation:
    """Makes inputs ready one after the other; a join looks into those done before."""

    compiler: Compiler
    done: dict[str, Prepared] = field(default_factory=dict)
    only_looked_up: frozenset[str] = frozenset()

    def add(self, spec: Input, table: Table) -> None:
        """Make one input ready. Raises CannotRun for faults of the map."""
        names = self._column_names(spec, table)
        joins = [(name, self._join(name, join, names)) for name, join in spec.joins.items()]
        for name, join in spec.joins.items():
            names[name] = set(self.done[join.input].names) - {"row"}
        let = compiled_names(self.compiler, spec.let, (*spec.route, "let"), names)
        where = [self._condition(condition, names) for condition in spec.where]
        ledger = Ledger([row.number for row in table.rows])
        entries: list[Entry] = []
        for row in table.rows:
            try:
                if row.fault:
                    raise RowProblem(row.fault)
                scope = _scope(spec, table, row.cells)
                for name, lookup in joins:
                    scope[name] = lookup.find(scope, row.number)
                fill(self.compiler, let, scope, row.number)
                for condition in where:
                    condition.check(self.compiler, scope, row.number)
                entries.append(Entry(row.number, scope))
            except RowProblem as problem:
                ledger.reject(row.number, problem.reason)
        self.done[spec.name] = Prepared(tuple(entries), names, ledger)

    def _column_names(self, spec: Input, table: Table) -> dict[str, Any]:
        names: dict[str, Any] = dict.fromkeys(table.columns)
        for name, header in spec.columns.items():
            if header not in table.columns:
                hint = did_you_mean(header, table.columns)
                message = f"the file has no column '{header}'; "
                message += hint or f"it has: {', '.join(table.columns)}"
                raise self.compiler.text.fault((*spec.route, "columns", name), message)
            names[name] = None
        return {**names, "row": set(names)}

    def _join(self, name: str, join: Join, names: Mapping[str, Any]) -> _Lookup:
        other = self.done[join.input]
        theirs = self.compiler.expression(join.theirs, (*join.route, "theirs"), other.names)
        ours = self.compiler.expression(join.ours, (*join.route, "ours"), names)
        index: dict[Any, Entry] = {}
        for entry in other.entries:
            key = self.compiler.compute(theirs, entry.scope, entry.number)
            if not is_blank(key):
                index.setdefault(_key(key), entry)
        book = other.ledger if join.input in self.only_looked_up else None
        parts = [part for part in other.names if part != "row"]
        return _Lookup(self.compiler, join, ours, index, parts, book)

    def _condition(self, condition: Condition, names: Mapping[str, Any]) -> _Check:
        route = condition.route
        that = (*route, "that") if condition.otherwise is not None else route
        formula = self.compiler.expression(condition.that, that, names)
        default = f"left out by `where: {condition.that}`"
        reason = condition.otherwise if condition.otherwise is not None else default
        return _Check(formula, self.compiler.value(reason, (*route, "otherwise"), names))


@dataclass(frozen=True, slots=True)
class _Check:
    that: Formula
    reason: Any

    def check(self, compiler: Compiler, scope: Scope, number: int) -> None:
        if not compiler.compute(self.that, scope, number):
            raise RowProblem(str(compiler.compute(self.reason, scope, number)))


@dataclass(frozen=True, slots=True)
class _Lookup:
    compiler: Compiler
    join: Join
    ours: Formula
    index: Mapping[Any, Entry]
    parts: list[str]
    book: Ledger | None

    def find(self, scope: Scope, number: int) -> Mapping[str, Any]:
        """The joined row. Raises RowProblem where there is none and one is needed."""
        key = self.compiler.compute(self.ours, scope, number)
        found = None if is_blank(key) else self.index.get(_key(key))
        if found is not None:
            if self.book is not None:
                self.book.used.add(found.number)
            return found.scope
        if self.join.missing == "blank":
            return dict.fromkeys(self.parts)
        said = "it names none" if is_blank(key) else f"'{key}' is not among them"
        raise RowProblem(f"no row of '{self.join.input}' belongs to it: {said}")


def _key(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else repr(value)


def _scope(spec: Input, table: Table, cells: Mapping[str, Any]) -> Scope:
    scope: Scope = {**dict.fromkeys(table.columns), **cells}
    for name, header in spec.columns.items():
        scope[name] = scope[header]
    return {**scope, "row": scope}


def compiled_names(
    compiler: Compiler, let: Mapping[str, Any], route: Route, names: dict[str, Any]
) -> list[tuple[str, Any]]:
    """Derived names, each of which may use those above it; they are added to `names`."""
    compiled: list[tuple[str, Any]] = []
    for name, raw in let.items():
        compiled.append((name, compiler.value(raw, (*route, name), names)))
        names[name] = None
    return compiled


def fill(
    compiler: Compiler, let: Iterable[tuple[str, Any]], scope: Scope, number: int | None
) -> None:
    """Compute derived names into a scope. Raises RowProblem, CannotRun."""
    for name, tree in let:
        value = compiler.compute(tree, scope, number)
        try:
            scope[name] = sized(value, f"`{name}`")
        except MapProblem as problem:
            raise RowProblem(problem.message) from None
