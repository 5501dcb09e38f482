"""What a write was about to do, on disk: the next command finishes it, or undoes it.

A write goes through two phases. `prepare`: the new contents are written beside their files; if it
stops here, they are deleted and nothing has happened. `commit`: every file is renamed into place;
if it stops here, the rest is renamed too. Both are told by one small file in `.kpi`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from kpi_cli.errors import CannotRun
from kpi_cli.workspace import DiskTree, LeavesWorkspace

FOLDER = ".kpi"
NAME = "journal.json"
LOCK = "lock"
_IGNORED = f"# Written by kpi; these files live for a moment.\n/.gitignore\n/{LOCK}\n/{NAME}*\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file (path from the root, links resolved), the new content beside it, and both digests."""

    path: str
    beside: str
    old: str | None
    new: str


def digest(raw: bytes | None) -> str | None:
    """A name for a content; None for a file that is not there."""
    return None if raw is None else hashlib.sha256(raw).hexdigest()


def read_or_none(path: Path) -> bytes | None:
    """A file's bytes; None where there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def note(root: Path, phase: Literal["prepare", "commit"], entries: Iterable[Entry]) -> None:
    """Write the journal so that it is whole or not there at all."""
    folder = root / FOLDER
    text = json.dumps({"phase": phase, "files": [asdict(entry) for entry in entries]}, indent=1)
    beside = folder / f"{NAME}.new"
    write_synced(beside, text.encode())
    beside.replace(folder / NAME)
    sync_folder(folder)


def forget(root: Path) -> None:
    """The write is done: the journal goes."""
    with contextlib.suppress(FileNotFoundError):
        (root / FOLDER / NAME).unlink()
    sync_folder(root / FOLDER)


def is_open(root: Path) -> bool:
    """Whether a write was interrupted, or is going on."""
    return (root / FOLDER / NAME).exists()


def make_folder(root: Path) -> None:
    """The tool's own folder; git does not see what lives for a moment."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_synced(ignore, _IGNORED.encode())


def recover(root: Path) -> list[str]:
    """Finish or undo an interrupted write; the paths of the files that were put in place.

    The lock must be held. Raises CannotRun where a file was changed in the meantime.
    """
    raw = read_or_none(root / FOLDER / NAME)
    if raw is None:
        return []
    phase, entries = _parsed(root, raw)
    done = [entry.path for entry in entries if phase == "commit" and _finish(root, entry)]
    for entry in entries:
        with contextlib.suppress(FileNotFoundError):
            (root / entry.beside).unlink()
    forget(root)
    return done


def _parsed(root: Path, raw: bytes) -> tuple[str, list[Entry]]:
    """Phase and entries; a journal that names files elsewhere is nobody's. Raises CannotRun."""
    try:
        data: Any = json.loads(raw)
        entries = [Entry(**item) for item in data["files"]]
        tree = DiskTree(root)
        for entry in entries:
            tree.resolve(entry.path)
            tree.resolve(entry.beside)
            if not Path(entry.beside).name.endswith(SUFFIX):
                raise ValueError(entry.beside)
        return str(data["phase"]), entries
    except (ValueError, KeyError, TypeError, LeavesWorkspace):
        raise CannotRun(
            f"{FOLDER}/{NAME} is damaged", help="look at `git status`, then delete that file"
        ) from None


def _finish(root: Path, entry: Entry) -> bool:
    """Put one file in place unless it is there already. Raises CannotRun."""
    target, beside = root / entry.path, root / entry.beside
    now = digest(read_or_none(target))
    if now == entry.new:
        return False
    if now != entry.old or digest(read_or_none(beside)) != entry.new:
        raise CannotRun(
            f"an interrupted edit cannot be finished: {entry.path} was changed since",
            help=f"compare it with {entry.beside}, keep what is right, delete {FOLDER}/{NAME}",
        )
    beside.replace(target)
    sync_folder(target.parent)
    return True


SUFFIX = ".kpi-new"


def write_synced(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a new file and wait until the disk has it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if mode is not None:
            path.chmod(mode)
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder last; not every system can open one."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace's lock; waits for whoever holds it. Raises CannotRun.

    The kernel lets go of it when the process ends, however it ends.
    """
    try:
        make_folder(root)
        descriptor = os.open(root / FOLDER / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise CannotRun(f"cannot write into {root / FOLDER}: {error.strerror}") from None
    try:
        _hold(descriptor)
        yield
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # a system without advisory locks: one writer at a time is up to the user
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
