"""Whether texts can stand in a workspace: the plan's own reader reads them beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.plan.read import Reading, read_config, read_document
from kpi_cli.source import load


def unsound(settings: bytes, plan_files: Mapping[str, bytes]) -> list[str]:
    """A line for each fault of shape: `kpis.id.field: what is wrong`.

    `settings` is the text of `kpi.yaml`; `plan_files` are texts by name.
    """
    config, diagnostics = read_config(load(settings))
    reading = Reading(config, config.new_calendar())
    for name, raw in plan_files.items():
        read_document(reading, name, load(raw))
    found = [*diagnostics, *reading.diagnostics]
    return [_line(one) for one in found if one.severity in (None, Severity.ERROR)]


def _line(fault: Diagnostic) -> str:
    place = ".".join(map(str, fault.place.route)) or fault.place.path
    return f"{place}: {fault.message}"
