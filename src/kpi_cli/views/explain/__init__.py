"""How a number and a status came about, step by step, in words and figures put in."""

from kpi_cli.views.explain.kpi import explain_kpi
from kpi_cli.views.explain.objective import explain_objective
from kpi_cli.views.explain.step import Step

__all__ = ["Step", "explain_kpi", "explain_objective"]
