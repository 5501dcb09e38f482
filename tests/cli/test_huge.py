"""A huge plan on a terminal: how far it is can be seen, and it can be stopped at once."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.generate import AS_OF, Layout, write

WAIT = 60.0
"""Seconds after which a sign that does not come is given up."""


def until(screen: int, sign: bytes) -> bytes:
    """What a terminal shows until a sign comes, or until it ends."""
    shown, end = b"", time.monotonic() + WAIT
    while sign not in shown and time.monotonic() < end:
        try:
            part = os.read(screen, 4096)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        shown += part
    return shown


def started(root: Path, screen: int) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from kpi_cli.plan import second; second.WORTH_BYTES = 0\n"
        "from kpi_cli.cli.app import run; sys.exit(run(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "validate", "-C", str(root), "--as-of", AS_OF]
    return subprocess.Popen(
        [*command, "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=screen,
        env={**os.environ, "TERM": "xterm"},
        start_new_session=True,
        # A run in the background ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def is_gone(group: int) -> bool:
    """Whether no process of a group is left, after a moment."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan large enough for a bar and for a second process."""
    root = tmp_path_factory.mktemp("huge")
    write(Layout(3200), root)
    return root


@pytest.mark.slow
@pytest.mark.parametrize("sign", [b"Reading the plan", b"Checking the plan"])
def test_it_is_stopped_at_once_with_everything_it_began(huge: Path, sign: bytes) -> None:
    ours, its = pty.openpty()
    child = started(huge, its)
    os.close(its)
    try:
        assert sign in until(ours, sign)
        os.killpg(child.pid, signal.SIGINT)
        out, _ = child.communicate(timeout=10)
        rest = until(ours, b"Traceback")
    finally:
        child.kill()
        os.close(ours)
    assert (child.returncode, out) == (130, b"")
    assert b"Traceback" not in rest
    assert is_gone(child.pid)


@pytest.mark.slow
def test_a_second_process_is_not_left_behind(huge: Path) -> None:
    ours, its = pty.openpty()
    child = started(huge, its)
    os.close(its)
    try:
        until(ours, b"Reading the plan")
        os.kill(child.pid, signal.SIGINT)
        child.communicate(timeout=10)
    finally:
        child.kill()
        os.close(ours)
    assert child.returncode == 130
    assert is_gone(child.pid)
