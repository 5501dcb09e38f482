"""Plain scalars mean what the YAML 1.2 core schema says."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_cli.source import load
from kpi_cli.source.scalars import Resolved, resolve

TEXTS = """
yes no on off Yes NO On OFF y n 1:30 190:20:30 2026-01-01 2026-03-31T10:00:00Z 1_000 0b11 0o18 0x
0xG +0x1F -0o7 nul NuLL tRUE .inF .NAn nan inf infinity 1e 1e+ . + -. 1.2.3 1,5 2026-Q1 +15% 12kg
<< = 0X1F ٣ １２ --1 _1 1__0 ~~ e3 0o
"""
VALUES: list[tuple[str, Any]] = [
    ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
    ("true", True), ("True", True), ("TRUE", True),
    ("false", False), ("False", False), ("FALSE", False),
    ("0", 0), ("010", 10), ("-7", -7), ("+7", 7), ("0o17", 15), ("0x1F", 31), ("00", 0),
    ("1e3", 1000.0), ("1.", 1.0), (".5", 0.5), ("-.5e-1", -0.05), ("+12.50", 12.5), ("1E+2", 100.0),
    (".inf", math.inf), ("+.Inf", math.inf), ("-.INF", -math.inf),
    ("99999999999999999999", 99999999999999999999),
]  # fmt: skip
TAGGED: list[tuple[str, Any]] = [
    ("!!str 12", "12"), ("! 12", "12"), ('! "a"', "a"), ("!!int '12'", 12), ("!!float 1", 1.0),
    ("!!bool true", True), ("!!null ~", None), ("!!null", None), ("!!str", ""),
    ("!!map {b: 1}", {"b": 1}), ("!!seq [1]", [1]),
]  # fmt: skip


def value_of(text: str) -> Any:
    document = load(f"a: {text}\n".encode())
    assert document.faults == []
    return document.data["a"]


@pytest.mark.parametrize("text", TEXTS.split())
def test_text(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize(("text", "value"), VALUES + TAGGED)
def test_value(text: str, value: Any) -> None:
    read = value_of(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    assert math.isnan(value_of(text))


@pytest.mark.parametrize("text", ["12", "true", "~", "1e3", ".inf"])
@pytest.mark.parametrize("form", ["'{}'", '"{}"', "|-\n  {}", ">-\n  {}"])
def test_whatever_is_quoted_is_text(text: str, form: str) -> None:
    assert value_of(form.format(text)) == text


def test_a_number_of_absurd_length_stays_text() -> None:
    assert value_of("9" * 4001) == "9" * 4001
    assert value_of("9" * 4000) == int("9" * 4000)


def test_keys_are_their_text_as_written() -> None:
    data = load(
        b"2026: a\n010: b\nno: c\n1e3: d\n~: e\n'q': f\n!!str 7: g\n? h\n? |\n  i\n: j\n"
    ).data
    assert data == {
        "2026": "a", "010": "b", "no": "c", "1e3": "d", "~": "e", "q": "f", "7": "g", "h": None,
        "i\n": "j",
    }  # fmt: skip


def test_an_anchor_and_its_alias_work_as_value_and_as_key() -> None:
    assert load(b"a: &x 1\n*x : *x\n&k b: [*k]\n").data == {"a": 1, "1": 1, "b": ["b"]}


def test_the_merge_key_is_an_ordinary_key() -> None:
    assert load(b"a: &x {b: 1}\nc: {<<: *x}\n").data["c"] == {"<<": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("!money 12", "The tag `!money` means nothing here."),
        ("!!set {b}", "The tag `!!set` means nothing here."),
        ("!!binary aGk=", "The tag `!!binary` means nothing here."),
        ("!!map [b]", "The tag `!!map` means nothing here."),
        ("!!int twelve", "`twelve` is not a `!!int`."),
        ("!!float x", "`x` is not a `!!float`."),
        ("!!float " + "9" * 500, "`" + "9" * 39 + "…` is not a `!!float`."),
        ("!!bool yes", "`yes` is not a `!!bool`."),
    ],
)
def test_a_wrong_tag_is_a_fault_of_the_value(text: str, message: str) -> None:
    (fault,) = load(f"kpis:\n  r:\n    a: {text}\n".encode()).faults
    assert (fault.code, fault.message) == ("K001", message)
    assert fault.route == ("kpis", "r", "a")
    assert (fault.mark.line, fault.mark.column) == (3, 8)


@given(st.text("0123456789+-.eExno_ab", min_size=30, max_size=60))
@example("1" * 41)
@example("-" + "1" * 40 + ".5e3")
@example("null" * 11)
def test_what_is_remembered_is_what_is_resolved(text: str) -> None:
    assert repr(Resolved()[text]) == repr(resolve(text))
