"""A rule that breaks off is a fault of ours: it is told, and every other rule still runs."""

from __future__ import annotations

from pathlib import PurePath

from kpi_cli.checks.registry import Rule, found_by_reader
from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.models import Record
from kpi_cli.plan import Plan
from kpi_cli.workspace import CONFIG

CODE = "X906"


@found_by_reader(CODE, "rule-crashed")
def rule_crashed() -> None:
    """A rule broke off: a fault of ours, not of the plan.

    The other rules ran to their end, so what they found counts, and what this one would have found
    is not known. The command ends with 3, so that no build takes the silence for good news.

    Bad:
        # nothing you wrote: a rule of ours met a plan it cannot read

    Good:
        # the same plan, once the rule is mended

    Fix:
        Send us the message; until it is mended, `checks: {disable: {CODE: why}}` in kpi.yaml
        leaves the rule out.
    """


def crash(rule: Rule, record: Record | None, fault: Exception, plan: Plan) -> Diagnostic:
    """The fault as a diagnostic, at the record the rule was looking at."""
    from traceback import extract_tb

    frames = extract_tb(fault.__traceback__)
    where = f" ({PurePath(frames[-1].filename).stem}:{frames[-1].lineno})" if frames else ""
    at = f" at '{record.id}'" if record is not None else ""
    message = f"the rule {rule.code} broke off{at}: {type(fault).__name__}: {fault}{where}"
    return Diagnostic(
        CODE,
        plan.place(record.id) if record is not None else Place(CONFIG),
        message,
        record.id if record is not None else None,
        f"it is a fault of ours: send us this line; `checks: {{disable: {{{rule.code}: why}}}}` "
        "in kpi.yaml leaves the rule out until then",
    )
