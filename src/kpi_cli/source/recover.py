"""Blank out what cannot be read, with its faults noted, until the rest can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_cli.source.blocks import Block, Outline
from kpi_cli.source.build import Builder
from kpi_cli.source.encoding import Place, not_text, wrong_encoding
from kpi_cli.source.events import reader
from kpi_cli.source.model import MOST_DEEP, Route, SourceFault
from kpi_cli.source.text import Text
from kpi_cli.source.trouble import Halt
from kpi_cli.source.words import blank_line_with_tab, explain

MOST_FAULTS = 50
FEWEST_TRIES = 5
MOST_PARSED = 64 * 2**20
"""Bytes parsed again at most for faults outside of records: each costs one more parse."""


def readable(raw: bytes) -> bytes:
    """The bytes with all that is unreadable blanked out; lines stay where they are."""
    if wrong_encoding(raw) is not None:
        return b""
    recovery = Recovery(raw, MOST_DEEP)
    recovery.run()
    return recovery.raw


class Recovery:
    """Parses; at a fault, blanks the record around it and parses again.

    At the first fault every record is tried alone, so that a file with many faulty records
    costs three parses, and an unclosed quote is seen in the record in which it opens.
    """

    def __init__(self, raw: bytes, max_depth: int, *, alone: bool = False) -> None:
        self.raw = raw
        self.faults: list[SourceFault] = []
        self.lost: set[str] = set()
        self._anchors: set[str] = set()
        self._max_depth = max_depth
        self._untried = not alone
        self._tries_left = max(FEWEST_TRIES, min(MOST_FAULTS, MOST_PARSED // (len(raw) + 1)))

    def run(self) -> Builder:
        """The builder that came to the end of the text."""
        while True:
            text = Text(self.raw)
            builder = Builder(text, reader(self.raw), self._max_depth, self._anchors)
            error = _error_of(builder)
            if error is None:
                return builder
            if self._untried:
                self._untried = False
                if self._give_up(text, not_text(text)) | self._try_records():
                    continue
            tab = blank_line_with_tab(error, text)
            if tab is not None and self._tries_left > 0:
                self.raw = _blanked(self.raw, [(tab, tab + 1)])
            else:
                self._give_up(text, [_place(error, text)])
            self._tries_left -= 1

    def _try_records(self) -> bool:
        """Read every record alone and take the faulty ones out; whether there were any."""
        text = Text(self.raw)
        outline, lines = Outline(text), self.raw.splitlines(True)
        skipped = 0
        ranges: list[tuple[int, int]] = []
        for block in outline.records():
            slice_ = b"".join(lines[block.start : block.end])
            if _error_of(Builder(Text(slice_), reader(slice_), self._max_depth, set())) is None:
                continue
            if len(self.faults) < MOST_FAULTS:
                blank_lines = self._faults_of(block, slice_)
            else:
                skipped, blank_lines = skipped + 1, []
            ranges.extend(blank_lines or [(block.start, block.end)])
            if not blank_lines:
                self.lost.add(block.name)
                self._anchors |= outline.anchors(block.start, block.end)
        if skipped:
            self.faults[-1] = _and_more(self.faults[-1], skipped)
        self.raw = _blanked(self.raw, ranges)
        return bool(ranges)

    def _faults_of(self, block: Block, slice_: bytes) -> list[tuple[int, int]]:
        """Note the record's faults; if it has none but blank lines with tabs, return those."""
        alone = Recovery(b"\n" * block.start + slice_, self._max_depth, alone=True)
        alone.run()
        route: Route = tuple(name for name in (block.section, block.name) if name)
        self.faults.extend(replace(fault, route=route) for fault in alone.faults)
        if alone.faults:
            return []
        pairs = zip(slice_.splitlines(), alone.raw.splitlines()[block.start :], strict=False)
        lines = [block.start + at for at, (old, new) in enumerate(pairs) if old != new]
        return [(line, line + 1) for line in lines]

    def _give_up(self, text: Text, places: Sequence[Place]) -> bool:
        """Note the faults and blank the smallest block around each; whether there were any."""
        outline, gone = Outline(text), range(0)
        ranges: list[tuple[int, int]] = []
        for fault, line in places:
            if fault is None and line in gone:
                continue
            start, end = self._spoiled(text, outline, fault, line)
            if fault is not None:
                fault = replace(fault, route=outline.route(start))
                self.faults.append(fault if self._tries_left > 0 else _last(fault))
            self.lost |= outline.ids(start, end)
            self._anchors |= outline.anchors(start, end)
            ranges.append((start, end))
            gone = range(start, end)
            if self._tries_left <= 0:
                break
        self.raw = _blanked(self.raw, ranges)
        return bool(ranges)

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


def _error_of(builder: Builder) -> Exception | None:
    from yaml import YAMLError

    try:
        builder.run()
    except (Halt, YAMLError, UnicodeError) as error:
        return error
    return None


def _place(error: Exception, text: Text) -> Place:
    if isinstance(error, Halt):
        return error.fault, error.fault.mark.line - 1
    return explain(error, text)


def _last(fault: SourceFault) -> SourceFault:
    return replace(fault, message=f"{fault.message} The rest of the file is not read.")


def _and_more(fault: SourceFault, count: int) -> SourceFault:
    message = f"{fault.message} {count} more records of this file have faults."
    return replace(fault, message=message)


def _blanked(raw: bytes, ranges: Sequence[tuple[int, int]]) -> bytes:
    """The bytes with these lines (from 0) emptied but for their ends."""
    parts = raw.splitlines(True)
    for start, end in ranges:
        for number in range(start, min(end, len(parts))):
            parts[number] = parts[number][len(parts[number].rstrip(b"\r\n")) :]
    return b"".join(parts)
