"""Writing a folder of pages: only into an empty one, or one that an earlier run wrote."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from os.path import lexists
from pathlib import Path, PurePosixPath

from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass
from kpi_cli.processes import helped, with_help


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
    shared: bool = False,
) -> Tally:
    """Write `files` below `folder` and remove what the last run listed in `marker` and this one
    does not write; `progress(done, of)` is told after each file. With `changed_only` a file that
    has these bytes already is left as it is; with `shared` a second process does a part.

    Each file is made when its turn comes and kept aside until all are made: a run that is stopped,
    fails or fills the disk leaves the folder's pages as they were.

    Raises CannotRun for a folder with other people's files."""
    old, paths = written_before(folder, marker), list(files)
    try:
        for parent in sorted({os.path.dirname(path) for path in paths}):
            (folder / parent).mkdir(parents=True, exist_ok=True)
        with _aside(folder / f"{marker}.new") as aside:

            def make(number: int) -> bytes:
                """The name the file has aside; nothing where it stays as it is."""
                raw = files[paths[number]]
                if changed_only and _holds(folder / paths[number], raw):
                    return b""
                name = f"{number}-{os.getpid()}"
                with open(f"{aside}/{name}", "wb") as file:
                    file.write(raw)
                return name.encode()

            def told(done: int) -> None:
                if progress:
                    progress(done, len(paths))

            with helped(len(paths), make) if shared else nullcontext() as helper:
                names = with_help(len(paths), make, helper, told)
            for path, name in zip(paths, names, strict=True):
                if name:
                    os.replace(f"{aside}/{name.decode()}", f"{folder}/{path}")
        gone = [path for path in sorted(old - files.keys()) if lexists(folder / path)]
        for path in gone:
            (folder / path).unlink(missing_ok=True)
    except OSError as error:
        raise CannotRun(f"cannot write {error.filename or folder}: {error.strerror}") from None
    return Tally(sum(map(bool, names)), len(paths), len(gone))


@contextmanager
def _aside(place: Path) -> Iterator[Path]:
    """A new folder for files that are not ready; it goes at the end, whatever happens, and what a
    run left that was killed goes at the beginning."""
    _remove(place)
    place.mkdir()
    try:
        yield place
    finally:
        _remove(place)


def _remove(place: Path) -> None:
    """A folder of files, if it is there; of a link only the link."""
    if place.is_symlink():
        place.unlink()
    elif place.is_dir():
        for path in place.iterdir():
            path.unlink(missing_ok=True)
        place.rmdir()


def _holds(path: Path, raw: bytes) -> bool:
    """Whether a file is there with these bytes."""
    try:
        return path.stat().st_size == len(raw) and path.read_bytes() == raw
    except FileNotFoundError:
        return False


def written_before(folder: Path, marker: str) -> set[str]:
    """What the last run wrote there; nothing in a new or empty folder. Raises CannotRun for a file
    in its place, and for a folder with other people's files."""
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
    if any(path.name != f"{marker}.new" for path in folder.iterdir()):
        raise CannotRun(
            f"'{folder}' holds files that are not a report of ours",
            help="name a new or empty folder: `kpi report -o DIR`",
        )
    return set()


def _is_inside(line: str) -> bool:
    """Whether a listed path stays in the folder, whoever wrote the list."""
    path = PurePosixPath(line)
    return bool(line) and not path.is_absolute() and ".." not in path.parts and "\\" not in line
