"""A and R: does everybody pull one way? What `kpi align` prices, said record by record.

The findings are those of `analysis.coherence`; here they get their pages, and what the plan sets
aside costs nothing there either.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity


@check("A303", "owner-overload", Severity.WARNING)
def owner_overload(context: Context) -> Iterator[Diagnostic]:
    """One person answers for more KPIs than anybody can look after.

    Seven is the default. Whoever owns twenty owns none: they get reported, not managed.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: minh, unit: count, target: {at_least: 60}, source: {manual: till}}
          baskets: {name: Baskets, objective: loyal, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}
        # file: kpi.yaml
        version: 1
        limits: {kpis_per_owner: 1}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: minh, unit: count, target: {at_least: 60}, source: {manual: till}}
        # file: kpi.yaml
        version: 1
        limits: {kpis_per_owner: 1}

    Fix:
        Hand some over, or stop measuring what nobody acts on.

    Setting:
        `limits: {kpis_per_owner: 7}` in kpi.yaml.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("A303", ())


@check("R409", "conflict", Severity.WARNING)
def conflict(context: Context) -> Iterator[Diagnostic]:
    """Two KPIs pull against each other, or count the same thing twice.

    One measure with opposite directions or two targets, a target that is another team's guardrail,
    KPIs that are known to oppose each other, the same people needed twice. Conflicts are normal;
    those nobody has talked about cost. What was agreed is recorded as `tension:`.

    Bad:
        kpis:
          stock-up: {name: Stock up, objective: loyal, owner: lan, unit: days, baseline: {value: 10, date: 2026-04-30}, target: 30, metric: stock, source: {manual: till}}
          stock-down: {name: Stock down, objective: loyal, owner: minh, unit: days, baseline: {value: 40, date: 2026-04-30}, target: 20, metric: stock, source: {manual: till}}

    Good:
        kpis:
          stock: {name: Stock, objective: loyal, owner: lan, unit: days, target: {between: [20, 30]}, metric: stock, source: {manual: till}}

    Fix:
        Agree on one target or a band, split the measure (`part_of:`), or write what was agreed:
        `tension: [{with: ID, agreed: …, on: DATE}]` in one of the objectives.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("R409", ())


@check("R410", "lead-lag-balance", Severity.WARNING)
def lead_lag_balance(context: Context) -> Iterator[Diagnostic]:
    """An objective has only lagging KPIs, or only leading ones, or a perspective has nobody.

    Lagging figures tell when it is too late, leading ones tell what may happen and not whether it
    did. Three KPIs of one kind by their own word are one-sided; so is a plan that names a
    perspective and does nothing in it.

    Bad:
        kpis:
          visits: {name: Visits, objective: quick, owner: lan, indicator: lagging, unit: count, target: {at_least: 60}, source: {manual: till}}
          baskets: {name: Baskets, objective: quick, owner: lan, indicator: lagging, unit: count, target: {at_least: 9}, source: {manual: till}}
          returns: {name: Returns, objective: quick, owner: lan, indicator: lagging, unit: count, target: {at_most: 9}, source: {manual: till}}
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}

    Good:
        kpis:
          visits: {name: Visits, objective: quick, owner: lan, indicator: leading, unit: count, target: {at_least: 60}, source: {manual: till}}
          baskets: {name: Baskets, objective: quick, owner: lan, indicator: lagging, unit: count, target: {at_least: 9}, source: {manual: till}}
          returns: {name: Returns, objective: quick, owner: lan, indicator: lagging, unit: count, target: {at_most: 9}, source: {manual: till}}
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}

    Fix:
        Add a KPI that moves first (`indicator: leading`, with `leads:`), or one for the result.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("R410", ())


