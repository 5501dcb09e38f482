"""What the reader hands out: places and faults."""

from __future__ import annotations

from kpi_cli.frozen import dataclass

MOST_DEEP = 64
"""Levels of lists and mappings a file may nest."""

MOST_BYTES = 50 * 2**20
"""Bytes a file may have."""

Route = tuple[str | int, ...]
"""Mapping keys (as text) and list indices from the top of the document to a value."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the file: 1-based lines, 1-based columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class SourceFault:
    """One fault of the text itself (K001-K006, K008, K011), with its place.

    `route` is the innermost place in the data that is known, `(section, id)` where a whole
    record was left out. `related` names further places, each with what it shows.
    """

    code: str
    message: str
    mark: Mark
    help: str | None = None
    related: tuple[tuple[str, Mark], ...] = ()
    route: Route = ()
