"""Faults as values: a `Diagnostic` names a place by its route; a `Finding` is a printable line."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from kpi_cli.digests import sha256
from kpi_cli.frozen import dataclass
from kpi_cli.source import Mark, Route

Part = Literal["key", "value", "first_key"]
"""Of an entry: its key, its value, or the first key inside its value."""


class Severity(StrEnum):
    """How much a finding weighs; `validate` fails on errors unless told otherwise."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info: sorts worst first."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """A value (or its key) in a file, by route; `mark` is given only where no route can lead.

    `path` is relative to the workspace, with `/`. `word` is a part of the value, such as an id in
    a formula.
    """

    path: str
    route: Route = ()
    part: Part = "value"
    mark: Mark | None = None
    word: str | None = None

    def at_word(self, word: str) -> Place:
        """A word within the same value."""
        return Place(self.path, self.route, self.part, self.mark, word)

    def at_key(self) -> Place:
        """The key of the same entry."""
        return Place(self.path, self.route, "key", self.mark)

    def at_first_key(self) -> Place:
        """The first key inside the value of the same entry."""
        return Place(self.path, self.route, "first_key", self.mark)

    def under(self, *steps: str | int) -> Place:
        """The place `steps` further down."""
        return Place(self.path, (*self.route, *steps), self.part, None)


@dataclass(frozen=True, slots=True)
class Related:
    """A second place a finding speaks of, with what is there."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A fix as a rule states it: the text at `place` (or the key, by its part) is to be `value`.

    The engine makes a `Fix` of it, in the quotes that stand there. A rule gives one only where no
    other meaning is possible, and never for a target.
    """

    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the text that is always right: put `text` in the place of `mark`.

    `meant` is the one value that is another afterwards; without it the data stay what they are.
    """

    mark: Mark
    text: str
    meant: Rewrite | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault before the engine gives it severity, line and fingerprint.

    `severity` overrides the rule's own. `drops` says that the record was left out for it. `twin` is
    the code that says the same in another command: where its rule runs too, this is not said again.
    `concerns` are KPIs it counts against beside its subject. `excuse` is the reason why the plan
    itself sets it aside.
    """

    code: str
    place: Place
    message: str
    subject: str | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    drops: bool = False
    fix: Fix | Rewrite | None = None
    twin: str | None = None
    concerns: tuple[str, ...] = ()
    excuse: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A rule cannot tell of a record, for want of figures or of a field: no fault, no praise."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class RelatedFinding:
    """A second place of a finding, resolved to a line (1-based) and column (1-based)."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One reported fault: lines and columns are 1-based code points, the end is exclusive."""

    code: str
    name: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    subject: str | None
    message: str
    help: str | None
    fix: Fix | None
    fingerprint: str
    related: tuple[RelatedFinding, ...] = ()
    concerns: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order: file, line, column, code."""
        return (self.path, self.line, self.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that was set aside: by whom, why, and until which day (inclusive).

    `source` is True for an ignore in the plan itself, False for an entry of the baseline.
    """

    finding: Finding
    reason: str
    source: bool
    until: date | None = None


_NUMBERS = r"\d+(?:[.,]\d+)*"


def fingerprint(code: str, path: str, subject: str | None, route: Route, text: str) -> str:
    """A name for a fault that does not move when lines, list entries or days do.

    No line goes in, no index of a list, and no number of the message: "12 days ago" is another
    text tomorrow. What falls together by that is told apart by `#2`, `#3` … .
    """
    import re
    import unicodedata

    normal = " ".join(unicodedata.normalize("NFC", re.sub(_NUMBERS, "0", text)).split())
    steps = "/".join(str(step) if isinstance(step, str) else "*" for step in route)
    parts = (code, path, subject or "", steps, normal)
    found = sha256()
    found.update("\0".join(parts).encode("utf-8", "replace"))
    return str(found.hexdigest())[:32]
