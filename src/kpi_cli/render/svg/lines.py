"""The line chart of a KPI page: series, plan and limits over time, in a wide and a narrow cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, language
from kpi_cli.render.svg.behaviour import fan, marks, naturals
from kpi_cli.render.svg.clean import escaped
from kpi_cli.render.svg.dates import Days, date_ticks, days
from kpi_cli.render.svg.kit import (
    Axis,
    Pair,
    box,
    dot,
    dots,
    line,
    polyline,
    text,
    tick_labels,
    ticks,
    way,
)
from kpi_cli.views.charts import Dot, Lines, Step


@dataclass(frozen=True, slots=True)
class Cut:
    """A size of the chart: outer size, margins, points shown at most, label room on the right."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    points: int
    letters: int


WIDE = Cut("wide", 760, 300, 52, 136, 22, 28, 400, 20)
NARROW = Cut("narrow", 360, 240, 50, 14, 22, 30, 18, 0)
ROOM = 90
"""Pixels to the right edge from which on the latest value is labelled beside its own dot."""
LABEL_GAP = 15
"""Pixels between the baselines of two labels at the right."""
NAME_LETTERS = 11
UNIT_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Heights:
    """The value axis of both cuts: round numbers or grades, and their labels."""

    steps: tuple[float, ...]
    labels: tuple[str, ...]


def lines(data: Lines) -> str:
    """Both cuts; the style sheet shows the one that fits."""
    heights = _heights(data)
    return _drawn(data, WIDE, heights) + _drawn(data, NARROW, heights)


def draw(data: Lines, cut: Cut) -> str:
    """One cut: its height comes from the whole series, also where it shows only the latest."""
    return _drawn(data, cut, _heights(data))


def _drawn(data: Lines, cut: Cut, heights: Heights) -> str:
    x, y = _axes(data, cut, heights)
    parts = [*_frame(x, y, heights, cut)]
    if data.unit and not data.grades:
        parts.append(text(0, 11, _short(data.unit, UNIT_LETTERS), "at"))
    parts += naturals(data, x, y)
    parts.append(fan(data, x, y))
    parts += [_limit(step, x, y) for step in data.steps]
    parts.append(polyline(_plan(data, x, y), "pl"))
    parts += _today(data, x, cut)
    parts.append(dots(way(filter(None, _pixels(data.singles, x, y))), 2, "sg"))
    judged = _pixels(data.judged, x, y)
    known = [point for point in judged if point]
    parts += _series(judged, known, x)
    parts += marks(data, x, y)
    parts += _events(data, x, cut)
    parts += _side_labels(data, known, x, y, cut)
    return _picture(data, cut, "".join(parts))


def _picture(data: Lines, cut: Cut, body: str) -> str:
    slug = f"c-{data.slug}-{cut.name[0]}"
    return (
        f'<svg class="ch {cut.name}" role="img" aria-labelledby="{slug}t {slug}d"'
        f' viewBox="0 0 {cut.width} {cut.height}"><title id="{slug}t">{escaped(data.title)}</title>'
        f'<desc id="{slug}d">{escaped(data.desc)}</desc>{body}</svg>'
    )


def _heights(data: Lines) -> Heights:
    if data.grades:
        names = tuple(_short(name, NAME_LETTERS) for _, name in data.grades)
        return Heights(tuple(score for score, _ in data.grades), names)
    values = [d.value for d in (*data.judged, *data.singles) if d.value is not None]
    values += [value for _, value in data.plan]
    values += [v for one in data.naturals for v in (one.low, one.high)]
    values += [v for point in data.fan for v in (point.low, point.high)]
    values += [v for step in data.steps for v in (step.low, step.high) if v is not None]
    least, largest = min(values), max(values)
    room = 0.04 * (largest - least)
    steps = ticks(least if 0 <= least < 2 * room else least - room, largest + room, 5)
    return Heights(steps, tick_labels(steps))


