"""R: does what guards a KPI really guard it?"""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.models import Kpi


@check("R406", "weak-guardrail", Severity.WARNING)
def weak_guardrail(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A guardrail guards nothing: it is the KPI itself, its whole, unowned, or has no limit.

    A guardrail must be able to say "no further". For that it needs a figure of its own, a limit,
    and somebody who speaks up.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}, guardrails: [visits]}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}, guardrails: [orders]}

    Fix:
        Name another KPI, or give this one `target: {at_least: …}` and an owner.
    """  # noqa: E501 - one record a line reads best here
    for at, name in enumerate(kpi.guardrails):
        guard = context.plan.kpis.get(name)
        if guard is None or context.index.is_over(kpi):
            continue
        found = _weakness(kpi, guard)
        if found is None:
            continue
        why, todo = found
        other = context.plan.place(name)
        related = (Related(other, f"'{name}' is defined here"),) if name != kpi.id else ()
        yield Diagnostic(
            "R406",
            context.plan.place(kpi.id, "guardrails", at),
            f"the guardrail '{name}' of '{kpi.id}' {why}",
            kpi.id,
            todo,
            related,
        )


def _weakness(kpi: Kpi, guard: Kpi) -> tuple[str, str] | None:
    if guard.id == kpi.id:
        return "is the KPI itself", "name a KPI that would show the damage"
    if kpi.part_of == guard.id:
        return "is the whole it is a part of", "name a KPI that would show the damage"
    if guard.target is None and not guard.targets():
        return "has no limit", f"give '{guard.id}' `target: {{at_least: …}}` or `{{at_most: …}}`"
    if guard.owner is None:
        return "belongs to nobody", f"give '{guard.id}' an `owner:`"
    return None
