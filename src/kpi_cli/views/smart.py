"""The SMART section of a KPI's page: each criterion with score, evidence and reasons."""

from __future__ import annotations

from functools import lru_cache

from kpi_cli.checks.score import CRITERIA
from kpi_cli.checks.smart import Graded
from kpi_cli.diagnostics import Severity
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_, _, language

NAMES = {
    "S": N_("Specific"),
    "M": N_("Measurable"),
    "A": N_("Assignable and achievable"),
    "R": N_("Relevant"),
    "T": N_("Time-bound"),
}
GOOD, POOR = 80, 50


@dataclass(frozen=True, slots=True)
class Reason:
    """What takes points, or was set aside (`aside` says why) and takes none."""

    code: str
    text: str
    severity: str
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One letter: its score of 100, how many of its rules could tell, and the reasons."""

    name: str
    score: int
    tone: str
    told: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SmartPart:
    """The scores of one KPI, and what raises the total most."""

    total: int
    tone: str
    criteria: tuple[Criterion, ...]
    fix: str | None


def smart_part(graded: Graded) -> SmartPart:
    """The section of one KPI."""
    rows = tuple(_criterion(graded, letter) for letter in CRITERIA)
    return SmartPart(graded.total, _tone(graded.total), rows, graded.fix)


def _criterion(graded: Graded, letter: str) -> Criterion:
    evidence = graded.scores.evidence[letter]
    found = [f for f in (*graded.findings, *graded.counted) if f.code[0] == letter]
    if len(found) > 1:
        found.sort(key=lambda finding: (finding.severity.rank, finding.code))
    reasons = [Reason(f.code, f.message, f.severity.value) for f in found]
    reasons += [
        Reason(one.finding.code, one.finding.message, Severity.INFO.value, one.reason)
        for one in graded.suppressed
        if one.finding.code[0] == letter
    ]
    score = graded.of(letter)
    told = _told(evidence.told, evidence.rules, language())
    return Criterion(_(NAMES[letter]), score, _tone(score), told, tuple(reasons))


@lru_cache(maxsize=1024)
def _told(told: int, rules: int, _language: str) -> str:
    return _("{told} of {rules} rules could tell", told=told, rules=rules)


def _tone(score: int) -> str:
    return "good" if score >= GOOD else "risk" if score >= POOR else "bad"
