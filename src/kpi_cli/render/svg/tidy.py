"""A tidy tree from left to right: where each box lies, and how many lines cross."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kpi_cli.frozen import dataclass

Pair = tuple[float, float]
Line = tuple[Pair, Pair]


@dataclass(frozen=True, slots=True)
class Block:
    """A box of a height, with those that hang on it."""

    key: str
    height: float
    below: tuple[Block, ...] = ()


def tidy(roots: Sequence[Block], column: float, gap: float) -> tuple[dict[str, Pair], Pair]:
    """Left upper corner of every box, and the size of all.

    Each subtree has a strip of its own, as high as its boxes need, so that no line of the tree
    crosses another. A box stands at the middle of those that hang on it; columns are `column`
    wide, boxes and strips `gap` apart.
    """
    found: dict[str, Pair] = {}
    heights: dict[str, float] = {}
    y = 0.0
    depth = 0
    for root in roots:
        depth = max(depth, _measure(root, gap, heights))
        _place(root, 0.0, y, (column, gap), heights, found)
        y += heights[root.key] + gap
    return found, (depth * column, max(y - gap, 0.0))


def _measure(block: Block, gap: float, heights: dict[str, float]) -> int:
    """Note the height of each strip; the levels of the subtree."""
    depth = max((_measure(child, gap, heights) for child in block.below), default=0)
    heights[block.key] = max(block.height, _inner(block, gap, heights))
    return depth + 1


def _inner(block: Block, gap: float, heights: Mapping[str, float]) -> float:
    return sum(heights[child.key] + gap for child in block.below) - gap if block.below else 0.0


def _place(
    block: Block,
    x: float,
    y: float,
    step: Pair,
    heights: Mapping[str, float],
    found: dict[str, Pair],
) -> float:
    """Place a subtree in its strip that begins at y; the middle of its box."""
    column, gap = step
    strip = heights[block.key]
    at = y + (strip - _inner(block, gap, heights)) / 2 if block.below else y
    middles = []
    for child in block.below:
        middles.append(_place(child, x + column, at, step, heights, found))
        at += heights[child.key] + gap
    middle = (middles[0] + middles[-1]) / 2 if middles else y + block.height / 2
    top = min(max(middle - block.height / 2, y), y + strip - block.height)
    found[block.key] = (x, top)
    return top + block.height / 2


def crossings(lines: Sequence[Line]) -> int:
    """How many pairs of straight lines cross; those that share an end do not."""
    count = 0
    for at, (a, b) in enumerate(lines):
        for c, d in lines[at + 1 :]:
            if len({a, b, c, d}) == 4 and _turn(a, b, c) != _turn(a, b, d):
                count += _turn(c, d, a) != _turn(c, d, b)
    return count


def _turn(a: Pair, b: Pair, c: Pair) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def untangled(
    roots: tuple[Block, ...],
    links: Sequence[tuple[str, str]],
    count: Callable[[tuple[Block, ...]], int],
) -> tuple[Block, ...]:
    """The tree with siblings in the order their further links pull them to, if fewer lines cross.

    `links` are pairs of keys outside of the tree; `count` tells the crossings of an order.
    """
    if not links:
        return roots
    order = {block.key: float(at) for at, block in enumerate(_walk(roots))}
    pulled: dict[str, list[float]] = {}
    for one, other in links:
        pulled.setdefault(one, []).append(order[other])
        pulled.setdefault(other, []).append(order[one])
    changed = _sorted(roots, order, pulled)
    return changed if count(changed) < count(roots) else roots


def _walk(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        found.append(block)
        waiting += reversed(block.below)
    return found


def _sorted(
    blocks: tuple[Block, ...], order: Mapping[str, float], pulled: Mapping[str, list[float]]
) -> tuple[Block, ...]:
    def key(block: Block) -> float:
        inside = _walk((block,))
        keys = {one.key for one in inside}
        low, high = order[block.key], order[block.key] + len(inside) - 1
        pulls = [at for one in keys for at in pulled.get(one, ()) if not low <= at <= high]
        return sum(pulls) / len(pulls) if pulls else (low + high) / 2

    return tuple(
        Block(b.key, b.height, _sorted(b.below, order, pulled)) for b in sorted(blocks, key=key)
    )
