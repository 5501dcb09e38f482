"""`kpi tree`: how objectives and KPIs support each other."""

from __future__ import annotations

from typing import Annotated

import typer

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need


def tree(
    run: Run,
    focus: Annotated[
        str | None,
        typer.Option(
            "--focus",
            metavar="ID",
            help="Only what is above and below this record.",
            autocompletion=ids_of("kpis", "objectives"),
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 when records with faults were left out.")
    ] = False,
) -> int:
    """Show the cascade from the organisation's objectives down to a person's.

    Examples:
      kpi tree
      kpi tree --focus loyal-customers
      kpi tree --format markdown
    """
    from kpi_cli.views.tree import tree_view, twigs

    plan = run.loaded.plan
    if focus:
        need(plan, focus, [*plan.kpis, *plan.objectives], "KPI or objective")
    view = tree_view(run.assessment, focus)

    def as_text() -> str:
        from kpi_cli.render.terminal.tree import tree as text
        from kpi_cli.views.facts import facts_of
        from kpi_cli.views.words import day

        name = plan.config.name
        title = f"{name} · {day(run.as_of)}" if name else day(run.as_of)
        return text(title, twigs(facts_of(run.assessment), view), run.terminal)

    def as_markdown() -> str:
        from kpi_cli.render.markdown import tree as markdown
        from kpi_cli.views.facts import facts_of

        return markdown(twigs(facts_of(run.assessment), view), view)

    def as_json() -> str:
        from kpi_cli.render.json import tree as as_json

        return as_json(view)

    run.write({"text": as_text, "markdown": as_markdown, "json": as_json})
    run.tell_left_out()
    return 1 if strict and run.loaded.left_out else 0
