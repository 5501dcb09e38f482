"""`kpi rules --stats`: how often each rule is right about the judged statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpi_cli.views.document import Document, Grid, Section
from kpi_cli.views.measured import Group, Measured, RuleFigures, allowed

_GROUPS = ("Statements", "count", "bad", "called bad", "rightly", "precision", "recall")
_RULES = (
    "Rule", "given as", "may be", "hits", "true", "false", "precision", "named", "found", "recall",
)  # fmt: skip


def envelope(found: Measured) -> dict[str, Any]:
    """`kpi-rule-stats/1`; shares are null where nothing was counted."""
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
                "given": [
                    {
                        "severity": given.severity,
                        "allowed": allowed(given),
                        "hits": given.hits,
                        "true": given.true,
                        "false": given.false,
                        "precision": given.precision,
                    }
                    for given in rule.given
                ],
                "named": rule.named,
                "found": rule.found,
                "recall": rule.recall,
            }
            for rule in found.rules
        ],
    }


def document(found: Measured, judges: str = "us; rules were tuned on `dev` alone") -> Document:
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
    return Document(
        verdict,
        f"{whole.count} statements, {languages}, judged by {judges}",
        (
            Section(
                "By sort of statement",
                grid=Grid(
                    _GROUPS,
                    tuple(_group(group) for group in found.groups),
                    frozenset(range(1, len(_GROUPS))),
                ),
            ),
            Section(
                "By rule",
                grid=Grid(
                    _RULES,
                    tuple(row for rule in found.rules for row in _rule(rule)),
                    frozenset(range(3, len(_RULES))),
                ),
                note="true: the statement is judged bad, or the judge names the rule; an error "
                "needs 90 % precision over 20 hits, a warning 75 %",
            ),
        ),
    )


_LANGUAGES = {"en": "English", "vi": "Vietnamese"}


def _group(group: Group) -> tuple[str, ...]:
    name = _LANGUAGES.get(group.name, group.name.replace("_", " "))
    counts = (group.count, group.bad, group.called, group.right)
    return (name, *map(str, counts), _share(group.precision), _share(group.recall))


def _rule(rule: RuleFigures) -> Iterator[tuple[str, ...]]:
    recall = (str(rule.named), str(rule.found), _share(rule.recall))
    title = f"{rule.code} {rule.name}"
    for given in rule.given:
        counts = (given.hits, given.true, given.false)
        words = (title, given.severity.value, allowed(given).value)
        yield (*words, *map(str, counts), _share(given.precision), *recall)
        title, recall = "", ("", "", "")
    if not rule.given:
        yield (title, "-", "-", "0", "0", "0", "-", *recall)


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"
