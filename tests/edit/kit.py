"""Workspaces on disk for the tests of edits, and commands run in this process."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kpi_cli.source import Route
from tests.house.tree import ROOT

AS_OF = "2026-05-31"
EXAMPLES = ROOT / "examples"

PLAN = """\
# The plan of a small shop.
people:
  lan: {name: Lan}
  minh: {name: Minh}

objectives:
  loyal:
    title: Customers come back
    owner: lan
    period: "2026"

kpis:
  repeat-rate:
    name: Repeat rate         # repeat-rate is also said in texts
    objective: loyal
    owner: minh
    unit: "%"
    bounds: [0, 100]
    baseline: {value: 30, date: 2025-12-31}
    target: 40
    guardrails: [discounts]
    actuals:
      2026-01: 31.0
      2026-02: {value: 32.4, note: new checkout}
      # March was slow
      2026-04: null

  discounts:
    name: Discounts
    objective: loyal
    owner: minh
    unit: "%"
    target: {at_most: 9}

  lift:
    name: Lift
    objective: loyal
    unit: "%"
    target: {at_least: 1}
    formula: repeat-rate - discounts
"""
CSV = """\
kpi,period,value,numerator,denominator,note
discounts,2026-01,8.10,,,
discounts,2026-02,8.4,,,"a, b"
discounts,2026-04,8.3,,,
"""
CONFIG = 'version: 1\nactuals: ["*.csv"]\nlocked: ["2026-01"]\n'


def workspace(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A folder with these files; the small shop without any."""
    chosen = {"kpi.yaml": CONFIG, "plan.yaml": PLAN, "long.csv": CSV} if files is None else files
    for name, text in chosen.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def example(name: str, folder: Path) -> Path:
    """A copy of an example."""
    return Path(shutil.copytree(EXAMPLES / name, folder / name))


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a workspace but the tool's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".kpi" not in path.relative_to(root).parts
    }


class Typed(io.TextIOWrapper):
    """What a user types or pipes; never a terminal."""

    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")


def kpi(root: Path, *words: str, stdin: str = "", as_of: str = AS_OF) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command in a workspace."""
    from kpi_cli.cli.app import run

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    here = Path.cwd()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _stdin(Typed(stdin)),
        _columns(),
    ):
        os.chdir(root)
        try:
            code = run([*words, "--as-of", as_of])
        finally:
            os.chdir(here)
    return code, _written(out), _written(err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


@contextlib.contextmanager
def _stdin(stream: Typed) -> Iterator[None]:
    import sys

    before, sys.stdin = sys.stdin, stream
    try:
        yield
    finally:
        sys.stdin = before


@contextlib.contextmanager
def _columns() -> Iterator[None]:
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "200"
    try:
        yield
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before


def routes(data: Any, route: Route = ()) -> Iterator[Route]:
    """Every place in some data, the top first."""
    yield route
    if isinstance(data, dict):
        for name, value in data.items():
            yield from routes(value, (*route, name))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from routes(value, (*route, at))


def changed_lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that went and the lines that came."""
    import difflib

    old, new = before.split(b"\n"), after.split(b"\n")
    gone: list[bytes] = []
    come: list[bytes] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come
