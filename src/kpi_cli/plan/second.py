"""A second process that reads a part of many plan files while this one reads the rest.

It only turns text into data, which is most of the work; records, links and findings stay here, so
their order cannot depend on who was faster. What the quick reader leaves to the careful one comes
back empty-handed and is read here, with its faults.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import signal
import threading
from collections.abc import Sequence
from typing import IO, Any

from kpi_cli.source import may_speak, read_quickly
from kpi_cli.workspace import DiskTree, Tree

WORTH_BYTES = 32 * 2**20
"""About 13 000 KPIs: below, half a second is saved at most, for a tenth more of processor time."""
_OWN, _OF = 5, 10
"""The files kept here, of each ten: this process also makes the records, but handing over costs."""
_PIPE_BYTES = 2**20
_F_SETPIPE_SZ = 1031
_SIZE = 8


def is_worth_it(tree: Tree, paths: Sequence[str]) -> bool:
    """Whether there is much to read, a second processor, and no thread that a fork would lose.

    An edit's snapshot keeps what it read, so it reads for itself.
    """
    if type(tree) is not DiskTree or not hasattr(os, "fork") or threading.active_count() > 1:
        return False
    return _processors() > 1 and _size(tree, paths) >= WORTH_BYTES


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
        ours, its = os.pipe()
        _widen(its)
        self._process = os.fork()
        if self._process == 0:
            os.close(ours)
            _work(tree, self._share, its)
        os.close(its)
        self._results: IO[bytes] = os.fdopen(ours, "rb")

    def take(self, path: str) -> tuple[bytes, dict[str, Any]] | None:
        """SHA-256 and data of the next file of its share; None for what is to be read here."""
        if path not in self._waiting:
            return None
        self._waiting.discard(path)
        try:
            size = int.from_bytes(self._results.read(_SIZE), "big")
            found: tuple[bytes, dict[str, Any]] | None = marshal.loads(self._results.read(size))
        except (EOFError, ValueError, TypeError):
            self._waiting.clear()  # it died: the rest is read here
            return None
        return found

    def stop(self) -> None:
        """End it, done or not."""
        self._results.close()
        try:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        except (ProcessLookupError, ChildProcessError):
            return


def _widen(pipe: int) -> None:
    """Let it run ahead by many files, where the system knows how."""
    try:
        import fcntl

        fcntl.fcntl(pipe, _F_SETPIPE_SZ, _PIPE_BYTES)
    except (ImportError, OSError):
        return


def _work(tree: Tree, paths: Sequence[str], pipe: int) -> None:
    """In the second process: write a result for each path, then end without a trace."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(pipe, "wb") as out:
            for path in paths:
                raw = marshal.dumps(_result(tree, path))
                out.write(len(raw).to_bytes(_SIZE, "big") + raw)
    finally:
        os._exit(0)


def _result(tree: Tree, path: str) -> tuple[bytes, dict[str, Any]] | None:
    try:
        raw = tree.read(path)
    except Exception:
        return None
    data = None if may_speak(raw) else read_quickly(raw)
    return None if data is None else (hashlib.sha256(raw).digest(), data)
