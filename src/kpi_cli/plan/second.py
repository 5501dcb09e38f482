"""A second process that reads a part of many plan files while this one reads the rest.

It only turns text into data, which is most of the work; records, links and findings stay here, so
their order cannot depend on who was faster. What the quick reader leaves to the careful one comes
back empty-handed and is read here, with its faults.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Sequence
from functools import partial
from typing import IO, Any

from kpi_cli.processes import Child, may_fork
from kpi_cli.source import may_speak, read_quickly
from kpi_cli.workspace import DiskTree, Tree

WORTH_BYTES = 16 * 2**20
"""About 6 500 KPIs: below there is nothing to wait for, and no processor time to give away."""
_OWN, _OF = 7, 10
"""The files kept here, of each ten: this process also makes the records, but handing over costs."""
_SIZE = 8


def is_worth_it(tree: Tree, paths: Sequence[str]) -> bool:
    """Whether there is much to read, a second processor, and no thread that a fork would lose.

    An edit's snapshot keeps what it read, so it reads for itself.
    """
    return type(tree) is DiskTree and may_fork() and _size(tree, paths) >= WORTH_BYTES


def _size(tree: DiskTree, paths: Sequence[str]) -> int:
    total = 0
    for path in paths:
        try:
            total += os.stat(tree.root / path).st_size
        except OSError:
            continue
    return total


class Second:
    """Reads its share of `paths` from its making on; `take` hands over in the order of `paths`."""

    def __init__(self, tree: Tree, paths: Sequence[str]) -> None:
        self._share = [path for index, path in enumerate(paths) if index % _OF >= _OWN]
        self._waiting = set(self._share)
        self._child = Child(partial(_read_all, tree, self._share))

    def take(self, path: str) -> tuple[bytes, dict[str, Any]] | None:
        """SHA-256 and data of the next file of its share; None for what is to be read here."""
        if path not in self._waiting:
            return None
        self._waiting.discard(path)
        results = self._child.results
        try:
            size = int.from_bytes(results.read(_SIZE), "big")
            found: tuple[bytes, dict[str, Any]] | None = marshal.loads(results.read(size))
        except (EOFError, ValueError, TypeError):
            self._waiting.clear()  # it died: the rest is read here
            return None
        return found

    def stop(self) -> None:
        """End it, done or not."""
        self._child.stop()


def _read_all(tree: Tree, paths: Sequence[str], out: IO[bytes]) -> None:
    """In the second process: write a result for each path."""
    for path in paths:
        raw = marshal.dumps(_result(tree, path))
        out.write(len(raw).to_bytes(_SIZE, "big") + raw)


def _result(tree: Tree, path: str) -> tuple[bytes, dict[str, Any]] | None:
    try:
        raw = tree.read(path)
    except Exception:
        return None
    data = None if may_speak(raw) else read_quickly(raw)
    return None if data is None else (hashlib.sha256(raw).digest(), data)
