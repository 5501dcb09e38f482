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
from hashlib import sha1
from importlib.util import MAGIC_NUMBER, cache_from_source, find_spec
from pathlib import Path
from types import CodeType

_DIGITS = 40
"""A file begins with the hex digits of what its code was made from."""


class Compiled:
    """Code beside its template, used while the text and what compiled it are the same.

    `makers` are the files whose text has a say in how templates are compiled, and `form` is the
    name of one way among several in which they are.
    """

    def __init__(self, *makers: str, form: str = "") -> None:
        made_by = sha1(MAGIC_NUMBER + repr([*jinja()]).encode(), usedforsecurity=False)
        for path in makers:
            with suppress(OSError):  # in an archive: the version tells
                made_by.update(Path(path).read_bytes())
        self._made_by, self._form = made_by, form and f"{form}."

    def code(self, path: Path, text: str, compiled: Callable[[], CodeType]) -> CodeType:
        """The code of the template at `path` with this text: kept, or compiled and then kept."""
        place, made_from = self._place(path), self._made_from(text)
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

    def _made_from(self, text: str) -> bytes:
        """What the code is made from: the text of the template and its makers."""
        whole = self._made_by.copy()
        whole.update(text.encode())
        return whole.hexdigest().encode()


def jinja() -> Iterator[tuple[str, int, int]]:
    """Name, size and time of Jinja2's modules: asked for its version, it would be imported."""
    spec = find_spec("jinja2")
    for folder in (spec and spec.submodule_search_locations) or ():
        with suppress(OSError), os.scandir(folder) as found:
            for entry in sorted(found, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    yield entry.name, state.st_size, state.st_mtime_ns


def _kept(place: str, made_from: bytes) -> CodeType | None:
    """The code that was kept; None without a file, or with one that is of no use."""
    try:
        raw = Path(place).read_bytes()
    except OSError:
        return None
    if raw[:_DIGITS] == made_from:
        with suppress(EOFError, TypeError, ValueError):  # cut off, or not ours
            code = marshal.loads(raw[_DIGITS:])
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
