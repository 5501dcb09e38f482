"""A, T: texts that ask for nothing new, or for something at no certain time."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.speaking import said
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.models import Record


@check("A311", "business-as-usual", Severity.WARNING)
def business_as_usual(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A title asks that things go on as they are.

    Maintain, continue, duy trì: nobody has to change anything, and no limit says when it has gone
    wrong. What shall stay as it is belongs into a KPI with limits.

    Bad:
        objectives:
          steady: {title: Maintain our market position, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          share: {name: Stores that list our jar, objective: steady, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          steady: {title: Every store of the town lists our jar, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          share: {name: Stores that list our jar, objective: steady, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Say what shall change; or watch it with `target: {at_least: …}` or `{between: [… , …]}`.
    """  # noqa: E501 - one record a line reads best here
    return said("A311", record, context, Severity.WARNING)


@check("T507", "relative-time", Severity.WARNING)
def relative_time(record: Record, context: Context) -> Iterable[Diagnostic]:
    """A text names a time that moves: soon, eventually, next year, trong thời gian tới.

    Whoever reads it in a year takes it for another day. What can be worked out (“next year”) gets a
    note, what cannot (“soon”) a warning.

    Bad:
        objectives:
          ready: {title: Every store gets its own shelf soon, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          shelf: {name: Stores with a shelf of ours, objective: ready, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          ready: {title: Every store gets its own shelf, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          shelf: {name: Stores with a shelf of ours, objective: ready, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Write the date, into `period:` or `due:`.
    """  # noqa: E501 - one record a line reads best here
    return said("T507", record, context, Severity.WARNING)
