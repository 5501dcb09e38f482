"""A: is it one person's, is something being done, and are there means?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpi_cli.analysis.wordlist import folded
from kpi_cli.checks.directions import baseline_equals_target
from kpi_cli.checks.registry import Context, as_code, check
from kpi_cli.diagnostics import Diagnostic, Related, Severity, Unknown
from kpi_cli.models import Kpi, Objective, Person, Record

_TOGETHER = re.compile(r"\s(?:and|und|và|or|&|\+)\s|/|;", re.IGNORECASE)


@check("A302", "shared-owner", Severity.WARNING)
def shared_owner(record: Record, context: Context) -> Iterator[Diagnostic]:
    """More than one person is accountable.

    Where two answer, each waits for the other. One is accountable, any number contribute; a team
    as owner is nobody.

    Bad:
        people:
          both: {name: Lan and Minh, team: shop}
        kpis:
          visits: {name: Visits, objective: loyal, owner: both, unit: count, target: {at_least: 60}, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, contributors: [minh], unit: count, target: {at_least: 60}, source: {manual: till}}

    Fix:
        Name one person as `owner:` and the others under `contributors:`.
    """  # noqa: E501 - one record a line reads best here
    if not isinstance(record, (Kpi, Objective)) or record.owner is None:
        return
    if record.id in context.index.closed or record.id in context.index.retired:
        return
    person = context.plan.people.get(record.owner)
    if person is None or not _are_several(person, context):
        return
    yield Diagnostic(
        "A302",
        context.plan.place(record.id, "owner"),
        f"'{record.id}' belongs to “{person.name}”, who are several",
        record.id,
        "name one person as `owner:` and the others under `contributors:`",
        (Related(context.plan.place(person.id), f"'{person.id}' stands here"),),
    )


def _are_several(person: Person, context: Context) -> bool:
    if _TOGETHER.search(person.name):
        return True
    return folded(person.name) in context.index.team_names


@check("A304", "target-equals-baseline", Severity.ERROR)
def target_equals_baseline(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """The target is where the KPI stands already.

    There is nothing to achieve. To keep a value, a threshold says it better. `kpi validate` says
    the same as K305.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, direction: increase, baseline: 60, target: 60, source: {manual: till}}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: 60, target: {at_least: 60}, source: {manual: till}}

    Fix:
        Aim at another figure, or keep it with `at_least`, `at_most` or `between`.
    """  # noqa: E501 - one record a line reads best here
    if not context.index.is_over(kpi):
        yield from as_code("A304", baseline_equals_target(kpi, context))


@check("A310", "no-lever", Severity.WARNING)
def no_lever(kpi: Kpi, context: Context) -> Iterator[Diagnostic | Unknown]:
    """A KPI is to move, and nobody does anything for it.

    No initiative and no action is linked to it, to a part or input of it, to what leads to it, or
    to a KPI of a supporting objective. A plan that lists no work at all is left alone, and so is a
    value that is only to be kept.

    Bad:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2026-04-30}, target: 60, source: {manual: till}}
        initiatives:
          card: {title: Loyalty card, kpis: [orders], owner: minh}

    Good:
        kpis:
          visits: {name: Visits, objective: loyal, owner: lan, unit: count, baseline: {value: 40, date: 2026-04-30}, target: 60, source: {manual: till}}
        initiatives:
          card: {title: Loyalty card, kpis: [visits], owner: minh}

    Fix:
        Name the KPI in the initiative or action that is to move it, or start one.
    """  # noqa: E501 - one record a line reads best here
    moves = kpi.target is not None and (kpi.target.needs_baseline or kpi.is_total)
    if not moves or kpi.status != "active" or context.index.is_over(kpi):
        return
    plan = context.plan
    if not plan.initiatives and not plan.actions:
        yield Unknown("A310", kpi.id)
    elif kpi.id not in context.index.levers:
        yield Diagnostic(
            "A310",
            plan.place(kpi.id),
            f"nothing is being done for '{kpi.id}': no initiative or action is linked to it",
            kpi.id,
            f"add `{kpi.id}` to the `kpis:` of the initiative that is to move it",
        )


@check("A312", "outside-dependency", Severity.WARNING)
def outside_dependency(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """A KPI is computed from another team's figures, and that team never agreed.

    Who depends on others should know that they know. The other owner among `agreed_by` of the
    objective, among the contributors, or a recorded `tension:` is enough.

    Bad:
        teams:
          counter: {name: Counter, parent: shop}
          kitchen: {name: Kitchen, parent: shop}
        people:
          an: {name: An, team: counter}
          binh: {name: Binh, team: kitchen}
        objectives:
          service: {title: Nobody waits, owner: an, team: counter, supports: loyal, period: 2026-H2}
          warm: {title: Bread is warm at seven, owner: binh, team: kitchen, supports: loyal, period: 2026-H2}
        kpis:
          loaves: {name: Loaves at seven, objective: warm, owner: binh, unit: count, target: {at_least: 80}, source: {manual: oven}}
          spare: {name: Loaves to spare, objective: service, owner: an, unit: count, formula: loaves - 60, target: {at_least: 20}}

    Good:
        teams:
          counter: {name: Counter, parent: shop}
          kitchen: {name: Kitchen, parent: shop}
        people:
          an: {name: An, team: counter}
          binh: {name: Binh, team: kitchen}
        objectives:
          service: {title: Nobody waits, owner: an, agreed_by: [an, binh], team: counter, supports: loyal, period: 2026-H2}
          warm: {title: Bread is warm at seven, owner: binh, team: kitchen, supports: loyal, period: 2026-H2}
        kpis:
          loaves: {name: Loaves at seven, objective: warm, owner: binh, unit: count, target: {at_least: 80}, source: {manual: oven}}
          spare: {name: Loaves to spare, objective: service, owner: an, unit: count, formula: loaves - 60, target: {at_least: 20}}

    Fix:
        Talk to them, then write them under `agreed_by:` of the objective.
    """  # noqa: E501 - one record a line reads best here
    if kpi.formula is None or context.index.is_over(kpi):
        return
    plan, own = context.plan, context.plan.team_of(kpi)
    objective = plan.objective_of(kpi)
    if own is None or objective is None:
        return
    known = {*objective.agreed_by, *objective.contributors, *kpi.contributors, kpi.owner}
    known_teams = {plan.people[name].team for name in known if name and name in plan.people}
    for name in context.index.inputs(kpi.id):
        other = plan.kpis.get(name)
        team = plan.team_of(other) if other else None
        if other is None or team is None or _hangs_together(context, own, team):
            continue
        if other.owner in known or team in known_teams or objective.tension:
            continue
        yield Diagnostic(
            "A312",
            plan.place(kpi.id, "formula"),
            f"'{kpi.id}' depends on '{name}' of {plan.teams[team].name}, who have not agreed",
            kpi.id,
            f"agree with '{other.owner or team}' and write it under `agreed_by:` of"
            f" '{objective.id}'",
            (Related(plan.place(name), f"'{name}' is defined here"),),
        )
        return


def _hangs_together(context: Context, one: str, other: str) -> bool:
    """Whether one team is the other, or stands above it; unknown ones are left alone."""
    plan = context.plan
    if one not in plan.teams or other not in plan.teams:
        return True
    return one in plan.teams_above(other) or other in plan.teams_above(one)


@check("A314", "no-resources", Severity.INFO)
def no_resources(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    """An objective has a budget, and none of it goes to this KPI.

    Only work that is paid for gets done. Where an objective says what it may cost, each of its KPIs
    that is to move should have an initiative with money or days.

    Bad:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: {start: 2026-05-01, end: 2026-12-31}, resources: {budget: 9000 USD}}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, baseline: {value: 4, date: 2026-04-30}, target: 9, source: {manual: desk}}

    Good:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: {start: 2026-05-01, end: 2026-12-31}, resources: {budget: 9000 USD}}
        kpis:
          answers: {name: Answers, objective: quick, owner: minh, unit: count, baseline: {value: 4, date: 2026-04-30}, target: 9, source: {manual: desk}}
        initiatives:
          desk: {title: A second desk, kpis: [answers], owner: minh, budget: 6000 USD}

    Fix:
        Link an initiative with `budget:` or `people_days:` to it.
    """  # noqa: E501 - one record a line reads best here
    objective = context.plan.objective_of(kpi)
    if objective is None or objective.resources is None or kpi.target is None:
        return
    moves = kpi.target.needs_baseline or kpi.is_total
    if not moves or kpi.id in context.index.funded or context.index.is_over(kpi):
        return
    yield Diagnostic(
        "A314",
        context.plan.place(kpi.id),
        f"'{objective.id}' has a budget, and no initiative with money or days works for '{kpi.id}'",
        kpi.id,
        f"add `{kpi.id}` to the `kpis:` of an initiative with `budget:` or `people_days:`",
    )
