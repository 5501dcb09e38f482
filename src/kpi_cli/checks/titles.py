"""O: titles of objectives. They may be qualitative; they may not be figures or work orders."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.checks.registry import Context, check
from kpi_cli.checks.speaking import said
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.models import Objective


@check("O601", "objective-is-a-metric", Severity.WARNING)
def is_a_metric(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """An objective is a figure: “Raise sales by 20 %”.

    A figure moves nobody and hides what it is for. It is the evidence: a KPI of the objective.

    Bad:
        objectives:
          more: {title: Raise sales by 20 %, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sales: {name: Net sales, objective: more, owner: minh, unit: USD, target: {at_least: 9}, source: {manual: till}}

    Good:
        objectives:
          more: {title: Families buy all they cook with from us, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sales: {name: Net sales, objective: more, owner: minh, unit: USD, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Say in words what will be different for whom, and make the figure a KPI.
    """  # noqa: E501 - one record a line reads best here
    return said("O601", objective, context, Severity.WARNING)


@check("O602", "two-objectives-joined", Severity.INFO)
def two_joined(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """A title joins two objectives.

    One may come true without the other. Often one is the means of the other: then the end is the
    objective, and the means an initiative.

    Bad:
        objectives:
          both: {title: Win the north and become the best employer, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          stores: {name: Stores in the north, objective: both, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Good:
        objectives:
          north: {title: Families of the north know our jar, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          stores: {name: Stores in the north, objective: north, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Make two objectives of it, or keep the one that matters.
    """  # noqa: E501 - one record a line reads best here
    return said("O602", objective, context, Severity.INFO)


@check("O603", "negative-tone", Severity.INFO)
def negative_tone(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """A title names what to get away from.

    Where to go moves people more than what to flee. Too often wrong to be on by default: profile
    `strict` runs it.

    Bad:
        objectives:
          calm: {title: Stop the complaints of our stores, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          said: {name: Stores that reorder, objective: calm, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Good:
        objectives:
          calm: {title: Stores get what they ordered, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          said: {name: Stores that reorder, objective: calm, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Say where to go instead.

    Setting:
        Off unless `checks: {profile: strict}`.
    """  # noqa: E501 - one record a line reads best here
    return said("O603", objective, context, Severity.INFO)


@check("O604", "solution-prescribed", Severity.WARNING)
def solution(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """An objective orders a piece of work: “Implement the new system”.

    Once it is done nobody knows whether it helped, and no better way can be found meanwhile. What
    is lived (“Build a culture of trust”) is no piece of work, and “to reduce …” says what it is for.

    Bad:
        objectives:
          tool: {title: Implement a new warehouse system, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sent: {name: Orders sent on the day, objective: tool, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Good:
        objectives:
          tool: {title: Every order leaves our store on the day, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sent: {name: Orders sent on the day, objective: tool, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Say what will be different for whom, and make the work an initiative.
    """  # noqa: E501 - one record a line reads best here
    return said("O604", objective, context, Severity.WARNING)


@check("O605", "no-beneficiary", Severity.INFO)
def no_beneficiary(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """A title names nobody for whom it is good.

    People work for people. A title with a customer, a team or a place in it is remembered.

    Bad:
        objectives:
          lean: {title: Short ways through the warehouse, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sent: {name: Orders sent on the day, objective: lean, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Good:
        objectives:
          lean: {title: Customers get their order on the day, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sent: {name: Orders sent on the day, objective: lean, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Name them: customers, a team, the people of a place.
    """  # noqa: E501 - one record a line reads best here
    return said("O605", objective, context, Severity.INFO)


@check("O606", "long-title", Severity.INFO)
def long_title(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """A title has more than twelve words.

    An objective that nobody knows by heart guides nobody. The reason has a place of its own.

    Bad:
        objectives:
          wide: {title: Customers in every one of our stores find the jar they came for on the shelf, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sent: {name: Orders sent on the day, objective: wide, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Good:
        objectives:
          wide: {title: Customers find the jar they came for, owner: minh, period: 2026-H2, supports: loyal}
        kpis:
          sent: {name: Orders sent on the day, objective: wide, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Say it in at most twelve, and the reason in `why:`.
    """  # noqa: E501 - one record a line reads best here
    return said("O606", objective, context, Severity.INFO)
