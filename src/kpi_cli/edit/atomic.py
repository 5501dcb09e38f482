"""Several files written as one: each appears whole, and none if one of them cannot be written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from kpi_cli.errors import CannotRun


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write beside each file, flush to disk, then rename all; modes are kept.

    Raises CannotRun, nothing changed, where a file cannot be prepared.
    """
    prepared: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.{os.getpid()}.new")
            prepared.append((beside, path))
            _write(beside, content, path)
        for beside, path in prepared:
            beside.replace(path)
    except OSError as error:
        at = error.filename or "a file"
        raise CannotRun(f"{at}: cannot be written: {error.strerror or error}") from None
    finally:
        for beside, _ in prepared:
            with contextlib.suppress(OSError):
                beside.unlink()
    for folder in sorted({path.parent for path in contents}):
        _flush_folder(folder)


def _write(beside: Path, content: bytes, like: Path) -> None:
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if like.exists():
        beside.chmod(like.stat().st_mode & 0o7777)


def _flush_folder(folder: Path) -> None:
    """Make the renames last; not every system can open a folder."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
