"""`kpi evidence`: what the past says about a target and about declared leads."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need
from kpi_cli.locale import _


def evidence(
    run: Run,
    identifier: Annotated[
        str,
        argument(
            metavar="ID",
            help="The id of a KPI or an objective.",
            find=ids_of("kpis", "objectives"),
        ),
    ],
) -> int:
    """Hold a target against past spans, and declared leads against the figures at their lag.

    Leads are declared by people under `leads`; this tests only their own lag and searches for
    none. Both series need 36 common values.

    Examples:
      kpi evidence repeat-rate
      kpi evidence loyal-customers --format json
    """
    from kpi_cli.views.evidence import evidence_view

    plan = run.loaded.plan
    need(plan, identifier, [*plan.kpis, *plan.objectives], "KPI or objective")
    view = evidence_view(run.assessment, identifier)
    is_kpi = identifier in plan.kpis
    label = plan.kpis[identifier].name if is_kpi else plan.objectives[identifier].title

    def as_text() -> str:
        from kpi_cli.render.terminal.explain import steps as text
        from kpi_cli.views.words import day

        record = f"{label} ({identifier})"
        title = _("{record} on {day}", record=record, day=day(run.as_of))
        return text(title, view.steps, run.terminal)

    def as_json() -> str:
        from kpi_cli.render.json import evidence as as_json

        return as_json(view)

    run.write({"text": as_text, "json": as_json})
    run.tell_left_out()
    return 0
