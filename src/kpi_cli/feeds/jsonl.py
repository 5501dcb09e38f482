"""JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpi_cli.errors import CannotRun
from kpi_cli.feeds.csv import decoded
from kpi_cli.feeds.json import parsed
from kpi_cli.feeds.table import Options, Table, of_mappings


def read(raw: bytes, options: Options) -> Table:
    """The table of a JSON Lines file; a row's number is its line. Raises CannotRun."""
    return of_mappings(_entries(decoded(raw, options.encoding)))


def _entries(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, parsed(line)
        except CannotRun as error:
            raise CannotRun(f"line {number}: {error.message}") from None
