"""What an edit changes, as a unified diff that `git apply` and `patch` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

NO_END = "\\ No newline at end of file\n"


def unified(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """The diff of all files that differ, in order of their paths."""
    return "".join(
        line for path in sorted(after) for line in _file(path, before.get(path), after[path])
    )


def _file(path: str, before: bytes | None, after: bytes) -> Iterator[str]:
    if before == after:
        return
    old, new = _lines(before or b""), _lines(after)
    name = "/dev/null" if before is None else f"a/{path}"
    for line in difflib.unified_diff(old, new, name, f"b/{path}", n=3):
        yield line if line.endswith("\n") else f"{line}\n{NO_END}"


def _lines(raw: bytes) -> list[str]:
    """Lines split at line feeds only; a carriage return before one is kept."""
    text = raw.decode("utf-8", "replace")
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
