"""Whether data can stand in a plan file: the models read it before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from kpi_cli.edit.order import record_types
from kpi_cli.period import Calendar
from kpi_cli.plan.shape_errors import faults_of


def unsound(data: Mapping[str, Mapping[str, Any]], calendar: Calendar) -> Iterator[str]:
    """A line for each fault of each record: `kpis.id.field: what is wrong`."""
    types = record_types()
    for section, records in data.items():
        model = types[section]
        for identifier, record in records.items():
            try:
                model.model_validate({**record, "id": identifier}, context=calendar)
            except ValidationError as error:
                for fault in faults_of(error, model):
                    place = ".".join(map(str, (section, identifier, *fault.route)))
                    yield f"{place}: {fault.message}"
