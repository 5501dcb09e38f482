"""What became of every input row, and what the records came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpi_cli.locale import _


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row left out, by the number its reader sees, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class InputAccount:
    """Rows of one input: `rows == used + merged + len(rejected)`."""

    rows: int
    used: int
    merged: int
    rejected: tuple[Rejected, ...]


@dataclass(slots=True)
class Ledger:
    """Notes, while an import runs, what each row of one input led to."""

    numbers: Sequence[int]
    used: set[int] = field(default_factory=set)
    same: set[int] = field(default_factory=set)
    reasons: dict[int, list[str]] = field(default_factory=dict)

    def reject(self, number: int, reason: str) -> None:
        """The row cannot be used, or only in part; one reason is kept once."""
        known = self.reasons.setdefault(number, [])
        if reason not in known:
            known.append(reason)

    def close(self) -> InputAccount:
        """The account: a rejection weighs most, then any use; what added nothing is merged."""
        used = merged = 0
        rejected: list[Rejected] = []
        for number in self.numbers:
            if number in self.reasons:
                rejected.append(Rejected(number, "; ".join(self.reasons[number])))
            elif number in self.used:
                used += 1
            elif number in self.same:
                merged += 1
            else:
                rejected.append(Rejected(number, "no rule of the map takes it"))
        return InputAccount(len(self.numbers), used, merged, tuple(rejected))


def as_lines(accounts: Mapping[str, InputAccount]) -> Iterable[str]:
    """The accounts for people: a line an input, then its rejected rows, equal reasons together."""
    for name, account in accounts.items():
        yield _(
            "{input}: {rows} rows = {used} used + {merged} merged + {rejected} rejected",
            input=name,
            rows=account.rows,
            used=account.used,
            merged=account.merged,
            rejected=len(account.rejected),
        )
        by_reason: dict[str, list[int]] = {}
        for found in account.rejected:
            by_reason.setdefault(found.reason, []).append(found.row)
        for reason, rows in by_reason.items():
            yield f"  {_rows(rows)}: {reason}"


def _rows(rows: Sequence[int], most: int = 8) -> str:
    if len(rows) == 1:
        return _("row {n}", n=rows[0])
    listed = ", ".join(str(row) for row in rows[:most])
    if len(rows) > most:
        listed = _("{rows} and {n} more", rows=listed, n=len(rows) - most)
    return _("{n} rows ({rows})", n=len(rows), rows=listed)