def _axes(data: Lines, cut: Cut, heights: Heights) -> tuple[Days, Axis]:
    left = max(cut.left, 12 + 7 * max(map(len, heights.labels)))
    begin, steps = _begin(data, cut), heights.steps
    x = days(begin, data.end, left, cut.width - cut.right)
    y = Axis(min(steps), max(steps), cut.height - cut.bottom, cut.top)
    return x, y


def _begin(data: Lines, cut: Cut) -> date:
    """The first day drawn: the latest points of a narrow cut, all of a wide one."""
    days = [d.on for d in data.judged if d.value is not None]
    days = days or [d.on for d in data.singles if d.value is not None]
    latest = days[-cut.points :]
    whole = len(latest) == len(days)
    starts = [on for on, _ in data.plan[:1]] if whole else []
    return min([*latest[:1], *starts])


def _frame(x: Days, y: Axis, heights: Heights, cut: Cut) -> Iterator[str]:
    for step, label in zip(heights.steps, heights.labels, strict=True):
        height = y.at(step)
        yield line(x.start, height, x.end, height, "gr")
        yield text(x.start - 8, height + 4, label, "at", "end")
    yield _calendar(x.begin, x.last, x.start, x.end, cut.height, cut.bottom, language())


@lru_cache(maxsize=256)
def _calendar(
    begin: date, last: date, start: float, end: float, height: int, bottom: int, _language: str
) -> str:
    """Ticks and labels of days, once for the charts of one stretch of time."""
    x, foot = days(begin, last, start, end).axis, height - bottom
    parts = []
    for day, label in date_ticks(int(x.low), int(x.high), max(int((end - start) / 95), 2)):
        at = x.at(day)
        parts += [line(at, foot, at, foot + 4, "ax")]
        parts += [text(at, height - 8, label, "at", _anchor(at, x))]
    return "".join(parts)


def _anchor(at: float, x: Axis) -> str:
    return "end" if at > x.end - 16 and x.end - at < 16 else "middle"


def _limit(step: Step, x: Days, y: Axis) -> str:
    begin = max(x[step.start], x.start)
    end = min(x[step.end], x.end)
    if end < begin:
        return ""
    parts = []
    if step.low is not None and step.high is not None:
        top, bottom = y.at(step.high), y.at(step.low)
        parts.append(box(begin, top, end - begin, bottom - top, "fan"))
    for value in (step.low, step.high):
        if value is not None:
            parts.append(line(begin, y.at(value), end, y.at(value), "lm"))
    return "".join(parts)


def _plan(data: Lines, x: Days, y: Axis) -> list[tuple[float, float]]:
    """The plan from the left edge on; where it began earlier, the edge is interpolated."""
    axis, points = x.axis, [(on.toordinal(), value) for on, value in data.plan]
    kept: list[tuple[float, float]] = []
    for before, after in zip([None, *points], points, strict=False):
        if after[0] < axis.low:
            continue
        if before is not None and before[0] < axis.low < after[0]:
            share = (axis.low - before[0]) / (after[0] - before[0])
            kept.append((axis.low, before[1] + share * (after[1] - before[1])))
        kept.append(after)
    return [(axis.at(day), y.at(value)) for day, value in kept]


def _pixels(series: Iterable[Dot], x: Days, y: Axis) -> list[Pair | None]:
    return [
        (x[d.on], y.at(d.value)) if d.value is not None else None for d in series if d.on >= x.begin
    ]


def _series(judged: list[Pair | None], known: list[Pair], x: Days) -> Iterator[str]:
    """The line, open circles on it while they do not touch, a full one for the latest value."""
    points = way(known)
    if len(known) == len(judged) > 1:
        yield f'<path class="ac" d="M{points}"/>'
    else:
        yield polyline(judged, "ac")
    if (x.end - x.start) / max(len(known), 1) >= 7:
        yield dots(points.rpartition("L")[0], 2.5, "pc")
    if known:
        yield dot(*known[-1], 4, "now")


