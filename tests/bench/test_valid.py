"""`kpi validate` finds nothing in a generated plan, not even an info."""

from pathlib import Path

import pytest

from bench.generate import Layout, write
from bench.session import require_clean


@pytest.mark.parametrize(
    "layout",
    [Layout(33), Layout(33, "kpi"), Layout(33, "team", "csv"), Layout(170, "kpi", "csv", seed=2)],
    ids=str,
)
def test_a_generated_plan_is_clean(layout: Layout, tmp_path: Path) -> None:
    write(layout, tmp_path)
    require_clean(tmp_path)
