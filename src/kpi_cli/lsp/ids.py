"""Ids in files: the one at a place, where its record stands, and everywhere it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kpi_cli.edit.files import Files
from kpi_cli.edit.ids import Mention, mentions
from kpi_cli.lsp.seen import Buffer, buffer
from kpi_cli.source import Mark, words_in
from kpi_cli.workspace import Tree

_WORD = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An id written at a place of a file; `defines` where its record begins there."""

    id: str
    path: str
    mark: Mark
    defines: bool


def id_at(file: Buffer, line: int, column: int) -> Occurrence | None:
    """The id at a line and a column (from 0), if what stands there names or begins a record."""
    here = file.line(line + 1)
    words = [m for m in _WORD.finditer(here) if m.start() <= column <= m.end()]
    for word in words:
        for found in in_file(file, word[0]):
            if _holds(found.mark, line + 1, column + 1):
                return found
    return None


def _holds(mark: Mark, line: int, column: int) -> bool:
    return (mark.line, mark.column) <= (line, column) <= (mark.end_line, mark.end_column)


def in_file(file: Buffer, identifier: str) -> Iterator[Occurrence]:
    """Every place of one file where an id is written, in no order."""
    seen: set[Mark] = set()
    for mention in mentions(file.document.data):
        if mention.id != identifier:
            continue
        defines = mention.part == "key" and len(mention.route) == 2
        for mark in _marks(file, mention):
            if mark not in seen:
                seen.add(mark)
                yield Occurrence(identifier, file.path, mark, defines)


def _marks(file: Buffer, mention: Mention) -> Iterator[Mark]:
    """The exact letters of the id; nothing where it is written elsewhere, behind `*`."""
    places = file.places
    span = (places.key if mention.part == "key" else places.value)(mention.route)
    if span is None:
        return
    found = words_in(file.text, span, mention.id)
    yield from found if mention.part == "formula" else islice(found, 1)


def everywhere(tree: Tree, identifier: str) -> list[Occurrence]:
    """Every place in the plan files where an id is written, in reading order."""
    files = Files(tree)
    found = [
        occurrence
        for path in files.holding(identifier, files.plan_paths)
        for occurrence in in_file(buffer(path, files.read(path)), identifier)
    ]
    return sorted(found, key=lambda one: (one.path, one.mark.line, one.mark.column))


def definition(tree: Tree, identifier: str) -> list[Occurrence]:
    """Where the record with an id begins; several places where the id is used twice."""
    return [one for one in everywhere(tree, identifier) if one.defines]
