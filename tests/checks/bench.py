"""A workspace in memory and the findings in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kpi_cli.checks.engine import Selection, findings
from kpi_cli.checks.selection import for_validate
from kpi_cli.diagnostics import Finding
from kpi_cli.plan import Loaded, load_plan
from kpi_cli.workspace import LeavesWorkspace

AS_OF = date(2026, 5, 31)
MARK = re.compile(r"«([A-Z]\d{3})»")
"""Marks the place of a fault in a text."""
Spot = tuple[str, str, int, int]
"""Path, code, line, column."""


class Files:
    """A `workspace.Tree` of texts by path."""

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        self.texts = {
            path: text.encode() if isinstance(text, str) else text for path, text in texts.items()
        }
        self.texts.setdefault("kpi.yaml", b"version: 1\n")

    def paths(self) -> list[str]:
        return sorted(self.texts)

    def strays(self) -> list[str]:
        return []

    def read(self, path: str) -> bytes:
        if path.startswith(("..", "/")):
            raise LeavesWorkspace(path)
        if path not in self.texts:
            raise FileNotFoundError(path)
        return self.texts[path]


def loaded(texts: Mapping[str, str | bytes] | str) -> Loaded:
    """The plan of some files; a text alone is `plan.yaml`."""
    return load_plan(Files({"plan.yaml": texts} if isinstance(texts, str) else texts))


def found(
    texts: Mapping[str, str | bytes] | str,
    as_of: date = AS_OF,
    selection: Selection | None = None,
) -> list[Finding]:
    """All findings of `kpi validate` in some files, but for those about red figures.

    Many a small workspace has a red figure by the way; the tests of K401 and K403 ask for `every`.
    """
    plan = loaded(texts)
    return findings(plan, as_of, selection or _but_about_red(for_validate(plan.plan.config)))


def every(texts: Mapping[str, str | bytes] | str, as_of: date = AS_OF) -> list[Finding]:
    """All findings of `kpi validate` in some files."""
    plan = loaded(texts)
    return findings(plan, as_of, for_validate(plan.plan.config))


def _but_about_red(selection: Selection) -> Selection:
    return replace(selection, codes=selection.codes - {"K401", "K403"})


def codes(texts: Mapping[str, str | bytes] | str, as_of: date = AS_OF) -> list[str]:
    """The codes of all findings, in reading order."""
    return [finding.code for finding in found(texts, as_of)]


YEAR = {"start": "2026-05-01", "end": "2026-12-31"}


def kpi(**fields: Any) -> dict[str, Any]:
    """A sound KPI for the objective `top`, with some fields set; None takes a field out."""
    sound = {
        "name": "A measure",
        "objective": "top",
        "owner": "an",
        "unit": "count",
        "target": {"at_least": 5},
        "source": {"manual": "a book"},
    }
    return {key: value for key, value in {**sound, **fields}.items() if value is not None}


def objective(**fields: Any) -> dict[str, Any]:
    """A sound objective that supports `top`, with some fields set; None takes a field out."""
    sound = {"title": "Something is so", "owner": "an", "period": YEAR, "supports": "top"}
    return {key: value for key, value in {**sound, **fields}.items() if value is not None}


FIRM: dict[str, dict[str, Any]] = {
    "teams": {"firm": {"name": "Firm"}},
    "people": {"an": {"name": "An", "team": "firm"}},
    "objectives": {"top": objective(supports=[], team="firm")},
    "kpis": {"base": kpi()},
}


def firm(**sections: dict[str, Any]) -> str:
    """A small sound workspace with these records added or replaced; JSON is YAML."""
    added = {name: {**FIRM.get(name, {}), **records} for name, records in sections.items()}
    return json.dumps(FIRM | added, ensure_ascii=False)


def faults(as_of: date = AS_OF, **sections: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Code and subject of every finding in `firm` with these records."""
    return sorted((f.code, f.subject) for f in found(firm(**sections), as_of))


def only(code: str, as_of: date = AS_OF, **sections: dict[str, Any]) -> Finding:
    """The one finding there is, which must be of that code."""
    (finding,) = found(firm(**sections), as_of)
    assert finding.code == code, finding
    return finding


def unmarked(path: str, text: str) -> tuple[bytes, list[Spot]]:
    """The file without its marks, and where they stood (column in code points, from 1)."""
    spots: list[Spot] = []
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        while mark := MARK.search(line):
            spots.append((path, mark[1], number, mark.start() + 1))
            line = line[: mark.start()] + line[mark.end() :]
        lines.append(line)
    return "\n".join(lines).encode("utf-8", "surrogateescape"), spots


def missed(files: Mapping[str, str], as_of: date = AS_OF) -> tuple[set[Spot], set[Spot]]:
    """Of files with marks: the faults that were not found, and those found that bear no mark."""
    texts: dict[str, bytes] = {}
    expected: set[Spot] = set()
    for path, text in files.items():
        texts[path], spots = unmarked(path, text)
        expected |= set(spots)
    reported = {(f.path, f.code, f.line, f.column) for f in found(texts, as_of)}
    return expected - reported, reported - expected
