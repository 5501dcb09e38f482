"""Comments that speak to the tool: found beside values, not inside texts."""

from __future__ import annotations

import pytest

from kpi_cli.source import Route, comments


def routes(text: str, *, sections: bool = True) -> list[tuple[str, Route | None]]:
    """The letter in the brackets of each comment, and where it leads."""
    found = comments(text.encode(), sections=sections)
    return [(c.text.partition("[")[2].partition("]")[0], c.route) for c in found]


PLAN = """\
# kpi: ignore-file[A] -- whole file
kpis:
  # kpi: ignore[B] -- the record below
  one:  # kpi: ignore[C] -- this record
    name: "a # kpi: ignore[no]"  # kpi: ignore[D] -- this key
    why: |  # kpi: ignore[E]
      text # kpi: ignore[no]
      # kpi: ignore[no]
    # kpi: ignore[F]
    target: {a: 1, b: 2}  # kpi: ignore[G]
    list:
      - x  # kpi: ignore[H]
  two: {name: 'x # kpi: ignore[no]'}  # kpi: ignore[I]
# kpi: ignore[J]
people:
  lan: {}
# kpi: ignore[K]
"""


def test_each_comment_leads_to_what_it_stands_beside() -> None:
    one = ("kpis", "one")
    assert routes(PLAN) == [
        ("A", one),
        ("B", one),
        ("C", one),
        ("D", (*one, "name")),
        ("E", (*one, "why")),
        ("F", (*one, "target")),
        ("G", (*one, "target")),
        ("H", (*one, "list", 0)),
        ("I", ("kpis", "two")),
        ("J", ("people", "lan")),
        ("K", None),
    ]


def test_first_lines_and_spans() -> None:
    found = comments(PLAN.encode())
    assert [comment.first for comment in found[:2]] == [True, False]
    name = found[3]
    assert (name.mark.line, name.mark.column) == (5, 34)
    line = PLAN.splitlines()[4]
    assert line[name.mark.column - 1 : name.mark.end_column - 1] == name.text
    assert [comment.alone for comment in found[:4]] == [True, True, False, False]


def test_settings_have_keys_instead_of_records() -> None:
    text = "version: 1\n# kpi: ignore[A]\nchecks:\n  select: [K]\n"
    assert routes(text, sections=False) == [("A", ("checks",))]
    assert routes(text) == [("A", ("checks", "select"))]


def test_a_record_that_cannot_be_read_has_none() -> None:
    text = "kpis:\n  bad:\n    a: x: y  # kpi: ignore[A]\n  good: {}  # kpi: ignore[B]\n"
    assert routes(text) == [("B", ("kpis", "good"))]


@pytest.mark.parametrize(
    "text", ["", "# kpi\n", "a: 1  # kpis: ignore[A]\n", "a: x#kpi: ignore[A]\n"]
)
def test_other_comments_are_not_ours(text: str) -> None:
    assert routes(text) == []


def test_a_byte_order_mark_and_windows_line_ends() -> None:
    raw = "\ufeffkpis:\r\n  one:\r\n    name: x  # kpi: ignore[A]\r\n".encode()
    (found,) = comments(raw)
    assert (found.text, found.route) == ("# kpi: ignore[A]", ("kpis", "one", "name"))


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff # kpi: ignore[A]\n",
        b"# kpi: ignore[A]\n" + b"[" * 5000,
        b"a: # kpi: ignore[A]\n" + b"  - " * 3000 + b"x",
        b"# kpi: ignore[A]\n" + b"#" * 52 * 2**20,
    ],
    ids=["letters", "brackets", "depth", "size"],
)
def test_what_is_not_read_has_none(raw: bytes) -> None:
    assert comments(raw) == []
