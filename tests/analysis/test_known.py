"""An assessment that takes over what is known of another state of the plan: the same results."""

from datetime import date

import pytest

from kpi_cli.analysis import assess as module
from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.results import ObjectiveResult
from kpi_cli.analysis.rollup import Rollup
from kpi_cli.models import Kpi, Objective
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree
from tests.house.tree import ROOT
from tests.memory import MemoryTree

DAY = date(2026, 5, 31)
KPI = "  {name}: {{name: {name}, objective: {goal}, baseline: 0, target: 100, {more}}}\n"
GOAL = '  {name}: {{title: {name}, period: "2026"{more}}}\n'
FILES = {
    "kpi.yaml": "version: 1\nactuals: [actuals.csv]\n",
    "goals.yaml": "objectives:\n"
    + GOAL.format(name="top", more="")
    + GOAL.format(name="g", more=", supports: top")
    + GOAL.format(name="h", more=", supports: top")
    + GOAL.format(name="i", more=", supports: top"),
    "e.yaml": "kpis:\n" + KPI.format(name="e", goal="i", more="actuals: {2026-02: 5}"),
    "a.yaml": "kpis:\n"
    + KPI.format(name="a", goal="g", more="actuals: {2026-01: 10, 2026-04: 40}"),
    "b.yaml": "kpis:\n" + KPI.format(name="b", goal="g", more="unit: pcs"),
    "c.yaml": "kpis:\n" + KPI.format(name="c", goal="h", more="formula: a + b"),
    "d.yaml": "kpis:\n" + KPI.format(name="d", goal="h", more="actuals: {2026-02: 5}"),
    "actuals.csv": "kpi,period,value\nb,2026-03,20\n",
}
EDITS = {
    "nothing": ("a.yaml", "", ""),
    "a target": ("a.yaml", "target: 100", "target: 50"),
    "a figure": ("a.yaml", "2026-04: 40", "2026-04: 90"),
    "a figure of a table": ("actuals.csv", "2026-03,20", "2026-03,70"),
    "a row of a table": ("actuals.csv", "20\n", "20\nb,2026-04,30\n"),
    "an objective's period": ("goals.yaml", 'g, period: "2026"', 'g, period: "2025"'),
    "a setting": ("kpi.yaml", "version: 1\n", "version: 1\ngrace_days: {monthly: 90}\n"),
    "the fiscal year": (
        "kpi.yaml",
        "version: 1\n",
        "version: 1\ncalendar: {fiscal_year_start: 4}\n",
    ),
    "an input's unit": ("b.yaml", "unit: pcs", "unit: EUR"),
    "another objective": ("d.yaml", "objective: h", "objective: g"),
    "an objective elsewhere": ("goals.yaml", "supports: top}\n  i", "supports: g}\n  i"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_known_changes_no_result(edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, old, new = EDITS[edit]
    assert old in FILES[path]
    before = load_plan(MemoryTree(FILES))
    after = load_plan(MemoryTree({**FILES, path: FILES[path].replace(old, new, 1)}), known=before)
    expected = assess(after.plan, DAY)
    afresh: list[str] = []
    judge = module.assess_kpi

    def counted(plan: object, kpi: Kpi, *rest: object) -> object:
        afresh.append(kpi.id)
        return judge(plan, kpi, *rest)  # type: ignore[arg-type]

    known = assess(before.plan, DAY)
    monkeypatch.setattr(module, "assess_kpi", counted)
    found = assess(after.plan, DAY, known=known)
    assert (found.kpis, found.objectives) == (expected.kpis, expected.objectives)
    assert "c" in afresh, "a formula is always worked out"
    assert (len(afresh) == 1) == (edit == "nothing")
    assert path != "kpi.yaml" or len(afresh) == 5


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ("nothing", {"h", "top"}),
        ("a target", {"g", "h", "top"}),
        ("another objective", {"g", "h", "top"}),
        ("an objective elsewhere", {"g", "h", "i", "top"}),
        ("a setting", {"g", "h", "i", "top"}),
    ],
)
def test_objectives_with_nothing_new_below_are_not_rolled_up_again(
    edit: str, expected: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, new = EDITS[edit]
    before = load_plan(MemoryTree(FILES))
    after = load_plan(MemoryTree({**FILES, path: FILES[path].replace(old, new, 1)}), known=before)
    known = assess(before.plan, DAY)
    afresh: set[str] = set()
    roll_up = Rollup.objective

    def counted(self: Rollup, objective: Objective) -> ObjectiveResult:
        afresh.add(objective.id)
        return roll_up(self, objective)

    monkeypatch.setattr(Rollup, "objective", counted)
    assess(after.plan, DAY, known=known)
    assert afresh == expected


def test_another_day_takes_over_nothing() -> None:
    plan = load_plan(MemoryTree(FILES)).plan
    known = assess(plan, date(2026, 2, 1))
    assert assess(plan, DAY, known=known).kpis == assess(plan, DAY).kpis


def test_an_example_known_to_itself_is_the_same() -> None:
    plan = load_plan(DiskTree(ROOT / "examples" / "harbour-foods")).plan
    whole = assess(plan, DAY)
    assert assess(plan, DAY, known=whole).kpis == whole.kpis
