"""Safe fixes: the spans that findings name are replaced, every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kpi_cli.diagnostics import Finding, Fix, Rewrite
from kpi_cli.edit.draft import changed
from kpi_cli.edit.files import Overlay
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.text import FileText, Splice, spliced
from kpi_cli.edit.verify import same
from kpi_cli.source import load
from kpi_cli.workspace import Tree

_END = re.compile(r"\r\n|\n|\r")
_ROUNDS = 8
"""A fix may bring another to light, or meet it in one place; nothing needs more rounds."""

Look = Callable[[Tree], tuple[list[Finding], Mapping[str, bytes]]]
"""A tree -> the findings in it that may be fixed, and the files they were made from."""


def fix(snapshot: Snapshot, look: Look) -> Edit[int]:
    """The files with all fixes made, and how many that were; again until nothing is left to do.

    A file that is not as it was when the findings were made stays as it is, and so does one whose
    data would be read otherwise than meant.
    """
    files: dict[str, bytes] = {}
    count = 0
    for _ in range(_ROUNDS):
        tree = Overlay(snapshot, files)
        found, seen = look(tree)
        done = _round(tree, found, seen)
        if not done:
            break
        files |= {path: after for path, (after, _) in done.items()}
        count += sum(made for _, made in done.values())
    return Edit(files, count)


def _round(
    tree: Tree, found: Iterable[Finding], seen: Mapping[str, bytes]
) -> dict[str, tuple[bytes, int]]:
    """By path: the new bytes, and how many fixes are in them."""
    by_path: dict[str, list[Fix]] = {}
    for finding in found:
        if finding.fix:
            by_path.setdefault(finding.path, []).append(finding.fix)
    done: dict[str, tuple[bytes, int]] = {}
    for path, fixes in sorted(by_path.items()):
        raw = tree.read(path)
        if raw == seen.get(path):
            after, made = mended(raw, fixes)
            if made:
                done[path] = after, made
    return done


def mended(raw: bytes, fixes: Iterable[Fix]) -> tuple[bytes, int]:
    """The bytes with as many of the fixes as keep the data as meant, and how many those are.

    Of two that meet in one place the first is made; one that would alter anything else is left.
    """
    chosen = _apart(fixes)
    after = _proved(raw, chosen)
    if after is None and len(chosen) > 1:
        chosen = [one for one in chosen if _proved(raw, [one]) is not None]
        after = _proved(raw, chosen)
    return (raw, 0) if after is None or after == raw else (after, len(chosen))


def _proved(raw: bytes, fixes: list[Fix]) -> bytes | None:
    """The new bytes; None where they would be read otherwise than meant."""
    after = fixed(raw, fixes)
    try:
        meant = load(raw).data
        for change in fixes:
            meant = _with(meant, change.meant) if change.meant else meant
    except LookupError:
        return None
    return after if same(load(after).data, meant) else None


def _with(data: Any, meant: Rewrite) -> Any:
    """The data with the one value, or key, a fix speaks of. Raises LookupError."""
    route, value = meant.place.route, meant.value
    if meant.place.part != "key":
        _at(data, route)
        return changed(data, route, value)
    holder = _at(data, route[:-1])
    if not isinstance(holder, dict) or value in holder or route[-1] not in holder:
        raise LookupError(value)
    renamed = {(value if key == route[-1] else key): below for key, below in holder.items()}
    return changed(data, route[:-1], renamed)


def _at(data: Any, route: Iterable[str | int]) -> Any:
    for step in route:
        if not isinstance(data, dict | list):
            raise LookupError(step)
        data = data[step]  # type: ignore[index]
    return data


def _apart(fixes: Iterable[Fix]) -> list[Fix]:
    """Those that do not meet an earlier one, in the order of the file."""
    kept: list[Fix] = []
    end = (0, 0)
    for change in sorted(fixes, key=lambda one: (one.mark.line, one.mark.column)):
        mark = change.mark
        if (mark.line, mark.column) >= end:
            kept.append(change)
            end = (mark.end_line, mark.end_column)
    return kept


def fixed(raw: bytes, fixes: Iterable[Fix]) -> bytes:
    """The bytes with the spans replaced; unchanged where they overlap or are no UTF-8."""
    try:
        file = FileText.of(raw)
        starts = [0, *(end.end() for end in _END.finditer(file.text))]
        splices = [_splice(change, starts, len(file.text)) for change in fixes]
        return file.encode(spliced(file.text, splices))
    except (UnicodeDecodeError, ValueError):
        return raw


def _splice(change: Fix, starts: list[int], length: int) -> Splice:
    mark = change.mark

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column - 1 if line <= len(starts) else length

    return Splice(
        offset(mark.line, mark.column), offset(mark.end_line, mark.end_column), change.text
    )
