"""`kpi new` on a terminal: it asks for what is missing and completes ids."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from kpi_cli.cli.asking import QUESTIONS
from kpi_cli.edit.creating import KINDS
from kpi_cli.edit.order import sections
from tests.edit.kit import workspace


def on_terminal(root: Path, typed: str, *words: str) -> int:
    """Run `kpi` with a terminal as stdin, on which this is typed; its exit code."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kpi_cli", *words, "--as-of", "2026-05-31"]
    process = subprocess.Popen(
        command,
        cwd=root,
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "dumb"},
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    code = process.wait(timeout=60)
    os.close(ours)
    return code


def test_it_asks_for_what_is_missing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    # The empty first answer is asked for again, since a name is needed.
    typed = "\nRepeat buyers\nloyal\n\nthose who come back\n"
    typed += "\n" * 20
    assert on_terminal(root, typed, "new", "kpi", "--owner", "lan") == 0
    assert (
        (root / "plan.yaml")
        .read_text()
        .endswith(
            "\n  repeat-buyers:\n    name: Repeat buyers\n    objective: loyal\n    owner: lan\n"
            "    unit: those who come back\n"
        )
    )


def test_an_interrupted_question_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / "plan.yaml").read_bytes()
    assert on_terminal(root, "\x04", "new", "person") == 130
    assert (root / "plan.yaml").read_bytes() == before


def test_every_question_is_about_a_field() -> None:
    assert set(QUESTIONS) == set(KINDS)
    for kind, questions in QUESTIONS.items():
        known = sections()[KINDS[kind]]
        assert {question.field for question in questions} <= set(known)
        assert {question.of for question in questions} - {None} <= set(KINDS.values())
