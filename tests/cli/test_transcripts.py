"""Every command of every transcript prints, says and returns exactly what stands there."""

import os
from pathlib import Path

import pytest

from tests.cli.transcript import HERE, Outcome, replayed

PAGES = sorted((HERE / "transcripts").glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_transcript(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    now = replayed(page)
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        path.write_text(now, encoding="utf-8")
    assert now.splitlines() == path.read_text(encoding="utf-8").splitlines()


def test_the_harness_shows_stderr_and_exit_codes() -> None:
    assert Outcome("a", "b\nc\n", 2).shown == "a\n! b\n! c\n? 2\n"


def test_the_harness_sees_a_difference() -> None:
    page = "Workspace: forms\n\n````console\n$ kpi show nothing\nwrong\n````\n"
    assert "there is no KPI or objective 'nothing'" in replayed(page)
