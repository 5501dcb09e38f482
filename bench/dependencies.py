"""What each run-time dependency costs: time to import it, and the size of what it installs.

    python -m bench.dependencies

Import time is the CPU time of `python -c "import X"` less that of `python -c pass`, both medians of
interleaved runs. The figures in docs/decisions.md come from here.
"""

from __future__ import annotations

import importlib.metadata as metadata
import re
import sys
from pathlib import Path

from bench.measure import Subject, medians

# Package -> what the code imports of it where it is needed.
IMPORTS = {
    "jinja2": "import jinja2",
    "pydantic": "import pydantic; pydantic.BaseModel",
    "pyyaml": "from yaml._yaml import CParser",
    "rich": "import rich.console, rich.table",
    "ruamel.yaml": "import ruamel.yaml",
    "typer": "import typer",
    "openpyxl": "import openpyxl",
}
ROUNDS = 11


def installed_bytes(name: str) -> int:
    """Size of the files of one installed package, its compiled Python not counted."""
    listed = metadata.distribution(name).files or []
    paths = [Path(str(file.locate())) for file in listed if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file())


def needs(name: str, seen: set[str] | None = None) -> set[str]:
    """The package and everything it requires without extras, by canonical name."""
    seen = set() if seen is None else seen
    canonical = re.sub(r"[-_.]+", "-", name).lower()
    if canonical not in seen:
        seen.add(canonical)
        for line in metadata.requires(name) or []:
            # A marker speaks of an extra or of another platform; neither is installed here.
            required = re.match(r"[\w.-]+", line)
            if required and ";" not in line:
                needs(required[0], seen)
    return seen


def main() -> None:
    """Print one line for each dependency."""
    codes = {"": "pass", **IMPORTS}
    subjects = {
        name: Subject([sys.executable, "-c", code], Path.cwd()) for name, code in codes.items()
    }
    costs = medians(subjects, ROUNDS)
    start = costs[""].cpu
    print(f"python -c pass: {1000 * start:.0f} ms")
    print(f"{'package':12} {'import ms':>9} {'/ B0':>5} {'own MB':>7} {'with its own':>13}")
    for name in IMPORTS:
        extra = costs[name].cpu - start
        own = installed_bytes(name) / 1e6
        whole = sum(installed_bytes(each) for each in needs(name)) / 1e6
        print(f"{name:12} {1000 * extra:9.0f} {extra / start:5.1f} {own:7.1f} {whole:13.1f}")


if __name__ == "__main__":
    main()
