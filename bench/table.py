"""Measured values beside their budgets, as a table that can be pasted into a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Upper bounds: `must` is promised, `stretch` is aimed at."""

    must: float
    stretch: float


# What each row is measured against; the names are those of the rows.
BUDGETS: dict[str, Budget] = {
    "kpi --version / B0": Budget(1.5, 1.1),
    "kpi --help / B0": Budget(8, 4),
    "validate cold 100 / B1": Budget(5, 2),
    "validate cold 1000 / B1": Budget(2, 1.2),
    "validate cold 10000 / B1": Budget(1.5, 0.8),
    "growth 100 to 1000": Budget(11, 10),
    "growth 1000 to 10000": Budget(11, 10),
    "status on top of validate, ms a KPI": Budget(3, 1.5),
    "status as text on top of validate, ms a KPI": Budget(1.5, 0.8),
    "signals and forecast, ms a KPI": Budget(3, 1.5),
    "check-smart beyond loading, ms a KPI": Budget(1.5, 1),
    "report of harbour-foods, s": Budget(0.4, 0.25),
    "align 1000 objectives, 10000 KPIs, s": Budget(2, 1),
    "diff of 10 files / validate": Budget(1.5, 1.1),
    "record in 5000 KPIs, s beyond start-up": Budget(0.3, 0.2),
    "rename in 5000 KPIs, s": Budget(2, 1),
    "lsp, change to findings in 1000 KPIs, s": Budget(0.6, 0.3),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measured value; `note` says what it was made of."""

    name: str
    value: float
    note: str = ""

    @property
    def budget(self) -> Budget | None:
        """Its budget, where it has one."""
        return BUDGETS.get(self.name)

    @property
    def verdict(self) -> str:
        """`stretch`, `must` or `MISSED`; empty without a budget."""
        if self.budget is None:
            return ""
        if self.value <= self.budget.stretch:
            return "stretch"
        return "must" if self.value <= self.budget.must else "MISSED"


HEAD = ("what", "measured", "must", "stretch", "reached", "of")


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table with padded columns."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    must, stretch = (f"{row.budget.must:g}", f"{row.budget.stretch:g}") if row.budget else ("", "")
    return (row.name, f"{row.value:.2f}", must, stretch, row.verdict, row.note)
