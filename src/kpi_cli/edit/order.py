"""The order in which a plan file's sections and a record's keys are written: the format page's."""

from __future__ import annotations

from kpi_cli.models import (
    Action,
    GlossaryTerm,
    Initiative,
    Kpi,
    Objective,
    Person,
    Recognition,
    Record,
    Review,
    Team,
)

_RECORDS: tuple[type[Record], ...] = (
    Team, Person, Objective, Kpi, Initiative, Action, Recognition, Review, GlossaryTerm,
)  # fmt: skip


def sections() -> dict[str, tuple[str, ...]]:
    """Section -> keys of its records, both in writing order; `actuals` last, as it is longest."""
    return {record.section: _keys(record) for record in _RECORDS}


def record_types() -> dict[str, type[Record]]:
    """Section -> the model of its records."""
    return {record.section: record for record in _RECORDS}


def _keys(record: type[Record]) -> tuple[str, ...]:
    fields = record.model_fields.items()
    names = [found.alias or name for name, found in fields if not found.exclude]
    return tuple(sorted(names, key=lambda name: name == "actuals"))
