"""What `kpi check-smart` costs once the plan is read."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpi_cli.analysis.assess import assess
from kpi_cli.checks.engine import checked
from kpi_cli.checks.left_out import LeftOut
from kpi_cli.checks.registry import Context
from kpi_cli.checks.selection import for_check_smart
from kpi_cli.checks.smart import grade
from kpi_cli.plan import load_plan
from kpi_cli.workspace import DiskTree


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds: reading the plan, then all figures, rules, places and scores."""

    loading: float
    checking: float


def cost(folder: Path, as_of: str) -> Spent:
    """Check a workspace once, in this process."""
    begun = time.process_time()
    loaded, day = load_plan(DiskTree(folder)), date.fromisoformat(as_of)
    gc.freeze()  # as the command does
    read = time.process_time()
    context = Context(loaded.plan, day, lambda: assess(loaded.plan, day), None, LeftOut(loaded))
    selection = for_check_smart(loaded.plan.config)
    found = checked(loaded, day, selection, context=context)
    grade(context, selection, found)
    return Spent(read - begun, time.process_time() - read)
