"""The bar of long work: on a terminal only, and only when it is long."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from kpi_cli.cli import progress
from kpi_cli.cli.options import Options
from kpi_cli.cli.progress import MANY, Bar
from tests.cli.transcript import ROOT, kpi


class Terminal(io.StringIO):
    """A stderr with somebody looking at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rich asks the environment about terminals."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")


def drawn(options: Options, of: int, screen: io.StringIO) -> str:
    """What two of so many steps draw."""
    with redirect_stderr(screen), Bar("Reading [it]", options) as bar:
        bar(1, of)
        bar(2, of)
    return screen.getvalue()


def test_many_steps_are_counted_on_a_terminal() -> None:
    shown = drawn(Options(), MANY + 1, Terminal())
    assert "Reading [it]" in shown
    assert f"2/{MANY + 1}" in shown
    assert shown.endswith("\x1b[2K")


def test_few_steps_are_counted_when_they_are_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(Options(), MANY, Terminal()) == ""
    monkeypatch.setattr(progress, "SLOW", -1.0)
    assert "2/2" in drawn(Options(), 2, Terminal())


@pytest.mark.parametrize("options", [Options(quiet=True), Options(plain=True)])
def test_quiet_and_plain_have_no_bar(options: Options) -> None:
    assert drawn(options, MANY + 1, Terminal()) == ""


def test_a_dumb_terminal_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert drawn(Options(), MANY + 1, Terminal()) == ""


def test_a_pipe_has_no_bar() -> None:
    assert drawn(Options(), MANY + 1, io.StringIO()) == ""


def test_no_colour_means_no_colour_in_the_bar() -> None:
    assert "\x1b[3" in drawn(Options(), MANY + 1, Terminal())
    assert "\x1b[3" not in drawn(Options(color="never"), MANY + 1, Terminal())


def test_work_that_cannot_be_counted_pulses() -> None:
    screen = Terminal()
    with redirect_stderr(screen), Bar("Drawing", Options()) as bar:
        bar.pulse(MANY)
        assert screen.getvalue() == ""
        bar.pulse(MANY + 1)
    assert "Drawing" in screen.getvalue()


def test_reading_a_plan_tells_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(Bar, "__call__", lambda _, done, of: seen.append((done, of)))
    kpi("validate", "-C", str(ROOT / "examples/harbour-foods"), "--no-cache")
    files = len(seen)
    assert files > 1
    assert seen == [(number, files) for number in range(1, files + 1)]


def test_a_report_tells_the_bar(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(Bar, "__call__", lambda _, done, of: seen.append((done, of)))
    root = str(ROOT / "tests/cli/workspaces/forms")
    kpi("report", "-C", root, "--as-of", "2026-06-30", "-o", str(tmp_path))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert seen[-1] == (len(written), len(written))
