"""The events of a text again, kept with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kpi_cli.source.events import Read, reader
from kpi_cli.source.model import MOST_DEEP, Mark, Route
from kpi_cli.source.text import Text

Node = Sequence[Any]
"""Line, column, end line, end column (from 0), style, and the children by key or index.

The style is `|` or `>` for a text block, `rest` for what is shown as the rest of its first
line. A child is a pair: the node of its key (None in a list) and the node of its value.
"""

_STYLE, _CHILDREN = 4, 5


class TooDeep(Exception):
    """The text nests deeper than is read."""


class Tree:
    """The places of a readable text's first document; lines are counted from `first_line`."""

    def __init__(self, raw: bytes, first_line: int = 0) -> None:
        self._text = Text(raw)
        self._first_line = first_line
        self._top = _read_tree(reader(raw))

    def keys(self) -> list[str | int]:
        """The top-level keys."""
        return list(self._top[_CHILDREN]) if self._top and self._top[_CHILDREN] else []

    def key(self, route: Route) -> Mark | None:
        """Place of the key a route ends in (of the value in a list), or of its ancestor's."""
        return self._mark(next((node for node in self._find(route) if node is not None), None))

    def value(self, route: Route) -> Mark | None:
        """Place of the value at a route, or of its nearest ancestor."""
        return self._mark(self._find(route)[1])

    def first_key(self, route: Route) -> Mark | None:
        """Place of the first key of the mapping at a route; the value's where it is no mapping."""
        node = self._find(route)[1]
        pairs = iter(node[_CHILDREN].values()) if node is not None and node[_CHILDREN] else iter(())
        key = next(pairs, (None, None))[0]
        return self._mark(node if key is None else key)

    def starts(self) -> Iterator[tuple[int, Route]]:
        """Line (from 0) and route of every entry, in the order of the file."""
        waiting: list[tuple[Route, Node]] = [((), self._top)] if self._top is not None else []
        while waiting:
            route, node = waiting.pop()
            for step, (_, value) in reversed((node[_CHILDREN] or {}).items()):
                waiting.append(((*route, step), value))
            if route:
                yield self._begin(route), route

    def _begin(self, route: Route) -> int:
        key, value = self._find(route)
        node = key if key is not None else value
        return int(node[0]) + self._first_line if node is not None else 0

    def _find(self, route: Route) -> tuple[Node | None, Node | None]:
        pair: tuple[Node | None, Node | None] = (None, self._top)
        for step in route:
            node = pair[1]
            children = node[_CHILDREN] if node is not None else None
            if not children:
                break
            if step not in children:
                # "One or a list": an index into what is no list means that one thing.
                if isinstance(step, int):
                    continue
                break
            pair = children[step]
        return pair

    def _mark(self, node: Node | None) -> Mark | None:
        if node is None:
            return None
        line, column, end_line, end_column = node[:4]
        if node[_STYLE] == "rest":
            mark = self._text.to_line_end(line, column)
            end_line, end_column = mark.end_line - 1, mark.end_column - 1
        elif node[_STYLE] in ("|", ">"):
            end_line -= end_column == 0 and end_line > line
            while end_line > line and not self._text.line(end_line).strip(" "):
                end_line -= 1
            end_column = len(self._text.line(end_line))
        shift = self._first_line + 1
        return Mark(line + shift, column + 1, end_line + shift, end_column + 1)


def _read_tree(read: Read) -> Node | None:
    """The top node; None for an empty document."""
    children: dict[str | int, Any] = {}
    top, is_mapping = children, False
    key: Any = None
    texts: dict[str, str] = {}
    stack: list[tuple[dict[str | int, Any], bool, Any, list[Any]]] = []
    while True:
        event = read()
        anchor = getattr(event, "anchor", _NO_NODE)
        if anchor is _NO_NODE:
            kind = event.__class__.__name__
            if kind in ("MappingEndEvent", "SequenceEndEvent"):
                children, is_mapping, key, node = stack.pop()
                _close(node, event.end_mark)
            elif kind in ("DocumentEndEvent", "StreamEndEvent"):
                return top[0][1] if top else None
            continue
        text = getattr(event, "value", None)
        if anchor is not None and text is not None:
            texts[str(anchor)] = text
        start, end = event.start_mark, event.end_mark
        style = getattr(event, "style", None)
        child: Any = (start.line, start.column, end.line, end.column, style, None)
        inner: dict[str | int, Any] | None = None
        if text is None and hasattr(event, "flow_style"):
            inner = {}
            child = [*child[:4], "flow" if event.flow_style else "rest", inner]
        if is_mapping and key is None:
            name = texts.get(str(anchor)) if text is None and inner is None else text
            key = (name, child)
        elif is_mapping:
            if key[0] is not None:
                children.setdefault(key[0], (key[1], child))
            key = None
        else:
            children[len(children)] = (None, child)
        if inner is not None:
            if len(stack) >= MOST_DEEP:
                raise TooDeep
            stack.append((children, is_mapping, key, child))
            children, is_mapping, key = inner, event.__class__.__name__[0] == "M", None


_NO_NODE = object()


def _close(node: list[Any], end: Any) -> None:
    """Give a bracketed collection on one line its exact end."""
    if node[_STYLE] == "flow" and end.line == node[0]:
        node[2:4] = end.line, end.column
    else:
        node[_STYLE] = "rest"
