"""The outline of a file: its sections, and the records in each."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_cli.lsp.seen import Buffer
from kpi_cli.plan import SECTIONS
from kpi_cli.source import Mark, record_lines


@dataclass(frozen=True, slots=True)
class Symbol:
    """A section or a record: `whole` holds all of its lines, `mark` its name."""

    name: str
    detail: str
    whole: Mark
    mark: Mark
    below: tuple[Symbol, ...] = ()


def symbols(file: Buffer) -> list[Symbol]:
    """Sections with their records, in the order of the file; also where it is no sound YAML."""
    by_section: dict[str, list[Symbol]] = {}
    for (section, name), (start, end) in sorted(_records(file).items(), key=lambda item: item[1]):
        if section in SECTIONS:
            by_section.setdefault(section, []).append(_record(file, section, name, start, end))
    return [_section(file, section, found) for section, found in by_section.items()]


def _records(file: Buffer) -> dict[tuple[str, str], tuple[int, int]]:
    """Lines (from 0, the end exclusive) of every record, those of sections in brackets too."""
    found = dict(record_lines(file.raw))
    data = file.document.data
    for section, body in data.items() if isinstance(data, dict) else ():
        for name in body if isinstance(body, dict) else ():
            mark = file.places.key((section, name)) if (section, name) not in found else None
            if mark is not None:
                found[section, name] = mark.line - 1, mark.end_line
    return found


def _record(file: Buffer, section: str, name: str, start: int, end: int) -> Symbol:
    while end - 1 > start and not file.line(end).strip():
        end -= 1
    whole = Mark(start + 1, 1, end, len(file.line(end)) + 1)
    return Symbol(name, _label(file, section, name), whole, _name(file, name, start + 1))


def _name(file: Buffer, name: str, line: int) -> Mark:
    """The id on a record's first line."""
    column = max(file.line(line).find(name), 0) + 1
    return Mark(line, column, line, column + len(name))


def _label(file: Buffer, section: str, name: str) -> str:
    data = file.document.data
    body = data.get(section) if isinstance(data, dict) else None
    record = body.get(name) if isinstance(body, dict) else None
    fields = record if isinstance(record, dict) else {}
    told = (fields.get(key) for key in ("name", "title", "term", "text"))
    return next((one for one in told if isinstance(one, str)), "")


def _section(file: Buffer, section: str, found: list[Symbol]) -> Symbol:
    first, last = found[0].whole, found[-1].whole
    mark = file.places.key((section,)) or Mark(first.line, 1, first.line, 1)
    begin = min(mark.line, first.line)
    whole = Mark(begin, 1, last.end_line, last.end_column)
    return Symbol(section, "", whole, mark, tuple(found))
