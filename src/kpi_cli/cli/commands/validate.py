"""`kpi validate`: every fault of the workspace in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.cli.run import Run


def validate(
    run: Run,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Show findings in these files or folders only."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail the run too.")] = False,
) -> int:
    """Check the links, fields and numbers of the whole plan.

    Ends with 1 when something at or above the failing level was found (`checks.fail_on`, errors by
    default). PATHS narrow what is shown; links are always checked over the whole workspace.

    Examples:
      kpi validate
      kpi validate departments/sales --strict
      kpi validate --format json --output findings.json
    """
    from kpi_cli.cli.checking import check_workspace, only_in
    from kpi_cli.diagnostics import Severity
    from kpi_cli.views.findings import fails, findings_view

    found = only_in(run, check_workspace(run), paths or [])
    view = findings_view(
        run.as_of,
        found,
        files=len(run.loaded.files),
        records=len(run.loaded.plan.origins),
    )

    def as_text() -> str:
        from kpi_cli.render.terminal.findings import findings

        return findings(view, run.loaded.files, run.terminal)

    def as_concise() -> str:
        from kpi_cli.render.concise import findings

        return findings(view)

    def as_json() -> str:
        from kpi_cli.render.json import findings

        return findings(view)

    run.write({"text": as_text, "concise": as_concise, "json": as_json})
    failing = Severity.WARNING if strict else Severity(run.loaded.plan.config.checks.fail_on)
    return 1 if fails(view, failing) else 0
