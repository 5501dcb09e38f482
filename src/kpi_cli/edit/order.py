"""The order in which a plan file's sections and a record's keys are written: the format page's."""

from __future__ import annotations

from kpi_cli.models import Record
from kpi_cli.plan.model import SECTIONS


def sections() -> dict[str, tuple[str, ...]]:
    """Section -> keys of its records, both in writing order; `actuals` last, as it is longest."""
    return {section: _keys(record) for section, record in SECTIONS.items()}


def _keys(record: type[Record]) -> tuple[str, ...]:
    fields = record.model_fields.items()
    names = [found.alias or name for name, found in fields if not found.hidden]
    return tuple(sorted(names, key=lambda name: name == "actuals"))
