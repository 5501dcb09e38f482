"""What is emitted reads back the same, with a YAML 1.1 reader too, and looks as people write."""

from datetime import date
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kpi_cli.edit.emit import emit
from kpi_cli.edit.scalars import number, text
from kpi_cli.source import load

TRICKY = (
    "yes no on off y N null ~ .5 1e3 1_000 1:30 0x1F 0o17 0b1 2001-01-01 2001-1-1 .inf << = -1 +1 "
    "- -- --- ... ---a FY2022 2022-Q1 012 1. 1.e+3 true .NaN 2001-12-14t21:59:43.10-05:00 2026"
)
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(alphabet="ab \n\t:#-'\"\\[]{},&*!|>%@`0123456789.eE_+~=<yYnN\u00a0\u0085\u2028đ\ufffd"),
    st.text(alphabet="word of some length ", min_size=90, max_size=300),
    st.sampled_from(TRICKY.split()),
)
SCALARS = st.one_of(
    TEXTS,
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(TEXTS.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=3))
def test_emitted_data_reads_back_the_same(data: dict[str, Any]) -> None:
    found = load(emit(data).encode())
    assert found.faults == []
    assert same(found.data, data)


@given(st.dictionaries(TEXTS.filter(bool), SCALARS, min_size=1, max_size=3))
def test_readers_of_yaml_1_1_and_1_2_agree(data: dict[str, Any]) -> None:
    written = emit(data)
    old, new = yaml.safe_load(written), YAML(typ="safe", pure=True).load(written)
    for mine, theirs in [*zip(data.values(), old.values(), strict=True),
                         *zip(data.values(), new.values(), strict=True)]:  # fmt: skip
        assert same(mine, theirs.isoformat() if isinstance(theirs, date) else theirs)


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same kind: 1 is not true, 1.0 is not 1."""
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("2026-03-31", "2026-03-31"),
        ("FY2022-Q1", "FY2022-Q1"),
        ("120000 USD", "120000 USD"),
        ("NO", '"NO"'),
        ("2026", '"2026"'),
        ("2026-3-1", '"2026-3-1"'),
        ("% of all", '"% of all"'),
        ("a: b", '"a: b"'),
        ('say "a: b"', "'say \"a: b\"'"),
        ("it's", "it's"),
        ("", '""'),
        (" a", '" a"'),
        ("a\u202eb", '"a\\u202eb"'),
        ("a\x07b\u0085", '"a\\x07b\\x85"'),
        ("a\ufffdb", "a\ufffdb"),
        ("\U000e0041", '"\\U000e0041"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(value: str, written: str) -> None:
    assert text(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(3, "3"), (3.0, "3.0"), (0.1, "0.1"), (1e-5, "0.00001"), (1e300, "1.0e+300"), (-2.5, "-2.5")],
)
def test_numbers_are_digits(value: float, written: str) -> None:
    assert number(value) == written


def test_the_layout_is_what_people_write() -> None:
    long = (
        "Customers who order again within ninety days of their first order, of all those "
        "firsttimebuyers whose ninety days have ended by the end of the month"
    )
    data = {
        "kpis": {
            "rate": {
                "name": "Rate",
                "contributors": ["minh", "lan"],
                "target": {"between": {"FY2022": [4, 5]}},
                "definition": long,
                "rationale": "One line\nand another\n\nthe last",
                "check_ins": [{"on": "2026-05-10", "note": "no: stop"}, {"on": "2026-06-10"}],
                "actuals": {"2026-01": 32.5},
            }
        },
        "glossary": {},
    }
    assert emit(data) == dedent(
        """\
        kpis:
          rate:
            name: Rate
            contributors: [minh, lan]
            target:
              between:
                FY2022: [4, 5]
            definition: >-
              Customers who order again within ninety days of their first order, of all those
              firsttimebuyers whose ninety days have ended by the end of the month
            rationale: |-
              One line
              and another

              the last
            check_ins:
              - on: 2026-05-10
                note: "no: stop"
              - on: 2026-06-10
            actuals:
              2026-01: 32.5

        glossary: {}
        """
    )
