"""Files the tool makes: known by the digest in their first line, so an edit by hand is seen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from kpi_cli.errors import CannotRun
from kpi_cli.workspace import PLAN_SUFFIXES, DiskTree

_MARK = re.compile(rb"# Made by `kpi import` from (?P<map>.+); .*sha256:(?P<digest>[0-9a-f]{32})\n")


def with_mark(body: str, maker: str) -> bytes:
    """A body behind the line that says who made it, and how to tell that nobody edited it."""
    raw = body.encode("utf-8")
    said = f"# Made by `kpi import` from {maker}; change the map, not this file. "
    return f"{said}sha256:{_digest(raw)}\n".encode() + raw


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def maker_of(raw: bytes) -> str | None:
    """The map a file was made from; None for any other file."""
    found = _MARK.match(raw)
    return found["map"].decode("utf-8", "replace") if found else None


def is_untouched(raw: bytes) -> bool:
    """Whether a file is ours and its body is still the one we wrote."""
    found = _MARK.match(raw)
    return found is not None and _digest(raw[found.end() :]) == found["digest"].decode()


def inside(root: Path, name: str) -> Path:
    """The real path of a plan file, links resolved. Raises CannotRun if it leaves the workspace."""
    parts = PurePosixPath(name).parts
    if not name or name.startswith("/") or "\\" in name or "\0" in name or ".." in parts:
        raise CannotRun(f"'{name}' is not a file's name inside the workspace")
    if PurePosixPath(name).suffix not in PLAN_SUFFIXES or name == "kpi.yaml":
        raise CannotRun(f"'{name}' is no plan file: its name must end in .yaml (not kpi.yaml)")
    if any(part.startswith(".") for part in parts):
        raise CannotRun(f"'{name}' is hidden, so no command would read it")
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise CannotRun(f"'{name}' leads out of the workspace, to {path}")
    if path.exists() and not path.is_file():
        raise CannotRun(f"{name}: a folder has this name; choose another in `output:`")
    return path


def leftovers(root: Path, maker: str, made: Iterable[str]) -> list[str]:
    """Files of an earlier import from the same map that it makes no more."""
    current = {(root / name).resolve() for name in made}
    found: list[str] = []
    tree = DiskTree(root)
    for name in tree.paths():
        is_other = name.endswith(PLAN_SUFFIXES) and tree.resolve(name) not in current
        if is_other and maker_of(_first_line(root / name)) == maker:
            found.append(name)
    return found


def _first_line(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.readline(1000)
