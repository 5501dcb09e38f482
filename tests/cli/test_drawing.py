"""Folding, columns and neutralised data, apart from any command."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.csv import cell
from kpi_cli.render.markdown import diagram, text
from kpi_cli.render.terminal.paper import Span, fold, print_lines
from kpi_cli.render.terminal.signs import sparkline
from kpi_cli.render.terminal.table import Column, fit
from kpi_cli.render.text import safe, width


@dataclass(frozen=True)
class Page:
    """A screen for tests."""

    color: bool = False
    ascii: bool = False
    width: int | None = None


WORDS = st.text(alphabet="abc àớ顧e\u0301 -\t", max_size=60)


@given(WORDS, st.integers(min_value=2, max_value=30))
def test_folding_loses_no_letter_and_keeps_the_width(words: str, columns: int) -> None:
    lines = fold(words, columns)
    assert max(map(width, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert fold("ae\u0301e\u0301e\u0301", 2) == ["ae\u0301", "e\u0301e\u0301"]


ROWS = [{"a": Span("on track"), "b": Span("a long name of a KPI"), "c": Span("42 days")}]
COLUMNS = (Column("a", "A"), Column("b", "B", least=12), Column("c", "C"), Column("d", "D"))


def test_a_pipe_keeps_all_columns_but_empty_ones() -> None:
    layout = fit(COLUMNS, ROWS, Page(), ("c", "a"))
    assert [column.key for column in layout.columns] == ["a", "b", "c"]
    assert layout.lost == ()


@pytest.mark.parametrize(
    ("columns", "kept", "lost"),
    [(40, "abc", ()), (31, "abc", ()), (30, "ab", ("c",)), (20, "b", ("c", "a"))],
)
def test_columns_go_in_their_order(columns: int, kept: str, lost: tuple[str, ...]) -> None:
    layout = fit(COLUMNS, ROWS, Page(width=columns), ("c", "a"))
    assert "".join(column.key for column in layout.columns) == kept
    assert layout.lost == lost
    lines = [one for row in ROWS for one in layout.lines(row)]
    assert max(width(line) for line in print_lines(lines, Page()).splitlines()) <= columns


def test_colours_surround_text_only() -> None:
    page = Page(color=True)
    assert (
        print_lines([(Span("  "), Span("x ", "bad"), Span("  "))], page) == "  \x1b[1;31mx\x1b[0m\n"
    )


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([], ""),
        ([None], ""),
        ([1.0, 8.0], "▁█"),
        ([0.0, None, 7.0], "▁ █"),
        ([3.0, 3.0], "▅▅"),
        ([-1e308, 1e308], "▁█"),
    ],
)
def test_sparklines(values: list[float | None], drawn: str) -> None:
    assert sparkline(values, Page()) == drawn


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"), ("+15 %", "'+15 %"), ("-x", "'-x"), ("@a", "'@a"), ("\tx", "'\tx"),
        (-4.5, -4.5), (None, ""), (True, "true"), (["a", "b"], "a b"), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_cells_are_no_formulas(value: object, shown: object) -> None:
    assert cell(value) == shown


@given(st.text(max_size=40))
def test_markdown_holds_no_live_markup(data: str) -> None:
    shown = text(data)
    assert "<" not in shown
    assert "\n" not in shown
    for sign in "`*_[]|~":
        assert shown.count(sign) == shown.count(f"\\{sign}")
    assert "@" not in shown.replace("@\u200b", "")


@given(st.text(max_size=40))
def test_a_diagram_label_cannot_end_itself(data: str) -> None:
    assert not set('"<>`\n') & set(diagram(data))


@given(st.text(max_size=40))
def test_nothing_moves_the_cursor(data: str) -> None:
    assert safe(data) == safe(safe(data))
    assert not set(safe(data)) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200f"}
