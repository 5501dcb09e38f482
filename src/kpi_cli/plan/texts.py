"""The bytes of the files a plan was read from: kept while they are few, else read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_cli.source import may_speak
from kpi_cli.workspace import Tree

MOST_KEPT = 8 * 2**20
"""Bytes kept of a workspace: what some 3 000 KPIs take."""


class Texts(Mapping[str, bytes]):
    """Path -> bytes of every file that was read, or is known by its digest, in that order.

    What was not kept is read again when it is asked for: for the lines of a finding, say.
    """

    def __init__(self, tree: Tree, most: int = MOST_KEPT) -> None:
        self._tree = tree
        self._most = most
        self._kept: dict[str, bytes] = {}
        self._digests: dict[str, bytes | None] = {}
        self._spoken: list[str] = []

    def read(self, path: str, raw: bytes | None = None) -> bytes:
        """A file's bytes (or `raw`, where they were read before). Raises what the tree raises."""
        if path in self._kept:
            return self._kept[path]
        raw = self._tree.read(path) if raw is None else raw
        if path not in self._digests and may_speak(raw):
            self._spoken.append(path)
        if len(raw) <= self._most:
            self._most -= len(raw)
            self._kept[path] = raw
            self._digests.setdefault(path, None)
        elif self._digests.get(path) is None:
            self._digests[path] = _sha256(raw)
        return raw

    def know(self, path: str, digest: bytes) -> None:
        """A file that need not be read: nothing in it speaks to this tool."""
        self._digests[path] = digest

    def digest(self, path: str) -> bytes | None:
        """SHA-256 of the bytes the plan was read from; None for a file it was not read from."""
        kept = self._kept.get(path)
        return self._digests.get(path) if kept is None else _sha256(kept)

    def is_still(self, path: str, raw: bytes) -> bool:
        """Whether these are the bytes the plan was read from."""
        if path in self._kept:
            return self._kept[path] == raw
        return self._digests.get(path) == _sha256(raw)

    def spoken(self) -> Iterator[tuple[str, bytes]]:
        """The files in which a comment may speak to this tool."""
        return ((path, self.read(path)) for path in self._spoken)

    def __getitem__(self, path: str) -> bytes:
        if path not in self._digests:
            raise KeyError(path)
        return self.read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def _sha256(raw: bytes) -> bytes:
    from hashlib import sha256  # brings OpenSSL, and few plans are so large that it is needed

    return sha256(raw).digest()
