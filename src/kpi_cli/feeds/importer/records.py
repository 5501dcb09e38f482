"""The rules of a map applied: rows grouped, ids given, records put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi_cli.feeds.importer.drafts import REQUIRED, Draft, Given, period_of
from kpi_cli.feeds.importer.filters import show
from kpi_cli.feeds.importer.mapfile import Sections
from kpi_cli.feeds.importer.problems import RowProblem
from kpi_cli.feeds.importer.spec import Collect, Rule
from kpi_cli.feeds.importer.tables import Entry, Prepared, Scope, compiled_names, fill
from kpi_cli.feeds.importer.texts import cut_words, digest
from kpi_cli.feeds.importer.values import Compiler, Formula, finished
from kpi_cli.feeds.table import is_blank
from kpi_cli.period import Calendar

_ID = re.compile(r"[a-z][a-z0-9._-]{0,79}", re.ASCII)
_SUFFIX = 5
"""Characters a digest adds to an id, with its hyphen."""


@dataclass(frozen=True, slots=True)
class _Member:
    number: int
    scope: Scope
    id: str


@dataclass(frozen=True, slots=True)
class _Collecting:
    into: Any
    key: Any
    value: Any
    when: Formula | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    each: Formula | None
    let: list[tuple[str, Any]]
    when: Formula | None
    group: Any
    id: Any
    fields: Any
    file: Any
    collect: tuple[_Collecting, ...]


@dataclass(slots=True)
class Records:
    """All records of an import: `drafts[section][id]`."""

    compiler: Compiler
    calendar: Calendar
    sections: Sections
    file: Any
    drafts: dict[str, dict[str, Draft]] = field(default_factory=dict)
    _sections_of: dict[str, str] = field(default_factory=dict)

    def apply(self, rule: Rule, prepared: Prepared | None) -> None:
        """Add the records of one rule. Raises CannotRun for faults of the map."""
        compiled = self._compile(rule, prepared.names if prepared else {})
        if prepared is None:
            self._constant(compiled)
            return
        groups: dict[tuple[str, ...], list[_Member]] = {}
        for entry in prepared.entries:
            self._place(compiled, entry, prepared, groups)
        for identifier, members in self._identified(rule, groups, prepared):
            rows = [member.scope for member in members]
            for member in members:
                self._contribute(compiled, identifier, member, rows, prepared)

    def _compile(self, rule: Rule, names: Mapping[str, Any]) -> _Compiled:
        known = dict(names)
        each = self._formula(rule.each, rule, "each", known)
        if each is not None:
            known["item"] = None
        let = compiled_names(self.compiler, rule.let, (*rule.route, "let"), known)
        when = self._formula(rule.when, rule, "when", known)
        all_names = {**known, "rows": None} if rule.input else known
        groups = rule.group if isinstance(rule.group, list) else [rule.group]
        return _Compiled(
            rule=rule, each=each, let=let, when=when,
            group=None if rule.group is None else [
                self.compiler.expression(raw, (*rule.route, "group", index), known)
                for index, raw in enumerate(groups)
            ],
            id=self.compiler.value(rule.id, (*rule.route, "id"), known),
            fields=self.compiler.value(rule.fields, (*rule.route, "fields"), all_names),
            file=self._file(rule, known),
            collect=tuple(self._collecting(found, known) for found in rule.collect),
        )  # fmt: skip

    def _file(self, rule: Rule, names: Mapping[str, Any]) -> Any:
        if rule.file is None:
            return self.compiler.value(self.file, ("output", "file"), names)
        return self.compiler.value(rule.file, (*rule.route, "file"), names)

    def _formula(self, raw: Any, rule: Rule, key: str, names: Mapping[str, Any]) -> Formula | None:
        return None if raw is None else self.compiler.expression(raw, (*rule.route, key), names)

    def _collecting(self, found: Collect, names: Mapping[str, Any]) -> _Collecting:
        value, route = self.compiler.value, found.route
        when = found.when
        return _Collecting(
            value(found.into, (*route, "into"), names),
            value(found.key, (*route, "key"), names),
            value(found.value, (*route, "value"), names),
            None if when is None else self.compiler.expression(when, (*route, "when"), names),
        )

    def _constant(self, compiled: _Compiled) -> None:
        scope: Scope = {}
        try:
            fill(self.compiler, compiled.let, scope, None)
            identifier = self._id(compiled, scope, None)
            self._add(compiled, identifier, scope, "the map", None)
        except RowProblem as problem:
            raise self.compiler.text.fault(compiled.rule.route, problem.reason) from None

    def _place(
        self, compiled: _Compiled, entry: Entry, prepared: Prepared,
        groups: dict[tuple[str, ...], list[_Member]],
    ) -> None:  # fmt: skip
        """Put a row, or each of its items, into the group it belongs to."""
        compute, number = self.compiler.compute, entry.number
        try:
            for scope in self._items(compiled, entry):
                fill(self.compiler, compiled.let, scope, number)
                if compiled.when is not None and not compute(compiled.when, scope, number):
                    continue
                identifier = self._id(compiled, scope, number)
                parts = [identifier] if compiled.group is None else compute(
                    compiled.group, scope, number
                )  # fmt: skip
                key = tuple(show(part) for part in parts)
                groups.setdefault(key, []).append(_Member(number, scope, identifier))
        except RowProblem as problem:
            prepared.ledger.reject(number, problem.reason)

    def _items(self, compiled: _Compiled, entry: Entry) -> Iterable[Scope]:
        if compiled.each is None:
            return [dict(entry.scope)]
        found = self.compiler.compute(compiled.each, entry.scope, entry.number)
        items = found if isinstance(found, list | tuple) else [found]
        return [{**entry.scope, "item": item} for item in items if not is_blank(item)]

    def _id(self, compiled: _Compiled, scope: Scope, number: int | None) -> str:
        identifier = show(self.compiler.compute(compiled.id, scope, number)).strip()
        if not _ID.fullmatch(identifier) or identifier in ("min", "max"):
            raise RowProblem(
                f"'{identifier[:80]}' cannot be an id: a to z first, then a-z 0-9 . _ -, at most 80"
            )
        return identifier

    def _identified(
        self, rule: Rule, groups: Mapping[tuple[str, ...], list[_Member]], prepared: Prepared
    ) -> Iterable[tuple[str, list[_Member]]]:
        """Groups with an id of their own each."""
        by_id: dict[str, list[tuple[str, ...]]] = {}
        for key, members in groups.items():
            by_id.setdefault(members[0].id, []).append(key)
        for identifier, keys in by_id.items():
            if len(keys) > 1 and rule.same_id == "digest":
                stem = cut_words(identifier, 80 - _SUFFIX)
                yield from ((f"{stem}-{digest(chr(31).join(k))}", groups[k]) for k in keys)
                continue
            yield identifier, groups[keys[0]]
            first = groups[keys[0]][0].number
            for member in (member for key in keys[1:] for member in groups[key]):
                reason = f"the id '{identifier}' belongs to another record, of row {first}"
                prepared.ledger.reject(member.number, reason)

    def _contribute(
        self, compiled: _Compiled, identifier: str, member: _Member, rows: list[Scope],
        prepared: Prepared,
    ) -> None:  # fmt: skip
        scope, number = {**member.scope, "rows": rows}, member.number
        origin = f"row {number} of {compiled.rule.input}"
        try:
            new = self._add(compiled, identifier, scope, origin, number)
        except RowProblem as problem:
            prepared.ledger.reject(number, problem.reason)
        else:
            (prepared.ledger.used if new else prepared.ledger.same).add(number)

    def _add(
        self, compiled: _Compiled, identifier: str, scope: Scope, origin: str, number: int | None
    ) -> bool:
        section = compiled.rule.section
        given = Given(
            origin=origin,
            fields=finished(self.compiler.compute(compiled.fields, scope, number)) or {},
            entries=tuple(self._entries(compiled, scope, number)),
            first_wins=compiled.rule.differing == "first",
        )
        draft = self.drafts.get(section, {}).get(identifier)
        if draft is None:
            draft = self._new_draft(compiled, identifier, given, scope, number)
        return draft.add(given)

    def _new_draft(
        self, compiled: _Compiled, identifier: str, given: Given, scope: Scope, number: int | None
    ) -> Draft:
        section = compiled.rule.section
        needed = REQUIRED.get(section)
        if needed and needed not in given.fields:
            raise RowProblem(f"'{identifier}' has no {needed}, and `{section}` need one")
        other = self._sections_of.setdefault(identifier, section)
        if other != section:
            raise RowProblem(f"the id '{identifier}' is taken by a record of `{other}`")
        file = show(self.compiler.compute(compiled.file, scope, number)).strip()
        draft = Draft(file)
        self.drafts.setdefault(section, {})[identifier] = draft
        return draft

    def _entries(self, compiled: _Compiled, scope: Scope, number: int | None) -> Iterable[Any]:
        compute = self.compiler.compute
        for found in compiled.collect:
            if found.when is not None and not compute(found.when, scope, number):
                continue
            path, key = compute(found.into, scope, number), compute(found.key, scope, number)
            if is_blank(path) or is_blank(key):
                continue
            value = finished(compute(found.value, scope, number))
            yield show(path), period_of(self.calendar, show(key)), value
