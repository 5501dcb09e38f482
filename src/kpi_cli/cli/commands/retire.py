"""`kpi retire`: give a KPI up, and say what that leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.editing import DryRun, perform
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.edit.retiring import Retired
    from kpi_cli.edit.store import Edit


def retire(
    run: Run,
    identifier: Annotated[str, argument(metavar="ID", help="The KPI.", find=ids_of("kpis"))],
    reason: Annotated[str, option("--reason", help="Why it is given up.")],
    replaced_by: Annotated[
        str | None,
        option(
            "--replaced-by",
            metavar="ID",
            help="The KPI that follows it.",
            find=ids_of("kpis"),
        ),
    ] = None,
    on: Annotated[
        str | None, option("--on", metavar="DATE", help="Since when (default: --as-of).")
    ] = None,
    dry_run: DryRun = False,
) -> int:
    """Mark a KPI as retired, with the reason; its history stays.

    Says which objectives it leaves without evidence, and who still names it.

    Example: kpi retire repeat-rate --reason "the shop moved" --replaced-by nrr
    """
    from kpi_cli.edit.retiring import Retirement
    from kpi_cli.edit.retiring import retire as edit
    from kpi_cli.period import BadPeriod, parse_day

    try:
        day = parse_day(on) if on else run.as_of
    except BadPeriod as error:
        raise CannotRun(f"--on: {error}") from None
    wish = Retirement(identifier, reason, day, replaced_by)
    done = perform(run, lambda snapshot: edit(snapshot, wish), _text, dry_run=dry_run)
    for objective in done.said.without_evidence:
        told = _("'{id}' has no KPI any more; give it one, or close it", id=objective)
        run.say(f"kpi: {told}")
    for name, key in done.said.still_named:
        run.say("kpi: " + _("'{id}' still names it under `{key}`", id=name, key=key))
    return 0


def _text(done: Edit[Retired]) -> str:
    from kpi_cli.render.text import one_line

    text = _("{id} is retired, in {file}", id=done.said.kpi, file=done.said.path)
    return one_line(text) + "\n"
