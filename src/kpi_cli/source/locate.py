"""Where a value stands: the same events again, kept with their places.

Only built for a file about which there is something to say.
"""

from __future__ import annotations

from typing import Any

from kpi_cli.source.events import reader
from kpi_cli.source.model import Mark, Route
from kpi_cli.source.text import Text


class _Node:
    """A value: its first and last event, and what it holds by key or index."""

    __slots__ = ("children", "last", "start")

    def __init__(self, start: Any, children: dict[str | int, _Entry] | None) -> None:
        self.start = start
        self.last = start
        self.children = children


_Entry = tuple[Any, _Node]
"""The event of the key (None in a list) and the value."""


class Tree:
    """The places of a readable text's first document."""

    def __init__(self, raw: bytes) -> None:
        self._text = Text(raw)
        self._top = _tree(raw)

    def key(self, route: Route) -> Mark | None:
        """The key a route ends in (its value for a list entry), or of its nearest ancestor."""
        found = self._find(route)
        if found is None:
            return None
        key, node = found
        return self._span(node) if key is None else self._event_span(key, key)

    def value(self, route: Route) -> Mark | None:
        """The value at a route, or of its nearest ancestor.

        A scalar or a bracketed value on one line has its exact span (with its tag or anchor);
        any other list or mapping has the rest of its first line.
        """
        found = self._find(route)
        return None if found is None else self._span(found[1])

    def _find(self, route: Route) -> _Entry | None:
        entry = None if self._top is None else (None, self._top)
        for step in route:
            children = entry[1].children if entry is not None else None
            if not children or step not in children:
                break
            entry = children[step]
        return entry

    def _span(self, node: _Node) -> Mark:
        start, end = node.start.start_mark, node.last.end_mark
        if node.children is not None and not (node.start.flow_style and start.line == end.line):
            return self._text.to_line_end(start.line, start.column)
        return self._event_span(node.start, node.last)

    def _event_span(self, first: Any, last: Any) -> Mark:
        start, end = first.start_mark, last.end_mark
        if getattr(first, "style", None) in ("|", ">"):
            line = end.line - 1 if end.column == 0 else end.line
            while line > start.line and not self._text.line(line).strip():
                line -= 1
            return Mark(start.line + 1, start.column + 1, line + 1, len(self._text.line(line)) + 1)
        return Mark(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class Locator:
    """Places in a plan file; in a faulty one, of all that could be read."""

    def __init__(self, raw: bytes) -> None:
        from yaml import YAMLError

        try:
            self._tree = Tree(raw)
        except (YAMLError, UnicodeError):
            from kpi_cli.source.read import readable

            self._tree = Tree(readable(raw))

    def key(self, route: Route) -> Mark | None:
        """See `Tree.key`."""
        return self._tree.key(route)

    def value(self, route: Route) -> Mark | None:
        """See `Tree.value`."""
        return self._tree.value(route)


def _tree(raw: bytes) -> _Node | None:
    """The top node; None for an empty document."""
    read = reader(raw)
    top = _Node(None, {})
    open_nodes: list[tuple[_Node, Any]] = [(top, None)]
    texts: dict[str, str] = {}
    while True:
        event = read()
        kind = event.__class__.__name__
        node, key = open_nodes[-1]
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            node.last = event
            open_nodes.pop()
            continue
        if not hasattr(event, "anchor"):
            if kind in ("DocumentEndEvent", "StreamEndEvent"):
                return _only(top)
            continue
        is_mapping = node is not top and node.start.__class__.__name__ == "MappingStartEvent"
        scalar = getattr(event, "value", None)
        if event.anchor is not None and scalar is not None:
            texts[event.anchor] = scalar
        children: dict[str | int, _Entry] | None = {} if kind.endswith("StartEvent") else None
        child = _Node(event, children)
        if is_mapping and key is None:
            open_nodes[-1] = (node, event)
        else:
            assert node.children is not None
            step = _key_text(key, texts) if is_mapping else len(node.children)
            if step is not None:
                node.children.setdefault(step, (key, child))
            open_nodes[-1] = (node, None)
        if children is not None:
            open_nodes.append((child, None))


def _only(top: _Node) -> _Node | None:
    entry = (top.children or {}).get(0)
    return None if entry is None else entry[1]


def _key_text(key: Any, texts: dict[str, str]) -> str | None:
    value = getattr(key, "value", None)
    return texts.get(key.anchor) if value is None and key.anchor is not None else value
