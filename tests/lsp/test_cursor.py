"""Where a place lies, told from text that is seldom sound YAML."""

from __future__ import annotations

import pytest

from kpi_cli.lsp.cursor import cursor_at
from kpi_cli.lsp.text import points, units
from tests.lsp.kit import spot

CASES = [
    ("‸", (), "key", ""),
    ("kpis:\n  a:\n    own‸", ("kpis", "a"), "key", "own"),
    ("kpis:\n  a:\n    owner: mi‸nh", ("kpis", "a", "owner"), "value", "mi"),
    ("kpis:\n  a:\n    owner:‸", ("kpis", "a", "owner"), "value", ""),
    ("kpis:\n  a:\n    owner: ‸\n    team: x", ("kpis", "a", "owner"), "value", ""),
    ("kpis:\n  a:\n    ‸\n    team: x", ("kpis", "a"), "key", ""),
    ("kpis:\n  a: {name: A, owner: m‸}", ("kpis", "a", "owner"), "value", "m"),
    ("kpis:\n  a: {name: A, ow‸", ("kpis", "a"), "key", "ow"),
    ("kpis:\n  a: {\n    name: A,\n    owner: m‸", ("kpis", "a", "owner"), "value", "m"),
    ("kpis:\n  a:\n    tags: [x, y‸]", ("kpis", "a", "tags"), "value", "y"),
    ("kpis:\n  a:\n    tags: [x\n    owner: m‸", ("kpis", "a", "owner"), "value", "m"),
    ("kpis:\n  a:\n    objective:\n      - lo‸", ("kpis", "a", "objective"), "value", "lo"),
    ("kpis:\n  a:\n    objective:\n    - lo‸", ("kpis", "a", "objective"), "value", "lo"),
    ("kpis:\n  a:\n    leads:\n      - kpi: b‸", ("kpis", "a", "leads", "kpi"), "value", "b"),
    ("kpis:\n  a:\n    leads:\n      - kpi: b\n        lag‸", ("kpis", "a", "leads"), "key", "lag"),
    ("kpis:\n  a:\n    leads:\n    - kpi: b\n      bec‸", ("kpis", "a", "leads"), "key", "bec"),
    ("kpis:\n  a:\n    name: 'a: {b‸'", ("kpis", "a", "name"), "value", "a: {b"),
    ("kpis:\n  a:\n    why: |\n      owner: x‸", (), "none", ""),
    ("kpis:\n  a:\n    name: x  # owner: ‸", (), "none", ""),
    ("kpis:\n  a:  # kpi: ignore[K1‸]", (), "code", "K1"),
    ("kpis:\n  a:  # kpi: ignore[K105, ‸", (), "code", ""),
    ("kpis:\n  a:\n    path: {x: [4, 5‸]}", ("kpis", "a", "path", "x"), "value", "5"),
    ("kpis:\n  a:\n    leads:\n      - {kpi: b, lag‸}", ("kpis", "a", "leads"), "key", "lag"),
    ("kpis:\n  a:\n    unit: \"%‸\"", ("kpis", "a", "unit"), "value", "%"),
    ("a: b\n\n\n‸", (), "key", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "part", "word"), CASES, ids=[c[0] for c in CASES])
def test_the_path_the_part_and_the_word(
    text: str, path: tuple[str, ...], part: str, word: str
) -> None:
    whole, line, column = spot(text)
    found = cursor_at(whole.split("\n"), line, column)
    assert (found.path, found.part, found.word) == (path, part, word)


def test_the_span_is_the_whole_word_without_what_follows() -> None:
    whole, line, column = spot("kpis:\n  a: {owner: mi‸nh , team: x}  # why")
    mark = cursor_at(whole.split("\n"), line, column).mark
    assert whole.split("\n")[1][mark.column - 1 : mark.end_column - 1] == "minh"
    whole, line, column = spot("kpis:\n  a:\n    ow‸ner: minh")
    mark = cursor_at(whole.split("\n"), line, column).mark
    assert whole.split("\n")[2][mark.column - 1 : mark.end_column - 1] == "owner"


def test_a_large_file_is_no_trouble() -> None:
    lines = ["kpis:", *(f"  k{n}: {{name: N, tags: [a" for n in range(20_000)), "    "]
    assert cursor_at(lines, len(lines) - 1, 4).part in ("key", "value")


LINE = "a Việt ắ 𝄞 e\u0301 z"


@pytest.mark.parametrize(("encoding", "size"), [("utf-8", 23), ("utf-16", 16), ("utf-32", 15)])
def test_columns_are_counted_as_the_client_counts(encoding: str, size: int) -> None:
    assert units(LINE, encoding) == size
    for column in range(len(LINE) + 1):
        assert points(LINE, units(LINE[:column], encoding), encoding) == column
    assert points(LINE, 999, encoding) == len(LINE)


def test_a_column_within_a_character_means_its_beginning() -> None:
    assert points("𝄞b", 1, "utf-16") == 0
    assert points("ắb", 2, "utf-8") == 0
    assert units("\ud800", "utf-16") == 1
