import re
from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.analysis.assess import assess
from kpi_cli.plan import load_plan
from kpi_cli.render.svg.cascade import WIDTH, cascade, crossed, wrapped
from kpi_cli.render.svg.tidy import Block, crossings, tidy, untangled
from kpi_cli.views.cascade_map import MOST, CascadeMap, Drawn, cascade_map, neighbourhood
from kpi_cli.views.facts import Facts, Ref, facts_of
from kpi_cli.workspace import DiskTree
from tests.house.tree import ROOT
from tests.memory import judge

COLUMN, GAP = 276.0, 14.0


def facts(plan: str) -> Facts:
    return facts_of(judge(plan, "2026-05-31"))


def drawn(found: Facts, names: list[str] | None = None, most: int = MOST) -> CascadeMap:
    """The map of all objectives of a plan."""
    data = cascade_map(found, names or found.plan.objectives, "All", Drawn({}), most)
    assert data is not None
    return data


def address(ref: Ref) -> str:
    return f"o/{ref.id}.html"


@st.composite
def forests(draw: st.DrawFn) -> tuple[Block, ...]:
    """Up to 25 boxes, each on one before it or on none."""
    size = draw(st.integers(1, 25))
    parents = [draw(st.integers(-1, at - 1)) for at in range(size)]
    heights = [draw(st.integers(30, 160)) for _ in range(size)]

    def build(at: int) -> Block:
        below = tuple(build(child) for child in range(size) if parents[child] == at)
        return Block(str(at), float(heights[at]), below)

    return tuple(build(at) for at in range(size) if parents[at] == -1)


def boxes(roots: tuple[Block, ...]) -> list[tuple[Block, Block | None]]:
    found: list[tuple[Block, Block | None]] = []
    waiting: list[tuple[Block, Block | None]] = [(root, None) for root in roots]
    while waiting:
        block, parent = waiting.pop()
        found.append((block, parent))
        waiting += [(child, block) for child in block.below]
    return found


@given(forests())
def test_boxes_keep_their_distance_and_tree_lines_do_not_cross(roots: tuple[Block, ...]) -> None:
    corners, (wide, high) = tidy(roots, COLUMN, GAP)
    rows = boxes(roots)
    for block, parent in rows:
        x, y = corners[block.key]
        assert y >= 0
        assert y + block.height <= high + 1e-6
        assert x + COLUMN <= wide + 1e-6
        if parent is not None:
            assert x == corners[parent.key][0] + COLUMN
        for other, _ in rows:
            ox, oy = corners[other.key]
            if other is not block and ox == x:
                assert oy >= y + block.height + GAP - 1e-6 or y >= oy + other.height + GAP - 1e-6
    lines = [
        (
            (corners[p.key][0], corners[p.key][1] + p.height / 2),
            (corners[b.key][0], corners[b.key][1] + b.height / 2),
        )
        for b, p in rows
        if p is not None
    ]
    assert crossings(lines) == 0


def test_lines_that_cross_are_counted() -> None:
    assert crossings([((0, 0), (1, 1)), ((0, 1), (1, 0))]) == 1
    assert crossings([((0, 0), (1, 1)), ((0, 0), (1, 0))]) == 0
    assert crossings([((0, 0), (1, 0)), ((0, 1), (1, 1))]) == 0


def test_siblings_change_places_only_if_fewer_lines_cross() -> None:
    roots = tuple(Block(name, 30) for name in "abcd")
    assert untangled(roots, [("a", "d")], lambda order: [b.key for b in order].index("a"))[0] in (
        roots[0], roots[1]
    )  # fmt: skip
    assert untangled(roots, [], lambda _: 0) is roots
    worse = untangled(roots, [("a", "d")], lambda order: int(order is not roots))
    assert worse is roots


PLAN = """
teams: {top: {name: Top}, dep: {name: Dep, parent: top}}
objectives:
  a: {title: "First & <best>", team: top, period: "2026"}
  b: {title: Second, team: top, period: "2026"}
  c: {title: Child, team: dep, period: "2026", supports: [a, b]}
  d: {title: Grandchild, team: dep, period: "2026", supports: [c]}
kpis:
  k1: {name: One, objective: c, leads: [{kpi: k7, lag_days: 30}]}
  k2: {name: Two, objective: c}
  k3: {name: Three, objective: c}
  k4: {name: Four, objective: c}
  k5: {name: Five, objective: c}
  k6: {name: Six, objective: c}
  k7: {name: Seven, objective: a}
"""


def test_the_picture_has_a_link_for_each_objective_and_says_how_many_kpis_are_left_out() -> None:
    svg = cascade(drawn(facts(PLAN)), address)
    root = ET.fromstring(svg)
    links = [e.attrib["href"] for e in root.iter("a")]
    assert sorted(links) == [f"o/{name}.html" for name in "abcd"]
    text = " ".join("".join(root.itertext()).split())
    assert "First & <best>" in text
    assert "Four +2 more KPIs" in text
    assert "Five" not in text
    assert svg.count('class="mx"') == 1
    assert svg.count('class="ml"') == 1


def test_a_box_without_a_page_is_no_link() -> None:
    assert "<a " not in cascade(drawn(facts(PLAN)), lambda _: None)


def test_a_cut_keeps_whole_levels_and_counts_what_it_hides() -> None:
    found = facts(PLAN)
    data = drawn(found, most=3)
    assert (data.shown, data.whole) == (3, 4)
    first = data.roots[0]
    assert [node.ref.id for node in first.below] == ["c"]
    assert first.below[0].hidden == 1
    assert cascade_map(found, found.plan.objectives, "All", Drawn({}), 1) is None
    assert [ref.id for ref in data.roots[1].again] == ["c"]


def test_the_neighbourhood_is_all_above_and_one_level_below() -> None:
    found = facts(PLAN)
    assert set(neighbourhood(found, "c")) == {"a", "b", "c", "d"}
    assert set(neighbourhood(found, "a")) == {"a", "c"}
    assert set(neighbourhood(found, "d")) == {"a", "b", "c", "d"}


def test_a_circle_of_supports_is_cut_and_drawn() -> None:
    found = facts("""
        objectives:
          a: {title: A, period: "2026", supports: [b]}
          b: {title: B, period: "2026", supports: [a]}
        """)
    assert len(drawn(found).roots) == 1


def test_few_lines_cross_in_the_example() -> None:
    """19 objectives, four of them with a second parent; counted on straight lines."""
    plan = load_plan(DiskTree(ROOT / "examples" / "harbour-foods")).plan
    found = facts_of(assess(plan, date(2026, 5, 31)))
    assert crossed(drawn(found)) <= 8


@given(st.text(min_size=1, max_size=120), st.integers(1, 3))
def test_wrapped_text_keeps_its_words_or_says_that_it_does_not(words: str, lines: int) -> None:
    found = wrapped(words, WIDTH, lines, 7.0)
    assert 1 <= len(found) <= lines
    whole = "".join(words.split())
    if whole:
        told = "".join("".join(found).split())
        assert told == whole or (told.endswith("…") and whole.startswith(told[:-1]))


def test_colours_are_classes() -> None:
    svg = cascade(drawn(facts(PLAN)), address)
    assert not re.search(r"fill=|stroke=|style=|#[0-9a-f]{3}", svg)
