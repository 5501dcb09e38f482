"""The workspace on disk: find its root, list its files, read them without leaving it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from kpi_cli.errors import CannotRun

CONFIG = "kpi.yaml"
BASELINE = ".kpi/baseline.json"
PLAN_SUFFIXES = (".yaml", ".yml")


class LeavesWorkspace(ValueError):
    """A path that leads outside the root, links resolved."""


class Tree(Protocol):
    """Files of one state of a workspace: on disk, or at a git revision. Paths use `/`."""

    def paths(self) -> list[str]:
        """All files below the root except hidden folders, sorted."""

    def strays(self) -> list[str]:
        """Links below the root that lead outside it, sorted."""

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError or LeavesWorkspace."""


def find_root(start: Path) -> Path:
    """The closest folder upwards that holds `kpi.yaml`. Raises CannotRun."""
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    odd = next((one for one in (start, *start.parents) if (one / CONFIG).is_dir()), None)
    if odd is not None:
        raise CannotRun(
            f"{CONFIG} in {odd} is a folder, and should be a file",
            help="give the folder another name, then make the file with `kpi init`",
        )
    raise CannotRun(
        f"no {CONFIG} in {start} or any folder above it",
        help="go into a workspace, name one with `--root DIR`, or make one with `kpi init`",
    )


class DiskTree:
    """A folder on disk; its real paths must stay below the real root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = Path(os.path.realpath(root))
        self._paths: list[str] = []
        self._strays: list[str] = []
        self._plain: frozenset[str] = frozenset()
        """Files that are no links: they lie below the root as sure as their names."""
        self._walked = False

    def paths(self) -> list[str]:
        self._walk()
        return self._paths

    def strays(self) -> list[str]:
        self._walk()
        return self._strays

    def holds(self, size: int) -> bool:
        """Whether its files come to so many bytes."""
        for path in self.paths():
            if size <= 0:
                break
            with suppress(OSError):
                size -= os.stat(self.root / path).st_size
        return size <= 0

    def read(self, path: str) -> bytes:
        full = self.root / path if path in self._plain else self.resolve(path)
        if path not in self._plain and full.exists() and not full.is_file():
            raise CannotRun(f"cannot read {path}: it is no regular file")
        try:
            with open(full, "rb", buffering=0) as file:
                return file.read()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise CannotRun(f"cannot read {path}: {error.strerror}") from None

    def resolve(self, path: str) -> Path:
        """The real place of a path in the workspace. Raises LeavesWorkspace."""
        real = Path(os.path.realpath(self.root / path))
        if real != self._real and self._real not in real.parents:
            raise LeavesWorkspace(path)
        return real

    def _walk(self) -> None:
        if self._walked:
            return
        self._walked = True
        links: list[str] = []
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            for entry in _entries(self.root / folder):
                path = f"{folder}{entry.name}"
                if entry.is_symlink():
                    self._note_link(path, links)
                elif entry.is_dir():
                    waiting.append(f"{path}/")
                elif entry.is_file():  # a pipe would never end
                    self._paths.append(path)
        self._plain = frozenset(self._paths)
        seen = set(self._paths)
        for path in sorted(links):
            self._add_link(path, seen)
        self._paths.sort()
        self._strays.sort()

    def _note_link(self, path: str, links: list[str]) -> None:
        """A link to a folder is not followed; one that leads out is told."""
        if not os.path.isdir(self.root / path):
            links.append(path)
            return
        try:
            self.resolve(path)
        except LeavesWorkspace:
            self._strays.append(path)

    def _add_link(self, path: str, seen: set[str]) -> None:
        """A link to a file counts once, under its real path where that is listed too."""
        try:
            real = self.resolve(path).relative_to(self._real).as_posix()
        except LeavesWorkspace:
            self._strays.append(path)
            return
        if real not in seen and (self._real / real).is_file():
            seen.add(real)
            self._paths.append(path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder and is not hidden; nothing of one that may not be listed."""
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if not entry.name.startswith(".")]
    except OSError:
        return []


def is_plan_file(path: str) -> bool:
    """Whether a path is read as a plan file (settings and hidden files are not)."""
    return path.endswith(PLAN_SUFFIXES) and path != CONFIG


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path matches one of the globs: `*` within a name, `**` over folders."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    parts: list[str] = []
    for piece in re.split(r"(\*\*/|\*\*|\*|\?)", glob.removeprefix("./")):
        parts.append(
            {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece, re.escape(piece))
        )
    return re.compile("".join(parts), re.DOTALL)
