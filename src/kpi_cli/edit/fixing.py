"""Safe fixes: the spans that findings name are replaced, every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kpi_cli.diagnostics import Finding, Fix
from kpi_cli.edit.store import Edit, Snapshot
from kpi_cli.edit.text import FileText, Splice, spliced
from kpi_cli.edit.verify import same
from kpi_cli.source import load

_END = re.compile(r"\r\n|\n|\r")


def fix(snapshot: Snapshot, found: Iterable[Finding], seen: Mapping[str, bytes]) -> Edit[int]:
    """The files with all fixes made, and how many fixes that were.

    A file that is not as it was when the findings were made (`seen`) stays as it is, and so does
    one whose data would be read otherwise afterwards.
    """
    by_path: dict[str, list[Fix]] = {}
    for finding in found:
        if finding.fix:
            by_path.setdefault(finding.path, []).append(finding.fix)
    files: dict[str, bytes] = {}
    count = 0
    for path, fixes in sorted(by_path.items()):
        raw = snapshot.read(path)
        after = fixed(raw, fixes) if raw == seen.get(path) else raw
        if after != raw and same(load(after).data, load(raw).data):
            files[path] = after
            count += len(fixes)
    return Edit(files, count)


def fixed(raw: bytes, fixes: Iterable[Fix]) -> bytes:
    """The bytes with the spans replaced; unchanged where they overlap or are no UTF-8."""
    try:
        file = FileText.of(raw)
        starts = [0, *(end.end() for end in _END.finditer(file.text))]
        splices = [_splice(change, starts, len(file.text)) for change in fixes]
        return file.encode(spliced(file.text, splices))
    except (UnicodeDecodeError, ValueError):
        return raw


def _splice(change: Fix, starts: list[int], length: int) -> Splice:
    mark = change.mark

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column - 1 if line <= len(starts) else length

    return Splice(
        offset(mark.line, mark.column), offset(mark.end_line, mark.end_column), change.text
    )
