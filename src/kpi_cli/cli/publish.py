"""Writing a folder of pages: only into an empty one, or one that an earlier run wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os.path import lexists
from pathlib import Path, PurePosixPath

from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files were written, of how many, and how many old ones removed."""

    written: int
    whole: int
    gone: int


def write_folder(
    folder: Path,
    files: Mapping[str, bytes],
    marker: str,
    progress: Callable[[int, int], None] | None = None,
    *,
    changed_only: bool = False,
) -> Tally:
    """Write `files` below `folder` and remove what the last run listed in `marker` and this one
    does not write; `progress(done, of)` is told after each file. With `changed_only` a file that
    has these bytes already is left as it is.

    Raises CannotRun for a folder with other people's files."""
    old = _listed(folder, marker)
    try:
        for parent in sorted({(folder / path).parent for path in files}):
            parent.mkdir(parents=True, exist_ok=True)
        written = 0
        for done, (path, raw) in enumerate(files.items(), 1):
            if not (changed_only and _holds(folder / path, raw)):
                (folder / path).write_bytes(raw)
                written += 1
            if progress:
                progress(done, len(files))
        gone = [path for path in sorted(old - files.keys()) if lexists(folder / path)]
        for path in gone:
            (folder / path).unlink(missing_ok=True)
    except OSError as error:
        raise CannotRun(f"cannot write {error.filename or folder}: {error.strerror}") from None
    return Tally(written, len(files), len(gone))


def _holds(path: Path, raw: bytes) -> bool:
    """Whether a file is there with these bytes."""
    try:
        return path.stat().st_size == len(raw) and path.read_bytes() == raw
    except FileNotFoundError:
        return False


def _listed(folder: Path, marker: str) -> set[str]:
    """What the last run wrote there; nothing in a new or empty folder."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise CannotRun(
            f"'{folder}' is a file, not a folder",
            help="name a folder, or give `--single-file` for one page",
        )
    known = folder / marker
    if known.is_file():
        lines = known.read_text(encoding="utf-8", errors="replace").splitlines()
        return {line for line in lines if _is_inside(line)}
    if any(folder.iterdir()):
        raise CannotRun(
            f"'{folder}' holds files that are not a report of ours",
            help="name a new or empty folder: `kpi report -o DIR`",
        )
    return set()


def _is_inside(line: str) -> bool:
    """Whether a listed path stays in the folder, whoever wrote the list."""
    path = PurePosixPath(line)
    return bool(line) and not path.is_absolute() and ".." not in path.parts and "\\" not in line
