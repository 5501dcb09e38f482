"""Plan files -> documents, in order: from the cache, read here, or by a second process."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from kpi_cli.plan.texts import Texts
from kpi_cli.source import Document, load, may_speak
from kpi_cli.workspace import Tree

if TYPE_CHECKING:
    from kpi_cli.cache.contents import Contents
    from kpi_cli.plan.second import Second

_MANY = 20
"""Files; fewer are not worth sharing."""


def documents(
    tree: Tree, paths: Sequence[str], texts: Texts, contents: Contents | None = None
) -> Generator[Document, None, None]:
    """Each file's document, in the order of `paths`.

    What is new is put into `contents`, to be saved by its owner.
    """
    known = contents.known(paths) if contents else frozenset()
    unknown = [path for path in paths if path not in known]
    second = _second(tree, unknown)
    try:
        for path in paths:
            document = _remembered(path, texts, contents) if path in known else None
            yield document or _read(path, texts, contents, second)
    finally:
        if second:
            second.stop()


def _second(tree: Tree, paths: Sequence[str]) -> Second | None:
    if len(paths) < _MANY:
        return None
    from kpi_cli.plan.second import Second, is_worth_it

    return Second(tree, paths) if is_worth_it(tree, paths) else None


def _remembered(path: str, texts: Texts, contents: Contents | None) -> Document | None:
    data = contents.data(path) if contents else None
    if contents is None or data is None:
        return None
    texts.know(path, contents.digest(path))
    return Document(data)


def _read(path: str, texts: Texts, contents: Contents | None, second: Second | None) -> Document:
    found = second.take(path) if second else None
    if found is not None:
        digest, data = found
        document = Document(data)
        texts.know(path, digest)
        if contents and contents.digest(path) == digest:
            contents.keep(path, data)
        return document
    raw = texts.read(path, contents.take(path) if contents else None)
    document = load(raw)
    if not contents or document.faults or document.lost or may_speak(raw):
        return document
    if contents.digest(path) == texts.digest(path):
        contents.keep(path, document.data)
    return document
