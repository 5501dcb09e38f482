"""The sparkline: the latest values of one series, on its own scale."""

from __future__ import annotations

from kpi_cli.quantity import close
from kpi_cli.render.svg.kit import Axis, dot, line, polyline, small
from kpi_cli.views.charts import Spark

WIDTH, HEIGHT, PAD = 120, 28, 4


def spark(data: Spark) -> str:
    """120 x 28: line, dot at the end, dashed target where it lies near the values.

    Values that differ by noise of computation only are a level line.
    """
    known = [value for value in data.values if value is not None]
    if not known:
        return ""
    low, high = data.spread or (min(known), max(known))
    target = (
        data.target if data.target is not None and _drawn(data.target, data, low, high) else None
    )
    if target is not None:
        low, high = min(low, target), max(high, target)
    y = Axis(low, low if close(low, high) else high, HEIGHT - PAD, PAD)
    x = Axis(0, max(len(data.values) - 1, 1), PAD, WIDTH - PAD)
    points = [None if v is None else (x.at(i), y.at(v)) for i, v in enumerate(data.values)]
    parts = (
        [line(PAD, y.at(target), WIDTH - PAD, y.at(target), "tg dash")]
        if target is not None
        else []
    )
    parts.append(polyline(points, "ac"))
    last = next(point for point in reversed(points) if point)
    parts.append(dot(*last, 2.5, "now"))
    return small(WIDTH, HEIGHT, data.label, "sp", "".join(parts))


def _drawn(target: float, data: Spark, low: float, high: float) -> bool:
    """Whether the target is drawn; on a shared scale only if it lies on it."""
    return low <= target <= high if data.spread else _near(target, low, high)


def _near(target: float, low: float, high: float) -> bool:
    """Whether the target may be drawn without flattening the values to a line."""
    span = (high - low) or abs(high) * 0.1 or 1.0
    return low - 2 * span <= target <= high + 2 * span
