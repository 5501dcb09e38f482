"""`kpi show`: one KPI or objective."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need, place_of


def show(
    run: Run,
    identifier: Annotated[
        str,
        argument(
            metavar="ID",
            help="The id of a KPI or an objective.",
            find=ids_of("kpis", "objectives"),
        ),
    ],
    strict: Annotated[
        bool, option("--strict", help="End with 1 when records with faults were left out.")
    ] = False,
) -> int:
    """Show one KPI with its series drawn, or one objective with what is below it.

    Examples:
      kpi show repeat-rate
      kpi show repeat-rate --format json
      kpi show loyal-customers --as-of 2026-05-31
    """
    plan = run.loaded.plan
    need(plan, identifier, [*plan.kpis, *plan.objectives], "KPI or objective")

    def as_text() -> str:
        from kpi_cli.render.terminal import show as terminal
        from kpi_cli.views.facts import facts_of
        from kpi_cli.views.kpi import kpi_page
        from kpi_cli.views.objective import objective_page
        from kpi_cli.views.show import drawing

        facts = facts_of(run.assessment, {identifier: place_of(run, identifier)})
        found = run.assessment.kpis.get(identifier)
        if found is None:
            page = objective_page(facts, run.assessment.objectives[identifier])
            return terminal.objective(page, run.terminal)
        return terminal.kpi(kpi_page(facts, found), drawing(facts, identifier), run.terminal)

    def as_json() -> str:
        from kpi_cli.render.json import show as as_json
        from kpi_cli.views.show import show_record

        return as_json(show_record(run.assessment, identifier))

    run.write({"text": as_text, "json": as_json})
    run.tell_left_out()
    return 1 if strict and run.loaded.left_out else 0
