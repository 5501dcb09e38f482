"""What was last seen of a workspace: its plan, its findings, and its numbers once they are asked
for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from kpi_cli.analysis.results import Assessment
from kpi_cli.diagnostics import Finding
from kpi_cli.plan import Loaded
from kpi_cli.source import Document, Locator, Text, load
from kpi_cli.views.facts import Facts, facts_of
from kpi_cli.workspace import Tree


@dataclass(frozen=True, slots=True)
class Score:
    """A KPI's SMART score: the total, the criteria as `S 90, M 100`, what would raise it most."""

    total: int
    criteria: str
    fix: str | None


Scores = Mapping[str, Score]
"""By the KPI's id."""


@dataclass(frozen=True)
class Seen:
    """One state of a workspace: the files on disk with the open buffers over them.

    `score` works out the SMART scores of some KPIs; in a large plan that takes a while. `rename`
    gives the files that change with an id, path -> bytes, or raises CannotRun.
    """

    root: Path
    tree: Tree
    loaded: Loaded
    findings: tuple[Finding, ...]
    as_of: date
    assess: Callable[[], Assessment]
    score: Callable[[Collection[str]], Scores]
    rename: Callable[[str, str], Mapping[str, bytes]]

    @cached_property
    def facts(self) -> Facts:
        """Every number of the plan, and how each is written."""
        return facts_of(self.assess())


Look = Callable[[Path, Tree, Seen | None], Seen]
"""Root, files and the state before -> the state now. Raises CannotRun."""


@dataclass(frozen=True)
class Buffer:
    """One file as it is being edited."""

    path: str
    raw: bytes

    @cached_property
    def document(self) -> Document:
        """Its data, as far as they can be read."""
        return load(self.raw)

    @cached_property
    def places(self) -> Locator:
        """Where its values stand."""
        return Locator(self.raw)

    @cached_property
    def text(self) -> Text:
        """Its lines."""
        return Text(self.raw)

    def line(self, number: int) -> str:
        """A line, counted from 1, without its end."""
        return self.text.line(number - 1)


@lru_cache(maxsize=32)
def buffer(path: str, raw: bytes) -> Buffer:
    """The file; kept, so that it is read once for several questions."""
    return Buffer(path, raw)
