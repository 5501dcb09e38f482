"""Targets called out of reach are hardly ever reached, those called a gift nearly always."""

import pytest

from bench.verdicts import Called, called, table

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows() -> dict[str, Called]:
    return {row.code: row for row in called(120)}


def test_out_of_reach_is_hardly_ever_reached(rows: dict[str, Called]) -> None:
    assert rows["A307"].count >= 50
    assert rows["A307"].share <= 0.07
    assert rows["A308"].count >= 100
    assert rows["A308"].share <= 0.15


def test_a_gift_is_nearly_always_reached(rows: dict[str, Called]) -> None:
    assert rows["A306"].count >= 5
    assert rows["A306"].share >= 0.85


def test_the_rules_tell_targets_apart(rows: dict[str, Called]) -> None:
    assert rows["A307"].share < rows["A308"].share < rows["all"].share < rows["A306"].share
    assert rows["all"].count == 120 * 14
    assert f"| all | {120 * 14} | {rows['all'].share:.2f} |" in table(list(rows.values()))
