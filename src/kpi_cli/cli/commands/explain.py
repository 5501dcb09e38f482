"""`kpi explain`: a rule, or how a number and a status came about."""

from __future__ import annotations

import re
from typing import Annotated

from kpi_cli.cli.completing import codes_and_ids
from kpi_cli.cli.declare import argument
from kpi_cli.cli.run import Run
from kpi_cli.cli.selecting import need
from kpi_cli.errors import CannotRun
from kpi_cli.locale import _


def explain(
    run: Run,
    what: Annotated[
        str,
        argument(
            metavar="CODE|ID",
            help="A rule's code, or the id of a KPI or objective.",
            find=codes_and_ids("kpis", "objectives"),
        ),
    ],
) -> int:
    """Explain a rule with examples, or each step of a number with the figures put in.

    Examples:
      kpi explain K102
      kpi explain repeat-rate
      kpi explain repeat-rate --as-of 2026-05-31
    """
    if re.fullmatch(r"[A-Z]\d{3}", what):
        return _rule(run, what)
    return _record(run, what)


def _rule(run: Run, code: str) -> int:
    from kpi_cli.checks.registry import catalogue
    from kpi_cli.shape import did_you_mean

    rule = catalogue().get(code)
    if rule is None:
        hint = did_you_mean(code, catalogue()) or "`kpi rules` lists them"
        raise CannotRun(f"there is no rule {code}", help=hint)

    def as_text() -> str:
        from kpi_cli.render.terminal.explain import page

        return page(rule, run.terminal)

    def as_json() -> str:
        from kpi_cli.render.json import rules

        return rules([rule])

    run.write({"text": as_text, "json": as_json})
    return 0


def _record(run: Run, identifier: str) -> int:
    from kpi_cli.checks.registry import catalogue
    from kpi_cli.views.explain import explain_kpi
    from kpi_cli.views.explain_objective import explain_objective

    plan = run.loaded.plan
    known = [*plan.kpis, *plan.objectives]
    if identifier not in known and identifier.upper() in catalogue():
        return _rule(run, identifier.upper())
    need(plan, identifier, known, "KPI or objective")
    is_kpi = identifier in plan.kpis
    explain_it = explain_kpi if is_kpi else explain_objective
    label = plan.kpis[identifier].name if is_kpi else plan.objectives[identifier].title

    def as_text() -> str:
        from kpi_cli.render.terminal.explain import steps as text
        from kpi_cli.views.words import day

        record = f"{label} ({identifier})"
        title = _("{record} on {day}", record=record, day=day(run.as_of))
        return text(title, explain_it(run.assessment, identifier), run.terminal)

    def as_json() -> str:
        from kpi_cli.render.json import dump

        steps = explain_it(run.assessment, identifier)
        return dump(
            {"schema": "kpi-explain/1", "as_of": run.as_of, "id": identifier, "steps": steps}
        )

    run.write({"text": as_text, "json": as_json})
    run.tell_left_out()
    return 0
