"""What `kpi serve` spends after a change: CPU seconds of a server with and without changes."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from pathlib import Path

from bench.generate import AS_OF
from bench.measure import BenchError, environment
from bench.scenarios import edit_one


def rebuild(kpi: str, folder: Path, cache: Path, rounds: int = 3) -> float:
    """CPU seconds from one changed file to the new pages; the plan is changed by it."""
    idle = _spent(kpi, folder, cache, 0)
    return (_spent(kpi, folder, cache, rounds) - idle) / rounds


def _spent(kpi: str, folder: Path, cache: Path, changes: int) -> float:
    command = [kpi, "--as-of", AS_OF, "--quiet", "serve"]
    edit = edit_one(folder)
    process = subprocess.Popen(
        command, cwd=folder, env=environment(cache), stdout=subprocess.PIPE, text=True
    )
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise BenchError("kpi serve ended before it said its address")
        version = _newer_than(address, 0)
        for turn in range(changes):
            edit(turn)
            version = _newer_than(address, version)
    finally:
        process.terminate()
        if process.stdout is not None:
            process.stdout.close()
        _, state, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(state)
    return usage.ru_utime + usage.ru_stime


def _newer_than(address: str, version: int) -> int:
    """The number of the build after this one, as a page asks for it. Raises BenchError."""
    for _ in range(20):
        with urllib.request.urlopen(f"{address}__version?since={version}", timeout=60) as answer:
            found = int(json.load(answer)["version"])
        if found != version:
            return found
    raise BenchError("kpi serve did not build again after a change")
