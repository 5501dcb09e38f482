"""The aligned target plot: every row has its target at one place, and right is better."""

from __future__ import annotations

from kpi_cli.render.svg.kit import box, dot, line, n, small
from kpi_cli.views.charts import Plot

WIDTH, HEIGHT, MIDDLE = 168, 24, 12
START, GOAL = 0.20, 0.75
"""Where baseline and target lie, as shares of the width."""
EDGE = 8


def plot(data: Plot) -> str:
    """168 x 24: bands, target line, where it should be, where it is, where it is heading."""
    band = data.shape == "band"
    parts = [_bands(data.shape)]
    if data.expected is not None and data.shape == "move":
        x = _x(data.expected)
        parts.append(line(x, 17, x, 23, "ex"))
    parts += [_target(START), _target(GOAL)] if band else [_target(GOAL)]
    if data.now is not None and data.forecast is not None:
        parts.append(_forecast(_x(data.now), _inside(_x(data.forecast))))
    if data.now is not None:
        parts.append(_now(_x(data.now)))
    return small(WIDTH, HEIGHT, data.label, "pt", "".join(parts))


def _inside(x: float) -> float:
    return min(max(x, EDGE / 2), WIDTH - EDGE / 2)


def _forecast(now: float, end: float) -> str:
    """A ring where it ends if nothing changes, tied to the dot by a thin line."""
    ring = f'<circle class="fr" cx="{n(end)}" cy="{MIDDLE}" r="3.5"/>'
    return line(_inside(now), MIDDLE, end, MIDDLE, "fr") + ring


def _x(share: float) -> float:
    return (START + (GOAL - START) * share) * WIDTH


def _bands(shape: str) -> str:
    start, goal = START * WIDTH, GOAL * WIDTH
    top, height = 6, 12
    if shape == "band":
        return box(0, top, WIDTH, height, "b0") + box(start, top, goal - start, height, "b2")
    if shape == "keep":
        return box(0, top, goal, height, "b1") + box(goal, top, WIDTH - goal, height, "b2")
    return (
        box(0, top, start, height, "b0")
        + box(start, top, goal - start, height, "b1")
        + box(goal, top, WIDTH - goal, height, "b2")
    )


def _target(share: float) -> str:
    return box(share * WIDTH - 1.5, 2, 3, 20, "tl")


def _now(x: float) -> str:
    """A dot; at an edge a triangle that points to where the value lies."""
    if x < EDGE / 2:
        return f'<path class="now" d="M1 {MIDDLE}L{EDGE} {MIDDLE - 5}V{MIDDLE + 5}Z"/>'
    if x > WIDTH - EDGE / 2:
        tip = n(WIDTH - 1)
        return f'<path class="now" d="M{tip} {MIDDLE}L{WIDTH - EDGE} {MIDDLE - 5}V{MIDDLE + 5}Z"/>'
    return dot(min(max(x, 5), WIDTH - 5), MIDDLE, 5, "now")
