"""SARIF, GitLab Code Quality, rdjson, json and jsonl against schemas and readers of their own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sarif_pydantic import Sarif

from kpi_cli.checks.registry import catalogue
from kpi_cli.diagnostics import Severity
from tests.formats import schemas
from tests.formats.kit import FILES, HARD, aside, finding, hard, many, rendered

CASES = {"none": [], "hard": hard(), "many": many()}
SCHEMAS = {"sarif": schemas.SARIF, "gitlab": schemas.GITLAB, "rdjson": schemas.RDJSON}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", SCHEMAS)
def test_the_format_is_kept(name: str, case: str) -> None:
    data = json.loads(rendered(name, CASES[case], [aside(finding(number=9))]))
    errors = list(Draft202012Validator(SCHEMAS[name]).iter_errors(data))
    assert [(list(error.path), error.message) for error in errors] == []


def sarif(*found: Any, **more: Any) -> dict[str, Any]:
    """The one run."""
    return json.loads(rendered("sarif", list(found), **more))["runs"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize("case", CASES)
def test_another_reader_of_sarif_finds_the_same(case: str) -> None:
    read = Sarif.model_validate_json(rendered("sarif", CASES[case]))
    results = read.runs[0].results or []
    assert len(results) == min(len(CASES[case]), 5000)
    rules = read.runs[0].tool.driver.rules or []
    assert {rules[result.rule_index].id for result in results if result.rule_index is not None} <= {
        "K105"
    }


def test_sarif_paths_are_relative_and_escaped() -> None:
    result = sarif(hard()[0])["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "plan/k%E1%BA%BF%20ho%E1%BA%A1ch/50%25%20a%3Ab.yaml"
    }
    assert place["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 9}


def test_sarif_keeps_every_letter_of_a_message() -> None:
    texts = [result["message"]["text"] for result in sarif(*hard())["results"]]
    for text in HARD:
        clean = text.replace("\ud800", "\\ud800")
        assert f"{clean}\ngõ {clean}" in texts


def test_sarif_tells_what_was_set_aside_and_why() -> None:
    asides = [aside(finding(number=1)), aside(finding(number=2), source=False)]
    results = sarif(finding(), suppressed=asides)["results"]
    why = "đang chờ 100 % -- ]]> (until 2026-12-31)"
    assert [result.get("suppressions") for result in results] == [
        None,
        [{"kind": "inSource", "status": "accepted", "justification": why}],
        [{"kind": "external", "status": "accepted", "justification": why}],
    ]


def test_sarif_rules_bring_their_page() -> None:
    rule = sarif(finding())["tool"]["driver"]["rules"][0]
    assert (rule["id"], rule["name"]) == ("K105", "UnknownTeam")
    assert rule["help"]["text"] == catalogue()["K105"].doc
    assert "```yaml" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_sarif_keeps_the_worst_where_github_keeps_5000() -> None:
    run = sarif(*many())
    levels = [result["level"] for result in run["results"]]
    assert (levels.count("error"), levels.count("warning"), levels.count("note")) == (
        2000,
        2000,
        1000,
    )
    told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told.startswith("1000 more findings")


def test_sarif_fixes_replace_the_span() -> None:
    change = sarif(hard()[0])["results"][0]["fixes"][0]["artifactChanges"][0]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 22, "endLine": 2, "endColumn": 24},
            "insertedContent": {"text": "đ%]]>"},
        }
    ]


def test_gitlab_has_a_fingerprint_for_each() -> None:
    issues = json.loads(rendered("gitlab", many()))
    assert len({issue["fingerprint"] for issue in issues}) == 6000
    assert [issue["severity"] for issue in issues[:3]] != []
    assert {issue["location"]["path"] for issue in issues} == {"plan/plan.yaml"}


def test_rdjson_counts_bytes() -> None:
    place = json.loads(rendered("rdjson", [hard()[0]]))["diagnostics"][0]
    line = FILES[next(iter(FILES))].split(b"\n")[1]
    start, end = (place["suggestions"][0]["range"][key]["column"] for key in ("start", "end"))
    assert line[start - 1 : end - 1].decode() == line.decode()[21:23]
    assert place["location"]["range"]["start"] == {"line": 2, "column": 3}
    assert place["location"]["range"]["end"] == {"line": 2, "column": len("  mục-ti".encode()) + 1}


def test_jsonl_has_a_line_for_each() -> None:
    lines = rendered("jsonl", many()).splitlines()
    assert len(lines) == 6000
    whole = json.loads(rendered("json", many()))
    assert [json.loads(line) for line in lines] == whole["findings"]
    assert rendered("jsonl", []) == ""


def test_json_gives_a_fix_as_a_span_and_its_text() -> None:
    found = json.loads(rendered("json", [hard()[0]]))["findings"][0]
    assert found["fix"] == {
        "line": 2, "column": 22, "end_line": 2, "end_column": 24, "text": "đ%]]>"
    }  # fmt: skip
    assert json.loads(rendered("json", [], [aside(finding())]))["counts"]["suppressed"] == 1


def test_levels_are_the_same_everywhere() -> None:
    found = [finding(severity=severity, number=n) for n, severity in enumerate(Severity)]
    assert [r["level"] for r in sarif(*found)["results"]] == ["error", "warning", "note"]
    issues = json.loads(rendered("gitlab", found))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]
