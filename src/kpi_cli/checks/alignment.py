"""How objectives, KPIs and teams hang together."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.references import Reference, kpi_links
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.models import Kpi, Objective, Record, Team
from kpi_cli.plan import Plan


@check("K120", "level-skip", Severity.INFO)
def level_skip(objective: Objective, context: Context) -> Iterator[Diagnostic]:
    """An objective supports one two levels up, past the team in between.

    The team in between has objectives of its own, and does not see this work in its numbers. That
    may be meant; often the link was only made to the most visible goal.

    Bad:
        teams:
          counter: {name: Counter, parent: shop}
          morning: {name: Morning shift, parent: counter}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, supports: loyal, period: 2026-H2}
          warm: {title: Bread is warm at seven, owner: minh, team: morning, supports: loyal, period: 2026-H2}
        kpis:
          wait: {name: Waiting time, objective: service, owner: minh, unit: min, target: {at_most: 4}, source: {manual: till}}
          loaves: {name: Loaves at seven, objective: warm, owner: minh, unit: count, target: {at_least: 80}, source: {manual: oven}}

    Good:
        teams:
          counter: {name: Counter, parent: shop}
          morning: {name: Morning shift, parent: counter}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, supports: loyal, period: 2026-H2}
          warm: {title: Bread is warm at seven, owner: minh, team: morning, supports: service, period: 2026-H2}
        kpis:
          wait: {name: Waiting time, objective: service, owner: minh, unit: min, target: {at_most: 4}, source: {manual: till}}
          loaves: {name: Loaves at seven, objective: warm, owner: minh, unit: count, target: {at_least: 80}, source: {manual: oven}}

    Fix:
        Support an objective of the team directly above, or of both.
    """  # noqa: E501 - one record a line reads best here
    plan = context.plan
    own_team = plan.team_of(objective)
    if own_team is None or objective.id in context.index.closed:
        return
    chain = list(plan.teams_above(own_team))
    if objective.person is None:
        chain = chain[1:]
    parents = {link.target: plan.objectives.get(link.target) for link in objective.supports}
    teams = {name: plan.team_of(above) for name, above in parents.items() if above}
    for at, link in enumerate(objective.supports):
        team = teams.get(link.target)
        if team not in chain:
            continue
        between = chain[: chain.index(team)]
        skipped = [name for name in between if name in context.index.teams_with_objectives]
        if skipped and not set(teams.values()) & set(between):
            yield Diagnostic(
                "K120",
                plan.place(objective.id, "supports", at, "objective"),
                f"'{objective.id}' supports '{link.target}' past the team {_named(plan, skipped)}",
                objective.id,
                f"link it to an objective of '{skipped[0]}', or leave it if this is meant",
            )


def _named(plan: Plan, teams: list[str]) -> str:
    return " and ".join(plan.teams[name].name for name in teams)


@check("K121", "island", Severity.WARNING)
def island(context: Context) -> Iterator[Diagnostic]:
    """Objectives lead up to nothing the organisation wants.

    Every objective should lead, link by link, to one at the top: one of a team that is part of no
    other. A cluster that does not is work whose use nobody has stated.

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
    plan, index = context.plan, context.index
    roots = [o for o in plan.objectives.values() if not o.supports]
    tops = {o.id for o in roots if _is_of_top_team(plan, o)}
    if not tops:
        return
    for objective in roots:
        waits = objective.status == "draft" or objective.id in index.closed
        if objective.id in tops or waits or _stands_above_unplaced(context, objective):
            continue
        below = len(index.cluster(objective.id)) - 1
        more = "" if not below else f" ({below} more below it)"
        yield Diagnostic(
            "K121",
            plan.place(objective.id),
            f"'{objective.id}' supports nothing, so no path leads to a top objective{more}",
            objective.id,
            f"add `supports:` with the objective it serves, such as `{min(tops)}`",
        )


def _is_of_top_team(plan: Plan, objective: Objective) -> bool:
    team = plan.teams.get(objective.team or "")
    return team is not None and team.parent not in plan.teams


def _stands_above_unplaced(context: Context, objective: Objective) -> bool:
    """Without a team, an objective that others support is taken for a top one."""
    if objective.team is not None or objective.person is not None:
        return objective.team in context.plan.broken
    return bool(context.plan.children.get(objective.id)) or (
        objective.id in context.index.in_left_out
    )


