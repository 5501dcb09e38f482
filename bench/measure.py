"""CPU time of processes as medians of interleaved runs: on a busy machine only ratios hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

Command = Sequence[str]
LAUNCH = str(Path(__file__).with_name("launch.py"))
LONGEST = 3600.0
"""Seconds after which a run is given up, where no limit is named."""
_UNFAIR = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONMALLOC", "COLUMNS")
"""Settings of a developer's shell that a user does not have, and that cost time."""


class BenchError(Exception):
    """A measurement that would not mean anything: a command failed, or the plan is not clean."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A command to be measured, and what it is measured in.

    `before` is called ahead of every run, unmeasured, with the number of the run (0 warms up).
    Without a `cache` the command has a folder of its own for it, kept over its runs.
    """

    command: Command
    cwd: Path
    cache: Path | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[int], None] | None = None
    ends: frozenset[int] = frozenset({0})
    limit: float = LONGEST
    warm_ups: int = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: CPU seconds (user and system, its children's too), elapsed seconds, and
    peak bytes of its largest process. `over`: it was ended at its limit, so it takes more.
    """

    cpu: float
    wall: float
    peak: int
    over: bool = False


def environment(cache: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a measured command runs in: compiled modules are kept, as an installed package has
    them, the cache is `cache`, and the hash seed is fixed, which takes a source of noise away."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _UNFAIR and not name.startswith(("KPI_", "_KPI_", "LC_", "LANG"))
    }
    own = {"KPI_CACHE_DIR": str(cache), "XDG_CACHE_HOME": str(cache)}
    fixed = {"PYTHONHASHSEED": "0", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    return {**kept, **own, **fixed, **(more or {})}


def cost_of(subject: Subject, turn: int = 0) -> Cost:
    """Run a command once. Raises BenchError, with what it said last, unless it ends as expected."""
    if subject.before:
        subject.before(turn)
    with tempfile.TemporaryDirectory() as spare, tempfile.TemporaryFile() as talk:
        env = environment(subject.cache or Path(spare), subject.env)
        starter = [sys.executable, "-I", "-S", LAUNCH, str(subject.limit), *subject.command]
        done = subprocess.run(
            starter, cwd=subject.cwd, env=env, stdout=subprocess.PIPE, stderr=talk, check=False
        )
        talk.seek(0)
        said = talk.read().decode("utf-8", "replace")[-2000:]
    if done.returncode:
        raise BenchError(
            f"{subject.command[0]} cannot be started: `make bench` installs it\n{said}"
        )
    found = json.loads(done.stdout)
    code, over = found.pop("code"), found["over"]
    if not over and code not in subject.ends:
        raise BenchError(f"{' '.join(subject.command)}\n  ended with {code}: {said}")
    return Cost(**found)


def medians(subjects: Mapping[str, Subject], rounds: int) -> dict[str, Cost]:
    """Run all subjects in turn, `rounds` times after those that warm up; the median of each.

    The peak is the largest seen. A subject that reached its limit is not run again.
    """
    runs: dict[str, list[Cost]] = {name: [] for name in subjects}
    ended: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory(prefix="kpi-bench-caches-") as caches:
        for turn in range(rounds + max(subject.warm_ups for subject in subjects.values())):
            for place, (name, subject) in enumerate(subjects.items()):
                if name in ended or turn >= rounds + subject.warm_ups:
                    continue
                cost = cost_of(_with_cache(subject, Path(caches) / str(place)), turn)
                if cost.over:
                    ended[name] = cost
                elif turn >= subject.warm_ups:
                    runs[name].append(cost)
    return {name: ended.get(name) or _median(runs[name]) for name in subjects}


def _with_cache(subject: Subject, folder: Path) -> Subject:
    if subject.cache is not None:
        return subject
    folder.mkdir(exist_ok=True)
    return replace(subject, cache=folder)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        max(cost.peak for cost in costs),
    )
