"""What the files of a workspace hold, by content: digests, and the data that was read from them.

A file's digest is taken from its bytes. Where the file system vouches that a file was not touched
since (size, times, number), the digest of last time stands, as in git's index: a file that was
written in the last two seconds is read again, for its time may not tell.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Sequence
from typing import Any

from kpi_cli.cache.place import maker
from kpi_cli.cache.store import Store
from kpi_cli.workspace import DiskTree

_FRESH_NS = 2_000_000_000
_MOST_HELD = 8 * 2**20
"""Bytes of files that were read for their digest and wait to be read as plan files."""
_VOUCHES = os.name == "posix"  # elsewhere st_ctime is no time of change
Stamp = tuple[int, int, int, int]


class Contents:
    """Digests of files, and data by digest; `save` keeps what is new."""

    def __init__(self, tree: DiskTree, store: Store) -> None:
        self.tree = tree
        self.store = store
        self._base = f"{tree.root}{os.sep}"
        self._root = hashlib.sha256(os.fsencode(os.path.realpath(tree.root))).digest()
        self._known: dict[str, tuple[Stamp, bytes]] | None = None
        self._told: dict[str, bytes] = {}
        self._read: dict[str, bytes] = {}
        self._stamps: dict[str, tuple[Stamp, bytes]] = {}
        self._held = 0
        self._new: dict[bytes, bytes] = {}
        self._changed = False

    def digest(self, path: str) -> bytes:
        """SHA-256 of a file. Raises what `tree.read` raises."""
        told = self._told.get(path)
        if told is None:
            told = self._told[path] = self._stamped(path) or self._hashed(path)
        return told

    def take(self, path: str) -> bytes | None:
        """The bytes, once, where they had to be read for the digest and are still held."""
        raw = self._read.pop(path, None)
        self._held -= len(raw or b"")
        return raw

    def known(self, paths: Sequence[str]) -> frozenset[str]:
        """Those files whose content was read before, and was without fault or comment to us."""
        keys = {path: self._key(path) for path in paths}
        there = self.store.has("data", keys.values())
        return frozenset(path for path, key in keys.items() if key in there)

    def data(self, path: str) -> Any:
        """What a known file holds; None where the cache lost it."""
        key = self._key(path)
        try:
            return json.loads(self.store.get("data", [key])[key])
        except (KeyError, ValueError):
            return None

    def keep(self, path: str, data: Any) -> None:
        """Remember what a file holds."""
        self._new[self._key(path)] = json.dumps(data, separators=(",", ":")).encode()

    def save(self) -> None:
        """Write what is new; stamps of files that are gone are left out."""
        self.store.put("data", self._new)
        self._new = {}
        if not self._changed:
            return
        here = set(self.tree.paths())
        known = {path: entry for path, entry in (self._known or {}).items() if path in here}
        stamps = known | self._stamps
        rows = {path: [*stamp, digest.hex()] for path, (stamp, digest) in sorted(stamps.items())}
        self.store.put("stamps", {self._root: json.dumps(rows).encode()})
        self._changed = False

    def _key(self, path: str) -> bytes:
        return hashlib.sha256(maker().encode() + b"\0" + self.digest(path)).digest()

    def _stamped(self, path: str) -> bytes | None:
        """The digest of last time, where the file was not touched since."""
        if not _VOUCHES:
            return None
        if self._known is None:
            self._known = self._load()
        entry = self._known.get(path)
        if entry is None or entry[0] != _stamp(os.stat(self._base + path)):
            return None
        self._stamps[path] = entry
        return entry[1]

    def _hashed(self, path: str) -> bytes:
        now, state = time.time_ns(), None
        if _VOUCHES:
            try:
                state = os.stat(self._base + path)
            except OSError:
                state = None  # what reading it says, counts
        raw = self.tree.read(path)
        if self._held + len(raw) <= _MOST_HELD:
            self._read[path] = raw
            self._held += len(raw)
        digest = hashlib.sha256(raw).digest()
        if state and max(state.st_mtime_ns, state.st_ctime_ns) + _FRESH_NS < now:
            self._stamps[path] = (_stamp(state), digest)
            self._changed = True
        return digest

    def _load(self) -> dict[str, tuple[Stamp, bytes]]:
        raw = self.store.get("stamps", [self._root]).get(self._root)
        try:
            rows = json.loads(raw) if raw else {}
            return {
                path: ((size, changed, touched, number), bytes.fromhex(digest))
                for path, (size, changed, touched, number, digest) in rows.items()
            }
        except (ValueError, TypeError, AttributeError):
            return {}


def _stamp(state: os.stat_result) -> Stamp:
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino
