"""`kpi schema`: the JSON Schema of plan files, or of kpi.yaml."""

from __future__ import annotations

from typing import Annotated

from kpi_cli.cli.declare import option
from kpi_cli.cli.run import Run


def schema(
    run: Run,
    config: Annotated[
        bool, option("--config", help="The schema of kpi.yaml instead of plan files.")
    ] = False,
) -> int:
    """Print the JSON Schema of plan files for editors and other validators.

    Example: kpi schema > .kpi/schema.json
    """
    import json

    from kpi_cli.models.published import config_schema, plan_schema

    text = json.dumps(config_schema() if config else plan_schema(), indent=2, ensure_ascii=False)
    run.write({"json": lambda: text}, default="json")
    return 0
