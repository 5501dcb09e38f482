"""Folding, columns and neutralised data, apart from any command."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from kpi_cli.render.csv import cell
from kpi_cli.render.markdown import diagram, text
from kpi_cli.render.terminal.paper import GLUE, _console, fold, print_lines
from kpi_cli.render.terminal.signs import sparkline
from kpi_cli.render.terminal.table import Column, fit
from kpi_cli.render.text import safe


@dataclass(frozen=True)
class Page:
    """A screen for tests."""

    color: bool = False
    ascii: bool = False
    width: int | None = None


WORDS = st.text(alphabet="abc àớ顧e\u0301 -\u00a0", max_size=60)


def folded(text: str, columns: int | None) -> list[str]:
    """The lines without their styles."""
    return [part.plain for part in fold(Text(text), columns)]


@given(WORDS, st.integers(min_value=2, max_value=30))
def test_folding_loses_no_letter_and_keeps_the_width(words: str, columns: int) -> None:
    lines = folded(words, columns)
    assert max(map(cell_len, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert folded("ae\u0301e\u0301e\u0301", 2) == ["ae\u0301", "e\u0301e\u0301"]


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        (f"about 33{GLUE}% of it", 8, ["about", f"33{GLUE}% of", "it"]),
        ("about 33\u202f% of it", 8, ["about", f"33{GLUE}% of", "it"]),
        (f"of it far{GLUE}too{GLUE}long", 8, ["of it", "far too", "long"]),
        ("Tỷ lệ giao hàng đúng hẹn", 12, ["Tỷ lệ giao", "hàng đúng", "hẹn"]),
        ("顧客の満足度 9", 5, ["顧客", "の満", "足度", "9"]),
        ("abcdefgh ij", 4, ["abcd", "efgh", "ij"]),
        (f"{GLUE * 2}one two", 6, [f"{GLUE * 2}one", f"{GLUE * 2}two"]),
        ("[bold]not [/] markup :smile:", None, ["[bold]not [/] markup :smile:"]),
    ],
)
def test_lines_break_between_words_that_are_not_glued(
    text: str, columns: int | None, lines: list[str]
) -> None:
    assert [line.rstrip() for line in folded(text, columns)] == lines


def test_a_style_goes_on_in_the_next_line() -> None:
    parts = fold(Text.assemble(("abc ", "bad"), ("def ghi", "good")), 5)
    page = print_lines(parts, Page(color=True))
    assert page == "\x1b[1;31mabc\x1b[0m\n\x1b[32mdef\x1b[0m\n\x1b[32mghi\x1b[0m\n"


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "JPY_PARENT_PID"])
def test_only_the_screen_decides_on_colours(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    _console.cache_clear()
    text = "[red]x[/] :smile: 12 " * 20
    assert print_lines([Text(text, "path")], Page()) == f"{text.rstrip()}\n"
    page = print_lines([Text(text, "path")], Page(color=True))
    assert page == f"\x1b[36m{text.rstrip()}\x1b[0m\n"


ROWS = [{"a": Text("on track"), "b": Text("a long name of a KPI"), "c": Text("42 days")}]
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
    assert max(cell_len(line) for line in print_lines(lines, Page()).splitlines()) <= columns


def test_colours_surround_text_only() -> None:
    page = Page(color=True)
    line = Text.assemble("  ", ("x ", "bad"), "  ")
    assert print_lines([line], page) == "  \x1b[1;31mx\x1b[0m\n"


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([], ""),
        ([None], ""),
        ([1.0, 8.0], "▁█"),
        ([0.0, None, 7.0], "▁ █"),
        ([3.0, 3.0], "▅▅"),
        ([0.1 + 0.2, 0.3, 0.1 + 0.2], "▅▅▅"),
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
