"""The floors a reader cannot get below, each a process of its own, like a `kpi` run.

    python bench/baselines.py scan DIR    B1: libyaml's events of every plan file, nothing built
    python bench/baselines.py read DIR    B2: the same bytes read and hashed

B0, the floor of starting at all, is `python -c pass`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator


def texts(folder: str, ending: str = "") -> Iterator[bytes]:
    """The bytes of every file below a folder whose name has the ending."""
    for here, _, names in os.walk(folder):
        for name in (name for name in names if name.endswith(ending)):
            with open(os.path.join(here, name), "rb") as file:
                yield file.read()


def scan(folder: str) -> int:
    """How many YAML events the files hold. Raises ImportError where PyYAML lacks libyaml."""
    from yaml._yaml import CParser  # type: ignore[import-untyped, unused-ignore]

    events = 0
    for text in texts(folder, ".yaml"):
        step = CParser(text).get_event
        while step() is not None:
            events += 1
    return events


def read(folder: str) -> str:
    """One digest over all files."""
    digest = hashlib.sha256()
    for text in texts(folder):
        digest.update(hashlib.sha256(text).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    floors: dict[str, Callable[[str], int | str]] = {"scan": scan, "read": read}
    print(floors[sys.argv[1]](sys.argv[2]))
