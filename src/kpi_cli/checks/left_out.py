"""What could not be read, so that one fault causes one finding, not two.

An objective whose only KPI could not be read has no KPI in the plan, yet nothing is wrong with it;
a month whose figure is no number is missing in the series, and that has been said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.plan import Loaded
from kpi_cli.workspace import is_plan_file

_WORD = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
_OF_WHOLE_FILES = frozenset({"K001", "K002", "K003", "K004", "K005", "K006", "K008", "K010"})
_OF_ONE_BLOCK = frozenset({"K002", "K010"})
"""A second record of the same id, an unknown section: what is lost stands below that key."""
_WHOLE_FILE: tuple[str, str] = ("", "")
_ROW_STAYS = "K201"


class LeftOut:
    """The records and rows of a workspace that are not in its plan."""

    def __init__(self, loaded: Loaded | None = None) -> None:
        self._loaded = loaded

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in the text of records that stand in the files and not in the plan."""
        wanted: dict[str, set[tuple[str, str]]] = {}
        found: set[str] = set()
        for diagnostic in self._diagnostics():
            path = diagnostic.place.path
            if not _loses_records(diagnostic) or not is_plan_file(path):
                continue
            block = _block(diagnostic, self._bytes(path))
            if block:
                found.update(_words_of_block(self._bytes(path), *block))
            else:
                wanted.setdefault(path, set()).add(_record(diagnostic))
        for path, records in wanted.items():
            found.update(_words(self._bytes(path), records))
        return frozenset(found)

    @cached_property
    def kpis_lacking_rows(self) -> frozenset[str]:
        """KPIs of which a row or a file of actuals could not be used."""
        found: set[str] = set()
        files: set[str] = set()
        for diagnostic in self._diagnostics():
            if diagnostic.code == "K210":
                files.add(diagnostic.place.path)
                found |= self._words_of_line(diagnostic)
            elif diagnostic.subject and _loses_row(diagnostic):
                found.add(diagnostic.subject)
        if files and self._loaded:
            found |= set(_readers(self._loaded, files))
        return frozenset(found)

    def _diagnostics(self) -> tuple[Diagnostic, ...]:
        return self._loaded.diagnostics if self._loaded else ()

    def _bytes(self, path: str) -> bytes:
        return self._loaded.files.get(path, b"") if self._loaded else b""

    def _words_of_line(self, diagnostic: Diagnostic) -> set[str]:
        mark = diagnostic.place.mark
        lines = self._bytes(diagnostic.place.path).decode("utf-8", "replace").splitlines()
        at = mark.line - 1 if mark else 0
        return set(_WORD.findall(lines[at])) if at < len(lines) else set()


def _readers(loaded: Loaded, files: set[str]) -> Iterable[str]:
    for kpi in loaded.plan.kpis.values():
        if any(source.file in files for source in kpi.actuals.files):
            yield kpi.id


def _loses_row(diagnostic: Diagnostic) -> bool:
    place = diagnostic.place
    among_actuals = place.route[2:3] == ("actuals",) or place.path.endswith(".csv")
    return among_actuals and diagnostic.code != _ROW_STAYS


def _loses_records(diagnostic: Diagnostic) -> bool:
    whole = len(diagnostic.place.route) < 2 and diagnostic.code in _OF_WHOLE_FILES
    return diagnostic.drops or whole


def _record(diagnostic: Diagnostic) -> tuple[str, str]:
    route = diagnostic.place.route
    return (str(route[0]), str(route[1])) if len(route) > 1 else _WHOLE_FILE


def _block(diagnostic: Diagnostic, raw: bytes) -> tuple[int, int] | None:
    """Line and column (from 1) of the key whose block is lost; None where more is."""
    place = diagnostic.place
    if diagnostic.code not in _OF_ONE_BLOCK or len(place.route) != 1:
        return None
    if place.mark:
        return place.mark.line, place.mark.column
    key = re.compile(rb"^%s\s*:" % re.escape(str(place.route[0]).encode()), re.MULTILINE)
    found = key.search(raw)
    return (raw[: found.start()].count(b"\n") + 1, 1) if found else None


def _words_of_block(raw: bytes, line: int, column: int) -> Iterator[str]:
    """The words of a key's line and of the lines below it that are indented more."""
    for number, text in enumerate(raw.decode("utf-8", "replace").split("\n")[line - 1 :]):
        if number and text.strip() and len(text) - len(text.lstrip()) < column:
            return
        yield from _WORD.findall(text)


def _words(raw: bytes, records: set[tuple[str, str]]) -> Iterator[str]:
    text = raw.decode("utf-8", "replace")
    if _WHOLE_FILE in records:
        yield from _WORD.findall(text)
        return
    from kpi_cli.source import record_lines

    lines, places = text.splitlines(), record_lines(raw)
    for section, name in sorted(records):
        start, end = places.get((section, name), (0, len(lines)))
        yield from (word for word in _WORD.findall("\n".join(lines[start:end])) if word != name)
