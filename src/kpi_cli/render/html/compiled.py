"""Compiled templates, kept as Python keeps compiled modules: beside them, in `__pycache__`.

Compiling the templates costs more than drawing a small report. The kept code is as trusted as the
package it lies in, which a cache folder is not: continuous integration restores those from where
anyone may write. Where Python writes no bytecode, or cannot, templates are compiled each time.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha1
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_DIGITS = 40
"""A file begins with the hex digits of what its code was made from."""


class Compiled(BytecodeCache):
    """Code beside its template, used while the text and what compiled it are the same.

    `makers` are the files whose text has a say in how templates are compiled, and `form` is the
    name of one way among several in which they are.
    """

    def __init__(self, *makers: str, form: str = "") -> None:
        made_by = sha1(MAGIC_NUMBER + jinja2.__version__.encode(), usedforsecurity=False)
        for path in makers:
            with suppress(OSError):  # in an archive: the version tells
                made_by.update(Path(path).read_bytes())
        self._made_by, self._form = made_by, form and f"{form}."

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the compiled template; empty where it has no file."""
        if not filename or not sys.implementation.cache_tag:
            return ""
        path = Path(filename)
        return cache_from_source(str(path.with_suffix(f".{self._form}{path.suffix[1:]}")))

    def get_source_checksum(self, source: str) -> str:
        """What the code is made from: the text of the template and its makers."""
        whole = self._made_by.copy()
        whole.update(source.encode())
        return whole.hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket; it stays empty without a file, or with one that is of no use."""
        try:
            raw = Path(bucket.key).read_bytes()
        except OSError:
            return
        if raw[:_DIGITS] == bucket.checksum.encode():
            with suppress(EOFError, TypeError, ValueError):  # cut off, or not ours
                bucket.code = marshal.loads(raw[_DIGITS:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code, whole or not at all; not being able to is no fault."""
        if sys.dont_write_bytecode or not bucket.key:
            return
        unfinished = Path(f"{bucket.key}.{os.getpid()}")
        try:
            unfinished.parent.mkdir(exist_ok=True)
            unfinished.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            unfinished.replace(bucket.key)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
