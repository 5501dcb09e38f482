"""`.kpi/baseline.json`: faults a team had on the day it began to check, known by fingerprint.

Old ones are counted as debt and fail nothing; new ones fail. One line an entry, sorted, so that
two branches merge line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from kpi_cli.checks.registry import found_by_reader
from kpi_cli.diagnostics import Diagnostic, Finding, Place, Severity, Suppressed
from kpi_cli.errors import CannotRun
from kpi_cli.frozen import dataclass, field_names, replace
from kpi_cli.source import Mark
from kpi_cli.workspace import BASELINE

FILE = BASELINE
SCHEMA = "kpi-baseline/1"


@found_by_reader("X905", "baseline-entry-unmatched", Severity.INFO)
def baseline_entry_unmatched() -> None:
    """An entry of the baseline matches no finding any more.

    Somebody has mended that fault. The entry should go too, so that the number of old faults only
    goes down and the same fault, if it comes back, is a new one.

    Bad:
        # .kpi/baseline.json still lists K105 of a person whose team is right by now

    Good:
        # the same file after `kpi baseline prune`

    Fix:
        Type `kpi baseline prune`; it takes out such entries and adds none.
    """


@dataclass(frozen=True, slots=True)
class Entry:
    """One old fault: what it is, why it is borne, since when, until when (inclusive)."""

    code: str
    subject: str | None
    fingerprint: str
    reason: str
    added: date
    expires: date | None = None

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """By rule, record, fingerprint."""
        return (self.code, self.subject or "", self.fingerprint)


def parse(raw: bytes) -> tuple[Entry, ...]:
    """The entries of a baseline file. Raises CannotRun where it is none."""
    try:
        data = json.loads(raw)
        if data["schema"] != SCHEMA:
            raise ValueError(f"its schema is '{data['schema']}'")
        return tuple(_entry(row) for row in data["findings"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CannotRun(
            f"{FILE} is no baseline: {error}",
            help="take it back from git, or delete it and type `kpi baseline create`",
        ) from None


def _entry(row: dict[str, Any]) -> Entry:
    unknown = row.keys() - {*field_names(Entry)}
    if unknown:
        raise ValueError(f"unknown key '{min(unknown)}'")
    expires = date.fromisoformat(row["expires"]) if row.get("expires") else None
    added = date.fromisoformat(row["added"])
    return Entry(row["code"], row["subject"], row["fingerprint"], row["reason"], added, expires)


def dump(entries: Iterable[Entry]) -> str:
    """The text of a baseline file: one line an entry."""
    lines = [_line(entry) for entry in sorted(entries, key=lambda entry: entry.sort_key)]
    body = ",\n".join(lines)
    inner = f"\n{body}\n" if body else ""
    return f'{{"schema": "{SCHEMA}", "findings": [{inner}]}}\n'


def _line(entry: Entry) -> str:
    row = {
        "code": entry.code,
        "subject": entry.subject,
        "fingerprint": entry.fingerprint,
        "reason": entry.reason,
        "added": entry.added.isoformat(),
        "expires": entry.expires.isoformat() if entry.expires else None,
    }
    return json.dumps(row, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings that are new, those that are debt, and what is wrong with the entries."""

    new: list[Finding]
    debt: list[Suppressed]
    faults: list[Diagnostic]


def compare(found: Sequence[Finding], entries: Sequence[Entry], as_of: date) -> Compared:
    """Set aside what the baseline knows and has not expired."""
    known = {entry.fingerprint: entry for entry in entries}
    new, debt = [], []
    for finding in found:
        entry = known.get(finding.fingerprint)
        if entry is None or _has_expired(entry, as_of):
            new.append(finding)
        else:
            debt.append(Suppressed(finding, entry.reason, False, entry.expires))
    there = {finding.fingerprint for finding in found}
    return Compared(new, debt, list(_faults(entries, there, as_of)))


def carried_over(
    entries: Iterable[Entry], before: Iterable[Finding], after: Iterable[Finding]
) -> list[Entry]:
    """The entries after an edit that moved no line, such as a rename: each with its fault's new
    fingerprint and record. One whose fault is not there on that line any more stays as it is.
    """
    now: dict[tuple[str, str, int], list[Finding]] = {}
    for finding in after:
        now.setdefault((finding.code, finding.path, finding.line), []).append(finding)
    successor: dict[str, Finding] = {}
    for finding in before:
        same = now.get((finding.code, finding.path, finding.line), [])
        if same:
            successor[finding.fingerprint] = same.pop(0)
    found = []
    for entry in entries:
        new = successor.get(entry.fingerprint)
        found.append(
            replace(entry, fingerprint=new.fingerprint, subject=new.subject) if new else entry
        )
    return found


def _has_expired(entry: Entry, as_of: date) -> bool:
    return entry.expires is not None and entry.expires < as_of


def _faults(entries: Sequence[Entry], there: set[str], as_of: date) -> Iterator[Diagnostic]:
    for number, entry in enumerate(sorted(entries, key=lambda entry: entry.sort_key)):
        of = f"{entry.code} of '{entry.subject}'" if entry.subject else entry.code
        place = Place(FILE, mark=Mark(number + 2, 1, number + 2, 2))
        if entry.fingerprint not in there:
            message = f"the baseline lists {of}, which is not found any more"
            yield Diagnostic("X905", place, message, entry.subject, "type `kpi baseline prune`")
        elif _has_expired(entry, as_of):
            message = f"the baseline bore {of} until {entry.expires}"
            help_text = "mend it, or agree on another day: `kpi baseline update --until DATE`"
            yield Diagnostic("X904", place, message, entry.subject, help_text)


def updated(
    found: Iterable[Finding],
    entries: Iterable[Entry],
    *,
    as_of: date,
    reason: str | None,
    until: date | None,
    grow: bool,
) -> list[Entry]:
    """The entries that still match and, with `grow`, one for each finding that has none.

    Expired ones are renewed where a new last day is given.
    """
    known = {entry.fingerprint: entry for entry in entries}
    kept: list[Entry] = []
    for finding in found:
        entry = known.get(finding.fingerprint)
        if entry is not None and not (grow and until and _has_expired(entry, as_of)):
            kept.append(entry)
        elif grow:
            why = reason or (entry.reason if entry else "there before the plan was checked")
            added = entry.added if entry else as_of
            kept.append(
                Entry(finding.code, finding.subject, finding.fingerprint, why, added, until)
            )
    return kept
