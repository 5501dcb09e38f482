"""The rows of a KPI's values: so many that a template takes several times as long."""

from __future__ import annotations

from markupsafe import Markup

from kpi_cli.render.html.filters import data, said
from kpi_cli.views.kpi import KpiPage, ValueRow


def value_rows(page: KpiPage) -> Markup:
    """One row a period: its name, the value judged, its own and the planned one where any period
    has them, and the note."""
    return Markup("\n".join([_row(page, row) for row in page.values]))


def _row(page: KpiPage, row: ValueRow) -> str:
    own = f'<td class="nu">{said(row.own or "")}</td>' if page.has_own else ""
    plan = f'<td class="nu">{said(row.plan or "")}</td>' if page.has_plan else ""
    return (
        f'<tr><th scope="row">{said(row.period)}</th><td class="nu">{said(row.judged)}</td>'
        f"{own}{plan}<td>{data(row.note) if row.note else ''}</td></tr>"
    )
