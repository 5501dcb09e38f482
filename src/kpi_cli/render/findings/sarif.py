"""`--format sarif`: SARIF 2.1.0 (OASIS, 2020), for GitHub code scanning and viewers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kpi_cli import __version__
from kpi_cli.checks.registry import Rule, catalogue
from kpi_cli.diagnostics import Finding, Fix, Severity, Suppressed
from kpi_cli.render.findings._places import TOOL, message, repository_path, uri
from kpi_cli.render.json import dump
from kpi_cli.views.findings import FindingsView

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 5000
"""GitHub keeps no more results of a run; which ones is better decided here than there."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "kpiFinding/v1"


def findings(view: FindingsView, files: Mapping[str, bytes]) -> str:
    """One run; what was set aside is there too, with its reason."""
    everything = [*((f, None) for f in view.findings), *((s.finding, s) for s in view.suppressed)]
    chosen = sorted(everything, key=lambda pair: pair[0].severity.rank)[:MOST_RESULTS]
    chosen.sort(key=lambda pair: pair[0].sort_key)
    rules = [rule for code, rule in catalogue().items() if _is_used(code, chosen)]
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": TOOL,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "kpi/validate/"},
        "invocations": [_invocation(len(everything) - len(chosen))],
        "results": [_result(view, f, aside, index[f.code]) for f, aside in chosen],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _is_used(code: str, chosen: Iterable[tuple[Finding, Suppressed | None]]) -> bool:
    return any(finding.code == code for finding, _ in chosen)


def _invocation(left_out: int) -> dict[str, Any]:
    found: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        text = f"{left_out} more findings, none worse than these, are left out; see another format"
        found["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return found


def _rule(rule: Rule) -> dict[str, Any]:
    """A reportingDescriptor with the whole manual page as help."""
    return {
        "id": rule.code,
        "name": _pascal(rule.name),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": rule.doc, "markdown": _markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _pascal(slug: str) -> str:
    return "".join(word.capitalize() for word in slug.split("-"))


def _markdown(rule: Rule) -> str:
    parts = [f"# {rule.code} {rule.name}", rule.title + ".", rule.why]
    parts += [f"Bad:\n\n```yaml\n{rule.section('Bad')}\n```"]
    parts += [f"Good:\n\n```yaml\n{rule.section('Good')}\n```", rule.section("Fix")]
    return "\n\n".join(parts)


def _result(
    view: FindingsView, finding: Finding, aside: Suppressed | None, rule: int
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": message(finding)},
        "locations": [_location(view, finding)],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
    }
    if finding.related:
        found["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": other.message},
                "physicalLocation": _physical(view, other.path, _start(other.line, other.column)),
            }
            for number, other in enumerate(finding.related, 1)
        ]
    if finding.fix:
        found["fixes"] = [_fix(view, finding, finding.fix)]
    if aside:
        found["suppressions"] = [_suppression(aside)]
    return found


def _location(view: FindingsView, finding: Finding) -> dict[str, Any]:
    region = _start(finding.line, finding.column) | {
        "endLine": finding.end_line,
        "endColumn": max(finding.end_column, 1),
    }
    found: dict[str, Any] = {"physicalLocation": _physical(view, finding.path, region)}
    if finding.subject:
        found["logicalLocations"] = [{"name": finding.subject}]
    return found


def _start(line: int, column: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": column}


def _physical(view: FindingsView, path: str, region: dict[str, int]) -> dict[str, Any]:
    place = {"uri": uri(repository_path(view, path))}
    return {"artifactLocation": place, "region": region}


def _fix(view: FindingsView, finding: Finding, fix: Fix) -> dict[str, Any]:
    mark = fix.mark
    region = _start(mark.line, mark.column) | {
        "endLine": mark.end_line,
        "endColumn": mark.end_column,
    }
    place = {"uri": uri(repository_path(view, finding.path))}
    change: dict[str, Any] = {
        "artifactLocation": place,
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix.text}}],
    }
    return {"description": {"text": finding.help or finding.message}, "artifactChanges": [change]}


def _suppression(aside: Suppressed) -> dict[str, Any]:
    until = f" (until {aside.until})" if aside.until else ""
    kind = "inSource" if aside.source else "external"
    return {"kind": kind, "status": "accepted", "justification": f"{aside.reason}{until}"}
