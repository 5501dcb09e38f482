"""`kpi check-in`: the owner's word beside the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of, words
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, perform
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.edit.checking_in import CheckedIn
    from kpi_cli.edit.store import Edit


def check_in(
    run: Run,
    identifier: Annotated[
        str,
        argument(
            metavar="ID",
            help="A KPI or an objective.",
            find=ids_of("kpis", "objectives"),
        ),
    ],
    status: Annotated[
        str | None,
        option(
            "--status",
            metavar="STATUS",
            help="on_track, at_risk, off_track.",
            find=words("on_track", "at_risk", "off_track"),
        ),
    ] = None,
    note: Annotated[str | None, option("--note", help="What is behind it.")] = None,
    confidence: Annotated[
        str | None, option("--confidence", metavar="SHARE", help="0 to 1; 0.7 is 70 %.")
    ] = None,
    cause: Annotated[
        str | None,
        option(
            "--cause",
            help="resource, dependency, clarity, priority, quality, process, capacity, external.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        option(
            "--by",
            metavar="ID",
            help="Whose word (default: the owner's).",
            find=ids_of("people"),
        ),
    ] = None,
    on: Annotated[
        str | None, option("--on", metavar="DATE", help="Of which day (default: --as-of).")
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Add the owner's word on a KPI or an objective: a status, a note, how sure.

    It is shown beside what the figures say and never replaces it.

    Examples:
      kpi check-in repeat-rate --status at_risk --note "Carrier strike" --confidence 0.6
      kpi check-in loyal-customers --status on_track --by lan
    """
    from kpi_cli.edit.checking_in import Word
    from kpi_cli.edit.checking_in import check_in as edit
    from kpi_cli.edit.entries import number
    from kpi_cli.period import BadPeriod, parse_day

    try:
        day = parse_day(on) if on else run.as_of
        share = number(confidence) if confidence else None
    except BadPeriod as error:
        raise CannotRun(f"--on: {error}") from None
    except ValueError:
        raise CannotRun(f"K205: '{confidence}' is not a number", help="0.7 means 70 %") from None
    word = Word(identifier, day, status, note, share, cause, by, confidence or "")
    done = perform(
        run, lambda s: edit(s, word, run.as_of), lambda d: _text(run, d), dry_run=dry_run
    )
    for warning in done.said.warnings:
        run.say(f"kpi: {warning}")
    return 0


def _text(run: Run, done: Edit[CheckedIn]) -> str:
    from kpi_cli.render.terminal.edits import effects
    from kpi_cli.render.text import one_line
    from kpi_cli.views.effects import effect

    said = done.said
    if said.kpi is None or said.before is None or said.after is None:
        return one_line(_("{id}: checked in, in {file}", id=said.id, file=said.path))
    return effects([effect(said.kpi, (), said.path, said.before, said.after)], run.terminal)
