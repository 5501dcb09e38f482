"""Precision, recall and what a rule may be, counted by hand on a judge of our own."""

import json

import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.library.judged import Kind, Statement
from kpi_cli.views.measured import Given, Said, allowed, measure, pooled
from kpi_cli.views.rule_stats import document, envelope

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def statement(id: str, verdict: str, *codes: str, kind: Kind = "goal") -> Statement:
    return Statement(id, id[:2], kind, "bad" if verdict == "bad" else "good", codes, id, "a reason")


SENTENCES = [
    statement("en-1", "bad", "S101"),
    statement("en-2", "bad", "S104", kind="key_result"),
    statement("vi-3", "good"),
    statement("vi-4", "good", "S112"),
    statement("vi-5", "bad", "S101"),
]
SAYS = {
    "en-1": {"S101": ERROR},
    "en-2": {"S101": WARNING},
    "vi-3": {"S101": WARNING},
    "vi-4": {"S112": INFO},
}


def judge(text: str, kind: Kind) -> Said:
    codes = SAYS.get(text, {})
    return Said(not {ERROR, WARNING} & set(codes.values()), codes)


FOUND = measure(SENTENCES, judge)


def test_groups_count_what_is_called_bad() -> None:
    groups = {group.name: group for group in FOUND.groups}
    whole = groups["all"]
    assert (whole.count, whole.bad, whole.called, whole.right) == (5, 3, 3, 2)
    assert whole.precision == pytest.approx(2 / 3) == whole.recall
    assert (groups["vi"].precision, groups["vi"].recall) == (0, 0)
    assert (groups["key_result"].precision, groups["kpi"].recall) == (1, None)
    assert groups["dev"].count + groups["held"].count == 5


def test_rules_count_hits_that_are_deserved_and_those_the_judge_names() -> None:
    rules = {rule.code: rule for rule in FOUND.rules}
    assert rules["S101"].given == (Given(ERROR, 1, 1), Given(WARNING, 2, 1))
    assert (rules["S101"].named, rules["S101"].found, rules["S101"].recall) == (2, 1, 0.5)
    assert (rules["S104"].given, rules["S104"].recall) == ((), 0)
    assert rules["S112"].given == (Given(INFO, 1, 1),)


@pytest.mark.parametrize(
    ("hits", "true", "expected"),
    [
        (20, 18, ERROR), (19, 19, WARNING), (20, 17, WARNING), (4, 3, WARNING), (40, 29, INFO),
        (0, 0, INFO),
    ],
)  # fmt: skip
def test_severity_follows_precision(hits: int, true: int, expected: Severity) -> None:
    assert allowed(Given(WARNING, hits, true)) is expected


def test_both_forms_hold_every_group_and_rule() -> None:
    data = json.loads(json.dumps(envelope(FOUND)))
    assert data["schema"] == "kpi-rule-stats/1"
    assert data["statements"][0] == {
        "group": "all", "count": 5, "bad": 3, "called_bad": 3, "rightly": 2,
        "precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 3),
    }  # fmt: skip
    assert [rule["code"] for rule in data["rules"]] == ["S101", "S104", "S112"]
    page = document(FOUND)
    assert page.verdict == "of 3 sentences called bad 2 are; of 3 bad ones 2 are found"
    shown = [group for group in FOUND.groups if group.count]
    assert [len(section.grid.rows) for section in page.sections if section.grid] == [len(shown), 4]


def test_others_count_towards_what_a_rule_may_be() -> None:
    others = {"rules": [{"code": "S101", "given": [{"severity": "error", "hits": 19, "true": 19}]}]}
    given = envelope(FOUND, others)["rules"][0]["given"]
    assert [one["allowed"] for one in given] == ["error", "info"]
    assert [one["others"] for one in given] == [{"hits": 19, "true": 19}, {"hits": 0, "true": 0}]
    assert pooled(FOUND.rules, others)["S101"] == (Given(ERROR, 20, 20), Given(WARNING, 2, 1))
