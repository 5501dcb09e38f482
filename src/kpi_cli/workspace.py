"""The workspace on disk: find its root, list its files, read them without leaving it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from kpi_cli.errors import CannotRun

CONFIG = "kpi.yaml"
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
        self._walked = False

    def paths(self) -> list[str]:
        self._walk()
        return self._paths

    def strays(self) -> list[str]:
        self._walk()
        return self._strays

    def read(self, path: str) -> bytes:
        full = self.resolve(path)
        if full.exists() and not full.is_file():
            raise CannotRun(f"cannot read {path}: it is no regular file")
        try:
            return full.read_bytes()
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
        for folder, names in _folders(self.root, self._note_stray):
            prefix = "" if folder == "." else f"{folder}/"
            for name in names:
                path = prefix + name
                if os.path.islink(self.root / path):
                    links.append(path)
                elif os.path.isfile(self.root / path):  # a pipe would never end
                    self._paths.append(path)
        seen = set(self._paths)
        for path in sorted(links):
            self._add_link(path, seen)
        self._paths.sort()
        self._strays.sort()

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

    def _note_stray(self, path: str) -> None:
        try:
            self.resolve(path)
        except LeavesWorkspace:
            self._strays.append(path)


def _folders(root: Path, on_link: object) -> Iterator[tuple[str, list[str]]]:
    note = on_link if callable(on_link) else None
    for folder, subfolders, names in os.walk(root):
        relative = os.path.relpath(folder, root).replace(os.sep, "/")
        kept = sorted(name for name in subfolders if not name.startswith("."))
        for name in [n for n in kept if os.path.islink(os.path.join(folder, n))]:
            kept.remove(name)
            if note:
                note(name if relative == "." else f"{relative}/{name}")
        subfolders[:] = kept
        yield relative, sorted(name for name in names if not name.startswith("."))


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
