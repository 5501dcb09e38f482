"""`kpi impact`: what would change if one figure, target or record did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _

if TYPE_CHECKING:
    from kpi_cli.kinds import Target
    from kpi_cli.kinds.base import Datum
    from kpi_cli.models import Kpi
    from kpi_cli.plan import Plan

CONTEXT = {"ignore_unknown_options": True}
"""So that a negative value is no option."""
_USAGE = "write `kpi impact ID --value V`, `--target T` or `--remove`"


def impact(
    run: Run,
    identifier: Annotated[
        str,
        argument(metavar="ID", help="A KPI or an objective.", find=ids_of("kpis", "objectives")),
    ],
    value: Annotated[
        str | None, option("--value", metavar="V", help="If its latest figure were V.")
    ] = None,
    target: Annotated[
        str | None, option("--target", metavar="T", help="If its target were T.")
    ] = None,
    remove: Annotated[bool, option("--remove", help="If it were not in the plan.")] = False,
) -> int:
    """Show every KPI and objective whose progress, status, coverage or balance would change.

    Nothing is written. The figures are those of `kpi status` after the same edit.

    Examples:
      kpi impact repeat-rate --value 41
      kpi impact repeat-rate --target "{at_least: 35}"
      kpi impact repeat-rate --remove --format json
    """
    from kpi_cli.analysis.impact import impact_of
    from kpi_cli.cli.documents import write_document
    from kpi_cli.views.impact import document, envelope
    from kpi_cli.views.words import day

    plan = run.loaded.plan
    need(plan, identifier, [*plan.kpis, *plan.objectives], "KPI or objective")
    if sum((value is not None, target is not None, remove)) != 1:
        raise CannotRun("say what would change, one thing at a time", help=_USAGE)
    what, changed = _changed(run, identifier, value, target)
    rows = impact_of(run.assessment, changed)
    write_document(
        run,
        lambda: document(what, rows, plan, day(run.as_of)),
        lambda: envelope(rows),
    )
    run.tell_left_out()
    return 0


def _changed(run: Run, name: str, value: str | None, target: str | None) -> tuple[str, Plan]:
    """What the change is in words, and the plan after it. Raises CannotRun."""
    from kpi_cli.analysis.impact import with_target, with_value, without
    from kpi_cli.views.goals import target_words

    plan = run.loaded.plan
    if value is None and target is None:
        return _("Without '{id}'", id=name), without(plan, name)
    kpi = plan.kpis.get(name)
    if kpi is None:
        raise CannotRun(f"'{name}' is an objective: it has no figure of its own", help=_USAGE)
    if target is not None:
        parsed = _target(plan, target)
        text = target_words(parsed, kpi.unit)
        told = _("With {target} as the target of '{id}'", target=text, id=name)
        return told, with_target(plan, kpi, parsed, run.as_of)
    datum = _datum(kpi, value or "")
    changed, period = with_value(plan, kpi, datum, run.as_of)
    told = _("With {value} for '{id}' in {period}", value=value, id=name, period=period)
    return told, changed


def _datum(kpi: Kpi, text: str) -> Datum:
    """A figure as the KPI takes it. Raises CannotRun."""
    from kpi_cli.plan.series import value_fault

    if kpi.formula is not None:
        raise CannotRun(
            f"'{kpi.id}' is computed from {kpi.formula}", help="change one of these instead"
        )
    targets = kpi.targets()
    if targets and all(one.takes == "nothing" for one in targets):
        raise CannotRun(
            f"'{kpi.id}' is judged by its milestones, not by figures",
            help="see what another `--target` would do, or mark a milestone `done:`",
        )
    datum: Datum
    try:
        datum = float(text)
    except ValueError:
        datum = {"true": True, "false": False}.get(text, text)
    fault = value_fault(kpi, datum)
    if fault is not None:
        raise CannotRun(fault[1], help=fault[2])
    return datum


def _target(plan: Plan, text: str) -> Target:
    """A target as written in a plan file. Raises CannotRun."""
    from kpi_cli.kinds import parse_target
    from kpi_cli.shape import ShapeError
    from kpi_cli.source import load

    data = load(f"target: {text}\n".encode()).data
    raw = data.get("target") if isinstance(data, dict) else None
    try:
        return parse_target(raw, plan.calendar)
    except ShapeError as error:
        fault = error.faults[0]
        raise CannotRun(
            f"--target: {fault.message}", help=fault.help or 'write 40, "+15%" or "{at_least: 9}"'
        ) from None
