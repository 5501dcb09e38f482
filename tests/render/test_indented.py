"""JSON in one pass: to the letter what the standard library writes of the same data made plain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.indented import indented
from kpi_cli.render.json import plain

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.dates()
)  # fmt: skip
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def by_the_library(value: Any) -> str:
    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)


@given(DATA)
def test_any_data_reads_as_the_library_writes_it(value: Any) -> None:
    assert indented(value) == by_the_library(value)


class Colour(Enum):
    RED = 2
    BLUE = "blau"


class Word(StrEnum):
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    marks: tuple[date | Colour, ...] = ()
    more: dict[Any, Any] | None = None


@pytest.mark.parametrize(
    "value",
    [
        Point(1.5),
        Point(-0.0, (Colour.RED, Colour.BLUE, date(2026, 5, 31)), {Colour.RED: Point(1e300)}),
        {Word.SAID: [Word.SAID, {}, [], ()], date(2026, 1, 1): 1, 3: True},
        {"a": 'Đà Nẵng "quoted" \\ \x00 \x7f  \n', "b": {"c": [[1], [2, [3]]]}},
        {1: "number", "1": "text"},
    ],
)
def test_so_do_records_enumerations_and_days(value: Any) -> None:
    assert indented(value) == by_the_library(value)


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], Point(float("-inf"))])
def test_what_is_no_number_is_refused_as_by_the_library(value: Any) -> None:
    with pytest.raises(ValueError, match=r"no form in JSON"):
        indented(value)


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        indented({"a": object()})