def _today(data: Lines, x: Days, cut: Cut) -> list[str]:
    at = x[data.as_of]
    if data.as_of >= data.end or at < x.start:
        return []
    mark = line(at, cut.top, at, cut.height - cut.bottom, "td")
    return [mark, text(at, cut.top - 8, _("as of"), "at", "middle")]


def _events(data: Lines, x: Days, cut: Cut) -> Iterator[str]:
    """A number over the day and a thin line down; the words stand below the chart."""
    taken = [x[data.as_of]]
    for index, event in enumerate(data.events, 1):
        at = x[event.on]
        if at < x.start:
            continue
        yield line(at, cut.top, at, cut.height - cut.bottom, "ev")
        low = any(abs(at - other) < 24 for other in taken)
        taken.append(at)
        yield text(at, cut.top + (10 if low else -8), str(index), "en", "middle")


def _side_labels(data: Lines, known: list[Pair], x: Days, y: Axis, cut: Cut) -> list[str]:
    """The latest value and the target at the right, moved apart where they would touch."""
    if not cut.letters:
        return []
    wanted: list[tuple[float, str, str]] = []
    if known:
        at, height = known[-1]
        if at < x.end - ROOM:
            below = _plan_height(data, x, y, at) <= height + 6
            rows = _folded(data.now_text, cut.letters)
            first = height + (17 if below else -9 - LABEL_GAP * (len(rows) - 1))
            return [*_rows(at + 8, first, rows, "ln"), *_goal_label(data, x, y, cut)]
        wanted.append((height, data.now_text, "ln"))
    goal = _goal(data)
    if goal is not None and data.target_text:
        wanted.append((y.at(goal), data.target_text, "lt"))
    wanted.sort()
    labels = [(height, _folded(words, cut.letters), kind) for height, words, kind in wanted]
    room = LABEL_GAP * (sum(len(rows) for _, rows, _ in labels) - 1)
    found, last = [], float("-inf")
    for height, rows, kind in labels:
        last = max(min(height + 4, cut.height - 8 - room), last + LABEL_GAP)
        found += _rows(x.end + 8, last, rows, kind)
        last += LABEL_GAP * (len(rows) - 1)
        room -= LABEL_GAP * len(rows)
    return found


def _plan_height(data: Lines, x: Days, y: Axis, at: float) -> float:
    """Where the plan passes a place: the label keeps to the other side; no plan lies far below."""
    line_ = _plan(data, x, y)
    for before, after in pairwise(line_):
        if before[0] <= at <= after[0]:
            share = (at - before[0]) / ((after[0] - before[0]) or 1.0)
            return before[1] + share * (after[1] - before[1])
    return float("inf")


def _goal_label(data: Lines, x: Days, y: Axis, cut: Cut) -> list[str]:
    goal = _goal(data)
    if goal is None or not data.target_text:
        return []
    rows = _folded(data.target_text, cut.letters)
    height = min(y.at(goal) + 4, cut.height - 8 - LABEL_GAP * (len(rows) - 1))
    return _rows(x.end + 8, height, rows, "lt")


def _goal(data: Lines) -> float | None:
    """The height of the target's label: the end of the plan, else the latest limit."""
    if data.plan:
        return data.plan[-1][1]
    if not data.steps:
        return None
    step = data.steps[-1]
    return step.low if step.low is not None else step.high


def _short(words: str, letters: int) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def _folded(words: str, letters: int) -> tuple[str, ...]:
    """A label in one row, or in two broken at a space; only what needs more ends in an ellipsis."""
    if len(words) <= letters:
        return (words,)
    cut = words.rfind(" ", 1, letters + 1)
    if cut < 0:
        return (_short(words, letters),)
    return words[:cut], _short(words[cut + 1 :], letters)


def _rows(x: float, y: float, rows: tuple[str, ...], kind: str) -> list[str]:
    return [text(x, y + LABEL_GAP * row, words, kind) for row, words in enumerate(rows)]
