"""`kpi rules`: what the checks look for, and how often they are right about words."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run


def rules(
    run: Run,
    stats: Annotated[
        bool,
        option("--stats", help="Precision and recall of each rule on words, measured anew."),
    ] = False,
) -> int:
    """List every rule: its code, how severe it is, its name, and what it finds.

    With `--stats`, how often the rules that read text are right about the statements that come
    with the tool, English and Vietnamese, each with our own verdict.

    Examples:
      kpi rules
      kpi rules --stats
      kpi rules --stats --format json
      kpi explain K102
    """
    if stats:
        _stats(run)
        return 0
    from kpi_cli.checks.registry import catalogue

    found = list(catalogue().values())

    def as_text() -> str:
        from kpi_cli.render.terminal.explain import rules as text

        return text(found, run.terminal)

    def as_json() -> str:
        from kpi_cli.render.json import rules as as_json

        return as_json(found)

    run.write({"text": as_text, "json": as_json})
    return 0


def _stats(run: Run) -> None:
    from kpi_cli.cli.documents import write_document
    from kpi_cli.library.judged import outside, statements
    from kpi_cli.views.measured import measure, say
    from kpi_cli.views.rule_stats import document, envelope

    found = measure(statements(), say)
    write_document(run, lambda: document(found, outside()), lambda: envelope(found, outside()))
