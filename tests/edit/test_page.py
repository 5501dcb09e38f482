"""docs/editing.md shows what the commands really print.

`python -m tests.edit.test_page` writes the outputs of real runs into the page.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from pathlib import Path

from tests.edit.kit import example, kpi
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "editing.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def page_of_real_runs(text: str) -> str:
    """The page with every block run anew, each command on a fresh copy of the example."""
    return _BLOCK.sub(lambda block: f"```console\n{_ran(block[1])}```", text)


def _ran(block: str) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_output(command)}" for command in commands)


def _output(command: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        root = example("harbour-foods", Path(folder))
        _, out, err = kpi(root, *shlex.split(command)[1:])
    return out + err


def test_the_page_shows_real_runs() -> None:
    text = PAGE.read_text("utf-8")
    assert text.count("$ kpi ") > 10
    assert page_of_real_runs(text) == text


if __name__ == "__main__":
    PAGE.write_text(page_of_real_runs(PAGE.read_text("utf-8")), "utf-8")
