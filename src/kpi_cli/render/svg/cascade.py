"""The alignment map as a picture: boxes of objectives with their KPIs, from left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from unicodedata import combining, east_asian_width

from kpi_cli.frozen import dataclass
from kpi_cli.locale import ngettext
from kpi_cli.render.svg.clean import escaped
from kpi_cli.render.svg.kit import box, n, text
from kpi_cli.render.svg.tidy import Block, Line, Pair, crossings, tidy, untangled
from kpi_cli.views.cascade_map import CascadeMap, MapNode
from kpi_cli.views.facts import Ref

WIDTH, COLUMN, GAP, ROW = 220, 276, 14, 16
INSIDE = 4
"""KPIs written into a box; the list below the picture has them all."""
LEFT, TOP, PAD = 14, 8, 8
ROOM = WIDTH - LEFT - PAD

Address = Callable[[Ref], str | None]
"""Where a record's page is; None for one without."""


def cascade(data: CascadeMap, address: Address) -> str:
    """The picture; each box is a link with its own text as its name."""
    nodes = list(_walk(data.roots))
    shown = {node.ref.id: _shown(node) for node in nodes}
    blocks = tuple(_block(node, shown) for node in data.roots)
    known = {node.ref.id for node in nodes}
    further = [(one.id, node.ref.id) for node in nodes for one in node.also if one.id in known]

    def count(order: tuple[Block, ...]) -> int:
        return crossings(_straight(nodes, tidy(order, COLUMN, GAP)[0], further))

    corners, (wide, high) = tidy(untangled(blocks, further, count), COLUMN, GAP)
    ends = {name: (x, y, y + shown[name].height / 2) for name, (x, y) in corners.items()}
    parts = [_edge(ends[a.ref.id], ends[b.ref.id], "me") for a in nodes for b in a.below]
    parts += [_edge(ends[one], ends[other], "mx") for one, other in further]
    parts += [_lead(ends[a], ends[b]) for a, b in data.leads]
    parts += [_drawn(node, shown[node.ref.id], corners[node.ref.id], address) for node in nodes]
    width, height = n(wide - COLUMN + WIDTH + 16), n(high + 12)
    return (
        f'<svg class="mp" role="group" aria-label="{escaped(data.title)}" width="{width}"'
        f' height="{height}" viewBox="-4 -8 {width} {height}">{"".join(parts)}</svg>'
    )


def crossed(data: CascadeMap) -> int:
    """How many lines cross in the picture, counted on straight ones between the boxes."""
    nodes = list(_walk(data.roots))
    shown = {node.ref.id: _shown(node) for node in nodes}
    known = {node.ref.id for node in nodes}
    further = [(one.id, node.ref.id) for node in nodes for one in node.also if one.id in known]

    def count(order: tuple[Block, ...]) -> int:
        return crossings(_straight(nodes, tidy(order, COLUMN, GAP)[0], further))

    return count(untangled(tuple(_block(node, shown) for node in data.roots), further, count))


def _walk(nodes: Sequence[MapNode]) -> Iterator[MapNode]:
    for node in nodes:
        yield node
        yield from _walk(node.below)


