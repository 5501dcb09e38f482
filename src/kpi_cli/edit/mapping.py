"""Single values and keys: set, put, remove, rename, in block and in flow style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kpi_cli.edit.draft import Draft, without
from kpi_cli.edit.flow import flow_insert, flow_remove
from kpi_cli.edit.nodes import Node
from kpi_cli.edit.places import behind, comment_behind, lines_at
from kpi_cli.edit.scalars import escaped
from kpi_cli.edit.scalars import key as key_text
from kpi_cli.edit.text import Splice
from kpi_cli.edit.written import entry, inline, items, like, mapping
from kpi_cli.source import Route

Order = Callable[[Sequence[str]], int]
"""Of the keys a mapping has, in the order written: before which one the new key goes."""


def at_the_end(keys: Sequence[str]) -> int:
    """Behind the last key."""
    return len(keys)


def set_value(draft: Draft, route: Route, value: Any) -> Draft:
    """Another value in the place of the one at `route`. Raises CannotEdit."""
    path = draft.nodes(route)
    old = path[-1]
    if old.is_marked:
        raise draft.refused(route, "it has an anchor or a tag")
    if not route:
        raise draft.refused(route, "it is the whole file")
    flow = any(node.flow for node in path[:-1])
    data = draft.with_value(route, value)
    if old.kind == "scalar" and not old.is_text_block and not isinstance(value, dict | list):
        return draft.spliced([_over_scalar(draft, old, value, flow=flow)], data)
    start = opening(draft, route, path)
    if old.kind != "scalar":
        refuse_comments(draft, route, old, start)
    text = f" {inline(value)}" if flow else _behind_colon(draft, route, path, value)
    if draft.file.newline in text and comment_behind(draft, old.end):
        raise draft.refused(route, "a comment stands in its last line")
    if old.flow and text.startswith(" "):
        return draft.spliced([Splice(old.inner, old.end, text[1:])], data)
    return draft.spliced([Splice(start, max(old.end, start), text)], data)


def _behind_colon(
    draft: Draft, route: Route, path: list[Node], value: Any, *, over_lines: bool = False
) -> str:
    """What stands behind the colon or hyphen: a space and the value, or lines below."""
    column, layout = path[-2].column, draft.layout(route[:-1])
    lines = entry("", value, column, layout)
    if over_lines and len(lines) == 1:
        below = column + (layout.step if isinstance(value, dict) else layout.dash)
        body = (
            mapping(value, below, layout)
            if isinstance(value, dict)
            else items(value, below, layout)
        )
        lines = ["", *body]
    return draft.file.newline.join([lines[0][column:], *lines[1:]])


def opening(draft: Draft, route: Route, path: list[Node]) -> int:
    """Behind the colon or the hyphen that opens the value at `route`. Raises CannotEdit."""
    text, holder, step = draft.file.text, path[-2], route[-1]
    if isinstance(step, str):
        key = holder.key(step)
        if key is None or _is_complex(draft, key):
            raise draft.refused(route, "its key is written with `?`")
        return text.index(":", key.end) + 1
    if holder.flow:
        return path[-1].start
    return hyphen(draft, route, path[-1]) + 1


def hyphen(draft: Draft, route: Route, item: Node) -> int:
    """Where the hyphen of an entry of a block list stands. Raises CannotEdit."""
    at = len(draft.file.text[: item.start].rstrip()) - 1
    if draft.file.text[at] != "-":
        raise draft.refused(route, "a comment stands behind its hyphen")
    return at


def _over_scalar(draft: Draft, old: Node, value: Any, *, flow: bool) -> Splice:
    text = like(old, value, flow=flow)
    if old.start != old.end:
        return Splice(old.inner, old.end, text)
    before = draft.file.text[old.start - 1 : old.start]
    after = draft.file.text[old.start : old.start + 1]
    text = text if before == " " else f" {text}"
    return Splice(old.start, old.start, f"{text} " if after == "#" else text)


def refuse_comments(draft: Draft, route: Route, old: Node, start: int | None = None) -> None:
    """A comment inside a value that is written anew would be lost."""
    leaves = [node for node in old.walk() if node.kind in ("scalar", "alias")]
    at = old.start if start is None else start
    for begin, end in [*((node.start, node.end) for node in leaves), (old.end, old.end)]:
        if "#" in draft.file.text[at:begin]:
            raise draft.refused(route, "a comment stands inside the value")
        at = max(at, end)


def put(
    draft: Draft,
    route: Route,
    name: str,
    value: Any,
    order: Order = at_the_end,
    *,
    over_lines: bool = False,
) -> Draft:
    """A new key in the mapping at `route`; `over_lines` keeps its value out of brackets.

    Raises CannotEdit.
    """
    path = draft.nodes(route)
    holder = path[-1]
    data = draft.with_value((*route, name), value)
    if holder.kind != "mapping":
        return _fill(draft, route, {name: value}, data)
    if holder.flow:
        at = order([key.text for key, _ in holder.pairs])
        text = f"{quoted_like(holder, name)}: {inline(value)}"
        return draft.spliced(flow_insert(draft, holder, flow_spans(holder), at, text), data)
    at = order([key.text for key, _ in holder.pairs])
    return draft.spliced([_block_put(draft, route, holder, name, value, at, over_lines)], data)


def _block_put(
    draft: Draft, route: Route, holder: Node, name: str, value: Any, at: int, over_lines: bool
) -> Splice:
    neighbour = holder.pairs[max(at - 1, 0)]
    head = f"{quoted_like(holder, name)}:"
    layout = draft.layout(route)
    lines = entry(head, value, holder.column, layout, _gap(draft, neighbour))
    if over_lines and len(lines) == 1 and isinstance(value, dict):
        lines = [" " * holder.column + head, *mapping(value, holder.column + layout.step, layout)]
    if at:
        key, found = neighbour
        last = found if found.end > key.end else key
        return lines_at(draft, behind(draft, last, holder.column), lines)
    first = holder.pairs[0][0]
    if _is_complex(draft, first):
        raise draft.refused(route, "its keys are written with `?`")
    if draft.file.starts_line(first.start) and route:
        at = draft.file.next_line(opening(draft, route, draft.nodes(route)))
        if _only_comments(draft.file.text[at : first.start]):
            return lines_at(draft, at, lines)
    text = draft.file.joined(lines).lstrip(" ")
    return Splice(first.start, first.start, text + " " * holder.column)


def _only_comments(text: str) -> bool:
    return all(not line.strip() or line.strip().startswith("#") for line in text.splitlines())


def _gap(draft: Draft, pair: tuple[Node, Node]) -> str:
    """The spaces between the colon and the value of a neighbour, where they are odd."""
    key, value = pair
    between = draft.file.text[key.end : value.start]
    spaces = between.removeprefix(":")
    if value.kind == "scalar" and spaces and not spaces.strip(" ") and len(spaces) <= 3:
        return spaces
    return " "


def quoted_like(holder: Node, name: str) -> str:
    """A key in the quotes all its neighbours have."""
    styles = {key.style for key, _ in holder.pairs}
    if styles == {'"'}:
        return f'"{escaped(name)}"'
    return (
        f"'{name}'"
        if styles == {"'"} and name.isprintable() and "'" not in name
        else key_text(name)
    )


def _is_complex(draft: Draft, key: Node) -> bool:
    return draft.file.text[: key.start].rstrip(" ").endswith("?")


def _fill(draft: Draft, route: Route, value: Any, data: Any) -> Draft:
    """A mapping or list where nothing stood: over lines, if its key has lines of its own."""
    path = draft.nodes(route)
    old = path[-1]
    empty = old.kind == "scalar" and not old.style and old.start == old.end
    if not empty or not route or any(node.flow for node in path[:-1]):
        return set_value(draft, route, value)
    at = draft.file.line_end(old.end)
    text = _behind_colon(draft, route, path, value, over_lines=True)
    return draft.spliced([Splice(at, at, text)], data)


def remove(draft: Draft, route: Route) -> Draft:
    """Take a key or a list entry away; an emptied mapping or list becomes `{}` or `[]`."""
    path = draft.nodes(route[:-1])
    holder, step = path[-1], route[-1]
    data = without(draft.data, route)
    at = holder.index(step) if isinstance(step, str) else step
    count = len(holder.pairs) or len(holder.items)
    if count == 1:
        return set_value(draft, route[:-1], {} if holder.kind == "mapping" else [])
    if holder.flow:
        return draft.spliced([flow_remove(draft, holder, flow_spans(holder), at)], data)
    start, end = _block_span(draft, route, holder, at)
    file = draft.file
    if file.starts_line(start):
        return draft.spliced([_cut(draft, file.line_start(start), end)], data)
    if at == 0:
        after = _block_span(draft, route, holder, 1)[0]
        return draft.spliced([Splice(start, after, "")], data)
    raise draft.refused(route, "it does not begin a line of its own")


def _block_span(draft: Draft, route: Route, holder: Node, at: int) -> tuple[int, int]:
    """Where an entry of a block begins, and the line behind it."""
    if holder.kind == "mapping":
        key, value = holder.pairs[at]
        if _is_complex(draft, key):
            raise draft.refused(route, "its key is written with `?`")
        last = value if value.end > key.end else key
        return key.start, behind(draft, last, holder.column)
    item = holder.items[at]
    return hyphen(draft, route, item), behind(draft, item, holder.column)


def flow_spans(holder: Node) -> list[tuple[int, int]]:
    """Start and end of every entry in brackets."""
    if holder.kind == "mapping":
        return [(key.start, max(key.end, value.end)) for key, value in holder.pairs]
    return [(item.start, item.end) for item in holder.items]


def _cut(draft: Draft, start: int, end: int) -> Splice:
    """Take whole lines out; the last line of a file without a final line end leaves none behind."""
    text = draft.file.text
    if end == len(text) and text[-1:] not in "\r\n" and start:
        start = len(text[:start].removesuffix(draft.file.newline))
    return Splice(start, end, "")


def rename_key(draft: Draft, route: Route, name: str) -> Draft:
    """Another name for the key a route ends in; its place stays."""
    holder = draft.nodes(route[:-1])[-1]
    old = holder.key(str(route[-1]))
    if old is None or old.kind == "alias" or old.is_marked:
        raise draft.refused(route, "its key has an anchor or a tag")
    renamed = {
        name if found == route[-1] else found: value
        for found, value in draft.value(route[:-1]).items()
    }
    text = quoted_like(Node("mapping", 0, 0, 0, 0, pairs=((old, old),)), name)
    data = draft.with_value(route[:-1], renamed)
    return draft.spliced([Splice(old.inner, old.end, text)], data)
