"""Measured values beside their budgets, as a table that can be pasted into a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Bounds: `must` is promised, `stretch` is aimed at; lower bounds where more is better."""

    must: float
    stretch: float
    more_is_better: bool = False


# What each row is measured against; the names are those of the rows.
BUDGETS: dict[str, Budget] = {
    "kpi --version / B0": Budget(1.5, 1.1),
    "kpi --help / B0": Budget(8, 4),
    "completion of an id in 1000 KPIs, warm / B0": Budget(8, 3),
    "validate cold 100 / B1": Budget(5, 2),
    "validate cold 1000 / B1": Budget(2, 1.2),
    "validate cold 10000 / B1": Budget(1.5, 0.8),
    "validate cold 100000 / B1": Budget(1.5, 0.8),
    "validate cold 100000, peak MiB": Budget(600, 250),
    "growth 100 to 1000": Budget(11, 10),
    "growth 1000 to 10000": Budget(11, 10),
    "growth 10000 to 100000": Budget(11, 10),
    "validate warm 1000 / B2": Budget(5, 1.5),
    "validate warm 10000 / B2": Budget(1.5, 0.5),
    "validate warm 100000 / B2": Budget(0.7, 0.2),
    "fresh clone with restored cache 10000 / cold": Budget(0.15, 0.05),
    "validate 1000, times faster than check-jsonschema": Budget(25, 50, True),
    "validate 10000, times faster than check-jsonschema": Budget(25, 50, True),
    "validate 1000, times faster than yamllint": Budget(25, 50, True),
    "validate 1000, times faster than doorstop": Budget(4, 10, True),
    "validate 1000, times faster than strictdoc": Budget(15, 30, True),
    "status on top of validate, ms a KPI": Budget(3, 1.5),
    "status as text on top of validate, ms a KPI": Budget(1.5, 0.8),
    "signals and forecast, ms a KPI": Budget(3, 1.5),
    "check-smart beyond loading, ms a KPI": Budget(1.5, 1),
    "report of 18 KPIs, s": Budget(0.4, 0.25),
    "report of 1000 KPIs, whole site, s": Budget(5, 2.5),
    "report of 10000 KPIs, whole site, s": Budget(40, 20),
    "serve, rebuild after one change in 1000 KPIs, s": Budget(5, 2.5),
    "align 1000 objectives, 10000 KPIs, s": Budget(2, 1),
    "diff of 10 files / validate": Budget(1.5, 1.1),
    "record in 5000 KPIs, s beyond start-up": Budget(0.3, 0.2),
    "rename in 5000 KPIs, s": Budget(2, 1),
    "lsp, change to findings in 1000 KPIs, s": Budget(0.6, 0.3),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measured value of a part of the bench; `note` says what it was made of.

    `at_least`: the value is a lower bound, since a command was ended at its limit.
    """

    name: str
    value: float
    note: str = ""
    part: str = ""
    at_least: bool = False

    @property
    def budget(self) -> Budget | None:
        """Its budget, where it has one."""
        return BUDGETS.get(self.name)

    @property
    def verdict(self) -> str:
        """`stretch`, `must` or `MISSED`; empty without a budget."""
        budget = self.budget
        if budget is None:
            return ""
        # More is better: the signs are turned, so that less is.
        sign = -1 if budget.more_is_better else 1
        if sign * self.value <= sign * budget.stretch:
            return "stretch"
        return "must" if sign * self.value <= sign * budget.must else "MISSED"

    @property
    def shown(self) -> str:
        """The value with about three digits that count; `>` before a lower bound."""
        digits = 3 if abs(self.value) < 0.1 else 2 if abs(self.value) < 100 else 0
        return f"{'> ' if self.at_least else ''}{self.value:.{digits}f}"


HEAD = ("what", "measured", "must", "stretch", "reached", "of")


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table with padded columns."""
    return grid(HEAD, [_cells(row) for row in rows])


def promises(rows: Mapping[str, Row]) -> str:
    """Every budget in its order; one without a row is said not to have been measured."""
    lines = [
        _cells(rows[name]) if name in rows else (name, "", *_bounds(budget), "not measured", "")
        for name, budget in BUDGETS.items()
    ]
    return grid(HEAD, lines)


def grid(head: Sequence[str], lines: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """Cells as a Markdown table with padded columns; the columns `numbers` stand to the right."""
    cells = [head, *lines]
    right = set(numbers)
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]

    def padded(line: Sequence[str]) -> str:
        each = zip(line, widths, strict=True)
        shown = [
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(each)
        ]
        return f"| {' | '.join(shown)} |"

    rule = ["-" * (width + 1) + (":" if at in right else "-") for at, width in enumerate(widths)]
    return "\n".join([padded(cells[0]), f"|{'|'.join(rule)}|", *map(padded, cells[1:])])


def _cells(row: Row) -> tuple[str, ...]:
    return (row.name, row.shown, *_bounds(row.budget), row.verdict, row.note)


def _bounds(budget: Budget | None) -> tuple[str, str]:
    if budget is None:
        return "", ""
    sign = "≥ " if budget.more_is_better else ""
    return f"{sign}{budget.must:g}", f"{sign}{budget.stretch:g}"
