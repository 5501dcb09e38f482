"""On which day each figure was entered, as git remembers the lines of the plan files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_cli.analysis.metrics_review import Entered
from kpi_cli.period import later

if TYPE_CHECKING:
    from kpi_cli.history import Repository
    from kpi_cli.models import Kpi
    from kpi_cli.plan import Loaded


def entered(loaded: Loaded, repository: Repository, as_of: date) -> dict[str, Entered]:
    """By KPI: figures of periods that ended after its record was committed, and how many of them
    came after their grace. Only figures that stand in the record itself are known."""
    from kpi_cli.source import Locator

    plan = loaded.plan
    by_path: dict[str, list[Kpi]] = {}
    for kpi in plan.kpis.values():
        if len(kpi.actuals.rows):
            by_path.setdefault(plan.origins[kpi.id].path, []).append(kpi)
    found: dict[str, Entered] = {}
    for path, kpis in by_path.items():
        days = repository.blame(path)
        locator = Locator(loaded.files[path])
        for kpi in kpis:
            place = plan.origins[kpi.id]
            mark = locator.key(place.route)
            born = days.get(mark.line) if mark else None
            if born is not None:
                lines = {
                    period.name: locator.key((*place.route, "actuals", period.name))
                    for period in kpi.actuals.rows.periods
                }
                known = {name: days.get(at.line) for name, at in lines.items() if at}
                found[kpi.id] = _count(loaded, kpi, born, known, as_of)
    return found


def _count(
    loaded: Loaded, kpi: Kpi, born: date, known: dict[str, date | None], as_of: date
) -> Entered:
    grace = loaded.plan.config.grace_days.of(kpi.frequency)
    dated = late = 0
    for period in kpi.actuals.rows.periods:
        on = known.get(period.name)
        if on is None or grace is None or period.end <= born or period.end > as_of:
            continue
        dated += 1
        late += on > later(period.end, grace)
    return Entered(dated, late)
