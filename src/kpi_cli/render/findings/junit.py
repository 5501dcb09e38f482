"""`--format junit`: a suite for each file, a test for each record and family of rules.

GitLab, Jenkins and Azure read it. A finding that is an error fails its test; others stand in its
output. So a report also says what was checked and is sound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from kpi_cli.diagnostics import Finding, Severity
from kpi_cli.render.findings._places import TOOL, message, repository_path, xml_text
from kpi_cli.views.findings import FindingsView

FILE = "(file)"
"""The test of what is wrong with a file and not with a record in it."""
Key = tuple[str, str, str]


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """Suites in order of paths; tests in order of records and families."""
    by_test: dict[Key, list[Finding]] = defaultdict(list)
    for finding in view.findings:
        by_test[_test(view, finding)].append(finding)
    tests = dict.fromkeys(
        (path, record, family)
        for path, records in view.checked.items()
        for record in (FILE, *records)
        for family in (view.families if record != FILE else view.families[:1])
    )
    tests |= dict.fromkeys(by_test)
    root = ET.Element("testsuites", name=TOOL)
    suites: dict[str, list[tuple[Key, list[Finding]]]] = defaultdict(list)
    for key in tests:
        suites[key[0]].append((key, by_test.get(key, [])))
    for path in sorted(suites):
        _suite(root, view, path, suites[path])
    root.set("tests", str(sum(map(len, suites.values()))))
    root.set("failures", str(len(root.findall(".//failure"))))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _test(view: FindingsView, finding: Finding) -> Key:
    known = finding.subject and finding.subject in view.checked.get(finding.path, ())
    return finding.path, finding.subject if known and finding.subject else FILE, finding.code[0]


def _suite(
    root: ET.Element, view: FindingsView, path: str, tests: list[tuple[Key, list[Finding]]]
) -> None:
    name = xml_text(repository_path(view, path))
    suite = ET.SubElement(root, "testsuite", name=name, tests=str(len(tests)), errors="0")
    failures = 0
    for (_, record, family), found in tests:
        title = xml_text(f"{record} {family}")
        case = ET.SubElement(suite, "testcase", classname=name, name=title, file=name, time="0")
        errors = [f for f in found if f.severity is Severity.ERROR]
        failures += bool(errors)
        if errors:
            failure = ET.SubElement(case, "failure", type=errors[0].code)
            failure.set("message", xml_text(f"{errors[0].code} {errors[0].message}"))
            failure.text = _text(name, errors)
        others = [f for f in found if f.severity is not Severity.ERROR]
        if others:
            ET.SubElement(case, "system-out").text = _text(name, others)
    suite.set("failures", str(failures))


def _text(name: str, found: list[Finding]) -> str:
    return xml_text(
        "\n".join(f"{name}:{f.line}:{f.column}: {f.severity} {f.code} {message(f)}" for f in found)
    )
