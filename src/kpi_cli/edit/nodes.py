"""The text of a plan file as a tree of spans: what an edit needs to know of every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from kpi_cli.source import Route
from kpi_cli.source.events import Read, reader

Kind = Literal["scalar", "mapping", "list", "alias"]
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*(?:[&!]\S*(?=[\s,\]}]|$))?")


@dataclass(frozen=True, slots=True)
class Node:
    """A value at `start`..`end` (code points from 0, the end exclusive, no line end inside).

    `inner` is where the value itself begins, behind an anchor or a tag. `column` (from 0) is that
    of the keys of a block mapping, the hyphens of a block list, else of the value. `style` is a
    scalar's quote or block sign. `pairs` are a mapping's keys and values, `items` a list's values;
    an alias has its name in `text`, a scalar its value.
    """

    kind: Kind
    start: int
    inner: int
    end: int
    column: int
    text: str = ""
    style: str = ""
    flow: bool = False
    pairs: tuple[tuple[Node, Node], ...] = ()
    items: tuple[Node, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether it bears an anchor or a tag."""
        return self.inner != self.start

    @property
    def is_block(self) -> bool:
        """A mapping or list that is written over lines, by indentation."""
        return self.kind in ("mapping", "list") and not self.flow

    @property
    def is_text_block(self) -> bool:
        """A text behind `|` or `>`."""
        return self.style in ("|", ">")

    def child(self, step: str | int) -> Node | None:
        """The value at a key or an index."""
        if isinstance(step, int):
            return self.items[step] if 0 <= step < len(self.items) else None
        return next((value for key, value in self.pairs if key.text == step), None)

    def key(self, step: str) -> Node | None:
        """A key of a mapping."""
        return next((key for key, _ in self.pairs if key.text == step), None)

    def index(self, step: str) -> int:
        """The place of a key among the others. Raises ValueError."""
        return [key.text for key, _ in self.pairs].index(step)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for key, value in self.pairs:
            yield from key.walk()
            yield from value.walk()
        for item in self.items:
            yield from item.walk()


def find(top: Node, route: Route) -> list[Node] | None:
    """The nodes from the top down to a route's end; None where the text has no such place."""
    path = [top]
    for step in route:
        below = path[-1].child(step)
        if below is None:
            return None
        path.append(below)
    return path


def parse(text: str) -> Node | None:
    """The first document of a sound text (without byte order mark); None where it is empty."""
    return _Parser(text).document()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._read: Read = reader(text.encode("utf-8"))
        self._names: dict[str, str] = {}

    def document(self) -> Node | None:
        while True:
            event = self._read()
            name = event.__class__.__name__
            if name == "StreamEndEvent":
                return None
            if hasattr(event, "anchor"):
                return self._node(event)

    def _node(self, event: Any) -> Node:
        name = event.__class__.__name__
        if name == "MappingStartEvent":
            return self._mapping(event)
        if name == "SequenceStartEvent":
            return self._list(event)
        start, end = event.start_mark.index, event.end_mark.index
        column = event.start_mark.column
        if name == "AliasEvent":
            text = self._names.get(event.anchor, "")
            return Node("alias", start, start, end, column, text)
        style = event.style or ""
        inner = self._behind_properties(event)
        if style in ("|", ">"):
            end = self._block_end(inner, end)
        if event.anchor:
            self._names[event.anchor] = event.value
        return Node("scalar", start, min(inner, end), end, column, event.value, style)

    def _mapping(self, event: Any) -> Node:
        pairs = []
        while (found := self._read()).__class__.__name__ != "MappingEndEvent":
            key = self._node(found)
            pairs.append((key, self._node(self._read())))
        flow = bool(event.flow_style)
        end = found.end_mark.index if flow else max(pairs[-1][0].end, pairs[-1][1].end)
        column = event.start_mark.column if flow else pairs[0][0].column
        return Node(
            "mapping", event.start_mark.index, self._behind_properties(event), end, column,
            flow=flow, pairs=tuple(pairs),
        )  # fmt: skip

    def _list(self, event: Any) -> Node:
        items = []
        while (found := self._read()).__class__.__name__ != "SequenceEndEvent":
            items.append(self._node(found))
        flow = bool(event.flow_style)
        inner = self._behind_properties(event)
        end = found.end_mark.index if flow else items[-1].end
        column = event.start_mark.column
        if not flow and inner != event.start_mark.index:
            column = inner - (self._text.rfind("\n", 0, inner) + 1)
        return Node(
            "list", event.start_mark.index, inner, end, column, flow=flow, items=tuple(items)
        )

    def _behind_properties(self, event: Any) -> int:
        start: int = event.start_mark.index
        if event.anchor is None and event.tag is None:
            return start
        found = _PROPERTIES.match(self._text, start)
        end = found.end() if found else start
        while end < len(self._text) and self._text[end] in " \t\r\n" and event.anchor:
            end += 1
        return end

    def _block_end(self, start: int, end: int) -> int:
        """Without the blank lines behind the text, but with those that `+` keeps."""
        header = self._text[start : self._text.find("\n", start) + 1 or len(self._text)]
        body = self._text[start:end]
        if "+" in header.split("#")[0]:
            return end - (2 if body.endswith("\r\n") else 1 if body[-1:] in "\r\n" else 0)
        return start + len(body.rstrip(" \r\n"))
