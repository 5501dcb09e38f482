"""One workspace being edited: the open buffers over its files, looked at again as they change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from kpi_cli.edit.files import Overlay
from kpi_cli.lsp.lenses import kpis_in
from kpi_cli.lsp.seen import Buffer, Look, Scores, Seen, buffer
from kpi_cli.workspace import CONFIG, DiskTree, LeavesWorkspace, is_plan_file

QUIET = 0.15
"""Seconds without a change before the workspace is looked at."""
CALM = 1.0
"""Seconds without a change before scores are worked out, which costs more."""


class Project:
    """The state of a workspace; `publish` is told each time it was looked at anew."""

    def __init__(self, root: Path, look: Look, publish: Callable[[Project, Seen], None]) -> None:
        self.root = root
        self.texts: dict[str, bytes] = {}
        self.uris: dict[str, str] = {}
        self._look = look
        self._publish = publish
        self._changes = 0
        self._told = -1
        self._seen: Seen | None = None
        self._seen_at = -1
        self._lock = asyncio.Lock()
        self._scores: dict[str, Scores] = {}
        self._scored: dict[str, int] = {}
        self._scoring: dict[str, asyncio.Task[None]] = {}
        self._runner: asyncio.Task[None] | None = None

    def path_of(self, file: Path) -> str | None:
        """A file's path in the workspace; None for one that is no part of any plan."""
        try:
            path = file.relative_to(self.root)
        except ValueError:
            return None
        hidden = any(part.startswith(".") for part in path.parts)
        name = path.as_posix()
        known = name == CONFIG or is_plan_file(name) or name.endswith(".csv")
        return name if known and not hidden else None

    def uri_of(self, path: str) -> str:
        """The address of a file, as the client writes it where it has opened it."""
        return self.uris.get(path) or (self.root / path).as_uri()

    def file(self, path: str) -> Buffer:
        """A file as it is being edited, else as it is on disk; empty where it is not there."""
        raw = self.texts.get(path)
        if raw is None:
            try:
                raw = DiskTree(self.root).read(path)
            except (FileNotFoundError, LeavesWorkspace):
                raw = b""
        return buffer(path, raw)

    def open(self, path: str, uri: str, text: str) -> None:
        """Take the client's text of a file for what it holds."""
        self.uris[path] = uri
        self.texts[path] = text.encode("utf-8", "replace")
        self.changed()

    def close(self, path: str) -> None:
        """Go back to what is on disk."""
        self.texts.pop(path, None)
        self.changed()

    def changed(self) -> None:
        """Look again once it is quiet."""
        self._changes += 1
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._told != self._changes:
            wanted = self._changes
            await asyncio.sleep(QUIET)
            if wanted == self._changes:
                seen = await self.now()
                self._told = wanted
                self._publish(self, seen)

    async def now(self) -> Seen:
        """The state of the workspace with every change so far. Raises CannotRun."""
        async with self._lock:
            if self._seen is None or self._seen_at != self._changes:
                at, tree = self._changes, Overlay(DiskTree(self.root), dict(self.texts))
                self._seen = await asyncio.to_thread(self._look, self.root, tree, self._seen)
                self._seen_at = at
            return self._seen

    @property
    def scores(self) -> Scores:
        """The scores that are known; after a change they are a little old."""
        return {name: score for found in self._scores.values() for name, score in found.items()}

    def want_scores(self, path: str, refresh: Callable[[], None]) -> None:
        """Work out the scores of a file once it is calm; `refresh` is told when they are there."""
        running = self._scoring.get(path)
        if self._scored.get(path) != self._changes and (running is None or running.done()):
            self._scoring[path] = asyncio.create_task(self._score(path, refresh))

    async def _score(self, path: str, refresh: Callable[[], None]) -> None:
        wanted = -1
        while wanted != self._changes:
            wanted = self._changes
            await asyncio.sleep(CALM)
        seen = await self.now()
        found = await asyncio.to_thread(seen.score, kpis_in(self.file(path)))
        self._scored[path] = wanted
        if found != self._scores.get(path):
            self._scores[path] = found
            refresh()

    async def lately(self) -> Seen:
        """The last state there is, without waiting for one that follows a change just made."""
        return self._seen or await self.now()
