"""The rows of a KPI's values: so many that a template takes several times as long."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from kpi_cli.render.html.filters import REPEATED, data, safe, said
from kpi_cli.views.kpi import KpiPage


def value_rows(page: KpiPage) -> Markup:
    """One row a period: its name, the value judged, its own and the planned one where any period
    has them, and the note."""
    own, plan = page.has_own, page.has_plan
    rows = [
        f"{_period(row.period)}{_figure(row.judged)}"
        f"{_figure(row.own or '') if own else ''}{_figure(row.plan or '') if plan else ''}"
        f"<td>{data(row.note) if row.note else ''}</td></tr>"
        for row in page.values
    ]
    return safe("\n".join(rows))


@lru_cache(maxsize=REPEATED)
def _period(name: str) -> str:
    return f'<tr><th scope="row">{said(name)}</th>'


@lru_cache(maxsize=REPEATED)
def _figure(text: str) -> str:
    return f'<td class="nu">{said(text)}</td>'
