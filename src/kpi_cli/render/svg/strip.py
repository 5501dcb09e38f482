"""The freshness strip: the age of a series against what is allowed."""

from __future__ import annotations

from kpi_cli.render.svg.kit import box, line, small
from kpi_cli.views.charts import Strip

WIDTH, HEIGHT = 120, 16
ALLOWED = 0.6
"""Where the allowed age lies, as a share of the width, in every row."""


def strip(data: Strip) -> str:
    """120 x 16: a bar up to the age; past the line, and dark, where it is too old."""
    share = min(data.age / data.allowed if data.allowed else 2.0, 1 / ALLOWED)
    width = max(share * ALLOWED * WIDTH, 1)
    mark = ALLOWED * WIDTH
    body = box(0, 4, WIDTH, 8, "b2") + box(0, 4, width, 8, "old" if share > 1 else "young")
    return small(WIDTH, HEIGHT, data.label, "fs", body + line(mark, 1, mark, 15, "lim"))
