"""Plan data -> YAML text, in block style, for people to read and git to compare.

`source.load` of the text gives the data back; whoever writes a file proves it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kpi_cli.edit.scalars import WIDTH, is_unseen, key, scalar

_STEP = "  "
_BREAK = re.compile(r"(?<=[^\s]) (?=[^\s])")


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
        yield from _text(head, value, depth)
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


def _text(head: str, value: str, depth: int) -> Iterator[str]:
    indent = _STEP * (depth + 1)
    if _suits_literal(value):
        sign = "|" if value.endswith("\n") else "|-"
        yield f"{head} {sign}\n"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{indent}{line}\n" if line else "\n"
        return
    line = f"{head} {scalar(value)}"
    if len(line) <= WIDTH or not _suits_folded(value):
        yield line + "\n"
        return
    yield f"{head} >-\n"
    for part in _folded(value, WIDTH - len(indent)):
        yield f"{indent}{part}\n"


def _suits_literal(value: str) -> bool:
    """Several lines that a literal block shows as they are."""
    lines = value.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1]:
        return False
    return not any(
        is_unseen(line) or line != line.rstrip() or "\t" in line[:1] for line in lines
    ) and not lines[0].startswith(" ")


def _suits_folded(value: str) -> bool:
    return not is_unseen(value) and value == value.strip() and bool(_BREAK.search(value))


def _folded(value: str, width: int) -> Iterator[str]:
    """Lines broken at single spaces only, so that folding gives the same text back."""
    width = max(width, 40)
    line = ""
    for part in _BREAK.split(value):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line
