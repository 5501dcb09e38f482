"""`kpi validate`: every fault of the workspace in one run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kpi_cli.cli.declare import argument, option
from kpi_cli.cli.mending import Diff, Fix, mend
from kpi_cli.cli.run import Run

if TYPE_CHECKING:
    from kpi_cli.diagnostics import Finding
    from kpi_cli.views.findings import FindingsView


def validate(
    run: Run,
    paths: Annotated[
        list[Path] | None,
        argument(metavar="PATHS", help="Show findings in these files or folders only."),
    ] = None,
    strict: Annotated[bool, option("--strict", help="Warnings fail the run too.")] = False,
    diff_base: Annotated[
        str | None,
        option(
            "--diff-base",
            metavar="REV",
            help="Only what was not wrong yet where this revision and yours part.",
        ),
    ] = None,
    fix: Fix = False,
    diff: Diff = False,
) -> int:
    """Check the links, fields and numbers of the whole plan.

    Ends with 1 when something at or above the failing level was found (`checks.fail_on`, errors by
    default). PATHS narrow what is shown; links are always checked over the whole workspace.
    Formats: text, concise, json, jsonl, sarif, junit, github, gitlab, rdjson, checkstyle, markdown,
    azure, gnu, pylint.

    Examples:
      kpi validate
      kpi validate departments/sales --strict
      kpi validate --diff-base origin/main --format github
      kpi validate --diff
      kpi validate --output sarif=kpi.sarif --output junit=kpi.xml --output text=-
    """
    from kpi_cli.cli.checking import outcome, verdict_of, view_of
    from kpi_cli.diagnostics import Severity
    from kpi_cli.views.findings import crashed, fails

    if fix or diff:

        def found_in(state: Run) -> list[Finding]:
            return outcome(state, verdict_of(state), paths or [], diff_base).findings

        done = mend(run, found_in, dry=diff)
        if diff:
            return 1 if done.changed else 0
        if done.changed:
            run = Run(run.options)
    verdict = verdict_of(run)
    view = view_of(run, verdict, outcome(run, verdict, paths or [], diff_base))
    run.write(_renderers(run, view))
    failing = Severity.WARNING if strict else Severity(verdict.fail_on)
    return 3 if crashed(view) else 1 if fails(view, failing) else 0


def _renderers(run: Run, view: FindingsView) -> dict[str, Callable[[], str]]:
    """The text for people, and every format there is a module for."""
    from kpi_cli.render.findings import names

    def as_text() -> str:
        if not (view.findings or view.suppressed or view.elsewhere):
            return _calm(view, run)
        from kpi_cli.cli.checking import texts_of
        from kpi_cli.render.terminal.findings import findings

        return findings(view, texts_of(run), run.terminal)

    return {"text": as_text, **{name: partial(_rendered, run, view, name) for name in names()}}


def _rendered(run: Run, view: FindingsView, name: str) -> str:
    from kpi_cli.cli.checking import texts_of
    from kpi_cli.render.findings import renderer

    return renderer(name)(view, texts_of(run))


def _calm(view: FindingsView, run: Run) -> str:
    from kpi_cli.render.terminal.calm import nothing_found

    said, rest = nothing_found(view)
    return (f"\x1b[32m{said}\x1b[0m" if run.terminal.color else said) + rest
