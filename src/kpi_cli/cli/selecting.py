"""The options by which every listing command chooses records, and what an unknown id is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.completing import ids_of, periods, tags
from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.run import Run
from kpi_cli.errors import CannotRun

if TYPE_CHECKING:
    from kpi_cli.plan import Plan
    from kpi_cli.views.status import Selected

Ids = Annotated[
    list[str] | None,
    argument(
        metavar="IDS",
        help="KPIs or objectives; an objective brings its KPIs.",
        find=ids_of("kpis", "objectives"),
    ),
]
Team = Annotated[
    str | None,
    option(
        "--team",
        metavar="ID",
        help="Of this team and those below it.",
        find=ids_of("teams"),
    ),
]
Owner = Annotated[
    str | None,
    option("--owner", metavar="ID", help="Owned by this person.", find=ids_of("people")),
]
Objective = Annotated[
    str | None,
    option(
        "--objective",
        metavar="ID",
        help="This objective and all that supports it.",
        find=ids_of("objectives"),
    ),
]
Tag = Annotated[str | None, option("--tag", metavar="TAG", help="With this tag.", find=tags())]
PeriodName = Annotated[
    str | None,
    option(
        "--period",
        metavar="PERIOD",
        help="Running in this period, such as 2026-Q1.",
        find=periods(),
    ),
]


def selected(
    run: Run,
    ids: list[str] | None,
    team: str | None,
    owner: str | None,
    objective: str | None,
    tag: str | None,
    period: str | None,
) -> Selected:
    """What was chosen. Raises CannotRun for an id, a tag or a period there is not."""
    from kpi_cli.views.status import Selected

    plan = run.loaded.plan
    for name in ids or ():
        need(plan, name, {**plan.kpis, **plan.objectives}, "KPI or objective")
    if team:
        need(plan, team, plan.teams, "team")
    if owner:
        need(plan, owner, plan.people, "person")
    if objective:
        need(plan, objective, plan.objectives, "objective")
    if tag:
        _need_tag(plan, tag)
    span = _span(plan, period) if period else None
    return Selected(tuple(ids or ()), team, owner, objective, tag, span)


def need(plan: Plan, name: str, known: Iterable[str], kind: str) -> None:
    """Raises CannotRun with the closest ids where `name` is not a known one."""
    from kpi_cli.shape import did_you_mean

    names = list(known)
    if name in names:
        return
    if name in plan.broken:
        raise CannotRun(
            f"'{name}' has faults and is left out", help="`kpi validate` says which and where"
        )
    section = next((kind for kind, records in _kinds(plan) if name in records), None)
    if section:
        raise CannotRun(f"'{name}' is {section}, not a {kind}", help=_try(section, name))
    raise CannotRun(
        f"there is no {kind} '{name}'", help=did_you_mean(name, names) or _listed(names)
    )


_OPTIONS = {"a team": "--team", "a person": "--owner"}


def _try(section: str, name: str) -> str | None:
    option = _OPTIONS.get(section)
    return f"`kpi status {option} {name}` shows what it answers for" if option else None


def _kinds(plan: Plan) -> list[tuple[str, Iterable[str]]]:
    return [
        ("a KPI", plan.kpis), ("an objective", plan.objectives), ("a team", plan.teams),
        ("a person", plan.people), ("an action", plan.actions),
        ("an initiative", plan.initiatives), ("a review", plan.reviews),
    ]  # fmt: skip


def _listed(names: list[str]) -> str | None:
    if not names:
        return None
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"there are {', '.join(names[:8])}{more}"


def _need_tag(plan: Plan, tag: str) -> None:
    from kpi_cli.shape import did_you_mean

    known = {one for kpi in plan.kpis.values() for one in kpi.tags}
    known |= {one for objective in plan.objectives.values() for one in objective.tags}
    if tag not in known:
        hint = did_you_mean(tag, sorted(known)) or _listed(sorted(known))
        raise CannotRun(f"nothing has the tag '{tag}'", help=hint)


def _span(plan: Plan, name: str) -> tuple[date, date]:
    from kpi_cli.period import BadPeriod

    try:
        period = plan.calendar.parse(name)
    except BadPeriod as error:
        raise CannotRun(f"--period: {error}") from None
    return period.start, period.end


def place_of(run: Run, identifier: str) -> tuple[str, int]:
    """File and line at which a record of the plan begins."""
    from kpi_cli.source import Locator

    place = run.loaded.plan.origins[identifier]
    mark = Locator(run.loaded.files[place.path]).key(place.route)
    return place.path, mark.line if mark else 1
