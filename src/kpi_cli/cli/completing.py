"""What the shell may offer for a word: ids, units, periods, tags, rule codes.

It has to answer while somebody types, so the left side of the files is looked at and neither the
models nor the YAML reader are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kpi_cli.cli.declare import Asked, Find
from kpi_cli.source.glance import ids_at_a_glance


def offered(find: Find, asked: Asked) -> list[str]:
    """The fitting words, sorted; none where there is no workspace or it cannot be read."""
    from kpi_cli.errors import CannotRun

    try:
        return sorted({word for word in find(asked) if word.startswith(asked.word)})
    except (CannotRun, OSError):
        return []


def ids_of(*sections: str) -> Find:
    """The ids in these sections; of every kind of record where none is named."""
    return lambda asked: ids(asked, sections)


def codes_and_ids(*sections: str) -> Find:
    """Rule codes, and the ids in these sections."""
    return lambda asked: (*codes(asked), *offered_ids(asked, sections))


def words(*known: str) -> Find:
    """Words of a list."""
    return lambda _asked: known


def periods() -> Find:
    """Names of periods around the day."""
    return period_names


def tags() -> Find:
    """The tags there are."""
    return _tags


def offered_ids(asked: Asked, sections: tuple[str, ...]) -> list[str]:
    """The ids in these sections; none outside of a workspace."""
    return offered(lambda one: ids(one, sections), asked)


def ids(asked: Asked, sections: tuple[str, ...]) -> Iterator[str]:
    """The ids in these sections, file by file. Raises CannotRun."""
    for raw in _plans(asked.start):
        found = ids_at_a_glance(raw)
        for section, name in _closer(raw) if found is None else found:
            if not sections or section in sections:
                yield name


def _closer(raw: bytes) -> Iterable[tuple[str, str]]:
    from kpi_cli.source import record_lines

    return record_lines(raw)


def codes(_asked: Asked) -> list[str]:
    """The codes of all rules."""
    from importlib.resources import files

    text = files("kpi_cli.library").joinpath("codes.txt").read_text(encoding="utf-8")
    return [line.split(" ")[0] for line in text.splitlines()]


def units(asked: Asked) -> list[str]:
    """The built-in units, and the workspace's own where they are plain to see."""
    from kpi_cli.quantity import BUILT_IN_UNITS
    from kpi_cli.workspace import CONFIG, find_root

    text = (find_root(asked.start) / CONFIG).read_text(encoding="utf-8", errors="replace")
    found = re.search(r"^units:(.*(?:\n[ \t].*)*)", text, re.MULTILINE)
    own = re.findall(r"([^\s{},:\"']+)[\"']?:\s*\{", found[1]) if found else []
    return [*BUILT_IN_UNITS, *own]


def period_names(_asked: Asked) -> Iterator[str]:
    """Last year's, this year's and next year's periods, and the last two weeks' days."""
    from datetime import date, timedelta

    today = date.today()  # noqa: DTZ011  the user's own calendar day is meant
    for year in range(today.year - 1, today.year + 2):
        for lead in ("", "FY"):
            yield from (f"{lead}{year}", *(f"{lead}{year}-H{half}" for half in (1, 2)))
            yield from (f"{lead}{year}-Q{quarter}" for quarter in range(1, 5))
        yield from (f"{year}-{month:02d}" for month in range(1, 13))
    for back in range(14):
        day = today - timedelta(days=back)
        iso = day.isocalendar()
        yield from (day.isoformat(), f"{iso.year}-W{iso.week:02d}")


def _tags(asked: Asked) -> Iterator[str]:
    for raw in _plans(asked.start):
        for found in re.finditer(rb"^[^#\n]*\btags:\s*\[([^\]\n]*)\]", raw, re.MULTILINE):
            for tag in found[1].decode("utf-8", "replace").split(","):
                yield tag.strip().strip("'\"")


def _plans(start: Path) -> Iterator[bytes]:
    """The plan files of the workspace around a folder. Raises CannotRun."""
    from kpi_cli.workspace import DiskTree, LeavesWorkspace, find_root, is_plan_file

    tree = DiskTree(find_root(start))
    for path in tree.paths():
        if not is_plan_file(path):
            continue
        try:
            yield tree.read(path)
        except (FileNotFoundError, LeavesWorkspace):
            continue
