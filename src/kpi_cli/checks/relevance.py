"""R: does it lead to the top, will somebody act on it, and did anybody look at it lately?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.checks.alignment import island, link_to_retired
from kpi_cli.checks.circles import cycle
from kpi_cli.checks.registry import Context, as_code, check
from kpi_cli.diagnostics import Diagnostic, Severity, Unknown
from kpi_cli.frozen import replace
from kpi_cli.models import Kpi
from kpi_cli.period import later

YEAR = 365
"""Days after which a KPI should have been looked at again."""


@check("R402", "no-path-to-top", Severity.ERROR)
def no_path_to_top(context: Context) -> Iterator[Diagnostic]:
    """No path leads from an objective up to one of the top level.

    What serves nothing the organisation wants may be good work, but nobody asked for it. It counts
    against every KPI of the cluster. `kpi validate` warns of the same as K121.

    Bad:
        teams:
          counter: {name: Counter, parent: shop}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, period: 2026-H2}
        kpis:
          wait: {name: Waiting time, objective: service, owner: minh, unit: min, target: {at_most: 4}, source: {manual: till}}

    Good:
        teams:
          counter: {name: Counter, parent: shop}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, supports: loyal, period: 2026-H2}
        kpis:
          wait: {name: Waiting time, objective: service, owner: minh, unit: min, target: {at_most: 4}, source: {manual: till}}

    Fix:
        Add `supports:` with the objective above, or give the objective to the top team.
    """  # noqa: E501 - one record a line reads best here
    for found in as_code("R402", island(context)):
        yield replace(found, concerns=context.plan.kpis_below(found.subject or ""))


@check("R403", "circular-support", Severity.ERROR)
def circular_support(context: Context) -> Iterator[Diagnostic]:
    """Objectives support one another in a circle, so none of them leads anywhere.

    It counts against every KPI in the circle. `kpi validate` says the same as K107.

    Bad:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: kind, period: 2026-H2}
          kind: {title: Help is kind, owner: minh, supports: quick, period: 2026-H2}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Good:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: kind, period: 2026-H2}
          kind: {title: Help is kind, owner: minh, supports: loyal, period: 2026-H2}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, target: {at_least: 9}, source: {manual: desk}}

    Fix:
        Delete one of the links.
    """  # noqa: E501 - one record a line reads best here
    for found in as_code("R403", cycle(context)):
        if found.subject and found.subject in context.plan.objectives:
            yield replace(found, concerns=context.plan.kpis_below(found.subject))


@check("R414", "no-decision-rule", Severity.INFO)
def no_decision_rule(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """Nobody says what happens if the figure moves the wrong way.

    A KPI that leads to no decision is a decoration. One sentence is enough, written while nobody is
    under pressure.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}, when_red: Lan asks ten regulars why}

    Fix:
        Write `when_red:` with what will be done, and by whom.
    """  # noqa: E501 - one record a line reads best here
    if kpi.when_red is None and not context.index.is_over(kpi):
        message = f"nobody says what will be done if '{kpi.id}' moves the wrong way"
        todo = "add `when_red:` with what will be done, and by whom"
        yield Diagnostic("R414", context.plan.place(kpi.id), message, kpi.id, todo)


@check("R415", "never-reviewed", Severity.WARNING)
def never_reviewed(context: Context) -> Iterator[Diagnostic | Unknown]:
    """For a year nobody has looked at a KPI itself, or something still leans on a retired one.

    Measures outlive their purpose. A review that covers the KPI, its objective or its team, a
    decision about it or a new target within the last year is a look. Where no review is recorded at
    all the rule cannot tell. A link to a retired KPI is an error; `kpi validate` says it as K124.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2025-01-01, due: 2026-12-31, target: {at_least: 60}, source: {manual: till}, actuals: {2026-04: 64, 2026-05: 66}, frequency: irregular}
        reviews:
          2026-05: {on: 2026-05-20, kind: monthly, covers: [orders]}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2025-01-01, end: 2026-12-31}}}
        kpis: {orders: {name: Orders, objective: loyal, owner: lan, unit: count, target: {at_least: 900}, source: {manual: web shop}, frequency: irregular}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, start: 2025-01-01, due: 2026-12-31, target: {at_least: 60}, source: {manual: till}, actuals: {2026-04: 64, 2026-05: 66}, frequency: irregular}
        reviews:
          2026-05: {on: 2026-05-20, kind: monthly, covers: [loyal]}
        # file: around.yaml
        people: {lan: {name: Lan}}
        objectives: {loyal: {title: Customers come back, owner: lan, period: {start: 2025-01-01, end: 2026-12-31}}}
        kpis: {orders: {name: Orders, objective: loyal, owner: lan, unit: count, target: {at_least: 900}, source: {manual: web shop}, frequency: irregular}}

    Fix:
        Cover it in the next review (`kpi review-metrics` helps), or retire it.
    """  # noqa: E501 - one record a line reads best here
    for found in as_code("R415", link_to_retired(context)):
        yield replace(found, severity=Severity.ERROR)
    plan, seen = context.plan, _looked_at(context)
    for kpi in plan.kpis.values():
        if kpi.status != "active" or context.index.is_over(kpi):
            continue
        if not plan.reviews:
            yield Unknown("R415", kpi.id)
            continue
        begun = _begun(kpi, context)
        old = begun is not None and begun < later(context.as_of, -YEAR)
        if old and not _covered(kpi, context, seen):
            message = f"no review has looked at '{kpi.id}' for a year"
            todo = f"cover '{kpi.id}' or its objective in the next review, or retire it"
            yield Diagnostic("R415", plan.place(kpi.id), message, kpi.id, todo)


def _begun(kpi: Kpi, context: Context) -> date | None:
    rows = context.plan.series[kpi.id]
    days = [context.plan.start_of(kpi), rows.periods[0].start if rows.periods else None]
    return min((day for day in days if day is not None), default=None)


def _looked_at(context: Context) -> set[str]:
    """Ids that reviews of the last year cover or decided about."""
    since, found = later(context.as_of, -YEAR), set[str]()
    for review in context.plan.reviews.values():
        if review.on is None or since <= review.on <= context.as_of:
            found.update(review.covers)
            for decision in review.decisions:
                found.update(one for one in (decision.kpi, decision.objective) if one)
            if not review.covers:
                found.update(context.plan.roots())
    return found


def _covered(kpi: Kpi, context: Context, seen: set[str]) -> bool:
    """Whether a look fell on the KPI, an objective above it, or its team or one above that."""
    plan, since = context.plan, later(context.as_of, -YEAR)
    if kpi.id in seen or any(
        since <= change.from_ <= context.as_of for change in kpi.target_changes
    ):
        return True
    if any(team in seen for team in plan.teams_above(plan.team_of(kpi))):
        return True
    waiting, known = [link.target for link in kpi.objective], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            return True
        if name in plan.objectives and name not in known:
            known.add(name)
            waiting += [link.target for link in plan.objectives[name].supports]
    return False
