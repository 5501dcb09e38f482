"""Reading a map: keys checked, all faults told in one run, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.importer.place import MapText
from kpi_cli.feeds.importer.spec import Collect, Condition, Input, Join, Map, Rule
from kpi_cli.feeds.table import FORMATS, Options
from kpi_cli.shape import did_you_mean, kind_of
from kpi_cli.source import Route

Sections = Mapping[str, Sequence[str]]
"""Sections of a plan file and the keys of their records, both in the order they are written."""

_NAME = re.compile(r"[^\W\d]\w*")
_RESERVED = {"row", "rows", "item", "true", "false", "none", "True", "False", "None", "not", "in"}
_OPTIONS = ("format", "encoding", "delimiter", "sheet", "rows", "header", "skip_blank")
_TYPES: dict[str, type] = {"header": int, "skip_blank": bool}


def read_map(text: MapText, sections: Sections) -> Map:
    """The map in a file. Raises CannotRun with every fault of its shape, one a line."""
    return _Reader(text, sections).map()


class _Reader:
    def __init__(self, text: MapText, sections: Sections) -> None:
        self._text = text
        self._sections = sections
        self._faults: list[tuple[tuple[int, int], str]] = []

    def map(self) -> Map:
        keys = ("version", "name", "workspace", "inputs", "values", "records", "output")
        data = self._mapping(self._text.data, (), keys, ("version", "inputs", "records"))
        if data.get("version", 1) != 1:
            self._fault(("version",), "this kpi reads maps of `version: 1`")
        output = self._mapping(data.get("output"), ("output",), ("file",))
        inputs = self._inputs(data.get("inputs"))
        result = Map(
            inputs=inputs,
            values={
                name: self._named(found, ("values", name))
                for name, found in self._named(data.get("values"), ("values",)).items()
            },
            rules=tuple(self._rules(data.get("records"), inputs)),
            file=output.get("file", f"{self._text.path.stem}.yaml"),
            workspace=self._named(data.get("workspace"), ("workspace",)) or None,
        )
        if self._faults:
            raise CannotRun("\n".join(message for _, message in sorted(self._faults)))
        return result

    def _inputs(self, raw: Any) -> dict[str, Input]:
        inputs: dict[str, Input] = {}
        for name, found in self._named(raw, ("inputs",)).items():
            self._check_name(name, ("inputs", name))
            inputs[name] = self._input(name, found, ("inputs", name), inputs)
        return inputs

    def _input(self, name: str, raw: Any, route: Route, earlier: Mapping[str, Input]) -> Input:
        data = {"file": raw} if isinstance(raw, str) else raw
        own = ("file", *_OPTIONS, "columns", "join", "let", "where")
        data = self._mapping(data, route, own)
        file = data.get("file")
        if file is not None and not isinstance(file, str):
            self._fault((*route, "file"), "a file's name is needed here")
        return Input(
            name=name,
            file=file if isinstance(file, str) else None,
            options=self._options(data, route),
            columns=self._columns(data.get("columns"), (*route, "columns")),
            joins=self._joins(data.get("join"), (*route, "join"), earlier),
            let=self._let(data.get("let"), (*route, "let")),
            where=tuple(self._where(data.get("where"), (*route, "where"))),
            route=route,
        )

    def _options(self, data: Mapping[str, Any], route: Route) -> Options:
        given: dict[str, Any] = {key: data[key] for key in _OPTIONS if key in data}
        for key, value in list(given.items()):
            needed = _TYPES.get(key, str)
            if type(value) is not needed or (key == "header" and given[key] < 1):
                words = {int: "a line number from 1", bool: "true or false", str: "a text"}[needed]
                self._fault((*route, key), f"`{key}` is {words}")
                del given[key]
        if given.get("format", "csv") not in FORMATS:
            self._fault((*route, "format"), f"`format` is one of {', '.join(FORMATS)}")
        return Options(**given)

    def _columns(self, raw: Any, route: Route) -> dict[str, str]:
        columns = self._named(raw, route)
        for name, header in columns.items():
            self._check_name(name, (*route, name))
            if not isinstance(header, str):
                self._fault((*route, name), "a column's name, as the file has it, is needed here")
        return {name: str(header) for name, header in columns.items()}

    def _joins(self, raw: Any, route: Route, earlier: Mapping[str, Input]) -> dict[str, Join]:
        joins: dict[str, Join] = {}
        for name, found in self._named(raw, route).items():
            self._check_name(name, (*route, name))
            at = (*route, name)
            data = self._mapping(
                found, at, ("input", "theirs", "ours", "missing"), ("input", "theirs", "ours")
            )
            source = str(data.get("input"))
            if source not in earlier and "input" in data:
                hint = did_you_mean(source, earlier) or "an input must stand above its joins"
                self._fault((*at, "input"), f"there is no input '{source}' above; {hint}")
            missing = self._one_of(data, "missing", ("reject", "blank"), at)
            joins[name] = Join(source, data.get("theirs"), data.get("ours"), missing, at)
        return joins

    def _let(self, raw: Any, route: Route) -> dict[str, Any]:
        names = self._named(raw, route)
        for name in names:
            self._check_name(name, (*route, name))
        return names

    def _where(self, raw: Any, route: Route) -> Iterable[Condition]:
        if raw is None:
            return
        if not isinstance(raw, list):
            yield Condition(raw, None, route)
            return
        for index, found in enumerate(raw):
            at = (*route, index)
            if isinstance(found, dict):
                data = self._mapping(found, at, ("that", "otherwise"), ("that",))
                yield Condition(data.get("that"), data.get("otherwise"), at)
            else:
                yield Condition(found, None, at)

    def _rules(self, raw: Any, inputs: Mapping[str, Input]) -> Iterable[Rule]:
        for section, found in self._named(raw, ("records",)).items():
            route: Route = ("records", section)
            if section not in self._sections:
                hint = did_you_mean(section, self._sections)
                known = f"a plan file has {', '.join(self._sections)}"
                self._fault(route, f"there is no section '{section}'; {hint or known}", at_key=True)
                continue
            listed = isinstance(found, list)
            for index, rule in enumerate(found if listed else [found]):
                yield self._rule(section, rule, (*route, index) if listed else route, inputs)

    def _rule(self, section: str, raw: Any, route: Route, inputs: Mapping[str, Input]) -> Rule:
        keys = ("from", "when", "each", "let", "group", "id", "same_id", "differing",
                "fields", "collect", "file")  # fmt: skip
        data = self._mapping(raw, route, keys, ("id",))
        source = data.get("from")
        if source is not None and source not in inputs:
            hint = did_you_mean(str(source), inputs) or f"there are: {', '.join(inputs)}"
            self._fault((*route, "from"), f"there is no input '{source}'; {hint}")
        if source is None and data.keys() & {"when", "each", "group", "collect"}:
            self._fault(route, "a record without `from` has no rows: only id, let, fields, file")
        at = (*route, "fields")
        return Rule(
            section=section,
            input=source if isinstance(source, str) and source in inputs else None,
            id=data.get("id"),
            when=data.get("when"),
            each=data.get("each"),
            let=self._let(data.get("let"), (*route, "let")),
            group=data.get("group"),
            differing=self._one_of(data, "differing", ("reject", "first"), route),
            same_id=self._one_of(data, "same_id", ("reject", "digest"), route),
            fields=self._mapping(data.get("fields"), at, self._sections[section]),
            collect=tuple(self._collect(data.get("collect"), (*route, "collect"), section)),
            file=data.get("file"),
            route=route,
        )

    def _collect(self, raw: Any, route: Route, section: str) -> Iterable[Collect]:
        if raw is None:
            return
        for index, found in enumerate(raw if isinstance(raw, list) else [raw]):
            at = (*route, index) if isinstance(raw, list) else route
            needed = ("into", "key", "value")
            data = self._mapping(found, at, (*needed, "when"), needed)
            into = data.get("into")
            if isinstance(into, str) and not {"{", "="} & set(into):
                first = into.split(".")[0]
                self._mapping({first: None}, (*at, "into"), self._sections[section])
            yield Collect(into, data.get("key"), data.get("value"), data.get("when"), at)

    def _one_of(self, data: Mapping[str, Any], key: str, words: Sequence[str], at: Route) -> str:
        word = data.get(key, words[0])
        if word not in words:
            self._fault((*at, key), f"`{key}` is {' or '.join(words)}")
            return words[0]
        return str(word)

    def _check_name(self, name: str, route: Route) -> None:
        if not _NAME.fullmatch(name) or name in _RESERVED:
            message = f"'{name}' cannot be a name in expressions; use letters, digits and _"
            self._fault(route, message, at_key=True)

    def _named(self, raw: Any, route: Route) -> dict[str, Any]:
        """A mapping with any keys; {} for nothing."""
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            self._fault(route, f"a mapping is needed here, not {kind_of(raw)}")
            return {}
        return raw

    def _mapping(
        self, raw: Any, route: Route, allowed: Sequence[str], needed: Sequence[str] = ()
    ) -> dict[str, Any]:
        """A mapping with known keys only."""
        data = self._named(raw, route)
        for key in [key for key in data if key not in allowed]:
            hint = did_you_mean(key, allowed) or f"allowed here: {', '.join(allowed)}"
            at = route if route and route[-1] == "into" else (*route, key)
            self._fault(at, f"unknown key '{key}'; {hint}", at_key=at != route)
        for key in needed:
            if key not in data:
                self._fault(route, f"`{key}:` is missing", at_key=True)
        return data

    def _fault(self, route: Route, message: str, *, at_key: bool = False) -> None:
        spot = self._text.spot(route, at_key=at_key)
        self._faults.append((spot, self._text.fault(route, message, at_key=at_key).message))
