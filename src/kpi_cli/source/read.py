"""Text -> data with recovery: a faulty record drops out, the rest loads, every fault is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kpi_cli.source.blocks import Outline
from kpi_cli.source.build import Builder
from kpi_cli.source.encoding import Place, not_text, wrong_encoding
from kpi_cli.source.events import reader
from kpi_cli.source.model import Document, Mark, Route, SourceFault
from kpi_cli.source.text import Text
from kpi_cli.source.trouble import Halt, with_related
from kpi_cli.source.words import blank_line_with_tab, explain

MOST_FAULTS = 50
FEWEST_FAULTS = 5
MOST_PARSED = 64 * 2**20
"""Bytes parsed again at most, since each fault of this kind costs one more parse."""


def load(raw: bytes, *, max_bytes: int = 50 * 2**20, max_depth: int = 64) -> Document:
    """Data of a plan file, with all faults of its text.

    Never raises for what the file contains; raises CannotRun where libyaml is missing.
    """
    if len(raw) > max_bytes:
        size = f"{len(raw) / 2**20:.0f} MB; at most {max_bytes / 2**20:.0f} MB are read"
        fault = SourceFault(
            "K006",
            f"The file is too large: {size}.",
            Mark(1, 1, 1, 1),
            "Split it, or keep the actuals in CSV files.",
        )
        return Document(None, [fault], _all_ids(raw))
    fault_of_encoding = wrong_encoding(raw)
    if fault_of_encoding is not None:
        fault, readable = fault_of_encoding
        return Document(None, [fault], _all_ids(readable))
    attempt = _Attempt(raw, max_depth)
    attempt.run()
    return attempt.document()


def readable(raw: bytes) -> bytes:
    """The bytes with every unreadable record blanked out; lines stay where they are."""
    if wrong_encoding(raw) is not None:
        return b""
    attempt = _Attempt(raw, 1000)
    attempt.run()
    return attempt.raw


class _Attempt:
    """Parses, blanks the record around the first fault, and parses again."""

    def __init__(self, raw: bytes, max_depth: int) -> None:
        self.raw = raw
        self.faults: list[SourceFault] = []
        self.lost: set[str] = set()
        self._anchors: set[str] = set()
        self._max_depth = max_depth
        self._built: Builder | None = None
        self._tries_left = max(FEWEST_FAULTS, min(MOST_FAULTS, MOST_PARSED // (len(raw) + 1)))

    def run(self) -> None:
        """Until the text can be read to its end."""
        from yaml import YAMLError

        while True:
            text = Text(self.raw)
            builder = Builder(text, reader(self.raw), self._max_depth, self._anchors)
            try:
                builder.run()
            except Halt as halt:
                self._give_up(text, [(halt.fault, halt.fault.mark.line - 1)])
            except (YAMLError, UnicodeError) as error:
                only_tabs = blank_line_with_tab(error, text)
                if only_tabs is not None and self._tries_left > 0:
                    self.raw = _blanked(self.raw, only_tabs, only_tabs + 1)
                else:
                    self._give_up(text, not_text(text) or [explain(error, text)])
            else:
                self._built = builder
                return
            self._tries_left -= 1

    def _give_up(self, text: Text, places: Sequence[Place]) -> None:
        """Note the faults and blank the smallest block around each."""
        outline, gone = Outline(text), range(0)
        for fault, line in places:
            if fault is None and line in gone:
                continue
            start, end = self._spoiled(text, outline, fault, line)
            if fault is not None:
                fault = replace(fault, route=outline.route(start))
                self.faults.append(fault if self._tries_left > 0 else _last(fault))
            self.lost |= outline.ids(start, end)
            self._anchors |= outline.anchors(start, end)
            self.raw = _blanked(self.raw, start, end)
            gone = range(start, end)
            if self._tries_left <= 0:
                return

    def _spoiled(
        self, text: Text, outline: Outline, fault: SourceFault | None, line: int
    ) -> tuple[int, int]:
        """First line and the line after the last of what has to go."""
        start, end = outline.block(line)
        if fault is not None and fault.code == "K008":
            return line, len(text.lines)
        if self._tries_left <= 0:
            end = len(text.lines)
        if self._tries_left < 0 or not any(text.line(n).strip() for n in range(start, end)):
            start, end = 0, len(text.lines)
        return start, end

    def document(self) -> Document:
        """The result of `run`."""
        built = self._built
        assert built is not None
        if built.ended_at is not None:
            outline = Outline(Text(self.raw))
            self.lost |= outline.ids(built.ended_at, len(Text(self.raw).lines))
        for route in built.unfinished:
            self.lost |= _discard(built.data, route)
        faults = [*self.faults, *_with_first_keys(self.raw, built)]
        faults.sort(key=lambda fault: (fault.mark.line, fault.mark.column, fault.code))
        return Document(built.data, faults, frozenset(self.lost | built.lost))


def _last(fault: SourceFault) -> SourceFault:
    return replace(fault, message=f"{fault.message} The rest of the file is not read.")


def _blanked(raw: bytes, start: int, end: int) -> bytes:
    parts = raw.splitlines(True)
    for number in range(start, end):
        parts[number] = parts[number][len(parts[number].rstrip(b"\r\n")) :]
    return b"".join(parts)


def _discard(data: Any, route: Route) -> set[str]:
    """Take the record of a route out of the data; returns its id."""
    holder: Any = data if len(route) < 2 else data[route[0]]
    step = route[0] if len(route) < 2 else route[1]
    if isinstance(holder, dict):
        holder.pop(step, None)
    elif isinstance(holder, list) and isinstance(step, int):
        holder[step] = None
    return {str(step)}


def _with_first_keys(raw: bytes, built: Builder) -> list[SourceFault]:
    """The builder's faults, a repeated key together with the place of its first mention."""
    faults = list(built.faults)
    if built.repeated:
        from kpi_cli.source.locate import Locator

        places = Locator(raw)
        for index, route in built.repeated:
            faults[index] = with_related(faults[index], "first written here", places.key(route))
    return faults


def _all_ids(raw: bytes) -> frozenset[str]:
    text = Text(raw)
    return frozenset(Outline(text).ids(0, len(text.lines)))
