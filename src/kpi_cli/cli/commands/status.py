"""`kpi status`: where everything stands, exceptions first."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import Ids, Objective, Owner, PeriodName, Tag, Team, selected


def status(
    run: Run,
    ids: Ids = None,
    team: Team = None,
    owner: Owner = None,
    objective: Objective = None,
    tag: Tag = None,
    period: PeriodName = None,
    everything: Annotated[
        bool, option("--all", "-a", help="List what is on track too, not only count it.")
    ] = False,
    strict: Annotated[
        bool, option("--strict", help="End with 1 when records with faults were left out.")
    ] = False,
) -> int:
    """Show progress, status and freshness, what needs attention first.

    Examples:
      kpi status
      kpi status --team sales --as-of 2026-05-31
      kpi status --format json
      kpi status --all --format csv --output status.csv
    """
    from kpi_cli.views.status import status_view

    which = selected(run, ids, team, owner, objective, tag, period)

    def as_text() -> str:
        from kpi_cli.render.terminal.status import status as text
        from kpi_cli.views.board import board
        from kpi_cli.views.facts import facts_of

        return text(board(facts_of(run.assessment), which, everything=everything), run.terminal)

    def as_markdown() -> str:
        from kpi_cli.render.markdown import status as markdown
        from kpi_cli.views.board import board
        from kpi_cli.views.facts import facts_of

        return markdown(board(facts_of(run.assessment), which, everything=everything))

    def as_json() -> str:
        from kpi_cli.render.json import status as as_json

        return as_json(status_view(run.assessment, which))

    def as_csv() -> str:
        from kpi_cli.render.csv import status as as_csv

        return as_csv(status_view(run.assessment, which))

    run.write({"text": as_text, "json": as_json, "csv": as_csv, "markdown": as_markdown})
    run.tell_left_out()
    return 1 if strict and run.loaded.left_out else 0
