"""Whatever is written is read back, and every place cut out of the text is that value again."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.source import Locator, Mark, Route, load
from kpi_cli.source.tree import Tree

_spec = importlib.util.spec_from_file_location("writing", Path(__file__).with_name("writing.py"))
assert _spec is not None
assert _spec.loader is not None
writing = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(writing)

PLAN = """\
teams:
  harbour: {name: Harbour Foods, lead: lan}
objectives:
  loyal:
    title: "Customers come
      back"
    why: |
      A customer: who "returns'
       twice
    supports: [a, {objective: x, weight: 2}]
kpis:
  a: &a
    name: Nguyễn
    tags: [board,
      q1]
  b: *a
  c:
    z: !!str 12
    actuals:
      2026-01: 32.0
      2026-02: {value: 32.4, note: new}
"""
BITS = "\"|'|[|]|{|}|: |:|\t|\n|  |- |#|&a |*a|!|%|@|`|---\n|...\n|\0|\u0085|\u2028|\ufeff|\r|? |,"


def routes(data: Any, route: Route = ()) -> list[tuple[Route, Any]]:
    found = [(route, data)]
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for step, inner in items:
            found += routes(inner, (*route, step))
    return found


def cut(lines: list[str], mark: Mark) -> str:
    picked = lines[mark.line - 1 : mark.end_line]
    picked[-1] = picked[-1][: mark.end_column - 1]
    picked[0] = picked[0][mark.column - 1 :]
    return "".join(picked)


def lines_of(raw: bytes) -> list[str]:
    return [part.decode() for part in raw.removeprefix(b"\xef\xbb\xbf").splitlines(True)]


@given(writing.written())
@settings(max_examples=120, deadline=None)
def test_what_is_written_is_read(case: tuple[dict[str, Any], str]) -> None:
    data, text = case
    document = load(text.encode())
    assert document.faults == []
    assert document.data == data
    assert [type(v) for _, v in routes(document.data)] == [type(v) for _, v in routes(data)]


@given(writing.written())
@settings(max_examples=80, deadline=None)
def test_every_place_cut_out_is_the_value(case: tuple[dict[str, Any], str]) -> None:
    data, text = case
    raw = text.encode()
    locator, lines = Locator(raw), lines_of(raw)
    for route, value in routes(data)[1:]:
        mark = locator.value(route)
        assert mark is not None
        piece = cut(lines, mark)
        if piece.startswith("|"):
            first = lines[mark.line - 1]
            piece = " " * (len(first) - len(first.lstrip(" "))) + "k: " + piece
            assert [value.rstrip("\n")] == [
                v.rstrip("\n") for v in load(piece.encode()).data.values()
            ]
        elif not isinstance(value, dict | list) or piece[0] in "[{":
            assert load(piece.encode()).data == ({} if value is None else value)
        else:
            assert mark.line == mark.end_line
        if isinstance(route[-1], str):
            key = locator.key(route)
            assert key is not None
            assert load((cut(lines, key) + ": 1").encode()).data == {route[-1]: 1}


@given(writing.written())
@settings(max_examples=80, deadline=None)
def test_a_record_alone_has_the_places_of_the_whole_file(
    case: tuple[dict[str, Any], str],
) -> None:
    data, text = case
    raw = text.encode()
    locator, tree = Locator(raw), Tree(raw)
    for route, _ in routes(data):
        assert locator.value(route) == tree.value(route)
        assert locator.key(route) == tree.key(route)


def check_sane(raw: bytes) -> None:
    document, locator = load(raw), Locator(raw)
    last = len(raw.splitlines()) + 1
    for fault in document.faults:
        assert 1 <= fault.mark.line <= last
        assert fault.mark.column >= 1
        assert fault.message.endswith(".")
        locator.key(fault.route)
    for route, _ in routes(document.data)[:50]:
        locator.value(route)


@given(st.binary(max_size=60))
@settings(max_examples=120, deadline=None)
def test_no_bytes_raise(raw: bytes) -> None:
    check_sane(raw)


@given(st.data())
@settings(max_examples=160, deadline=None)
def test_no_mutated_plan_raises(data: st.DataObject) -> None:
    text = PLAN
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.sampled_from([0, 0, 1, 3]))
        text = text[:at] + data.draw(st.sampled_from(BITS.split("|"))) + text[at + gone :]
    check_sane(text.encode())


@pytest.mark.parametrize("column", [0, 3, 8])
@pytest.mark.parametrize("sign", ["\x01", '"', "\t", ": [", "@"])
@pytest.mark.parametrize(
    "number", [n for n, line in enumerate(PLAN.splitlines()) if line[3] == " "]
)
def test_a_fault_in_a_record_leaves_all_others_as_they_were(
    number: int, sign: str, column: int
) -> None:
    lines = PLAN.splitlines(True)
    hit = next(n for n in range(number, 0, -1) if lines[n][2] != " ")
    record = lines[hit].split(":")[0].strip()
    line = lines[number]
    lines[number] = line[:column] + sign + line[column + (len(sign) if column < 4 else 0) :]
    sound, broken = load(PLAN.encode()).data, load("".join(lines).encode())
    for section, records in sound.items():
        for name, value in records.items():
            if name != record and not (record == "a" and name == "b"):
                assert broken.data[section][name] == value
    if not broken.faults:
        assert sign != "\x01"
    elif broken.faults[0].route[:1]:
        assert broken.faults[0].route[1] == record
