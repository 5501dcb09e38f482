"""Actual over plan, and the difference beside it: the scenarios of IBCS, on one scale."""

from __future__ import annotations

from kpi_cli.render.svg.kit import Axis, box, line, small
from kpi_cli.views.charts import Variance

WIDTH, HEIGHT = 260, 24
BARS, LEFT, RIGHT = 168, 184, 256
"""Where the bars of the values end, and where those of the differences begin and end."""


def variance(data: Variance) -> str:
    """260 x 24: a solid bar over an outlined one; right of them the difference from a middle."""
    axis = Axis(data.ends[0], data.ends[1], 0, BARS)
    zero, actual, plan = axis.at(0), axis.at(data.actual), axis.at(data.plan)
    middle = (LEFT + RIGHT) / 2
    reach = (data.actual - data.plan) / (data.widest or 1) * (RIGHT - LEFT) / 2
    look = "vs" if data.better is None else "sb" if data.better else "sx"
    body = (
        box(min(zero, plan), 3, abs(plan - zero), 18, "vp")
        + box(min(zero, actual), 7, abs(actual - zero), 10, "bar")
        + box(min(middle, middle + reach), 7, max(abs(reach), 1), 10, look)
        + line(middle, 2, middle, 22, "ax")
    )
    return small(WIDTH, HEIGHT, data.label, "va", body)
