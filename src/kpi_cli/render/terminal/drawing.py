"""A KPI's series down the page: one line a period, its value on a scale with the target's mark."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from kpi_cli.locale import _
from kpi_cli.render.terminal.paper import (
    Screen,
    clean,
    columns_of,
    pad,
    paragraph,
    screened,
)
from kpi_cli.render.terminal.signs import between, legend, sign
from kpi_cli.views.show import Drawing, Moment
from kpi_cli.views.words import BADGES, how_many

WIDEST = 44
NARROWEST = 12
"""Columns of the scale at most and at least; a narrower screen shows the figures alone."""
UNICODE = {"value": "◆", "target": "│", "plan": "◇", "limit": "┊", "single": "·"}
ASCII = {"value": "o", "target": "|", "plan": "+", "limit": ":", "single": "."}
SIGNALS = {"better": "↗", "worse": "↘", "other": "↕"}
ASCII_SIGNALS = {"better": "^", "worse": "v", "other": "*"}
TONES = {"better": "good", "worse": "bad", "other": "head"}


def draw(drawing: Drawing, screen: Screen) -> Iterator[Text]:
    """All periods, then what the signs mean."""
    rows = [_texts(moment, screen) for moment in drawing.moments]
    names = columns_of([row[0] for row in rows])
    values = columns_of([row[1] for row in rows])
    sizes = columns_of(sign(m.badge, screen) for m in drawing.moments if m.badge)
    signals = any(m.sign for m in drawing.moments)
    used = 2 + names + 2 + values + 2 + sizes + 2 * signals
    room = WIDEST if screen.width is None else min(WIDEST, screen.width - used - 4)
    scale = _Scale(drawing, room) if room >= NARROWEST else None
    scale = scale if scale and scale.usable else None
    if drawing.earlier:
        earlier = _("{n} earlier not shown", n=how_many(drawing.earlier))
        yield Text(f"  {earlier}", "quiet")
    indent = " " * (2 + names + 2)
    for moment, (name, value) in zip(drawing.moments, rows, strict=True):
        right = Text(value)
        right.align("right", values)
        spans = [Text(f"  {pad(name, names)}  ", "quiet"), right]
        if sizes:
            mark = sign(moment.badge, screen) if moment.badge else ""
            tone = moment.badge.tone if moment.badge else ""
            spans += [Text("  "), Text(pad(mark, sizes), tone)]
        if signals:
            spans.append(_signal(moment, screen))
        yield Text.assemble(*spans, scale.row(moment, screen) if scale else "")
        if moment.note:
            yield from paragraph(clean(moment.note, screen), screen, style="quiet", indent=indent)
    yield from paragraph(_legend(drawing, scale, screen), screen, style="quiet", indent="  ")


def _signal(moment: Moment, screen: Screen) -> Text:
    signs = ASCII_SIGNALS if screen.ascii else SIGNALS
    return Text(f" {signs[moment.sign]}", TONES[moment.sign]) if moment.sign else Text("  ")


def _legend(drawing: Drawing, scale: _Scale | None, screen: Screen) -> str:
    """What brackets, signs and marks mean, as far as they occur."""
    parts = [scale.legend(screen)] if scale else []
    if any(m.own is not None and m.height is not None for m in drawing.moments):
        parts.append(_("in brackets the period alone"))
    used = [m.badge for m in drawing.moments if m.badge]
    badges = [badge for badge in BADGES.values() if badge in used]
    if badges:
        parts.append(legend(badges, screen))
    found = {m.sign for m in drawing.moments if m.sign}
    words = {
        "better": _("signal for the better"),
        "worse": _("signal for the worse"),
        "other": _("signal"),
    }
    signs = ASCII_SIGNALS if screen.ascii else SIGNALS
    told = [f"{signs[name]} {word}" for name, word in words.items() if name in found]
    parts += [", ".join(told)] if told else []
    return screened("; ".join(parts), screen)


def _texts(moment: Moment, screen: Screen) -> tuple[str, str]:
    value = clean(moment.judged, screen)
    if moment.own is not None:
        value = (
            f"{value} ({clean(moment.own, screen)})"
            if moment.height is not None
            else clean(moment.own, screen)
        )
    return moment.name, value


def _is_drawn(moment: Moment) -> bool:
    return moment.height is not None or moment.plan is not None


class _Scale:
    """Heights of values, plan and target as columns, lowest at the left."""

    def __init__(self, drawing: Drawing, columns: int) -> None:
        self.columns = columns
        self.marks = [m for moment in drawing.moments if _is_drawn(moment) for m in moment.marks]
        self.planned = any(moment.plan is not None for moment in drawing.moments)
        heights = [m.height for m in drawing.moments if m.height is not None]
        heights += [m.plan for m in drawing.moments if m.plan is not None]
        self.known = len(heights)
        shown = [m for m in drawing.moments if _is_drawn(m)]
        self.singles = [m.single for m in shown if m.single is not None]
        self.limits = [limit for m in shown for limit in m.limits or ()]
        every = [*heights, *self.marks, *self.singles, *self.limits]
        self.low, self.high = min(every, default=0.0), max(every, default=0.0)

    @property
    def usable(self) -> bool:
        """Whether there is a scale at all: two different figures."""
        return self.known > 0 and self.high > self.low

    def at(self, height: float) -> int:
        """The column of a figure."""
        return round(between(self.low, self.high, height) * (self.columns - 1))

    def row(self, moment: Moment, screen: Screen) -> Text:
        """The line of one period: limits first, then target, plan and single, the value on top."""
        signs = ASCII if screen.ascii else UNICODE
        if not _is_drawn(moment):
            return Text()
        cells: dict[int, tuple[str, str]] = {}
        for limit in moment.limits or ():
            cells[self.at(limit)] = (signs["limit"], "quiet")
        for mark in moment.marks:
            cells[self.at(mark)] = (signs["target"], "quiet")
        if moment.plan is not None:
            cells[self.at(moment.plan)] = (signs["plan"], "path")
        if moment.single is not None:
            cells[self.at(moment.single)] = (signs["single"], "")
        if moment.height is not None:
            tone = moment.badge.tone if moment.badge else ""
            cells[self.at(moment.height)] = (signs["value"], tone or "head")
        return Text.assemble("  ", *(cells.get(column, " ") for column in range(self.columns)))

    def legend(self, screen: Screen) -> str:
        """`◆ value, ◇ plan for its day, │ target`."""
        signs = ASCII if screen.ascii else UNICODE
        parts = [f"{signs['value']} {_('value')}"]
        parts += [f"{signs['plan']} {_('plan for its day')}"] if self.planned else []
        parts += [f"{signs['target']} {_('target')}"] if self.marks else []
        parts += [f"{signs['single']} {_('period alone')}"] if self.singles else []
        parts += [f"{signs['limit']} {_('natural limits')}"] if self.limits else []
        return ", ".join([*parts, _("smaller figures at the left")])
