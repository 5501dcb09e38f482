"""What was measured, kept in bench/results.json: figures of several runs on one machine, merged."""

from __future__ import annotations

import importlib.metadata as metadata
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml

from bench.table import Row

FILE = Path(__file__).with_name("results.json")
PACKAGES = ("pyyaml", "pydantic", "typer", "rich", "jinja2", "ruamel.yaml")
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Results:
    """The machine and the versions; the rows; other tools by name, with their version or ""."""

    machine: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Row] = ()
    peers: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> Row | None:
        """The row of that name."""
        return next((row for row in self.rows if row.name == name), None)

    def of(self, part: str) -> list[Row]:
        """The rows of a part of the bench, in the order they were measured."""
        return [row for row in self.rows if row.part == part]


def machine() -> dict[str, str]:
    """What the figures depend on; nothing that names the machine."""
    libyaml = ".".join(map(str, yaml._yaml.get_version()))
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return {
        "processor": f"{os.cpu_count()} × {_processor()}",
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": f"{versions}, libyaml {libyaml}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def merged(before: Results, now: Results) -> Results:
    """The rows of both, a part measured again replaced by rows of the same name.

    Rows measured on another machine or with other versions are dropped: one page, one machine.
    Phases and functions change their names from run to run, so that part is replaced as a whole.
    """
    if before.machine != now.machine:
        return now
    fresh = {row.name for row in now.rows}
    again = {row.part for row in now.rows} & {"phases"}
    kept = [row for row in before.rows if row.name not in fresh and row.part not in again]
    return Results(now.machine, (*kept, *now.rows), {**before.peers, **now.peers})


def load(path: Path | None = None) -> Results:
    """What is kept (in bench/results.json); nothing where there is no file."""
    path = path or FILE
    if not path.exists():
        return Results()
    data = json.loads(path.read_text(encoding="utf-8"))
    return Results(data["machine"], tuple(Row(**row) for row in data["rows"]), data["peers"])


def save(results: Results, path: Path | None = None) -> None:
    """Write it, a row to a line, values with four digits that count."""
    rows = [
        json.dumps({**asdict(row), "value": float(f"{row.value:.{DIGITS}g}")}, ensure_ascii=False)
        for row in results.rows
    ]
    head = json.dumps(
        {"machine": dict(results.machine), "peers": dict(results.peers)},
        indent=1, ensure_ascii=False,
    )  # fmt: skip
    body = ",\n".join(f"  {row}" for row in rows)
    (path or FILE).write_text(f'{head[:-2]},\n "rows": [\n{body}\n ]\n}}\n', encoding="utf-8")
