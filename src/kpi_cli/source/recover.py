"""Blank out what cannot be read, with its faults noted, until the rest can."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.frozen import replace
from kpi_cli.source.blocks import Block, Outline
from kpi_cli.source.build import Builder
from kpi_cli.source.encoding import Place, not_text, wrong_encoding
from kpi_cli.source.events import reader
from kpi_cli.source.model import MOST_DEEP, Route, SourceFault
from kpi_cli.source.text import Text
from kpi_cli.source.trouble import Halt
from kpi_cli.source.words import explain, harmless_line

MOST_FAULTS = 50
FEWEST_TRIES = 5
MOST_PARSED = 32 * 2**20
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
            harmless = harmless_line(error, text)
            if harmless is not None and self._tries_left > 0:
                self.raw = _spaced(self.raw, harmless)
            else:
                self._give_up(text, [_place(error, text)])
            self._tries_left -= 1

    def _try_records(self) -> bool:
        """Read every record alone and take the faulty ones out; whether there were any."""
        outline, lines = Outline(Text(self.raw)), self.raw.splitlines(True)
        faulty = [block for block in outline.records() if self._is_faulty(block, lines)]
        untold = 0
        for block in faulty:
            if len(self.faults) >= MOST_FAULTS:
                untold += 1
            elif not self._tell(block, lines):
                continue
            self.lost.add(block.name)
            self._anchors |= outline.anchors(block.start, block.end)
            _blank(lines, block.start, block.end)
        if untold:
            self.faults[-1] = _and_more(self.faults[-1], untold)
        self.raw = b"".join(lines)
        return bool(faulty)

    def _is_faulty(self, block: Block, lines: list[bytes]) -> bool:
        raw = b"".join(lines[block.start : block.end])
        return _error_of(Builder(Text(raw), reader(raw), self._max_depth, set())) is not None

    def _tell(self, block: Block, lines: list[bytes]) -> bool:
        """Note the record's faults; False if it has none after all."""
        raw = b"\n" * block.start + b"".join(lines[block.start : block.end])
        alone = Recovery(raw, self._max_depth, alone=True)
        alone.run()
        route: Route = tuple(name for name in (block.section, block.name) if name)
        self.faults.extend(replace(fault, route=route) for fault in alone.faults)
        if not alone.faults:
            lines[block.start : block.end] = alone.raw.splitlines(True)[block.start :]
        return bool(alone.faults)

    def _give_up(self, text: Text, places: Sequence[Place]) -> bool:
        """Note the faults and blank the smallest block around each; whether there were any."""
        outline, gone = Outline(text), range(0)
        lines = self.raw.splitlines(True)
        for fault, line in places:
            if fault is None and line in gone:
                continue
            start, end = self._spoiled(text, outline, fault, line)
            if fault is not None:
                fault = replace(fault, route=outline.route(start))
                self.faults.append(fault if self._tries_left > 0 else _last(fault))
            self.lost |= outline.ids(start, end)
            self._anchors |= outline.anchors(start, end)
            _blank(lines, start, end)
            gone = range(start, end)
            if self._tries_left <= 0:
                break
        self.raw = b"".join(lines)
        return bool(places)

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


def _blank(lines: list[bytes], start: int, end: int) -> None:
    """Empty these lines but for their ends."""
    for number in range(start, end):
        lines[number] = lines[number][len(lines[number].rstrip(b"\r\n")) :]


def _spaced(raw: bytes, number: int) -> bytes:
    """The bytes with spaces for the tabs or dots at the left of one line."""
    lines = raw.splitlines(True)
    content = lines[number].lstrip(b" \t.")
    lines[number] = b" " * (len(lines[number]) - len(content)) + content
    return b"".join(lines)
