"""`kpi align`: does everybody pull the same way, and does somebody answer for each number?"""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import Ids, Objective, Owner, PeriodName, Tag, Team, selected


def align(
    run: Run,
    ids: Ids = None,
    team: Team = None,
    owner: Owner = None,
    objective: Objective = None,
    tag: Tag = None,
    period: PeriodName = None,
    everything: Annotated[
        bool,
        option("--all", "-a", help="List every deduction, owner and metric, not only the first."),
    ] = False,
    strict: Annotated[
        bool, option("--strict", help="End with 1 when records with faults were left out.")
    ] = False,
) -> int:
    """Show gaps, islands, conflicts, balance and load, and what each costs of 100 points.

    Every deduction names the file and line where it can be mended. A conflict between two
    objectives that people settled is recorded with `tension:` and costs nothing. The score is that
    of the whole plan; ids, --team, --owner and the like choose what is listed.

    Examples:
      kpi align
      kpi align --team sales
      kpi align --format markdown
      kpi align --format json --output align.json
    """
    from kpi_cli.cli.documents import write_document
    from kpi_cli.views.alignment import AlignView

    chosen = selected(run, ids, team, owner, objective, tag, period)
    view = AlignView(run.loaded, lambda: run.assessment, chosen)
    write_document(run, lambda: view.document(everything=everything), view.envelope)
    run.tell_left_out()
    return 1 if strict and run.loaded.left_out else 0
