"""Writing a workspace: under a lock, only over what was read, all files or none, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from kpi_cli.edit.journal import (
    SUFFIX,
    Entry,
    digest,
    forget,
    is_open,
    locked,
    note,
    read_or_none,
    recover,
    sync_folder,
    write_synced,
)
from kpi_cli.errors import CannotRun
from kpi_cli.workspace import DiskTree, LeavesWorkspace

Said = TypeVar("Said")
_TRIES = 2


class Changed(Exception):
    """A file is not what it was when it was read."""


class Snapshot(DiskTree):
    """The files of a workspace, each as it was when it was first read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.seen: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError, LeavesWorkspace or CannotRun."""
        if path not in self.seen:
            self.seen[path] = super().read(path)
        return self.seen[path]


@dataclass(frozen=True)
class Edit(Generic[Said]):
    """What an edit makes of the files (path -> bytes), and what there is to say about it."""

    files: Mapping[str, bytes]
    said: Said
    before: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, bytes]:
        """The files that differ from what they were, in order of their paths."""
        return {p: raw for p, raw in sorted(self.files.items()) if self.before.get(p) != raw}


def perform(root: Path, edit: Callable[[Snapshot], Edit[Said]], *, dry: bool) -> Edit[Said]:
    """Read, edit and write under the workspace's lock; `dry` writes nothing and takes no lock.

    A file that somebody changes in between makes the edit start again, once. Raises CannotRun.
    """
    if dry:
        settle(root)
        return _with_before(snapshot := Snapshot(root), edit(snapshot))
    with locked(root):
        recover(root)
        for _ in range(_TRIES):
            snapshot = Snapshot(root)
            done = _with_before(snapshot, edit(snapshot))
            try:
                write(snapshot, done.changed)
                return done
            except Changed as changed:
                path = str(changed)
        raise CannotRun(
            f"{path} is being changed by another program; nothing was written",
            help="close it there, then try again",
        )


def _with_before(snapshot: Snapshot, done: Edit[Said]) -> Edit[Said]:
    before = {path: raw for path in done.files if (raw := _as_read(snapshot, path)) is not None}
    return Edit(done.files, done.said, before)


def _as_read(snapshot: Snapshot, path: str) -> bytes | None:
    try:
        return snapshot.read(path)
    except FileNotFoundError:
        return None


def write(snapshot: Snapshot, files: Mapping[str, bytes]) -> None:
    """Put all files in place, or none. The lock must be held.

    Raises Changed where a file is not as the snapshot read it, CannotRun where one cannot be
    written or would lie outside the workspace.
    """
    root = snapshot.root
    entries = [_entry(snapshot, path, raw) for path, raw in files.items()]
    if not entries:
        return
    try:
        note(root, "prepare", entries)
        for entry, raw in zip(entries, files.values(), strict=True):
            _write_beside(root, entry, raw)
        _require_unchanged(root, entries)
        if len(entries) > 1:
            note(root, "commit", entries)
        for entry in entries:
            (root / entry.beside).replace(root / entry.path)
        for folder in sorted({(root / entry.path).parent for entry in entries}):
            sync_folder(folder)
        forget(root)
    except OSError as error:
        _undo(root)
        at = error.filename or "a file"
        raise CannotRun(f"{at} cannot be written: {error.strerror}; nothing was changed") from None
    except Changed:
        recover(root)
        raise


def _undo(root: Path) -> None:
    """After a failure of the disk: back to before, or forward if renaming had begun."""
    with contextlib.suppress(OSError):
        recover(root)


def _entry(snapshot: Snapshot, path: str, raw: bytes) -> Entry:
    try:
        real = snapshot.resolve(path)
        inside = real.relative_to(os.path.realpath(snapshot.root)).as_posix()
    except LeavesWorkspace:
        raise CannotRun(f"{path} leads out of the workspace; it is not written") from None
    beside = (Path(inside).parent / f".{real.name}{SUFFIX}").as_posix()
    return Entry(inside, beside, digest(snapshot.seen.get(path)), str(digest(raw)))


def _write_beside(root: Path, entry: Entry, raw: bytes) -> None:
    """The new content with the mode and, where we may, the owner of the file it replaces."""
    target, beside = root / entry.path, root / entry.beside
    target.parent.mkdir(parents=True, exist_ok=True)
    if entry.old is None:
        write_synced(beside, raw)
        return
    state = target.stat()
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "it is write-protected", str(target))
    write_synced(beside, raw, state.st_mode & 0o7777)
    with contextlib.suppress(OSError, AttributeError):
        made = beside.stat()
        if (made.st_uid, made.st_gid) != (state.st_uid, state.st_gid):
            os.chown(beside, state.st_uid, state.st_gid)
            beside.chmod(state.st_mode & 0o7777)


def _require_unchanged(root: Path, entries: list[Entry]) -> None:
    for entry in entries:
        if digest(read_or_none(root / entry.path)) != entry.old:
            raise Changed(entry.path)


def settle(root: Path) -> None:
    """Finish or undo what an interrupted command left; where nothing may be written, leave it."""
    if is_open(root) and os.access(root, os.W_OK):
        with locked(root):
            recover(root)


__all__ = ["Changed", "Edit", "Snapshot", "perform", "settle", "write"]
