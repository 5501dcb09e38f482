"""What an editor offers to do about a finding: mend it, write what was meant, or set it aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpi_cli.diagnostics import Finding
from kpi_cli.edit.fixing import mended
from kpi_cli.lsp.changes import Change, changes
from kpi_cli.lsp.seen import Buffer, Seen, buffer
from kpi_cli.shape import closest
from kpi_cli.source import Mark, comments
from kpi_cli.workspace import CONFIG, LeavesWorkspace

_MEANT = re.compile(r"'([^']+)'")
_CLOSE = frozenset({"K010", "K015", "K102", "K103", "K104", "K105", "K106", "X903"})
"""Rules whose advice names the closest words there are."""
_OF_TEXT = ("K00", "X")
"""Faults of the text itself, and of ignores: nothing sets them aside."""
_IGNORE = re.compile(r"#\s*kpi:\s*ignore\s*\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Action:
    """A title and the changes; `finding` is what it is about, None for all of a file."""

    title: str
    changes: tuple[Change, ...]
    finding: Finding | None = None
    preferred: bool = False


def actions(seen: Seen, file: Buffer, first: int, last: int) -> list[Action]:
    """What can be done about the findings on lines `first`..`last` (from 0) of a file."""
    here = [one for one in seen.findings if one.path == file.path]
    touched = [one for one in here if one.line - 1 <= last and one.end_line - 1 >= first]
    found: list[Action] = []
    for finding in touched:
        found += _mending(file, finding)
        found += _meant(file, finding)
    for finding in touched:
        found += _setting_aside(seen, file, finding)
    return [*found, *fix_all(file, here)]


def fix_all(file: Buffer, here: Iterable[Finding]) -> list[Action]:
    """Every safe fix of a file at once."""
    fixes = [one.fix for one in here if one.fix]
    after, count = mended(file.raw, fixes)
    if not count:
        return []
    changed = tuple(changes(file.path, file.raw, after))
    return [Action("Make all safe fixes in this file", changed)]


def _mending(file: Buffer, finding: Finding) -> Iterator[Action]:
    if finding.fix is None:
        return
    after, count = mended(file.raw, [finding.fix])
    if count:
        title = finding.help or "mend it"
        changed = tuple(changes(file.path, file.raw, after))
        yield Action(f"Fix {finding.code}: {title}", changed, finding, preferred=True)


def _meant(file: Buffer, finding: Finding) -> Iterator[Action]:
    """The closest words, each put where the wrong one stands."""
    if finding.code not in _CLOSE or not finding.help or finding.line != finding.end_line:
        return
    old = file.line(finding.line)[finding.column - 1 : finding.end_column - 1]
    quote = old[:1] if old[:1] in "'\"" else ""
    bare = old.strip("'\"")
    for word in closest(bare, _MEANT.findall(finding.help)):
        mark = Mark(finding.line, finding.column, finding.line, finding.end_column)
        change = Change(file.path, mark, f"{quote}{word}{quote}")
        yield Action(f"Write '{word}'", (change,), finding)


def _setting_aside(seen: Seen, file: Buffer, finding: Finding) -> Iterator[Action]:
    if finding.code.startswith(_OF_TEXT):
        return
    change = _ignore(seen, file, finding)
    if change is not None:
        yield Action(f"Ignore {finding.code} here, with a reason", (change,), finding)


def _ignore(seen: Seen, file: Buffer, finding: Finding) -> Change | None:
    """A comment on a line of its own above the entry, its reason still to be written.

    One that stands there already gets the code. For a row of a table it stands above the record.
    """
    if file.path.endswith(".csv"):
        place = _record(seen, finding)
        return _ignore(seen, *place) if place else None
    above = file.line(finding.line - 1)
    known = _IGNORE.search(above)
    if known and above.lstrip().startswith("#") and _is_comment(file, finding.line - 1):
        at = Mark(finding.line - 1, known.end(1) + 1, finding.line - 1, known.end(1) + 1)
        return Change(file.path, at, f", {finding.code}" if known[1].strip() else finding.code)
    here = file.line(finding.line)
    indent = here[: len(here) - len(here.lstrip(" "))]
    ending = (
        "\r\n"
        if file.text.lines[finding.line - 1 : finding.line]
        and file.text.lines[finding.line - 1].endswith("\r\n")
        else "\n"
    )
    at = Mark(finding.line, 1, finding.line, 1)
    return Change(file.path, at, f"{indent}# kpi: ignore[{finding.code}] -- {ending}")


def _is_comment(file: Buffer, line: int) -> bool:
    found = comments(file.raw, sections=file.path != CONFIG)
    return any(one.mark.line == line and one.alone for one in found)


def _record(seen: Seen, finding: Finding) -> tuple[Buffer, Finding] | None:
    """The file of the record a finding is about, and the finding as if it stood at its id."""
    from dataclasses import replace

    place = seen.loaded.plan.origins.get(finding.subject or "")
    try:
        raw = seen.tree.read(place.path) if place else b""
    except (FileNotFoundError, LeavesWorkspace):
        return None
    if place is None:
        return None
    file = buffer(place.path, raw)
    mark = file.places.key(place.route)
    return (file, replace(finding, path=place.path, line=mark.line)) if mark else None
