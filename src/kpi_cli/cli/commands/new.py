"""`kpi new`: a record of any kind, put where its kin live."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.creating import fields_of, kinds
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, inside, perform
from kpi_cli.cli.run import Run
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.edit.creating import Created
    from kpi_cli.edit.store import Edit

CONTEXT = {"ignore_unknown_options": True}
"""So that every field of a record can be given as an option."""


def new(
    run: Run,
    kind: Annotated[
        str,
        argument(
            metavar="KIND",
            help="team, person, objective, kpi, initiative, action, recognition, review or term.",
            find=kinds,
        ),
    ],
    fields: Annotated[
        list[str] | None,
        argument(
            metavar="[ID] [--FIELD VALUE]...",
            help="The id (made of the name otherwise), and any field of the format.",
            find=fields_of,
        ),
    ] = None,
    into: Annotated[
        str | None, option("--into", metavar="FILE", help="The plan file it goes into.")
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Add a record. On a terminal it asks for what is missing.

    It goes into the file where its kin live: a KPI beside the others of its objective, a person
    beside the team. What `kpi validate` will say of it is shown.

    Examples:
      kpi new kpi --name "Repeat rate" --objective loyal-customers --owner minh --unit %
      kpi new action call-lapsed --title "Call the lapsed accounts" --kpi repeat-rate --owner minh
      kpi new kpi nps --name NPS --target "{at_least: 40}" --into teams/sales.yaml --dry-run
    """
    from kpi_cli.edit.creating import Wish, create, parse_fields, section_of

    section_of(kind)
    identifier, given = parse_fields(fields or [])
    if sys.stdin.isatty() and not dry_run:
        run.speak()
        from kpi_cli.cli.asking import ask
        from kpi_cli.edit.creating import ids_of
        from kpi_cli.edit.files import Files

        files = Files(run.tree)
        given = ask(kind, given, lambda section: ids_of(files, section))
    wish = Wish(kind, identifier, given, inside(run, into) if into else None)
    done = perform(run, lambda snapshot: create(snapshot, wish, run.as_of), _text, dry_run=dry_run)
    for finding in done.said.findings:
        run.say(f"{finding.severity.value} {finding.code} {finding.name}: {finding.message}")
        if finding.help:
            run.say(f"     {finding.help}")
    return 0


def _text(done: Edit[Created]) -> str:
    from kpi_cli.render.text import one_line

    said = done.said
    text = _(
        "{id} is in {file}, under `{section}`", id=said.id, file=said.path, section=said.section
    )
    return one_line(text) + "\n"
