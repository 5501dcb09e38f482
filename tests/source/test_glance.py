"""The records found at a glance are those of the closer look."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_cli.source.blocks import Outline
from kpi_cli.source.glance import ids_at_a_glance, lines_at_a_glance
from kpi_cli.source.text import Text
from tests.house.tree import ROOT

LINES = (
    "kpis:", "teams:  # ours", "objectives: {a: {}}", "kpis:#x", "version: 1", "---", "# a remark",
    "  orders:", "  sold: {name: Sold}", "   late:", "  'quoted': {}", "  - row", "  two words: 1",
    "    name: Orders", "    text: |", "      more: text", "", "  ", "      ", "  # note",
    " odd: 1", "\tname: x", "  \u00e9t\u00e9: {}", "  a.b-c_d: &x", "  plain", "kpis", "actions:\r",
    "  x:y", "\ufeffkpis:", "  : 1", "  \u00a0",
)  # fmt: skip


def check(raw: bytes) -> None:
    ids, lines = ids_at_a_glance(raw), lines_at_a_glance(raw)
    if ids is None:
        assert lines is None
        return
    blocks = list(Outline(Text(raw)).records())
    assert ids == [(block.section, block.name) for block in blocks]
    assert all(block.sure for block in blocks)
    first = {(one.section, one.name): (one.start, one.end) for one in blocks}
    assert lines == (first if len(first) == len(ids) else None)


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join))
@example("\n\nkpis:\n  a:\n    name: A\n  b:\n\n# end\nteams:\n  c: {}")
@example("kpis:\n  a: {}\n  a: {}\n\n\nkpis:\n  a: {}\n")
def test_what_is_found_at_a_glance_is_what_the_closer_look_finds(text: str) -> None:
    check(text.encode())


def test_an_everyday_file_needs_no_closer_look() -> None:
    raw = b"# us\nteams:\n  sales: {name: S}\n\nkpis:  # two\n    a:\n      name: A\n    b.c: {}\n"
    assert ids_at_a_glance(raw) == [("teams", "sales"), ("kpis", "a"), ("kpis", "b.c")]
    assert list((lines_at_a_glance(raw) or {}).values()) == [(2, 4), (5, 7), (7, 8)]
    assert ids_at_a_glance(b"") == []
    assert lines_at_a_glance(b"") == {}


@pytest.mark.parametrize("path", sorted((ROOT / "examples").rglob("*.yaml")), ids=lambda p: p.stem)
def test_the_examples_agree(path: Path) -> None:
    check(path.read_bytes())
