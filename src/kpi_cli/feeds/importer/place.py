"""A map's text: its data, and the line and column of anything in it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from kpi_cli.errors import CannotRun
from kpi_cli.source import Locator, Mark, Route, load


class MapText:
    """The file of a map, read. Raises CannotRun listing every fault of its text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._raw = path.read_bytes()
        except OSError as error:
            raise CannotRun(f"{path}: cannot be read: {error.strerror or error}") from None
        document = load(self._raw)
        if document.faults:
            lines = [f"{self._at(fault.mark)} {fault.message}" for fault in document.faults]
            raise CannotRun("\n".join(lines))
        self.data: Any = document.data

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self._raw)

    def fault(self, route: Route, message: str, *, at_key: bool = False) -> CannotRun:
        """An error at a value of the map (or its key): `map.yaml:12:7: …`."""
        return CannotRun(f"{self._at(self._mark(route, at_key))} {message}")

    def spot(self, route: Route, *, at_key: bool = False) -> tuple[int, int]:
        """Line and column of a place, to put faults in order."""
        mark = self._mark(route, at_key)
        return (mark.line, mark.column) if mark else (0, 0)

    def _mark(self, route: Route, at_key: bool) -> Mark | None:
        return self._locator.key(route) if at_key else self._locator.value(route)

    def _at(self, mark: Mark | None) -> str:
        return f"{self.path}:{mark.line}:{mark.column}:" if mark else f"{self.path}:"
