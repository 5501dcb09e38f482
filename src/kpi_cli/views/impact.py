"""`kpi impact`, and the impact part of `kpi diff`: before and after, in words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kpi_cli.analysis.impact import Impact
from kpi_cli.analysis.results import Status
from kpi_cli.locale import N_, _, ngettext
from kpi_cli.models import Record
from kpi_cli.plan import Plan
from kpi_cli.views.document import Document, Grid, Section
from kpi_cli.views.words import BADGES, number, share


def envelope(rows: Iterable[Impact]) -> dict[str, Any]:
    """`kpi-impact/1`."""
    return {"schema": "kpi-impact/1", "impact": list(rows)}


_KINDS = {
    "leading": N_("{n} leading"),
    "lagging": N_("{n} lagging"),
    "undeclared": N_("{n} undeclared"),
}
FIELDS = {
    "status": N_("status"),
    "progress": N_("progress"),
    "coverage": N_("coverage"),
    "balance": N_("balance"),
}


def shown(field: str, value: object) -> str:
    """One figure in words: `▲ At risk`, `29 %`, `1 leading, 2 lagging`."""
    if value is None:
        return _("none")
    if isinstance(value, Status):
        return BADGES[value].text
    if isinstance(value, Mapping):
        parts = (_(_KINDS.get(kind) or str(kind), n=n) for kind, n in value.items() if n)
        return ", ".join(parts) or _("no KPI")
    if field in ("progress", "coverage") and isinstance(value, int | float):
        return share(value)
    return str(value)


def both(row: Impact) -> tuple[str, str]:
    """Before and after, with as many decimals as it takes to tell them apart."""
    before, after = shown(row.field, row.before), shown(row.field, row.after)
    then, now = row.before, row.after
    if before != after or not isinstance(then, float | int) or not isinstance(now, float | int):
        return before, after
    for decimals in (1, 2, 3):
        before, after = (number(f"{100 * one:.{decimals}f} %") for one in (then, now))
        if before != after:
            break
    return before, after


def document(what: str, rows: tuple[Impact, ...], plan: Plan, when: str) -> Document:
    """What a change does, record by record, those at the top last."""
    touched = list(dict.fromkeys(row.id for row in rows))
    statuses = [row for row in rows if row.field == "status"]
    verdict = ngettext(
        "{what}: {n} record changes", "{what}: {n} records change", len(touched), what=what
    )
    if statuses:
        verdict = _("{changes}, {n} of them in status", changes=verdict, n=len(statuses))
    if not rows:
        verdict = _("{what}: nothing changes", what=what)
    lines = tuple(
        (label(plan, row.id), row.id, _(FIELDS.get(row.field, row.field)), *both(row))
        for row in rows
    )
    head = (_("Record"), _("Id"), _("What"), _("Before"), _("After"))
    grid = Grid(head, lines, folding=frozenset({0}))
    return Document(verdict, when, (Section(_("Before and after"), grid=grid),))


def label(plan: Plan, identifier: str) -> str:
    """The title or name of a record of the plan, else its id."""
    kinds: tuple[Mapping[str, Record], ...] = (
        plan.kpis, plan.objectives, plan.actions, plan.initiatives, plan.teams, plan.people
    )  # fmt: skip
    return next((kind[identifier].label for kind in kinds if identifier in kind), identifier)
