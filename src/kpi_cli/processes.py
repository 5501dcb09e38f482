"""A second process for a part of long work: forked, so that it knows all this one knows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from mmap import mmap
from typing import IO, Self

_PIPE_BYTES = 2**20
_F_SETPIPE_SZ = 1031
_SIZE = 8


def may_fork() -> bool:
    """Whether there is a second processor, and no thread that a fork would lose."""
    threading = sys.modules.get("threading")  # without it there is one
    is_alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and is_alone and _processors() > 1


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Child:
    """Does `work` from its making on; what it writes comes out of `results`, until it ends."""

    def __init__(self, work: Callable[[IO[bytes]], None]) -> None:
        ours, its = os.pipe()
        _widen(its)
        self._process = os.fork()
        if self._process == 0:
            os.close(ours)
            _work(work, its)
        os.close(its)
        self.results: IO[bytes] = os.fdopen(ours, "rb")

    def stop(self) -> None:
        """End it, done or not."""
        self.results.close()
        try:
            from signal import SIGKILL

            os.kill(self._process, SIGKILL)
            os.waitpid(self._process, 0)
        except (ProcessLookupError, ChildProcessError):
            return


def _widen(pipe: int) -> None:
    """Let it run ahead by much, where the system knows how."""
    try:
        import fcntl

        fcntl.fcntl(pipe, _F_SETPIPE_SZ, _PIPE_BYTES)
    except (ImportError, OSError):
        return


def _work(work: Callable[[IO[bytes]], None], pipe: int) -> None:
    """In the second process: do it, then end without a trace."""
    try:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(pipe, "wb") as out:
            work(out)
    finally:
        os._exit(0)


class Helper:
    """Does numbered pieces from the last one backwards, while `with_help` does them from the first.

    Where both begin the same piece at once it is done twice, to the same result. What it does not
    hand over, because it failed or was ended, is done by the asker, who meets the fault again.
    """

    def __init__(self, count: int, do: Callable[[int], bytes]) -> None:
        self._count, self._do = count, do
        self._begun = mmap(-1, count)
        self._child = Child(self._backwards)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.stop()
        self._begun.close()

    def claims(self, number: int) -> bool:
        """Whether a piece is begun elsewhere; if not, it counts as begun by who asks."""
        taken = self._begun[number] != 0
        self._begun[number] = 1
        return taken

    def begun(self) -> int:
        """How many pieces are begun, here or there."""
        return self._begun[:].count(1)

    def done(self) -> dict[int, bytes]:
        """What it has done, by number; waits for its end."""
        found: dict[int, bytes] = {}
        results = self._child.results
        while len(head := results.read(2 * _SIZE)) == 2 * _SIZE:
            number, size = int.from_bytes(head[:_SIZE], "big"), int.from_bytes(head[_SIZE:], "big")
            raw = results.read(size)
            if len(raw) == size:
                found[number] = raw
        return found

    def _backwards(self, out: IO[bytes]) -> None:
        """All is done before any is handed over: nobody reads before the asker is done too."""
        found: dict[int, bytes] = {}
        for number in reversed(range(self._count)):
            if self.claims(number):
                break
            found[number] = self._do(number)
        for number, raw in found.items():
            out.write(number.to_bytes(_SIZE, "big") + len(raw).to_bytes(_SIZE, "big"))
            out.write(raw)


def helped(count: int, do: Callable[[int], bytes]) -> AbstractContextManager[Helper | None]:
    """A second process for `with_help`, where one may be forked: before a bar moves, which takes a
    thread."""
    return Helper(count, do) if may_fork() else nullcontext()


def with_help(
    count: int,
    do: Callable[[int], bytes],
    helper: Helper | None,
    told: Callable[[int], None] = lambda done: None,
) -> list[bytes]:
    """Every piece in order, as `do` makes it here or, the last ones, in the helper; `told` hears
    after each piece made here how many are made or begun."""
    own: dict[int, bytes] = {}
    for number in range(count):
        if helper and helper.claims(number):
            break
        own[number] = do(number)
        told(helper.begun() if helper else len(own))
    if helper and len(own) < count:
        own = helper.done() | own
    return [own[number] if number in own else do(number) for number in range(count)]
