"""Which rules each command runs."""

from __future__ import annotations

from kpi_cli.checks.engine import Selection
from kpi_cli.checks.registry import catalogue
from kpi_cli.diagnostics import Severity
from kpi_cli.models import Config

SMART_IN_VALIDATE = frozenset(
    {
        "M201", "M202", "M203", "M205", "M209", "M211", "M219",
        "A301", "R401", "R407",
        "T501", "T502", "T503", "T504", "T505",
    }
)  # fmt: skip
"""Rules of S M A R T that rest on fields and links alone, and say what no K rule says."""

LENIENT = frozenset({"M201", "M202", "M205", "M209"})
"""Warnings in `validate`, except in profile `strict`."""

SMART_FAMILIES = ("S", "M", "A", "R", "T")


def for_validate(config: Config) -> Selection:
    """All K and X rules, and the S M A R T rules above; those are gentler on drafts."""
    codes = frozenset(code for code in catalogue() if code[0] in "KX" or code in SMART_IN_VALIDATE)
    strict = config.checks.profile == "strict"
    severities = {} if strict else dict.fromkeys(sorted(LENIENT), Severity.WARNING)
    return Selection(codes, severities, SMART_FAMILIES)
