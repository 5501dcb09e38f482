"""Every rule's manual page: complete, and its examples are true."""

import pytest

from kpi_cli.checks.examples import read_example
from kpi_cli.checks.registry import CODE, Rule, catalogue
from kpi_cli.checks.selection import for_page
from tests.checks.bench import found

RULES = list(catalogue().values())
NO_TEXT = {"K003", "K005", "K006", "K302", "X905", "X906"}
"""Faults that no text shows: bytes, sizes, history. Each has a test of its own."""
COMES_BACK = {"X904": {"K105"}}
"""What an ignore that has expired does not set aside any more."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_all_its_parts(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code)
    assert rule.title
    assert not rule.title.endswith(".")
    assert len(rule.why.split()) >= 12
    assert rule.section("Bad")
    assert rule.section("Good")
    assert rule.section("Fix")
    assert len(rule.name.split()) == 1
    assert rule.name == rule.name.lower()


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.code not in NO_TEXT], ids=lambda rule: rule.code
)
def test_the_bad_example_shows_that_fault_and_no_other(rule: Rule) -> None:
    example = read_example(rule.section("Bad"))
    assert {f.code for f in found(example.files, example.as_of, for_page(rule.code))} == {
        rule.code,
        *COMES_BACK.get(rule.code, ()),
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_is_clean(rule: Rule) -> None:
    example = read_example(rule.section("Good"))
    findings = found(example.files, example.as_of, for_page(rule.code))
    assert [(f.code, f.message) for f in findings] == []


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
