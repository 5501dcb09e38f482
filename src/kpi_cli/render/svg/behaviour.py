"""Natural limits, signals and the forecast's fan on the line chart."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.svg.kit import Axis, box, dot, line, polyline, way
from kpi_cli.views.charts import Lines


def naturals(data: Lines, x: Axis, y: Axis) -> Iterator[str]:
    """A band between the limits of each stretch, its centre line, its edges dotted."""
    for one in data.naturals:
        begin = max(x.at(one.start.toordinal()), x.start)
        end = min(x.at(one.end.toordinal()), x.end)
        if end <= begin:
            continue
        top, bottom = y.at(one.high), y.at(one.low)
        yield box(begin, top, end - begin, bottom - top, "nb")
        yield line(begin, y.at(one.centre), end, y.at(one.centre), "nc")
        for edge in (top, bottom):
            yield line(begin, edge, end, edge, "nl")


def fan(data: Lines, x: Axis, y: Axis) -> str:
    """The area that holds 8 of 10 outcomes, and its middle dotted."""
    points = [point for point in data.fan if point.on.toordinal() >= x.low]
    if len(points) < 2:
        return ""
    across = [x.at(point.on.toordinal()) for point in points]
    upper = [(at, y.at(point.high)) for at, point in zip(across, points, strict=True)]
    lower = [(at, y.at(point.low)) for at, point in zip(across, points, strict=True)]
    middle = [(at, y.at(point.median)) for at, point in zip(across, points, strict=True)]
    area = way((*upper, *lower[::-1]))
    return f'<path class="fan" d="M{area}Z"/>' + polyline(middle, "fm")


def marks(data: Lines, x: Axis, y: Axis) -> Iterator[str]:
    """A full circle for better, a diamond for worse, a square where neither: shape and colour."""
    for mark in data.marks:
        at, height = x.at(mark.on.toordinal()), y.at(mark.value)
        if at < x.start:
            continue
        if mark.better is None:
            yield box(at - 3, height - 3, 6, 6, "ss")
        elif mark.better:
            yield dot(at, height, 4, "sb")
        else:
            tips = ((at, height - 5), (at + 5, height), (at, height + 5), (at - 5, height))
            yield f'<path class="sw" d="M{way(tips)}Z"/>'
