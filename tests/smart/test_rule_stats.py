"""`kpi rules --stats` needs no workspace, and no rule is more severe than it was measured."""

import json
from pathlib import Path

import pytest

from docs.make import kpi
from kpi_cli.library.judged import outside, statements
from kpi_cli.views.measured import Measured, allowed, measure, pooled, say


@pytest.fixture(scope="module")
def found() -> Measured:
    return measure(statements(), say)


def test_it_runs_outside_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = json.loads(kpi("rules", "--stats", "--format", "json"))
    assert data["schema"] == "kpi-rule-stats/1"
    whole = data["statements"][0]
    assert whole["count"] == len(statements())
    assert whole["rightly"] <= min(whole["bad"], whole["called_bad"])
    assert "S101" in {rule["code"] for rule in data["rules"]}
    assert "By rule" in kpi("rules", "--stats")


def test_what_is_called_bad_mostly_is_in_both_languages(found: Measured) -> None:
    groups = {group.name: group for group in found.groups}
    for name in ("en", "vi"):
        group = groups[name]
        assert group.precision is not None
        assert group.recall is not None
        assert group.precision >= 0.92
        assert group.recall >= 0.88


def test_no_rule_on_words_is_more_severe_than_it_was_measured(found: Measured) -> None:
    beyond = [
        (code, given)
        for code, gave in pooled(found.rules, outside()).items()
        for given in gave
        if given.severity.rank < allowed(given).rank
    ]
    assert beyond == []


def test_what_others_judged_is_added_to_ours(found: Measured) -> None:
    ours = {rule.code: sum(given.hits for given in rule.given) for rule in found.rules}
    theirs = {row["code"]: sum(one["hits"] for one in row["given"]) for row in outside()["rules"]}
    together = pooled(found.rules, outside())
    assert sum(given.hits for given in together["S104"]) == ours["S104"] + theirs["S104"]
    assert outside()["statements"][0]["count"] >= 100
