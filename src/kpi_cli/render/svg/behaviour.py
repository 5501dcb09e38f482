"""Natural limits, signals and the forecast's fan on the line chart."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.svg.dates import Days
from kpi_cli.render.svg.kit import Axis, box, dot, line, n, tenths
from kpi_cli.views.charts import Lines


def naturals(data: Lines, x: Days, y: Axis) -> Iterator[str]:
    """A band between the limits of each stretch, its centre line, its edges dotted."""
    for one in data.naturals:
        begin = max(x[one.start], x.start)
        end = min(x[one.end], x.end)
        if end <= begin:
            continue
        top, bottom = y.at(one.high), y.at(one.low)
        yield box(begin, top, end - begin, bottom - top, "nb")
        yield line(begin, y.at(one.centre), end, y.at(one.centre), "nc")
        for edge in (top, bottom):
            yield line(begin, edge, end, edge, "nl")


def fan(data: Lines, x: Days, y: Axis) -> str:
    """The area that holds 8 of 10 outcomes, and its middle dotted."""
    points = [point for point in data.fan if point.on >= x.begin]
    if len(points) < 2:
        return ""
    across = [n(x[point.on]) for point in points]
    upper = _written(across, [y.at(point.high) for point in points])
    lower = _written(across, [y.at(point.low) for point in points])
    middle = _written(across, [y.at(point.median) for point in points])
    area, halves = "L".join(upper + lower[::-1]), "L".join(middle)
    return f'<path class="fan" d="M{area}Z"/><path class="fm" d="M{halves}"/>'


def _written(across: list[str], heights: list[float]) -> list[str]:
    return [f"{at} {tenths(height)}" for at, height in zip(across, heights, strict=True)]


def marks(data: Lines, x: Days, y: Axis) -> Iterator[str]:
    """A full circle for better, a diamond for worse, a square where neither: shape and colour."""
    for mark in data.marks:
        at, height = x[mark.on], y.at(mark.value)
        if at < x.start:
            continue
        if mark.better is None:
            yield box(at - 3, height - 3, 6, 6, "ss")
        elif mark.better:
            yield dot(at, height, 4, "sb")
        else:
            yield _diamond(at, height, 5)


def _diamond(x: float, y: float, radius: float) -> str:
    left, middle, right = n(x - radius), n(x), n(x + radius)
    top, level, bottom = tenths(y - radius), n(y), tenths(y + radius)
    tips = f"{middle} {top}L{right} {level}L{middle} {bottom}L{left} {level}"
    return f'<path class="sw" d="M{tips}Z"/>'
