"""The target forms, one module each: parse, score, show. `parse_target` picks by the keys used."""

from kpi_cli.kinds.base import Reading, Score, Target, Verdict
from kpi_cli.kinds.registry import parse_target

__all__ = ["Reading", "Score", "Target", "Verdict", "parse_target"]
