"""A bar from the middle: to the right what raised the whole, to the left what lowered it."""

from __future__ import annotations

from kpi_cli.render.svg.kit import line, n, small
from kpi_cli.views.charts import Effect

WIDTH, HEIGHT, PAD = 80, 16, 4


def effect(data: Effect) -> str:
    """80 x 16: the middle line is no effect, the largest part fills its half."""
    middle = WIDTH / 2
    length = abs(data.size) * (middle - PAD)
    end = middle + (length if data.size >= 0 else -length)
    tone = "ss" if data.better is None else "sb" if data.better else "sw"
    bar = f'<path class="{tone}" d="M{n(middle)} {PAD}H{n(end)}V{HEIGHT - PAD}H{n(middle)}Z"/>'
    axis = line(middle, 1, middle, HEIGHT - 1, "ax")
    return small(WIDTH, HEIGHT, data.label, "sp", (bar if length else "") + axis)
