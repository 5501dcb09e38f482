"""The bullet: one measure on its own scale (after Stephen Few's specification of 2013)."""

from __future__ import annotations

from kpi_cli.render.svg.kit import Axis, box, dot, line, small, text, tick_labels, ticks, way
from kpi_cli.views.charts import Bullet

WIDTH, HEIGHT = 360, 56
LEFT, RIGHT, TOP, BAR = 10, 350, 8, 20


def bullet(data: Bullet) -> str:
    """360 x 56: a bar where the scale begins at zero, else a dot; target, baseline, expected, and
    a triangle where it was a year before."""
    marks = [data.value, *data.target]
    marks += [m for m in (data.baseline, data.expected, data.prior) if m is not None]
    from_zero = min(marks) >= 0 and min(marks) <= 0.5 * max(marks)
    room = 0.12 * (max(marks) - min(marks))
    steps = ticks(0.0 if from_zero else min(marks) - room, max(marks) + room, 5)
    axis = Axis(steps[0], steps[-1], LEFT, RIGHT)
    parts = [box(LEFT, TOP, RIGHT - LEFT, BAR, "b2"), _good_side(data, axis)]
    middle = TOP + BAR / 2
    if from_zero:
        parts.append(box(LEFT, middle - 4, axis.at(data.value) - LEFT, 8, "bar"))
    if data.baseline is not None:
        x = axis.at(data.baseline)
        parts.append(line(x, TOP, x, TOP + BAR, "bs"))
    if data.expected is not None:
        x = axis.at(data.expected)
        parts.append(line(x, TOP + BAR - 4, x, TOP + BAR + 4, "ex"))
    if data.prior is not None:
        x = axis.at(data.prior)
        tips = ((x - 5, TOP - 6), (x + 5, TOP - 6), (x, TOP + 4))
        parts.append(f'<path class="py" d="M{way(tips)}Z"/>')
    parts += [box(axis.at(mark) - 1.5, TOP - 4, 3, BAR + 8, "tl") for mark in data.target]
    if not from_zero:
        parts.append(dot(axis.at(data.value), middle, 6, "now"))
    parts.append(_labels(steps, axis))
    return small(WIDTH, HEIGHT, data.label, "bu", "".join(parts))


def _good_side(data: Bullet, axis: Axis) -> str:
    """The side of the target that is meant, a shade lighter than the rest is dark."""
    if len(data.target) == 2:
        low, high = sorted(axis.at(mark) for mark in data.target)
        return box(low, TOP, high - low, BAR, "b1")
    if data.rising is None:
        return ""
    x = axis.at(data.target[0])
    return box(x, TOP, RIGHT - x, BAR, "b1") if data.rising else box(LEFT, TOP, x - LEFT, BAR, "b1")


def _labels(steps: tuple[float, ...], axis: Axis) -> str:
    found = []
    last = len(steps) - 1
    for index, (step, label) in enumerate(zip(steps, tick_labels(steps), strict=True)):
        anchor = "" if index == 0 else "end" if index == last else "middle"
        x = axis.at(step)
        found.append(text(min(max(x, LEFT), RIGHT), HEIGHT - 6, label, "at", anchor))
    return "".join(found)
