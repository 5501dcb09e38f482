"""JUnit, Checkstyle, GitHub's commands, Markdown and concise, each read as its reader does."""

from __future__ import annotations

import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from junitparser import Error, Failure, JUnitXml

from kpi_cli.diagnostics import Severity
from tests.formats.kit import HARD, aside, finding, hard, many, rendered

CASES = {"none": [], "hard": hard(), "many": many()}


@pytest.mark.parametrize("case", CASES)
def test_junit_read_by_its_own_library(case: str) -> None:
    xml = JUnitXml.fromstring(rendered("junit", CASES[case]).encode())
    cases = [test for suite in xml for test in suite]
    failed = [test for test in cases if any(isinstance(r, Failure | Error) for r in test.result)]
    errors = {f.path for f in CASES[case] if f.severity is Severity.ERROR}
    assert len(failed) == len(errors)
    assert (xml.tests, xml.failures) == (len(cases), len(failed))
    assert len({(test.classname, test.name) for test in cases}) == len(cases)


def test_junit_counts_what_is_sound_too() -> None:
    xml = JUnitXml.fromstring(rendered("junit", []).encode())
    names = {(suite.name, test.name) for suite in xml for test in suite}
    assert ("plan/plan.yaml", "visits K") in names
    assert ("plan/plan.yaml", "orders M") in names
    assert ("plan/plan.yaml", "(file) K") in names
    assert len(names) == 2 * 3 + 2


def test_junit_puts_errors_into_failures_and_the_rest_into_output() -> None:
    found = [finding("bad"), finding("hm", Severity.WARNING, 1)]
    root = ET.fromstring(rendered("junit", found))
    (failure,) = root.iter("failure")
    (output,) = root.iter("system-out")
    assert failure.get("message") == "K105 bad"
    assert failure.text == "plan/plan.yaml:2:3: error K105 bad"
    assert output.text == "plan/plan.yaml:2:4: warning K105 hm"


def test_a_finding_about_no_record_stands_with_its_file() -> None:
    root = ET.fromstring(rendered("junit", [finding(subject="nobody")]))
    (case,) = (c for c in root.iter("testcase") if c.find("failure") is not None)
    assert case.get("name") == "(file) K"


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_holds_every_letter_xml_can(name: str) -> None:
    root = ET.fromstring(rendered(name, hard()))
    said = "\n".join(
        [*(e.text or "" for e in root.iter()), *(v for e in root.iter() for v in e.attrib.values())]
    )
    assert "Tỷ lệ khách quay lại: 50 % chưa đạt" in said
    assert HARD[2] in said
    assert "\\x1b[31m \\x00" in said
    assert "\\ud800 \\uffff" in said


@pytest.mark.parametrize("case", CASES)
def test_checkstyle_has_what_its_readers_ask_for(case: str) -> None:
    root = ET.fromstring(rendered("checkstyle", CASES[case]))
    assert (root.tag, {child.tag for child in root} <= {"file"}) == ("checkstyle", True)
    names = [file.get("name") for file in root]
    assert len(names) == len(set(names))
    errors = list(root.iter("error"))
    assert len(errors) == len(CASES[case])
    for error in errors:
        assert set(error.attrib) == {"line", "column", "severity", "message", "source"}
        assert error.attrib["severity"] in {"error", "warning", "info", "ignore"}
        assert int(error.attrib["line"]) > 0


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them: name, properties, message."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        given = dict(part.split("=", 1) for part in match[2].split(","))
        found.append((match[1], {k: unquote(v) for k, v in given.items()}, unquote(match[3])))
    return found


def test_github_reads_every_letter_back() -> None:
    read = commands(rendered("github", hard()))
    assert len(read) == len(HARD)
    messages = [message for _, _, message in read]
    for text in HARD[:4]:
        assert f"{text}\ngõ {text}" in messages
    assert {given["file"] for _, given, _ in read} == {"plan/kế hoạch/50% a:b.yaml"}
    assert read[0][1]["title"] == "K105 unknown-team"
    assert (read[0][1]["line"], read[0][1]["col"], read[0][1]["endColumn"]) == ("2", "3", "8")


