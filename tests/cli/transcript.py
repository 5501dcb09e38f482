"""Command lines with the exact output they must have, kept in Markdown files beside the tests.

A `console` block between four backticks holds commands after `$`, each followed by its stdout as it
is, lines of stderr after `! `, and `? CODE` where the exit code is not 0. The page's first lines
may say `Workspace: NAME` (a folder of tests/cli/workspaces, or a path from the root of the repo)
and `As of: DATE`. `UPDATE_TRANSCRIPTS=1` writes what the commands print now.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kpi_cli.cli.app import run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BLOCK = re.compile(r"^````console\n(.*?)^````$", re.DOTALL | re.MULTILINE)
SHAPING = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "KPI_AS_OF", "TERM")
LOCALE = ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING")


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def shown(self) -> str:
        """As it stands in a transcript."""
        out = self.out if self.out.endswith("\n") or not self.out else self.out + "\n"
        err = "".join(f"! {line}\n" for line in self.err.splitlines())
        return out + err + (f"? {self.code}\n" if self.code else "")


def kpi(*arguments: str, encoding: str = "utf-8", **env: str) -> Outcome:
    """Run the command line in this process, outside a terminal."""
    out, err = _stream(encoding), _stream("utf-8")
    with _environment(env), _streams(out, err):
        code = run(list(arguments))
        out.flush()
        err.flush()
    return Outcome(_text(out), _text(err), code)


def _stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    raw = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return str(raw.decode(stream.encoding))


@contextmanager
def _environment(env: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in (*SHAPING, *LOCALE):
        os.environ.pop(name, None)
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _streams(out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def workspace(page: str) -> Path:
    """The folder a transcript runs in."""
    named = re.search(r"^Workspace: (\S+)$", page, re.MULTILINE)
    if named is None:
        return HERE / "workspaces"
    own = HERE / "workspaces" / named[1]
    return own if own.is_dir() else ROOT / named[1]


def replayed(page: str) -> str:
    """The page with the output its commands have now."""
    folder = workspace(page)
    day = re.search(r"^As of: (\S+)$", page, re.MULTILINE)
    fixed = {"KPI_AS_OF": day[1]} if day else {}
    return BLOCK.sub(lambda block: f"````console\n{_block(block[1], folder, fixed)}````", page)


def _block(block: str, folder: Path, fixed: dict[str, str]) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_played(command, folder, fixed)}" for command in commands)


def _played(command: str, folder: Path, fixed: dict[str, str]) -> str:
    words = shlex.split(command.removeprefix("$ "))
    given = words[: words.index("kpi")]
    env = fixed | dict(word.split("=", 1) for word in given)
    encoding = env.get("PYTHONIOENCODING", "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        return kpi(*words[len(given) + 1 :], encoding=encoding, **env).shown
    finally:
        os.chdir(before)
