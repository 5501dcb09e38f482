"""Records -> the linked Plan, the one object everything above reads."""

from kpi_cli.plan.load import Loaded, load_plan
from kpi_cli.plan.model import SECTIONS, Edge, Plan

__all__ = ["SECTIONS", "Edge", "Loaded", "Plan", "load_plan"]
