"""The balance bar: leading, lagging and undeclared KPIs, stacked, each with its number."""

from __future__ import annotations

from kpi_cli.render.svg.kit import box, n, small, text
from kpi_cli.views.charts import Balance

WIDTH, HEIGHT, LEAST = 150, 28, 22


def balance(data: Balance) -> str:
    """150 x 28: every part wide enough for its number, none drawn for 0."""
    parts = [(data.leading, "lead"), (data.lagging, "lag"), (data.unsaid, "none")]
    shown = [(number, look) for number, look in parts if number]
    whole = sum(number for number, _ in shown)
    if not whole:
        return ""
    spare = WIDTH - LEAST * len(shown)
    x, body = 0.0, []
    for number, look in shown:
        width = LEAST + spare * number / whole
        body.append(box(x, 2, width - 1, HEIGHT - 4, f"ba {look}"))
        body.append(text(x + width / 2, HEIGHT / 2 + 4, n(number), f"bn {look}", "middle"))
        x += width
    return small(WIDTH, HEIGHT, data.label, "bl", "".join(body))
