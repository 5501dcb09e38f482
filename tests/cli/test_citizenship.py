"""The command among other commands: pipes, signals, streams, locales."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kpi_cli.cli.options import Options
from kpi_cli.cli.run import Terminal
from tests.cli.transcript import HERE, ROOT, kpi

FORMS = str(HERE / "workspaces" / "forms")
COMMAND = [sys.executable, "-m", "kpi_cli"]
ON_FORMS = ["-C", FORMS, "--as-of", "2026-06-30"]


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*COMMAND, "tree", *ON_FORMS], stdout=write, stderr=subprocess.PIPE, check=False, cwd=ROOT
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_control_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kpi_cli.plan.load_plan", interrupt)
    assert kpi("status", *ON_FORMS).code == 130


@pytest.mark.slow
def test_an_interrupted_process_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "kpi.yaml").write_text("version: 1\n", encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "record", "-", "-C", str(tmp_path)],  # waits for rows that never come
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A run in the background ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as child:
        time.sleep(3)
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=20)
        finally:
            child.kill()
        err = child.stderr.read() if child.stderr else b""
    assert (child.returncode, b"Traceback" in err) == (130, False)


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
@pytest.mark.parametrize("command", ["status", "tree", "validate"])
def test_vietnamese_in_any_locale(command: str, env: dict[str, str]) -> None:
    arguments = [command, "-C", "examples/harbour-foods", "--as-of", "2026-05-31"]
    done = subprocess.run(
        [*COMMAND, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def terminal(env: dict[str, str], *, tty: bool = True, **options: object) -> Terminal:
    """A terminal with colours by default."""
    return Terminal.of(Options(**options), env, tty, "utf-8")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("env", "options", "tty", "colored"),
    [
        ({}, {}, True, True),
        ({}, {}, False, False),
        ({"NO_COLOR": "1"}, {}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, {}, True, False),
        ({"NO_COLOR": ""}, {}, True, True),
        ({"FORCE_COLOR": "1"}, {}, False, True),
        ({"FORCE_COLOR": "0"}, {}, False, False),
        ({"CLICOLOR_FORCE": "1"}, {}, False, True),
        ({"CLICOLOR": "0"}, {}, True, False),
        ({"TERM": "dumb"}, {}, True, False),
        ({"NO_COLOR": "1"}, {"color": "always"}, False, True),
        ({"FORCE_COLOR": "1"}, {"color": "never"}, True, False),
        ({"FORCE_COLOR": "1"}, {"plain": True, "color": "always"}, True, False),
        ({"FORCE_COLOR": "1"}, {"output": ("x",)}, True, False),
    ],
)
def test_who_decides_about_colours(
    env: dict[str, str], options: dict[str, object], tty: bool, colored: bool
) -> None:
    assert terminal(env, tty=tty, **options).color is colored


@pytest.mark.parametrize(
    ("env", "ascii_only"),
    [
        ({"LC_ALL": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LC_ALL": "vi_VN.UTF-8", "LANG": "C"}, False),
        ({"LC_ALL": "", "LC_CTYPE": "C"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_c_locale_means_ascii_signs(env: dict[str, str], ascii_only: bool) -> None:
    assert terminal(env).ascii is ascii_only


def test_a_pipe_has_no_width_unless_it_is_told() -> None:
    assert terminal({}, tty=False).width is None
    assert terminal({"COLUMNS": "72"}, tty=False).width == 72
    assert terminal({"COLUMNS": "wide"}, tty=False).width is None


def test_results_go_to_files(tmp_path: Path) -> None:
    text, data = tmp_path / "status.txt", tmp_path / "status.json"
    done = kpi("status", *ON_FORMS, "-o", f"text={text}", "-o", str(data), FORCE_COLOR="1")
    assert (done.code, done.out) == (0, "")
    assert "\x1b" not in text.read_text(encoding="utf-8")
    assert data.read_text(encoding="utf-8").startswith("{")
