"""Where the CPU time of a `kpi` command goes: `python sampler.py FILE WORDS…` runs it and samples.

At every tick of CPU time (1 ms, or what the kernel's clock allows) a line is written to FILE: the
phase, and the innermost function. Processes the command forks write to the same file. A profiler
that counts every call would make small functions look dear; this one costs a few per cent.
"""

import atexit
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

EVERY = 0.001
GROUND = ("quantity", "period", "diagnostics", "errors", "shape", "locale", "kinds")
"""Parts that work for whoever calls them."""
PHASES = {
    "workspace": "walk and read files",
    "source": "YAML text to data",
    "models": "data to records",
    "plan/read": "data to records",
    "plan/shape_errors": "data to records",
    "plan": "series and links",
    "checks": "rules",
    "analysis": "rules",
    "wording": "rules",
    "views": "output",
    "render": "output",
    "cli": "command line",
}
BUILDING = ("_generate_schema.py", "_model_construction.py", "_dataclasses.py")
"""Files of pydantic that are at work once a run for each model in use."""
PACKAGE = f"{os.sep}kpi_cli{os.sep}"


def phase_of(files: list[str]) -> str:
    """The phase of a stack, given its files from the innermost outwards."""
    if any("importlib._bootstrap" in file for file in files):
        return "imports"
    if any(file.endswith(BUILDING) for file in files):
        return "building the models"
    for file in files:
        part = file.rpartition(PACKAGE)[2].removesuffix(".py").replace(os.sep, "/")
        if PACKAGE not in file or part.split("/")[0] in GROUND:
            continue
        top = part.split("/")[0]
        return PHASES.get(part) or PHASES.get(top) or top.lstrip("_")
    return "other"


def _stack(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _function(frame: FrameType) -> str:
    file = frame.f_code.co_filename
    if file == "<string>":  # the methods dataclasses write
        return f"dataclasses\t{frame.f_code.co_name}"
    path = Path(file)
    short = file.rpartition(PACKAGE)[2] if PACKAGE in file else "/".join(path.parts[-2:])
    return f"{short.replace(os.sep, '/')}\t{frame.f_code.co_qualname}"


def sample_into(path: str) -> None:
    """Begin; samples of this process and of those it forks are appended to the file."""
    out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tick(_number: int, frame: FrameType | None) -> None:
        if frame is not None:
            phase = phase_of([each.f_code.co_filename for each in _stack(frame)])
            os.write(out, f"{phase}\t{_function(frame)}\n".encode())

    def begin() -> None:
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def end() -> None:
        # An interpreter that ends no longer handles the signal, which would kill it.
        signal.setitimer(signal.ITIMER_PROF, 0)

    signal.signal(signal.SIGPROF, tick)
    atexit.register(end)
    os.register_at_fork(after_in_child=begin)
    begin()


def main(path: str, words: list[str]) -> None:
    """Sample one command, from its first import on."""
    sys.argv = ["kpi", *words]
    sys.path.pop(0)  # the folder of this file
    sample_into(path)
    from kpi_cli.__main__ import start

    sys.exit(start())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
