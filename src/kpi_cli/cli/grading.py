"""Running the SMART rules for `kpi check-smart`: which records, compared with what, and scored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli.cli.checking import (
    Outcome,
    against_baseline,
    folder_in_repository,
    loaded_at,
    new_since,
    only_in,
)
from kpi_cli.cli.run import Run
from kpi_cli.frozen import replace

if TYPE_CHECKING:
    from kpi_cli.checks.engine import Checked, Selection
    from kpi_cli.checks.registry import Context
    from kpi_cli.checks.smart import Graded, Smart
    from kpi_cli.diagnostics import Finding
    from kpi_cli.plan import Loaded, Plan
    from kpi_cli.views.findings import FindingsView
    from kpi_cli.views.status import Selected


def graded(
    run: Run,
    selected: Selected,
    paths: Sequence[Path] = (),
    base: str | None = None,
    *,
    strict: bool = False,
) -> FindingsView:
    """Findings and scores of what was selected. Raises CannotRun.

    With `base` only findings that are new since, and only KPIs that have one or were changed.
    """
    from kpi_cli.checks.selection import for_check_smart
    from kpi_cli.checks.smart import grade

    loaded = run.loaded
    selection = for_check_smart(loaded.plan.config)
    context = context_of(run, loaded)
    wanted = _wanted(run, selected, paths)
    found = _checked(run, loaded, selection, context, wanted)
    told = against_baseline(run, found.findings, selection)
    shown = _outcome(run, found, told, wanted, paths)
    if base is not None:
        then = loaded_at(run, base)
        before = _checked(run, then, selection, context_of(run, then), wanted) if then else None
        new = list(new_since(shown.findings, before.findings if before else []))
        shown = Outcome(new, shown.suppressed, len(shown.findings) - len(new))
        wanted = _touched(loaded.plan, then.plan if then else None, new, wanted)
    counted = _replaced(found, told.findings)
    smart = grade(context, selection, counted, strict=strict, only=wanted)
    return _view(run, shown, selection, smart)


def grades(run: Run) -> dict[str, Graded]:
    """The scores of every live KPI, by id."""
    from kpi_cli.views.status import Selected

    view = graded(run, Selected())
    return {one.id: one for one in view.smart.kpis} if view.smart else {}


def context_of(run: Run, loaded: Loaded) -> Context:
    """What the rules look at: the plan on disk with the run's own numbers, or another state."""
    from kpi_cli.analysis.assess import assess
    from kpi_cli.checks.left_out import LeftOut
    from kpi_cli.checks.registry import Context

    as_of = run.as_of
    if loaded is run.loaded:
        return Context(loaded.plan, as_of, lambda: run.assessment, None, LeftOut(loaded))
    return Context(loaded.plan, as_of, lambda: assess(loaded.plan, as_of), None, LeftOut(loaded))


def _wanted(run: Run, selected: Selected, paths: Sequence[Path]) -> frozenset[str] | None:
    """Ids of the records asked for; None for the whole plan."""
    from kpi_cli.views.status import chosen

    plan = run.loaded.plan
    ids: frozenset[str] | None = None
    if not selected.everything:
        kpis, objectives = chosen(run.assessment, selected)
        ids = frozenset((*kpis, *objectives))
    if paths:
        inside = _inside(run, plan, paths)
        ids = inside if ids is None else ids & inside
    return ids


def _inside(run: Run, plan: Plan, paths: Sequence[Path]) -> frozenset[str]:
    """Ids of the records that stand in these files and folders."""
    from kpi_cli.cli.checking import inside

    lies = inside(run, paths)
    return frozenset(
        name for name in (*plan.objectives, *plan.kpis) if lies(plan.origins[name].path)
    )


def _checked(
    run: Run,
    loaded: Loaded,
    selection: Selection,
    context: Context,
    wanted: frozenset[str] | None,
) -> Checked:
    from kpi_cli.checks.engine import checked

    return checked(loaded, run.as_of, selection, context=context, only=wanted)


def _outcome(
    run: Run,
    found: Checked,
    told: Outcome,
    wanted: frozenset[str] | None,
    paths: Sequence[Path],
) -> Outcome:
    """What counts and what is set aside, of the records asked for."""
    suppressed = sorted([*found.suppressed, *told.suppressed], key=lambda one: one.finding.sort_key)
    if wanted is None:
        return Outcome(told.findings, suppressed)
    in_files = set(map(id, only_in(run, told.findings, paths))) if paths else set()

    def speaks_of(finding: Finding) -> bool:
        named = {finding.subject, *finding.concerns}
        return bool(named & wanted) or id(finding) in in_files

    return Outcome(
        [finding for finding in told.findings if speaks_of(finding)],
        [one for one in suppressed if speaks_of(one.finding)],
    )


def _replaced(found: Checked, findings: list[Finding]) -> Checked:
    return replace(found, findings=findings)


def _touched(
    plan: Plan, before: Plan | None, new: Sequence[Finding], wanted: frozenset[str] | None
) -> frozenset[str]:
    """KPIs and objectives that have a new finding or differ from what they were."""
    named = {finding.subject for finding in new}
    touched = {
        name
        for section in ("kpis", "objectives")
        for name, record in getattr(plan, section).items()
        if name in named or before is None or getattr(before, section).get(name) != record
    }
    return frozenset(touched if wanted is None else touched & wanted)


def _view(run: Run, shown: Outcome, selection: Selection, smart: Smart) -> FindingsView:
    from kpi_cli.views.findings import findings_view

    plan = run.loaded.plan
    checked: dict[str, list[str]] = {}
    names = [one.id for one in smart.objectives] + [one.id for one in smart.kpis]
    for name in names:
        checked.setdefault(plan.origins[name].path, []).append(name)
    ran = {code[0] for code in selection.codes} - {"X"}
    return findings_view(
        run.as_of,
        shown.findings,
        files=len(run.loaded.files),
        records=len(plan.origins),
        suppressed=shown.suppressed,
        folder=folder_in_repository(run.root),
        checked={path: tuple(ids) for path, ids in checked.items()},
        families=tuple(letter for letter in plan.config.checks.select if letter in ran) or ("S",),
        elsewhere=shown.elsewhere,
        command="check-smart",
        smart=smart,
    )