def test_github_gets_no_more_than_it_shows_the_worst_first() -> None:
    read = commands(rendered("github", many()))
    kinds = [kind for kind, _, _ in read]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert read[9][2].startswith("and 1991 more;")
    assert len(commands(rendered("github", many(30)))) == 30
    assert rendered("github", []) == ""


@pytest.mark.parametrize("case", CASES)
def test_markdown_fits_a_comment(case: str) -> None:
    text = rendered("markdown", CASES[case], [aside(f) for f in CASES[case]])
    assert len(text.encode()) <= 60_000
    assert text.startswith("<!-- kpi validate -->\n## ")
    assert text.count("<details>") == text.count("</details>")


def test_markdown_shows_the_worst_first_and_counts_the_rest() -> None:
    text = rendered("markdown", many())
    assert "## Found 2,000 errors, 2,000 warnings and 2,000 notes" in text
    rows = [line for line in text.splitlines() if line.startswith(("| ✖", "| ▲"))]
    assert rows
    assert all(row.startswith("| ✖ error |") for row in rows)
    assert f"… and {6000 - len(rows):,} more findings" in text


def test_markdown_is_not_markup_of_others() -> None:
    text = rendered("markdown", hard())
    assert "<b>" not in text
    assert "@everyone" not in text
    assert "http://" not in text
    assert "<!-- -->" not in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {5}


def test_markdown_names_debt_and_reasons() -> None:
    old = aside(finding(number=2), source=False)
    text = rendered("markdown", [], [aside(finding()), old])
    assert "1 finding set aside, with reasons" in text
    assert "(until 2026-12-31)" in text
    assert "1 finding of the baseline still to be mended." in text


@pytest.mark.parametrize("case", CASES)
def test_concise_is_one_line_each(case: str) -> None:
    lines = rendered("concise", CASES[case]).split("\n")[:-1]
    assert len(lines) == len(CASES[case])
    assert all(re.match(r"[^\n]+:\d+:\d+: (error|warning|info) K105 ", line) for line in lines)


@pytest.mark.parametrize("case", CASES)
def test_azure_reads_back_what_was_found(case: str) -> None:
    lines = rendered("azure", CASES[case]).split("\n")[:-1]
    assert len(lines) == len(CASES[case])
    back = {"%0D": "\r", "%0A": "\n", "%3B": ";", "%5D": "]", "%AZP25": "%"}
    for line in lines:
        form = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
        assert form
        given = dict(pair.split("=", 1) for pair in form[1].rstrip(";").split(";"))
        assert given["type"] in ("error", "warning")
        path = re.sub("|".join(back), lambda found: back[found[0]], given["sourcepath"])
        assert path in {f"plan/{finding.path}" for finding in CASES[case]}
        assert given["code"] == "K105"
    kinds = [line.split("type=")[1].split(";")[0] for line in lines]
    assert kinds == sorted(kinds)
    if case == "hard":
        assert "two%0Alines%0D%0Aand a third" in "\n".join(lines)
        assert "50 %AZP25 chưa đạt" in "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("pylint", r"(?P<path>.+?):\d+: \[K105\(unknown-team\), [^\]]*\] .+"),
        ("gnu", r"(?P<path>.+?):\d+\.\d+-\d+\.\d+: (error|warning|info): .+ \[K105\]"),
    ],
)
@pytest.mark.parametrize("case", CASES)
def test_line_formats_are_one_line_each(name: str, form: str, case: str) -> None:
    lines = rendered(name, CASES[case]).split("\n")[:-1]
    assert len(lines) == len(CASES[case])
    for line in lines:
        assert re.fullmatch(form, line), line
        assert not re.search("[\x00-\x1f\u202e]", line)
