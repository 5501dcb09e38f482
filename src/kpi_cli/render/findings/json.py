"""`--format json`: `kpi-findings/1` of the format page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kpi_cli.diagnostics import Finding, Fix
from kpi_cli.render.json import dump, plain
from kpi_cli.views.findings import FindingsView

if TYPE_CHECKING:
    from kpi_cli.checks.smart import Graded, Smart


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """One envelope with every finding and the counts."""
    envelope: dict[str, Any] = {
        "schema": "kpi-findings/1",
        "as_of": view.as_of,
        "findings": [record(finding) for finding in view.findings],
        "counts": view.counts,
    }
    if view.smart is not None:
        envelope["smart"] = smart(view.smart)
    return dump(envelope)


def smart(found: Smart) -> dict[str, Any]:
    """The scores as the format page lists them, and what was set aside for each KPI."""
    envelope: dict[str, Any] = {"scoring": found.scoring}
    if found.is_weighted:
        envelope["weights"] = found.weights
    envelope["kpis"] = {one.id: _graded(one) for one in found.kpis}
    envelope["objectives"] = {one.id: {"O": one.score} for one in found.objectives}
    return envelope


def _graded(one: Graded) -> dict[str, Any]:
    from kpi_cli.checks.score import CRITERIA

    return {
        "total": one.total,
        **{letter: one.of(letter) for letter in CRITERIA},
        "evidence": {letter: str(told) for letter, told in one.scores.evidence.items()},
        "unknown": one.unknown,
        "cheapest_fix": one.fix,
        "suppressed": [
            {"code": aside.finding.code, "reason": aside.reason} for aside in one.suppressed
        ],
    }


def record(finding: Finding) -> dict[str, Any]:
    """A finding's keys as the format page lists them."""
    named = (name for name in Finding.__match_args__ if name != "concerns")
    found = {name: plain(getattr(finding, name)) for name in named}
    return found | {"fix": _fix(finding.fix)}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    """The text to put in the place of a span."""
    return {**plain(fix.mark), "text": fix.text} if fix else None