@check("K122", "objective-without-kpi", Severity.ERROR)
def objective_without_kpi(objective: Objective, context: Context) -> Iterator[Diagnostic]:
    """An objective has no evidence: no KPI, and no objective that supports it.

    A wish without evidence can be neither missed nor reached. On a draft this is a warning.

    Bad:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}

    Good:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}
        kpis:
          answers:
            name: Answers on the same day
            objective: quick
            owner: minh
            unit: count
            target: {at_least: 9}
            source: {manual: desk}

    Fix:
        Add a KPI with `objective:` naming it, or link an objective to it with `supports:`.
    """
    plan, name = context.plan, objective.id
    if plan.evidence.get(name) or plan.children.get(name) or name in context.index.closed:
        return
    if name in context.index.in_left_out or name in context.index.in_circles:
        return
    draft = objective.status == "draft"
    yield Diagnostic(
        "K122",
        plan.place(name),
        f"'{name}' has no KPI and no objective supports it, so nothing can show whether it is met",
        name,
        f"add a KPI with `objective: {name}`",
        severity=Severity.WARNING if draft else None,
    )


@check("K123", "team-without-objective", Severity.INFO)
def team_without_objective(team: Team, context: Context) -> Iterator[Diagnostic]:
    """A team has no objective.

    Not every team needs one of its own, but a team without any has no say in what counts. Closed
    objectives do not count, those of its people do.

    Bad:
        teams:
          counter: {name: Counter, parent: shop}

    Good:
        teams:
          counter: {name: Counter, parent: shop}
        objectives:
          service: {title: Nobody waits, owner: minh, team: counter, supports: loyal, period: 2026-H2}
        kpis:
          wait: {name: Waiting time, objective: service, owner: minh, unit: min, target: {at_most: 4}, source: {manual: till}}

    Fix:
        Write an objective with `team:` naming it, or leave it.
    """  # noqa: E501 - one record a line reads best here
    index = context.index
    if not index.teams_with_objectives:
        return
    if team.id not in index.teams_with_objectives and team.id not in index.in_left_out:
        yield Diagnostic(
            "K123",
            context.plan.place(team.id),
            f"the team '{team.name}' has no objective",
            team.id,
            f"add an objective with `team: {team.id}`",
        )


@check("K124", "link-to-retired", Severity.ERROR)
def link_to_retired(context: Context) -> Iterator[Diagnostic]:
    """Something in use leans on a retired KPI.

    A guardrail, an input of a formula, a lead or an initiative that points at a KPI nobody
    measures any more works no longer, without anybody noticing.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, status: retired, retired: {on: 2026-05-10, reason: nobody used it}}
          baskets: {name: Baskets, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: till}, guardrails: [visits]}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, status: retired, retired: {on: 2026-05-10, reason: nobody used it}}
          baskets: {name: Baskets, objective: loyal, owner: lan, unit: count, target: {at_least: 9}, source: {manual: till}, guardrails: [orders]}

    Fix:
        Link to the KPI that replaced it, or delete the link.
    """  # noqa: E501 - one record a line reads best here
    retired = context.index.retired
    if not retired:
        return
    for record, reference in _links_in_use(context):
        if reference.target in retired:
            old = context.plan.kpis[reference.target]
            heir = old.retired.replaced_by if old.retired else None
            yield Diagnostic(
                "K124",
                context.plan.place(record.id, *reference.route),
                f"'{record.id}' leans on '{old.id}', which is retired",
                record.id,
                f"write '{heir}', which replaced it" if heir else "delete it, or name another KPI",
            )


def _links_in_use(context: Context) -> Iterator[tuple[Record, Reference]]:
    plan = context.plan
    for kpi in plan.kpis.values():
        if not context.index.is_over(kpi):
            yield from ((kpi, link) for link in _leans_on(context, kpi))
    for initiative in plan.initiatives.values():
        if initiative.status in ("planned", "doing"):
            for at, name in enumerate(initiative.kpis):
                yield initiative, Reference("K124", name, ("kpis", at), ("kpis",))
    for action in plan.actions.values():
        if action.status == "open" and action.kpi is not None:
            yield action, Reference("K124", action.kpi, ("kpi",), ("kpis",))


def _leans_on(context: Context, kpi: Kpi) -> Iterator[Reference]:
    yield from kpi_links(kpi)
    for name in context.index.inputs(kpi.id):
        yield Reference("K124", name, ("formula",), ("kpis",))
