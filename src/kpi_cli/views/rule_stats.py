"""`kpi rules --stats`: how often each rule is right about the judged statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kpi_cli.diagnostics import Severity
from kpi_cli.views.document import Document, Grid, Section
from kpi_cli.views.measured import Given, Group, Measured, RuleFigures, allowed

_GROUPS = ("Statements", "count", "bad", "called bad", "rightly", "precision", "recall")
_RULES = (
    "Rule", "given as", "may be", "hits", "true", "false", "precision", "named", "found", "recall",
)  # fmt: skip
_OTHERS = ("others' hits", "true")
_LANGUAGES = {"en": "English", "vi": "Vietnamese"}
_POLICY = (
    "true: the statement is judged bad, or the judge names the rule; an error needs 90 % precision "
    "over 20 hits, a warning 75 %"
)


def envelope(found: Measured, others: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`kpi-rule-stats/1`; shares are null where nothing was counted.

    `others` is such an envelope of statements judged by others; `allowed` goes by both together.
    """
    theirs = _theirs(others)
    return {
        "schema": "kpi-rule-stats/1",
        "statements": [
            {
                "group": group.name,
                "count": group.count,
                "bad": group.bad,
                "called_bad": group.called,
                "rightly": group.right,
                "precision": group.precision,
                "recall": group.recall,
            }
            for group in found.groups
        ],
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "given": [_given(rule.code, given, theirs) for given in rule.given],
                "named": rule.named,
                "found": rule.found,
                "recall": rule.recall,
            }
            for rule in found.rules
        ],
    }


_Theirs = Mapping[tuple[str, Severity], Given]


def _theirs(others: Mapping[str, Any] | None) -> _Theirs:
    return {
        (rule["code"], Severity(one["severity"])): Given(
            Severity(one["severity"]), one["hits"], one["true"]
        )
        for rule in (others or {"rules": ()})["rules"]
        for one in rule["given"]
    }


def _given(code: str, given: Given, theirs: _Theirs) -> dict[str, Any]:
    other = theirs.get((code, given.severity), Given(given.severity, 0, 0))
    return {
        "severity": given.severity,
        "allowed": allowed(given.plus(other)),
        "hits": given.hits,
        "true": given.true,
        "false": given.false,
        "precision": given.precision,
        "others": {"hits": other.hits, "true": other.true},
    }


def document(
    found: Measured, others: Mapping[str, Any] | None = None, judges: str = "us"
) -> Document:
    """The same for people."""
    whole = found.groups[0]
    verdict = (
        f"of {whole.called} sentences called bad {whole.right} are; "
        f"of {whole.bad} bad ones {whole.right} are found"
    )
    languages = " and ".join(
        f"{group.count} {_LANGUAGES[group.name]}"
        for group in found.groups
        if group.name in _LANGUAGES
    )
    groups = tuple(_group(group) for group in found.groups if group.count)
    theirs = _theirs(others)
    rules = tuple(row for rule in found.rules for row in _rule(rule, theirs))
    head = (*_RULES, *_OTHERS)
    return Document(
        verdict,
        f"{whole.count} statements, {languages}, judged by {judges}",
        (
            Section(
                "By sort of statement",
                grid=Grid(_GROUPS, groups, frozenset(range(1, len(_GROUPS)))),
            ),
            Section(
                "By rule",
                grid=Grid(head, rules, frozenset(range(3, len(head)))),
                note=_POLICY,
            ),
        ),
    )


def _group(group: Group) -> tuple[str, ...]:
    name = _LANGUAGES.get(group.name, group.name.replace("_", " "))
    counts = (group.count, group.bad, group.called, group.right)
    return (name, *map(str, counts), _share(group.precision), _share(group.recall))


def _rule(rule: RuleFigures, theirs: _Theirs) -> Iterator[tuple[str, ...]]:
    recall = (str(rule.named), str(rule.found), _share(rule.recall))
    title = f"{rule.code} {rule.name}".strip()
    for given in rule.given:
        other = theirs.get((rule.code, given.severity), Given(given.severity, 0, 0))
        words = (title, given.severity.value, allowed(given.plus(other)).value)
        counts = (str(given.hits), str(given.true), str(given.false), _share(given.precision))
        yield (*words, *counts, *recall, str(other.hits), str(other.true))
        title, recall = "", ("", "", "")
    if not rule.given:
        yield (title, "-", "-", "0", "0", "0", "-", *recall, "", "")


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"
