"""`kpi rules`: what the checks look for."""

from __future__ import annotations

from kpi_cli.cli.run import Run


def rules(run: Run) -> int:
    """List every rule: its code, how severe it is, its name, and what it finds.

    Examples:
      kpi rules
      kpi rules --format json
      kpi explain K102
    """
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
