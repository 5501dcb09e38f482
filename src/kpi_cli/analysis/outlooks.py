"""The outlooks of a plan's KPIs, read on demand: what only checks plans never pays for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kpi_cli.models.series import Rows
from kpi_cli.plan import Plan

if TYPE_CHECKING:
    from kpi_cli.analysis.behaviour import Outlook
    from kpi_cli.analysis.results import KpiResult
    from kpi_cli.analysis.smoothing import Fits


class Outlooks(Mapping[str, "Outlook"]):
    """The outlook of every KPI, each read when it is first asked for."""

    def __init__(
        self,
        plan: Plan,
        as_of: date,
        kpis: Mapping[str, KpiResult],
        series: Mapping[str, Rows],
        fits: Fits | None = None,
    ) -> None:
        self._plan, self._as_of, self._kpis, self._series = plan, as_of, kpis, series
        self._fits = fits
        self._known: dict[str, Outlook] = {}

    def __getitem__(self, identifier: str) -> Outlook:
        if identifier not in self._known:
            from kpi_cli.analysis.outlook import read_outlook

            rows = self._series.get(identifier, Rows())
            result = self._kpis[identifier]
            found = read_outlook(self._plan, result, rows, self._as_of, self._fits)
            self._known[identifier] = found
        return self._known[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kpis)

    def __len__(self) -> int:
        return len(self._kpis)
