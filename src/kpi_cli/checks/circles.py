"""Links that go in a circle, weights that add up to nothing, and formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kpi_cli.analysis.formula import FormulaError
from kpi_cli.checks.registry import Context, check
from kpi_cli.diagnostics import Diagnostic, Place, Related, Severity
from kpi_cli.models import Kpi, Objective
from kpi_cli.period import Frequency
from kpi_cli.plan.link import find_cycles
from kpi_cli.plan.series import row_place
from kpi_cli.shape import brief
from kpi_cli.source import Route


@check("K107", "cycle", Severity.ERROR)
def cycle(context: Context) -> Iterator[Diagnostic]:
    """Objectives, teams, managers or parts lead back to themselves.

    Progress flows upwards. In a circle it would flow for ever, so the tool cuts the last link and
    the numbers above it are not what the plan says.

    Bad:
        teams:
          sales: {name: Sales, parent: north}
          north: {name: North, parent: sales}
        people:
          quang: {name: Quang, team: sales}
        objectives:
          deals: {title: We win deals, owner: quang, team: sales, supports: loyal, period: 2026-H2}
          region: {title: The north grows, owner: quang, team: north, supports: deals, period: 2026-H2}
        kpis:
          won: {name: Deals won, objective: region, owner: quang, unit: count, target: {at_least: 5}, source: {manual: crm}}

    Good:
        teams:
          sales: {name: Sales}
          north: {name: North, parent: sales}
        people:
          quang: {name: Quang, team: sales}
        objectives:
          deals: {title: We win deals, owner: quang, team: sales, supports: loyal, period: 2026-H2}
          region: {title: The north grows, owner: quang, team: north, supports: deals, period: 2026-H2}
        kpis:
          won: {name: Deals won, objective: region, owner: quang, unit: count, target: {at_least: 5}, source: {manual: crm}}

    Fix:
        Delete the link that points downwards; the message shows the whole path.
    """  # noqa: E501 - one record a line reads best here
    for path in context.plan.cycles:
        yield _circle(context, path, "supports", "objectives support one another")
    for section, key, words in (
        ("teams", "parent", "teams are part of one another"),
        ("people", "manager", "managers manage one another"),
        ("kpis", "part_of", "KPIs are part of one another"),
    ):
        records = getattr(context.plan, section)
        steps = {
            name: (target,)
            for name, record in records.items()
            if (target := getattr(record, key)) is not None and target in records
        }
        for path in find_cycles(steps, lambda name, steps=steps: steps.get(name, ())):  # type: ignore[misc]
            yield _circle(context, path, key, words)


def _circle(context: Context, path: tuple[str, ...], key: str, words: str) -> Diagnostic:
    places = [_link_place(context, one, other, key) for one, other in pairwise(path)]
    shown = " → ".join(path)
    alone = len(path) == 2
    related = tuple(
        Related(place, f"{one} → {other}")
        for place, (one, other) in zip(places[1:], pairwise(path[1:]), strict=True)
    )
    return Diagnostic(
        "K107",
        places[0],
        f"'{path[0]}' leads back to itself: {shown}" if alone else f"{words}: {shown}",
        path[0],
        f"delete one of these `{key}:` links",
        related,
    )


def _link_place(context: Context, one: str, other: str, key: str) -> Place:
    steps: Route = (key,)
    if key == "supports":
        targets = [link.target for link in context.plan.objectives[one].supports]
        steps = (key, targets.index(other), "objective")
    return context.plan.place(one, *steps)


@check("K108", "zero-total-weight", Severity.ERROR)
def zero_total_weight(objective: Objective, context: Context) -> Iterable[Diagnostic]:
    """All weights below an objective are zero.

    An objective's progress is the weighted mean of what is below it. With nothing but zeros there
    is no mean, and the objective can never show anything.

    Bad:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}
        kpis:
          answers:
            name: Answers on the same day
            objective: quick
            weight: 0
            owner: minh
            unit: count
            target: {at_least: 9}
            source: {manual: desk}

    Good:
        objectives:
          quick: {title: Help comes the same day, owner: minh, supports: loyal, period: 2026-H2}
        kpis:
          answers:
            name: Answers on the same day
            objective: quick
            weight: 1
            owner: minh
            unit: count
            target: {at_least: 9}
            source: {manual: desk}

    Fix:
        Give at least one of them a weight above zero. To show a KPI without counting it, link it
        with `counts: false`.
    """
    plan, index = context.plan, context.index
    own, below = plan.evidence.get(objective.id, ()), plan.children.get(objective.id, ())
    by_kpis = objective.rollup == "kpis" or (objective.rollup is None and own)
    edges = own + below if objective.rollup == "both" else own if by_kpis else below
    counted = [edge for edge in edges if edge.counts]
    if not counted or any(edge.weight and index.takes_part(edge.child) for edge in counted):
        return ()
    idle = not any(index.takes_part(edge.child) for edge in counted)
    if idle or objective.id in index.in_left_out:
        return ()
    message = f"the weights below '{objective.id}' add up to zero, so it has no progress"
    todo = "write `weight: 1` in at least one of them"
    return (Diagnostic("K108", plan.place(objective.id), message, objective.id, todo),)


@check("K109", "formula-error", Severity.ERROR)
def formula_error(kpi: Kpi, context: Context) -> Iterable[Diagnostic]:
    """A formula cannot be computed.

    A formula is arithmetic over the ids of other KPIs: `+ - * / ( ) min max`, operators between
    spaces because ids may hold hyphens. A KPI with a formula has no actuals of its own, for then
    two sources would tell its value, and it needs regular periods to be computed for.

    Bad:
        kpis:
          reorder-rate:
            name: Reorder rate
            objective: loyal
            owner: lan
            formula: reorders / orders
            unit: points
            target: {at_least: 0.4}

    Good:
        kpis:
          order-pairs:
            name: Pairs of orders
            objective: loyal
            owner: lan
            formula: orders / 2
            unit: count
            target: {at_least: 450}

    Fix:
        Use ids of KPIs in this workspace and put a space on both sides of each operator.
    """
    return () if kpi.formula is None else _in_formula(kpi, context)


def _in_formula(kpi: Kpi, context: Context) -> Iterator[Diagnostic]:
    plan, node = context.plan, context.index.formulas[kpi.id]
    at_formula = plan.place(kpi.id, "formula")
    if isinstance(node, FormulaError):
        message = f"the formula cannot be read: {node}"
        yield Diagnostic("K109", at_formula, message, kpi.id, _EXAMPLE)
    for name in context.index.inputs(kpi.id):
        if name not in plan.kpis and name not in plan.broken:
            yield _unknown_input(context, kpi, name, at_formula.at_word(name))
    rows = plan.series.get(kpi.id)
    if rows:
        yield Diagnostic(
            "K109",
            row_place(rows, 0, plan.origins[kpi.id]),
            f"'{kpi.id}' is computed by a formula and has actuals as well",
            kpi.id,
            "delete the actuals, or delete `formula:`",
        )
    if kpi.frequency is Frequency.IRREGULAR:
        yield Diagnostic(
            "K109",
            plan.place(kpi.id, "frequency"),
            "a formula is computed period by period, and an irregular KPI has no periods",
            kpi.id,
            "write the frequency of its inputs, such as `frequency: monthly`",
        )


_EXAMPLE = "write it like `(won - lost) / leads`, with spaces around operators"


def _unknown_input(context: Context, kpi: Kpi, name: str, place: Place) -> Diagnostic:
    actual = context.index.noun_of(name)
    message = (
        f"'{name}' is {actual}; a formula uses KPIs only"
        if actual
        else f"the formula names '{brief(name)}', and there is no such KPI"
    )
    hint = context.index.near(("kpis",)).hint(name) or "write the id of a KPI"
    return Diagnostic("K109", place, message, kpi.id, hint)


@check("K110", "formula-cycle", Severity.ERROR)
def formula_cycle(context: Context) -> Iterator[Diagnostic]:
    """Formulas compute one another.

    If `a` is computed from `b` and `b` from `a`, neither has a value. The tool leaves them all
    blank rather than guess.

    Bad:
        kpis:
          gross: {name: Gross, objective: loyal, owner: lan, formula: net + 100, unit: USD, target: {at_least: 9}}
          net: {name: Net, objective: loyal, owner: lan, formula: gross - 100, unit: USD, target: {at_least: 9}}

    Good:
        kpis:
          gross: {name: Gross, objective: loyal, owner: lan, unit: USD, target: {at_least: 9}, source: {manual: books}}
          net: {name: Net, objective: loyal, owner: lan, formula: gross - 100, unit: USD, target: {at_least: 9}}

    Fix:
        Measure one of them instead of computing it.
    """  # noqa: E501 - one record a line reads best here
    index = context.index
    for path in find_cycles(index.formulas, index.inputs):
        places = [context.plan.place(name, "formula") for name in path[:-1]]
        yield Diagnostic(
            "K110",
            places[0],
            f"formulas compute one another: {' → '.join(path)}",
            path[0],
            "give one of them actuals instead of a formula",
            tuple(
                Related(place, f"the formula of '{name}'")
                for place, name in zip(places[1:], path[1:], strict=False)
            ),
        )
