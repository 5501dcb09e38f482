"""Compiled templates, kept as Python keeps compiled modules: beside them, in `__pycache__`.

Compiling the templates costs more than drawing a small report. The kept code is as trusted as the
package it lies in, which a cache folder is not: continuous integration restores those from where
anyone may write. Where Python writes no bytecode, or cannot, templates are compiled each time.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, find_spec
from pathlib import Path
from types import CodeType

from kpi_cli import __version__

Stamp = tuple[str, int, int]
"""Name, size and time (ns) of a file: Python takes its modules for unchanged by the same."""


class Compiled:
    """Code beside its template, used while the template and what compiled it are the same.

    `makers` are the files whose text has a say in how templates are compiled, and `form` is the
    name of one way among several in which they are.
    """

    def __init__(self, *makers: str, form: str = "") -> None:
        self._made_by = [MAGIC_NUMBER, __version__, *jinja(), *map(_stamp, makers)]
        self._form = form and f"{form}."

    def code(self, path: Path, compiled: Callable[[], CodeType]) -> CodeType:
        """The code of the template at `path`: kept, or compiled and then kept."""
        place = self._place(path)
        made_from = f"{[*self._made_by, _stamp(str(path))]}\n".encode()
        code = _kept(place, made_from)
        if code is None:
            code = compiled()
            _keep(place, made_from, code)
        return code

    def _place(self, path: Path) -> str:
        """The path of the kept code; empty where there is no place for it."""
        if not sys.implementation.cache_tag:
            return ""
        return cache_from_source(str(path.with_suffix(f".{self._form}{path.suffix[1:]}")))


def jinja() -> Iterator[Stamp]:
    """Jinja2's modules: asked for its version, it would be imported."""
    spec = find_spec("jinja2")
    for folder in (spec and spec.submodule_search_locations) or ():
        with suppress(OSError):
            for name in sorted(os.listdir(folder)):
                if name.endswith(".py"):
                    yield _stamp(f"{folder}/{name}")


def _stamp(path: str) -> Stamp:
    try:
        state = os.stat(path)
    except OSError:  # in an archive: the version tells
        return os.path.basename(path), 0, 0
    return os.path.basename(path), state.st_size, state.st_mtime_ns


def _kept(place: str, made_from: bytes) -> CodeType | None:
    """The code that was kept; None without a file, or with one that is of no use."""
    with suppress(OSError, EOFError, TypeError, ValueError):  # not there, cut off, or not ours
        raw = Path(place).read_bytes()
        code = marshal.loads(raw[len(made_from) :]) if raw.startswith(made_from) else None
        return code if isinstance(code, CodeType) else None
    return None


def _keep(place: str, made_from: bytes, code: CodeType) -> None:
    """Keep the code, whole or not at all; not being able to is no fault."""
    if sys.dont_write_bytecode or not place:
        return
    unfinished = Path(f"{place}.{os.getpid()}")
    try:
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(made_from + marshal.dumps(code))
        unfinished.replace(place)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
