"""Every case of the corpus: the rules that should speak do, those that should not keep silent."""

from collections import Counter

import pytest

from kpi_cli.checks.engine import findings
from kpi_cli.checks.registry import catalogue
from kpi_cli.checks.selection import for_check_smart
from kpi_cli.plan import load_plan
from kpi_cli.wording import judge, read
from tests.smart.cases import AS_OF, Case, corpus

CASES = corpus()
SHOWN_ELSEWHERE = {"X905", "X906"}
"""A baseline file and a rule that breaks off: `tests/checks/test_baseline.py`, `test_engine.py`."""
READ_TEXT = (
    "S101", "S102", "S103", "S104", "S105", "S106", "S107", "S108", "S110", "S111", "S113", "S115",
    "M201", "M205", "M206", "M212", "A311", "R404", "R405", "T501", "T507", "T510", "O601", "O602",
    "O604",
)  # fmt: skip


def codes_of(case: Case) -> set[str]:
    """What is found in a case: a sentence judged alone, or the plan judged as check-smart does."""
    if "say" in case.row:
        return {hit.code for hit in judge(read(case.row["say"], as_of=AS_OF, kind=case.row["as"]))}
    loaded = load_plan(case.files())
    assert [fault.message for fault in loaded.diagnostics if fault.code[0] == "K"] == []
    selection = for_check_smart(loaded.plan.config)
    return {finding.code for finding in findings(loaded, case.as_of, selection)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    found = codes_of(case)
    assert set(case.expect) - found == set()
    assert set(case.unwanted) & found == set()


def test_the_plan_that_is_changed_is_sound() -> None:
    assert codes_of(Case("plan", {"why": "nothing is changed"})) == set()


def test_every_rule_has_bad_and_good_cases() -> None:
    judged = {code for code in catalogue() if code[0] in "SMARTOX"} - SHOWN_ELSEWHERE
    bad = Counter(code for case in CASES for code in case.expect)
    good = Counter(code for case in CASES for code in case.unwanted)
    assert {code for code in judged if not bad[code]} == set()
    assert {code for code in judged if not good[code]} == set()
    assert len(CASES) >= 160


@pytest.mark.parametrize("code", READ_TEXT)
def test_rules_on_text_are_shown_in_vietnamese_too(code: str) -> None:
    own = [case for case in CASES if code in (*case.expect, *case.unwanted)]
    assert any(not str(case.row).isascii() for case in own)


def test_a_case_says_its_reason_and_nothing_unknown() -> None:
    known = {
        "expect", "not", "say", "as", "kpi", "objective", "teams", "people", "objectives", "kpis",
        "initiatives", "actions", "reviews", "glossary", "config", "as_of", "many", "history",
        "preview", "why",
    }  # fmt: skip
    assert [case.name for case in CASES if set(case.row) - known] == []
    assert [case.name for case in CASES if len(str(case.row["why"]).split()) < 2] == []
    assert [case.name for case in CASES if not case.expect + case.unwanted] == []
