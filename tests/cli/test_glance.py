"""The ids found at a glance are those of the closer look."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.cli.glance import ids_at_a_glance
from kpi_cli.source import record_lines
from tests.house.tree import ROOT

LINES = (
    "kpis:", "teams:  # ours", "objectives: {a: {}}", "kpis:#x", "version: 1", "---", "# a remark",
    "  orders:", "  sold: {name: Sold}", "   late:", "  'quoted': {}", "  - row", "  two words: 1",
    "    name: Orders", "    text: |", "      more: text", "", "  ", "      ", "  # note",
    " odd: 1", "\tname: x", "  \u00e9t\u00e9: {}", "  a.b-c_d: &x", "  plain", "kpis", "actions:\r",
    "  x:y", "\ufeffkpis:", "  : 1", "  \u00a0",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join))
def test_what_is_found_at_a_glance_is_what_the_closer_look_finds(text: str) -> None:
    raw = text.encode()
    found = ids_at_a_glance(raw)
    if found is not None:
        assert set(found) == set(record_lines(raw))


def test_an_everyday_file_needs_no_closer_look() -> None:
    raw = b"# us\nteams:\n  sales: {name: S}\n\nkpis:  # two\n    a:\n      name: A\n    b.c: {}\n"
    assert ids_at_a_glance(raw) == [("teams", "sales"), ("kpis", "a"), ("kpis", "b.c")]
    assert ids_at_a_glance(b"") == []


@pytest.mark.parametrize("path", sorted((ROOT / "examples").rglob("*.yaml")), ids=lambda p: p.stem)
def test_the_examples_agree(path: Path) -> None:
    raw = path.read_bytes()
    found = ids_at_a_glance(raw)
    assert found is None or set(found) == set(record_lines(raw))
