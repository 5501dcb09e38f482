"""The quick reader says what the authoritative one says, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi_cli.source import swift
from kpi_cli.source.careful import read_events
from kpi_cli.source.document import Document
from kpi_cli.source.model import MOST_DEEP
from kpi_cli.source.swift import read
from tests.house.tree import ROOT

PLANS = sorted((ROOT / "examples").rglob("*.yaml"))


def slow(raw: bytes) -> Document:
    return read_events(raw, MOST_DEEP)


def same(one: Any, other: Any) -> bool:
    """Equal, with the same types and the same order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or one != one  # NaN


def check(raw: bytes) -> bool:
    """Whether the quick reader took the text; fails where it says another thing."""
    quick = read(raw)
    if quick is None:
        return False
    document = slow(raw)
    assert document.faults == []
    assert document.lost == frozenset()
    assert same(document.data, quick)
    return True


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_examples_read_the_same(path: Path) -> None:
    check(path.read_bytes())


def test_most_examples_are_of_the_everyday_kind() -> None:
    assert sum(read(path.read_bytes()) is not None for path in PLANS) > 0.7 * len(PLANS)


EVERYDAY = """\
# A plan.
kpis:
  repeat-rate:
    name: Tỷ lệ khách quay lại, Đà Nẵng  # as the board knows it
    "unit": "%"
    objective: [loyal, {id: grow, weight: 2}]
    baseline: {value: 32.5, date: 2025-12-31, note: 'mean, last quarter'}
    target: 40
    weight: .5
    empty:
    check_ins:
      - {on: 2026-03-31, status: on_track, note: Within reach; nothing to decide}
      - on: 2026-04-30
        note: why not?
    tags:
    - a
    - true
    - 12
    actuals:
      2026-01: 33
      2026-02: {value: 34.5, note: new checkout}
      2026-03: -35.25
      2026-04: null
      2026-05: 0x1F
    path:  # as agreed
      2026-01: 33
      2026-02: {value: 34, note: 'one, two: {three}'}
      2026-03: {value: -35, note: "#4"}
    source: {manual: 'the board, page 3', refresh: monthly}
    guardrails: [a, 'b, c', "d"]
teams: {}
"""


def test_the_everyday_kind_is_taken() -> None:
    assert check(EVERYDAY.encode())
    assert check(EVERYDAY.rstrip("\n").encode())


@pytest.mark.parametrize(
    "doubtful",
    [
        "a: b: c\n", "a: 'it''s'\n", 'a: "\\u00e9"\n', "a: |\n  b\n", "a: >-\n  b\n", "a: &x b\n",
        "a: *x\n", "a: !!str 1\n", "a: b\n  c\n", "a: [1,\n  2]\n", "a: 1\na: 2\n", "? a\n: b\n",
        "a:\tb\n", "a: b\r\n", "--- \na: 1\n", "a: 1\n...\n", "- a\n", "a:\n  - - b\n", "a\n",
        "a:\n    b: 1\n  c: 2\n", "<<: a\n", "a: @b\n", "a: `b`\n", "a: %b\n", "a: - b\n",
        "a: {b: c, b: d}\n", "a: [b: c]\n", "a: {b}\n", "a: {b: }\n", "a: 'b' c\n", "a:b\n",
        "a: b#c\n", "a: \u2028\n", "\ufeffa: 1\n", "a: [1, ]\n", "a: {b: 1,}\n", "a: x\x01\n",
        "k:\n  actuals:\n    2026-01: 1\n    2026-01: 2\n", " a: 1\nb: 2\n", "a: [x y\n",
        "a: # b\n",
    ],
)  # fmt: skip
def test_what_is_doubtful_is_left_to_the_other_reader(doubtful: str) -> None:
    check(doubtful.encode())
    if doubtful not in ("a: b#c\n", "a: # b\n", " a: 1\nb: 2\n"):
        assert read(doubtful.encode()) is None


SCALARS = st.sampled_from(
    ["a", "1", "-1", "1.5", "true", "null", "~", "", "a b", "x: y", "a #b", "'q'", '"q"', "'it''s'",
     "[a, b]", "{a: 1}", "{a: 1, b: [c, 'd']}", "[]", "{}", "[a: b]", "{a}", "|", ">", "&x a", "*x",
     "!t a", "- a", "-a", "? a", "a?", "?a", "a:", ":a", "#a", "a#", "@a", "%a", "2026-01", "0o7",
     "0x1f", ".inf", "1e3", "+1", "=", "<<", "đ", "“x”", "a  b", "a,", ", a", "{a: 'b'}",
     "[ a , b ]", "{ a: b }", '{"a": 1}', "{a: b,c: d}", "[a,b]", "[a]  # c", "{a: 1}# c",
     "'a' # c", "{a: 'b: c', d: 1}", "['a, b', c]", "{a: b , c: d}", "{a: 1, a: 2}", "[a b, -1]",
     "{a: 1, b: '}'}", "['']", "{a: ''}", "{a: c\"d}", "\"a: #b\"", "# c", "a )", ")",
     "a\\b", "a'b", '"a\\"', "{a: b'c}", "{a: b: c}", "{a: http://x}", "http://x",
     "12:30", "a\u00a0b", "\u0085"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["a", "b", "c d", "'k'", '"k"', "2026-01", "2026-02", "actuals", "1", "true", "đ", "<<", "x.y",
     "-a", "?", "a-", "'a'", "a:b", "a #c"]
)  # fmt: skip
LINES = st.one_of(
    st.builds("{}{}: {}".format, st.sampled_from(["", "  ", "    ", " "]), KEYS, SCALARS),
    st.builds("{}{}:".format, st.sampled_from(["", "  ", "    "]), KEYS),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), SCALARS),
    st.builds("{}- {}: {}".format, st.sampled_from(["", "  "]), KEYS, SCALARS),
    st.builds("    2026-{:02d}: {}".format, st.integers(1, 12), SCALARS),
    st.sampled_from(["", "  ", "# c", "    # c", "  actuals:", "---", "...", "\t", "a", "  b c"]),
)


@settings(max_examples=600)
@given(
    st.lists(LINES, max_size=12).map("\n".join), st.booleans(), st.sampled_from([1, 20, 1 << 18])
)
@example("a:\n- b\n-", True, 1)
@example("a: 'b'\n    c: d", True, 1)
def test_texts_of_likely_lines_read_the_same(text: str, ended: bool, chunk: int) -> None:
    with patch.object(swift, "_CHUNK", chunk):
        check((text + "\n" * ended).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_a_text_taken_apart_in_pieces_is_the_same(chunk: int) -> None:
    with patch.object(swift, "_CHUNK", chunk):
        assert check(EVERYDAY.encode())


@settings(max_examples=600)
@given(st.data())
def test_a_plan_with_a_few_characters_changed_reads_the_same(data: st.DataObject) -> None:
    text = EVERYDAY
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 2))
        new = data.draw(st.text(" \n:#-'\"[]{},&*!|>%@`?a1~\té\u00a0\u2028", max_size=2))
        text = text[:at] + new + text[at + cut :]
    check(text.encode())


@settings(max_examples=600)
@given(st.binary(max_size=40))
def test_any_bytes_read_the_same(raw: bytes) -> None:
    check(raw)
