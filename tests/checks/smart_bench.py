"""One SMART rule over a small workspace."""

from __future__ import annotations

from datetime import date
from typing import Any

from kpi_cli.checks.engine import Checked, Selection, checked
from tests.checks.bench import AS_OF, firm, kpi, loaded

MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)][4:17]
"""2025-05 to 2026-05."""
BASE = {"value": 60, "date": "2026-04-30"}
MOVE: dict[str, Any] = {"baseline": BASE, "target": 80}
RETIRED = {"status": "retired", "retired": {"on": "2026-05-10", "reason": "nobody read it"}}


def look(code: str, as_of: date = AS_OF, config: str = "version: 1\n", **sections: Any) -> Checked:
    """What one rule alone says of `firm` with these records."""
    plan = loaded({"kpi.yaml": config, "firm.yaml": firm(**sections)})
    assert not [d for d in plan.diagnostics if d.drops], plan.diagnostics
    return checked(plan, as_of, Selection(frozenset({code}), {}))


def says(code: str, as_of: date = AS_OF, **fields: Any) -> str | None:
    """`warning`, or None: what a rule makes of one KPI with these fields."""
    found = look(code, as_of, kpis={"one": kpi(**fields)}).findings
    severities = {f.severity.value for f in found if f.subject == "one"}
    assert len(severities) < 2
    return next(iter(severities), None)


def series(*values: float) -> dict[str, float]:
    """The latest months up to 2026-05 with these figures."""
    return dict(zip(MONTHS[-len(values) :], values, strict=True))
