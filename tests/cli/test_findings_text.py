"""The excerpt of a finding: carets under the exact span, whatever the letters are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from kpi_cli.diagnostics import Finding, RelatedFinding, Severity
from kpi_cli.render.terminal.findings import findings
from kpi_cli.views.findings import findings_view


@dataclass(frozen=True)
class Page:
    """A screen for tests."""

    color: bool = False
    ascii: bool = False
    width: int | None = None


def finding(
    line: int, column: int, end: int, end_line: int | None = None, **more: object
) -> Finding:
    """A finding of K102 in plan.yaml."""
    given: dict[str, object] = {"help": None, "fix": None, "fingerprint": "f"} | more
    return Finding(
        "K102", "unknown-objective", Severity.ERROR, "plan.yaml", line, column,
        end_line or line, end, None, "there is no objective 'x'", **given,
    )  # type: ignore[arg-type]  # fmt: skip


def drawn(text: str, *found: Finding, page: Page = Page(), records: int = 1) -> list[str]:
    """The lines for these findings in a file of that text."""
    view = findings_view(date(2026, 6, 30), found, files=1, records=records)
    return findings(view, {"plan.yaml": text.encode()}, page).splitlines()


def test_the_whole_picture() -> None:
    other = RelatedFinding("teams/a.yaml", 3, 5, "the closest one")
    one = finding(2, 3, 4, help="did you mean 'y'?", related=(other,))
    assert drawn("a: 1\nb: x\nc: 2\n", one) == [
        "error K102 unknown-objective: there is no objective 'x'",
        " --> plan.yaml:2:3",
        "  |",
        "1 | a: 1",
        "2 | b: x",
        "  |   ^",
        "3 | c: 2",
        "  |",
        "  = the closest one: teams/a.yaml:3:5",
        "  = help: did you mean 'y'?",
        "",
        "Found 1 error in 1 file",
    ]


@pytest.mark.parametrize(
    ("source", "start", "end", "shown", "carets"),
    [
        ("a: value", 4, 9, "a: value", "   ^^^^^"),
        ("名: 値段", 4, 6, "名: 値段", "    ^^^^"),
        ("e\u0301: e\u0301x", 5, 8, "e\u0301: e\u0301x", "   ^^"),
        ("\ta: x", 5, 6, "    a: x", "       ^"),
        ("a\tb: x", 6, 7, "a   b: x", "       ^"),
        ("a: \x1b[31m", 4, 5, "a: \\x1b[31m", "   ^^^^"),
        ("a: \u202ex", 5, 6, "a: \\u202ex", "         ^"),
        ("a: b", 5, 5, "a: b", "    ^"),
    ],
)
def test_carets_stand_under_the_span(
    source: str, start: int, end: int, shown: str, carets: str
) -> None:
    lines = drawn(source, finding(1, start, end))
    assert lines[3:5] == [f"1 | {shown}", f"  | {carets}"]


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    lines = drawn("a: [1,\n  2]\n", finding(1, 4, 5, end_line=2))
    assert lines[4] == "  |    ^^^"


def test_a_long_line_is_shown_around_the_span() -> None:
    lines = drawn("x" * 1000 + "!" + "y" * 1000, finding(1, 1001, 1002))
    assert len(lines[3]) < 420
    assert lines[3][lines[4].index("^")] == "!"


def test_gutters_line_up_where_numbers_grow() -> None:
    lines = drawn("a: 1\n" * 12, finding(10, 1, 2))
    assert lines[1:4] == ["  --> plan.yaml:10:1", "   |", " 9 | a: 1"]


def test_a_file_that_is_not_there_has_no_excerpt() -> None:
    assert drawn("", finding(3, 1, 2))[1:3] == [" --> plan.yaml:3:1", ""]


def test_crlf_and_a_byte_order_mark_are_not_shown() -> None:
    assert drawn("\ufeffa: 1\r\nb: x\r\n", finding(2, 4, 5))[3:5] == ["1 | a: 1", "2 | b: x"]


@pytest.mark.parametrize(
    ("records", "told"),
    [(1, "The one record is sound, in 1 file"), (47, "All 47 records in 1 file are sound")],
)
def test_nothing_found_is_said(records: int, told: str) -> None:
    assert drawn("", records=records) == [told]


def test_help_folds_under_itself() -> None:
    lines = drawn(
        "a: 1\n", finding(1, 1, 2, help="write this or that or more"), page=Page(width=24)
    )
    start = next(i for i, line in enumerate(lines) if "help" in line)
    assert lines[start : start + 3] == [
        "  = help: write this or",
        "          that or more",
        "",
    ]


def test_colours_mark_severity_and_span() -> None:
    text = "\n".join(drawn("a: 1\n", finding(1, 1, 2), page=Page(color=True)))
    assert "\x1b[1;31merror K102 unknown-objective: \x1b[0m" in text
    assert "\x1b[1;31m^\x1b[0m" in text
