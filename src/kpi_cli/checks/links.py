"""Links that lead nowhere: ids that name no record, or one of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.index import NOUNS
from kpi_cli.checks.references import Reference
from kpi_cli.checks.registry import Context, check, found_by_reader
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.shape import brief


@found_by_reader("K101", "duplicate-id")
def duplicate_id() -> None:
    """Two records bear the same id.

    Everything in the workspace is named by its id, whatever its kind and its file. With two
    records of one name nobody can say which of them a link, an actual or a review means, so only
    the first is used.

    Bad:
        people:
          orders: {name: Orders desk, team: shop}

    Good:
        people:
          orders-desk: {name: Orders desk, team: shop}

    Fix:
        Give one of the two another id; `kpi rename` changes every link to it as well.
    """


@check("K102", "unknown-objective", Severity.ERROR)
def unknown_objective(context: Context) -> Iterator[Diagnostic]:
    """A record names an objective that does not exist.

    A KPI is evidence for an objective. If the id leads nowhere, the KPI counts for nothing and
    the objective it was meant for looks worse covered than it is.

    Bad:
        kpis:
          reorders:
            name: Customers who order again
            objective: loyalty
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: web shop}

    Good:
        kpis:
          reorders:
            name: Customers who order again
            objective: loyal
            owner: lan
            unit: count
            target: {at_least: 60}
            source: {manual: web shop}

    Fix:
        Write the id of an objective as it stands under `objectives:`.
    """
    yield from _unknown(context, "K102")


@check("K103", "unknown-kpi", Severity.ERROR)
def unknown_kpi(context: Context) -> Iterator[Diagnostic]:
    """A record, or a row of actuals, names a KPI that does not exist.

    Guardrails, leads, initiatives, actions and rows of CSV files lean on KPIs by id. A wrong id
    means that the guardrail guards nothing, or that the figure reaches no KPI.

    Bad:
        actions:
          call-customers: {title: Call the lapsed customers, kpi: ordres, owner: lan}

    Good:
        actions:
          call-customers: {title: Call the lapsed customers, kpi: orders, owner: lan}

    Fix:
        Write the id of a KPI as it stands under `kpis:`.
    """
    yield from _unknown(context, "K103")


@check("K104", "unknown-person", Severity.ERROR)
def unknown_person(context: Context) -> Iterator[Diagnostic]:
    """A record names a person who does not exist.

    An owner who is not in the plan cannot be asked. This also happens when somebody has left and
    was taken out of `people:` while still owning things.

    Bad:
        teams:
          shop-north: {name: Northern shop, lead: lann}
        objectives:
          north: {title: The north knows us, owner: minh, team: shop-north, supports: loyal, period: 2026-H2}
        kpis:
          visits: {name: Visits, objective: north, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Good:
        teams:
          shop-north: {name: Northern shop, lead: lan}
        objectives:
          north: {title: The north knows us, owner: minh, team: shop-north, supports: loyal, period: 2026-H2}
        kpis:
          visits: {name: Visits, objective: north, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}

    Fix:
        Write the id of a person, or add the person under `people:`.
    """  # noqa: E501 - one record a line reads best here
    yield from _unknown(context, "K104")


@check("K105", "unknown-team", Severity.ERROR)
def unknown_team(context: Context) -> Iterator[Diagnostic]:
    """A record names a team that does not exist.

    Views by team, and the default team of a person's objectives, follow this link. With a wrong
    id the record falls out of its department's page.

    Bad:
        people:
          quang: {name: Quang, team: shopp}

    Good:
        people:
          quang: {name: Quang, team: shop}

    Fix:
        Write the id of a team, or add the team under `teams:`.
    """
    yield from _unknown(context, "K105")


@check("K106", "unknown-parent", Severity.ERROR)
def unknown_parent(context: Context) -> Iterator[Diagnostic]:
    """An objective supports, or a team belongs to, something that does not exist.

    The cascade is made of these links. A wrong one cuts off everything below it from the goals
    of the organisation, silently, if nobody says so.

    Bad:
        objectives:
          quick-help: {title: Help comes the same day, owner: minh, supports: [loyall], period: 2026-H2}
        kpis:
          answers: {name: Answers, objective: quick-help, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          quick-help: {title: Help comes the same day, owner: minh, supports: [loyal], period: 2026-H2}
        kpis:
          answers: {name: Answers, objective: quick-help, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Write the id of the objective (or team) above, or leave the key out at the very top.
    """  # noqa: E501 - one record a line reads best here
    yield from _unknown(context, "K106")


def _unknown(context: Context, code: str) -> Iterator[Diagnostic]:
    for record, reference in context.index.unknown.get(code, ()):
        place = context.plan.place(record.id, *reference.route)
        yield Diagnostic(
            code,
            place.at_key() if reference.part == "key" else place,
            _message(context, reference),
            record.id,
            _help(context, reference),
        )


def _message(context: Context, reference: Reference) -> str:
    wanted = " or ".join(NOUNS[section] for section in reference.sections)
    actual = context.index.noun_of(reference.target)
    if actual:
        return f"'{reference.target}' is {actual}, where {wanted} is needed"
    noun = wanted.removeprefix("an ").removeprefix("a ").replace("or a ", "or ")
    return f"there is no {noun} '{brief(reference.target)}'"


def _help(context: Context, reference: Reference) -> str:
    hint = context.index.near(reference.sections).hint(reference.target)
    section = reference.sections[0]
    if hint or not getattr(context.plan, section):
        return hint or f"add it under `{section}:`"
    return f"write an id that stands under `{section}:`, or add this one there"
