"""A plan file being edited: its bytes, the data they hold, and the data they are meant to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kpi_cli.edit.nodes import Node, find, parse
from kpi_cli.edit.text import FileText, Splice, spliced
from kpi_cli.edit.written import Layout, bare, layout_of
from kpi_cli.errors import CannotRun
from kpi_cli.source import Document, Route, load


class CannotEdit(CannotRun):
    """An edit that could not be made without touching more than was asked for."""


@dataclass(frozen=True)
class Draft:
    """One state of a file on its way: `raw` so far, `data` meant, `before` as it was read.

    Every operation gives a new draft; `verify.proved` gives the bytes to write.
    """

    path: str
    raw: bytes
    data: Any
    before: bytes

    @classmethod
    def of(cls, path: str, raw: bytes, document: Document | None = None) -> Draft:
        """A file as read. Raises CannotEdit where its text has faults."""
        document = document or load(raw)
        if document.faults or not isinstance(document.data, dict):
            fault = next(iter(document.faults), None)
            where = f"{path}:{fault.mark.line}: {fault.message}" if fault else f"{path} is no plan"
            raise CannotEdit(
                f"{where} The file is left as it is.",
                help="`kpi validate` lists its faults; correct them, then try again",
            )
        return cls(path, raw, document.data, raw)

    @cached_property
    def file(self) -> FileText:
        """The text so far."""
        return FileText.of(self.raw)

    @cached_property
    def top(self) -> Node | None:
        """The text so far as a tree; None for an empty file."""
        return parse(self.file.text)

    def nodes(self, route: Route) -> list[Node]:
        """The nodes down to a place that is written out. Raises CannotEdit."""
        path = find(self.top, route) if self.top else None
        if path is None:
            raise self.refused(route, "the value is written elsewhere, behind `*`")
        for node in path:
            if node.kind == "alias":
                raise self.refused(route, "the value stands behind `*`, so others share it")
        return path

    def node(self, route: Route) -> Node:
        """The node at a place. Raises CannotEdit."""
        return self.nodes(route)[-1]

    def value(self, route: Route) -> Any:
        """The data meant at a place. Raises KeyError or IndexError."""
        found = self.data
        for step in route:
            found = found[step]
        return found

    def layout(self, route: Route = ()) -> Layout:
        """How the file is indented, near a place first."""
        near = find(self.top, route) if self.top else None
        return layout_of(*reversed(near or []), self.top)

    def spliced(self, splices: Iterable[Splice], data: Any) -> Draft:
        """The next draft. Raises CannotEdit where two splices overlap."""
        try:
            text = spliced(self.file.text, splices)
        except ValueError:
            raise self.refused((), "two of the changes meet in one place") from None
        return replace(self, raw=self.file.encode(text), data=data)

    def with_value(self, route: Route, value: Any) -> Any:
        """The data meant, with another value at a place; whatever lies beside is shared."""
        return changed(self.data, route, bare(value))

    def refused(self, route: Route, reason: str) -> CannotEdit:
        """The error for a place that cannot be edited."""
        place = ".".join(map(str, route[1:] if len(route) > 1 else route))
        of = f"`{place}` in {self.path}" if place else self.path
        return CannotEdit(
            f"{of} cannot be changed by itself: {reason}",
            help="change it in an editor; `kpi validate` checks the result",
        )


def changed(data: Any, route: Route, value: Any) -> Any:
    """A copy of data with another value at a place; a key that is not there is added."""
    if not route:
        return value
    step, rest = route[0], route[1:]
    if data is None:
        data = {}
    if isinstance(data, dict):
        return {**data, step: changed(data.get(step), rest, value)}
    if isinstance(data, list) and isinstance(step, int):
        copy = [*data]
        copy[step : step + 1] = [changed(data[step] if step < len(data) else {}, rest, value)]
        return copy
    raise KeyError(step)


def without(data: Any, route: Route) -> Any:
    """A copy of data without the entry at a place."""
    step, rest = route[0], route[1:]
    if rest:
        if isinstance(data, dict):
            return {**data, step: without(data[step], rest)}
        return [without(item, rest) if at == step else item for at, item in enumerate(data)]
    if isinstance(data, dict):
        return {name: found for name, found in data.items() if name != step}
    return [item for at, item in enumerate(data) if at != step]