def _straight(
    nodes: Sequence[MapNode], corners: dict[str, Pair], further: Sequence[tuple[str, str]]
) -> list[Line]:
    pairs = [(a.ref.id, b.ref.id) for a in nodes for b in a.below]
    return [(corners[one], corners[other]) for one, other in (*pairs, *further)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is written into a box: its title and the rows below the status."""

    title: tuple[str, ...]
    inside: tuple[str, ...]

    @property
    def height(self) -> float:
        """As many rows as there are lines, and the status."""
        return 2 * TOP + ROW * (len(self.title) + 1 + len(self.inside))


def _shown(node: MapNode) -> Shown:
    return Shown(_title(node), tuple(_inside(node)))


def _block(node: MapNode, shown: Mapping[str, Shown]) -> Block:
    below = tuple(_block(child, shown) for child in node.below)
    return Block(node.ref.id, shown[node.ref.id].height, below)


def _title(node: MapNode) -> tuple[str, ...]:
    return wrapped(node.ref.label, ROOM - (34 if node.marks else 0), 2, 7.4)


def _inside(node: MapNode) -> list[str]:
    """The lines below the status: KPIs, how many more, how many objectives are not shown."""
    shown = node.kpis if len(node.kpis) <= INSIDE + 1 else node.kpis[:INSIDE]
    found = [wrapped(f"{kpi.badge.glyph} {kpi.ref.label}", ROOM, 1, 6.6)[0] for kpi in shown]
    more = len(node.kpis) - len(shown)
    found += [ngettext("+{n} more KPI", "+{n} more KPIs", more)] if more else []
    if node.hidden:
        found.append(ngettext("{n} objective below", "{n} objectives below", node.hidden))
    return found


def _drawn(node: MapNode, shown: Shown, corner: Pair, address: Address) -> str:
    x, y = corner
    height = shown.height
    look = "mb" + (" aside" if node.aside else "") + (" focus" if node.focus else "")
    lines = [box(x, y, WIDTH, height, look), box(x, y, 5, height, f"mt {node.badge.tone}")]
    at = y + TOP + 12
    lines.append(_words(x + LEFT, at, shown.title, "mh"))
    at += ROW * len(shown.title)
    stand = f"{node.badge.text} · {node.progress}" if node.progress else node.badge.text
    lines.append(text(x + LEFT, at, f" {stand} ", "ms"))
    for words in shown.inside:
        at += ROW
        lines.append(text(x + LEFT, at, f" {words} ", "mk"))
    if node.marks:
        lines.append(_badge(x + WIDTH - PAD, y + TOP + 12, node.marks))
    body, where = "".join(lines), address(node.ref)
    return f'<a href="{escaped(where)}">{body}</a>' if where else f"<g>{body}</g>"


def _words(x: float, y: float, lines: Sequence[str], classes: str) -> str:
    """One text on several lines."""
    first, *rest = lines
    spans = "".join(f'<tspan x="{n(x)}" dy="{ROW}">{escaped(one)}</tspan>' for one in rest)
    return f'<text x="{n(x)}" y="{n(y)}" class="{classes}">{escaped(first)} {spans}</text>'


def _badge(x: float, y: float, marks: Sequence[int]) -> str:
    told = f"⚡{marks[0]}" + ("+" if len(marks) > 1 else "")
    return text(x, y, f" {told} ", "mw", "end")


End = tuple[float, float, float]
"""Left edge, top and middle of a box."""


def _edge(parent: End, child: End, classes: str) -> str:
    """A curve from the right side of the one above to the left side of the one below."""
    x1, y1, x2, y2 = parent[0] + WIDTH, parent[2], child[0], child[2]
    if x2 <= x1:
        return _loop(parent, child, classes)
    bend = min((x2 - x1) / 2, (COLUMN - WIDTH) / 2 + 8)
    path = f"M{n(x1)} {n(y1)}C{n(x1 + bend)} {n(y1)} {n(x2 - bend)} {n(y2)} {n(x2)} {n(y2)}"
    return f'<path class="{classes}" d="{path}"/>'


def _loop(one: End, other: End, classes: str) -> str:
    """A curve on the right of two boxes where neither lies left of the other."""
    x1, x2 = one[0] + WIDTH, other[0] + WIDTH
    far = max(x1, x2) + 32
    path = f"M{n(x1)} {n(one[2])}C{n(far)} {n(one[2])} {n(far)} {n(other[2])} {n(x2)} {n(other[2])}"
    return f'<path class="{classes}" d="{path}"/>'


def _lead(one: End, other: End) -> str:
    """A dotted curve with a point at the end that is moved."""
    if one[0] == other[0]:
        x, y = other[0] + WIDTH, other[2] + 10
        start = (one[0] + WIDTH, one[2] + 10)
        curve = _loop((one[0], one[1], one[2] + 10), (other[0], other[1], y), "ml")
        tip = f"M{n(x)} {n(y)}l7 -4v8Z"
    else:
        right = one[0] < other[0]
        start = (one[0] + (WIDTH if right else 0), one[2] + 10)
        x, y = other[0] + (0 if right else WIDTH), other[2] + 10
        bend = 24 if right else -24
        path = f"M{n(start[0])} {n(start[1])}C{n(start[0] + bend)} {n(start[1])}"
        path += f" {n(x - bend)} {n(y)} {n(x)} {n(y)}"
        curve = f'<path class="ml" d="{path}"/>'
        tip = f"M{n(x)} {n(y)}l{-7 if right else 7} -4v8Z"
    return f'{curve}<path class="mi" d="{tip}"/>'


@lru_cache(maxsize=8192)
def wrapped(words: str, width: float, lines: int, letter: float) -> tuple[str, ...]:
    """A text on at most so many lines; `letter` is the width of a usual one in pixels.

    The last line ends with an ellipsis where something is left out.
    """
    found: list[str] = []
    rest = " ".join(words.split())
    while rest and len(found) < lines:
        fits = _fitting(rest, width, letter)
        if fits >= len(rest):
            found.append(rest)
            return tuple(found)
        last = len(found) == lines - 1
        space = rest.rfind(" ", 0, fits + 1)
        cut = space if space > fits // 2 else fits
        found.append(rest[: max(fits - 1, 1)].rstrip() + "…" if last else rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(found) or ("–",)


def _fitting(words: str, width: float, letter: float) -> int:
    """How many letters fit."""
    used = 0.0
    for at, sign in enumerate(words):
        used += _width(sign) * letter
        if used > width:
            return max(at, 1)
    return len(words)


@lru_cache(maxsize=4096)
def _width(sign: str) -> float:
    """The width of a letter against a usual one."""
    if combining(sign):
        return 0.0
    if east_asian_width(sign) in "WF":
        return 1.9
    if sign in "iíìỉĩịljt.,:;'|!I ()[]rf":
        return 0.62
    if sign in "mwMWƯƠ%—…":
        return 1.45
    return 1.2 if sign.isupper() else 1.0
