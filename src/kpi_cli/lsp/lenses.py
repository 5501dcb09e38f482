"""The line above every KPI and objective: where it stands on the day."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_cli.lsp.cards import standing
from kpi_cli.lsp.seen import Buffer, Scores, Seen
from kpi_cli.source import Mark, record_lines


@dataclass(frozen=True, slots=True)
class Lens:
    """What stands above a line."""

    mark: Mark
    title: str


def lenses(seen: Seen, file: Buffer, scores: Scores) -> list[Lens]:
    """One for each KPI and objective of the file that the plan holds, in the order of the file."""
    found = []
    for (section, name), (start, _) in record_lines(file.raw).items():
        told = standing(seen.facts, name) if section in ("kpis", "objectives") else None
        if told:
            smart = f" · SMART {scores[name].total}" if name in scores else ""
            found.append(Lens(Mark(start + 1, 1, start + 1, 1), told + smart))
    return sorted(found, key=lambda lens: lens.mark.line)


def kpis_in(file: Buffer) -> list[str]:
    """The ids of the KPIs of a file."""
    return [name for section, name in record_lines(file.raw) if section == "kpis"]