@check("R411", "too-many-too-few", Severity.WARNING)
def too_many_too_few(context: Context) -> Iterator[Diagnostic]:
    """An objective has more KPIs, or a team more objectives, than anybody can steer by.

    Five KPIs for an objective, three objectives for a team, five at the top are the defaults. One
    KPI alone, and people who answer for nothing, are only noted.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: minh, unit: count, target: {at_least: 60}, source: {manual: till}}
          baskets: {name: Baskets, objective: loyal, owner: minh, unit: count, target: {at_least: 9}, source: {manual: till}}
        # file: kpi.yaml
        version: 1
        limits: {kpis_per_objective: 2}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: minh, unit: count, target: {at_least: 60}, source: {manual: till}}
        # file: kpi.yaml
        version: 1
        limits: {kpis_per_objective: 2}

    Fix:
        Keep what decides something; show the rest with `counts: false`, or retire it.

    Setting:
        `limits: {kpis_per_objective: 5, objectives_per_team: 3, objectives_at_top: 5}` in kpi.yaml.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("R411", ())
    yield from _lonely(context)


def _lonely(context: Context) -> Iterator[Diagnostic]:
    """Objectives that rest on one KPI alone."""
    plan = context.plan
    for name, objective in plan.objectives.items():
        live = [e.child for e in plan.evidence.get(name, ()) if context.index.takes_part(e.child)]
        waits = objective.status != "active" or name in context.index.closed
        if len(live) == 1 and not plan.children.get(name) and not waits:
            message = f"'{name}' rests on '{live[0]}' alone"
            todo = "add the other side of it: a guardrail, or what moves first"
            yield Diagnostic("R411", plan.place(name), message, name, todo, severity=Severity.INFO)


@check("R412", "children-do-not-add-up", Severity.WARNING)
def children_do_not_add_up(context: Context) -> Iterator[Diagnostic]:
    """The targets of the parts do not add up to that of the whole.

    Parts are KPIs with `part_of`. Amounts must add up to within one per cent; of rates the whole
    must lie between the lowest and the highest part, for no mix of them gives anything else.

    Bad:
        kpis:
          sales: {name: Sales, objective: loyal, owner: lan, unit: USD, aggregation: sum, target: 100, source: {manual: till}}
          web: {name: Sales on the web, objective: loyal, owner: lan, unit: USD, aggregation: sum, target: 50, part_of: sales, source: {manual: till}}
          till: {name: Sales in the shop, objective: loyal, owner: lan, unit: USD, aggregation: sum, target: 30, part_of: sales, source: {manual: till}}

    Good:
        kpis:
          sales: {name: Sales, objective: loyal, owner: lan, unit: USD, aggregation: sum, target: 100, source: {manual: till}}
          web: {name: Sales on the web, objective: loyal, owner: lan, unit: USD, aggregation: sum, target: 60, part_of: sales, source: {manual: till}}
          till: {name: Sales in the shop, objective: loyal, owner: lan, unit: USD, aggregation: sum, target: 40, part_of: sales, source: {manual: till}}

    Fix:
        Correct one of the targets, or name the part that is missing.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("R412", ())


@check("R413", "copied-down", Severity.WARNING)
def copied_down(context: Context) -> Iterator[Diagnostic]:
    """A team's or a person's KPI is that of the level above, as it stands.

    A target that is handed down undivided says nothing about what this team is to do, and everybody
    waits for somebody else.

    Bad:
        teams:
          counter: {name: Counter, parent: shop}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, supports: loyal, period: {start: 2026-05-01, end: 2026-12-31}}
        kpis:
          all-visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}}
          visits: {name: Visits, objective: service, owner: minh, unit: count, target: {at_least: 60}, source: {manual: the counter at the door}}

    Good:
        teams:
          counter: {name: Counter, parent: shop}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, supports: loyal, period: {start: 2026-05-01, end: 2026-12-31}}
        kpis:
          all-visits: {name: Visits, objective: loyal, owner: lan, unit: count, target: {at_least: 60}, source: {manual: till}}
          wait: {name: Waiting time, objective: service, owner: minh, unit: min, target: {at_most: 4}, source: {manual: till}}

    Fix:
        Give the team its share of it (`part_of:`), or measure what it can move itself.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("R413", ())


@check("R416", "silo", Severity.WARNING)
def silo(context: Context) -> Iterator[Diagnostic]:
    """Nothing ties a part of the organisation to any other.

    No shared person, KPI or measure, no guardrail, lead or agreement across the border. Most work
    that matters crosses one.

    Bad:
        teams:
          north: {name: Northern shop, parent: shop}
          south: {name: Southern shop, parent: shop}
        people:
          an: {name: An, team: north}
          binh: {name: Binh, team: south}
        objectives:
          up: {title: The north knows us, owner: an, team: north, supports: loyal, period: 2026-H2}
          down: {title: The south knows us, owner: binh, team: south, supports: loyal, period: 2026-H2}
        kpis:
          a: {name: Visits in the north, objective: up, owner: an, unit: count, target: {at_least: 60}, source: {manual: till}}
          b: {name: Visits in the south, objective: down, owner: binh, unit: count, target: {at_least: 60}, source: {manual: till}}

    Good:
        teams:
          north: {name: Northern shop, parent: shop}
          south: {name: Southern shop, parent: shop}
        people:
          an: {name: An, team: north}
          binh: {name: Binh, team: south}
        objectives:
          up: {title: The north knows us, owner: an, contributors: [binh], team: north, supports: loyal, period: 2026-H2}
          down: {title: The south knows us, owner: binh, team: south, supports: loyal, period: 2026-H2}
        kpis:
          a: {name: Visits in the north, objective: up, owner: an, unit: count, target: {at_least: 60}, source: {manual: till}}
          b: {name: Visits in the south, objective: down, owner: binh, unit: count, target: {at_least: 60}, source: {manual: till}}

    Fix:
        Name what crosses the border: a contributor, a guardrail, a lead, a shared measure.
    """  # noqa: E501 - one record a line reads best here
    yield from context.index.incoherent.get("R416", ())
