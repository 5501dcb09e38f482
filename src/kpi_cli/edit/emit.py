"""Plan data -> YAML text, in block style, for people to read and git to compare.

`source.load` of the text gives the data back; whoever writes a file proves it first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kpi_cli.edit.scalars import WIDTH, key, scalar
from kpi_cli.edit.texts import text_lines

_STEP = "  "


def emit(data: Mapping[str, Any]) -> str:
    """The text of a plan file; its sections stand apart by an empty line, LF at every end."""
    blocks = ["".join(_mapping({name: found}, 0)) for name, found in data.items()]
    return "\n".join(blocks)


def _mapping(data: Mapping[str, Any], depth: int) -> Iterator[str]:
    for name, value in data.items():
        yield from _entry(f"{_STEP * depth}{key(name)}:", value, depth)


def _entry(head: str, value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield head + ("\n" if value else " {}\n")
        yield from _mapping(value, depth + 1)
    elif isinstance(value, list | tuple):
        yield from _sequence(head, value, depth)
    elif isinstance(value, str):
        yield from (f"{line}\n" for line in text_lines(head, value, _STEP * (depth + 1)))
    else:
        yield f"{head} {scalar(value)}\n"


def _sequence(head: str, items: Sequence[Any], depth: int) -> Iterator[str]:
    if not any(isinstance(item, Mapping | list | tuple) for item in items):
        line = f"{head} [{', '.join(scalar(item, flow=True) for item in items)}]"
        if len(line) <= WIDTH or not items:
            yield line + "\n"
            return
    yield head + "\n"
    for item in items:
        yield from _item(item, depth + 1)


def _item(item: Any, depth: int) -> Iterator[str]:
    """A list entry; a mapping begins on the line of its hyphen."""
    indent = _STEP * depth
    if isinstance(item, Mapping) and item:
        lines = list(_mapping(item, depth + 1))
        yield f"{indent}- {lines[0][len(indent) + 2 :]}"
        yield from lines[1:]
    else:
        yield from _entry(f"{indent}-", item, depth)
