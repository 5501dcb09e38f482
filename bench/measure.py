"""CPU time of processes as medians of interleaved runs: on a busy machine only ratios hold."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Command = Sequence[str]


class BenchError(Exception):
    """A measurement that would not mean anything: a command failed, or the plan is not clean."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: user and system seconds together, elapsed seconds, peak bytes.

    The peak is never below that of the process that measures (some 30 MB): Linux keeps the mark of
    the process a command was started from.
    """

    cpu: float
    wall: float
    peak: int


def cost_of(command: Command, cwd: Path) -> Cost:
    """Run a command once. Raises BenchError, with what it said last, unless it ends 0."""
    with tempfile.TemporaryFile() as talk:
        begun = time.perf_counter()
        process = _start(command, cwd, talk.fileno())
        _, state, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(state)
        if process.returncode:
            talk.seek(0)
            said = talk.read().decode("utf-8", "replace")[-2000:]
            raise BenchError(f"{' '.join(command)}\n  ended with {process.returncode}: {said}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def _start(command: Command, cwd: Path, stderr: int) -> subprocess.Popen[bytes]:
    # A fixed hash seed takes one source of noise away.
    quiet = {"PYTHONHASHSEED": "0", "NO_COLOR": "1"}
    try:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **quiet},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
    except FileNotFoundError as error:
        raise BenchError(f"{command[0]} is not there: run `make bench`, it installs it") from error


def medians(subjects: Mapping[str, Command], cwd: Path, rounds: int) -> dict[str, Cost]:
    """Run all subjects in turn, `rounds` times after one round to warm up; the median of each."""
    runs: dict[str, list[Cost]] = {name: [] for name in subjects}
    for turn in range(rounds + 1):
        for name, command in subjects.items():
            cost = cost_of(command, cwd)
            if turn:
                runs[name].append(cost)
    return {
        name: Cost(
            median(cost.cpu for cost in costs),
            median(cost.wall for cost in costs),
            max(cost.peak for cost in costs),
        )
        for name, costs in runs.items()
    }
