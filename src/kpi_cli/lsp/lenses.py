"""The line above every KPI and objective: where it stands on the day."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_cli.lsp.cards import standing
from kpi_cli.lsp.seen import Buffer, Seen
from kpi_cli.source import Mark, record_lines


@dataclass(frozen=True, slots=True)
class Lens:
    """What stands above a line."""

    mark: Mark
    title: str


def lenses(seen: Seen, file: Buffer) -> list[Lens]:
    """One for each KPI and objective of the file that the plan holds, in the order of the file."""
    found = []
    for (section, name), (start, _) in record_lines(file.raw).items():
        told = standing(seen.facts, name) if section in ("kpis", "objectives") else None
        if told:
            found.append(Lens(Mark(start + 1, 1, start + 1, 1), told))
    return sorted(found, key=lambda lens: lens.mark.line)
