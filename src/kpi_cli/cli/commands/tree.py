"""`kpi tree`: how objectives and KPIs support each other."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import (
    Ids,
    Objective,
    Owner,
    PeriodName,
    Tag,
    Team,
    need,
    selected,
)
from kpi_cli.errors import CannotRun


def tree(
    run: Run,
    ids: Ids = None,
    team: Team = None,
    owner: Owner = None,
    objective: Objective = None,
    tag: Tag = None,
    period: PeriodName = None,
    focus: Annotated[
        str | None,
        option(
            "--focus",
            metavar="ID",
            help="Only what is above and below this record.",
            find=ids_of("kpis", "objectives"),
        ),
    ] = None,
    strict: Annotated[
        bool, option("--strict", help="End with 1 when records with faults were left out.")
    ] = False,
) -> int:
    """Show the cascade from the organisation's objectives down to a person's.

    With ids, --team, --owner and the like these records are shown with what is above them.

    Examples:
      kpi tree
      kpi tree --team sales
      kpi tree --focus loyal-customers
      kpi tree --format markdown
    """
    from kpi_cli.views.status import chosen as chosen_ids
    from kpi_cli.views.tree import tree_view, twigs

    plan = run.loaded.plan
    if focus:
        need(plan, focus, [*plan.kpis, *plan.objectives], "KPI or objective")
    chosen = selected(run, ids, team, owner, objective, tag, period)
    if focus and not chosen.everything:
        raise CannotRun("--focus shows one record; leave the other choices out")
    only = None if chosen.everything else [*chain(*chosen_ids(run.assessment, chosen))]
    view = tree_view(run.assessment, focus, only)

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
