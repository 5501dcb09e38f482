"""Which rules each command runs."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.checks.engine import Selection
from kpi_cli.checks.registry import catalogue
from kpi_cli.diagnostics import Severity
from kpi_cli.models import Config

SMART_IN_VALIDATE = frozenset(
    {
        "M201", "M202", "M203", "M205", "M209", "M211", "M219",
        "A301", "R401", "R407",
        "T501", "T502", "T503", "T504", "T505",
    }
)  # fmt: skip
"""Rules of S M A R T that rest on fields and links alone, and say what no K rule says."""

LENIENT = frozenset({"M201", "M202", "M205", "M209"})
"""Warnings in `validate`, except in profile `strict`."""

SMART_FAMILIES = ("S", "M", "A", "R", "T")
SMART_LETTERS = frozenset({*SMART_FAMILIES, "O", "X"})


PREVIEW = frozenset({"S109", "O603"})
"""Rules that are too often wrong to be on by default; profile `strict` runs them."""

TWINS: Mapping[str, str] = {
    "M208": "K109", "M210": "K208", "M213": "K204", "A304": "K305",
    "R402": "K121", "R403": "K107", "R415": "K124",
}  # fmt: skip
"""Rules that say in `kpi check-smart` what the one beside them says in `kpi validate`."""

PROFILES: Mapping[str, Mapping[str, Severity]] = {
    "kpi": {},
    "okr": {"S104": Severity.ERROR},
    "strict": {},
}
"""What each profile makes of the severities in `kpi check-smart`; okr judges outcomes harder."""


def for_check_smart(config: Config) -> Selection:
    """All rules of S M A R T O, and X; on drafts as hard as on any other record."""
    profile = config.checks.profile
    off = frozenset() if profile == "strict" else PREVIEW
    codes = frozenset(code for code in catalogue() if code[0] in SMART_LETTERS) - off
    return Selection(codes, PROFILES[profile])


def for_new(config: Config) -> Selection:
    """Everything either command says of a record that has just been written."""
    plain, smart = for_validate(config), for_check_smart(config)
    return Selection(plain.codes | smart.codes, smart.severities)


def for_page(code: str) -> Selection:
    """What the examples of a rule's page are run with: `kpi validate` and the rule itself."""
    plain = for_validate(Config())
    codes = plain.codes - {TWINS.get(code)} | {code}
    return Selection(codes, plain.severities, plain.lenient_on_drafts)


def for_validate(config: Config) -> Selection:
    """All K and X rules, and the S M A R T rules above; those are gentler on drafts."""
    codes = frozenset(code for code in catalogue() if code[0] in "KX" or code in SMART_IN_VALIDATE)
    strict = config.checks.profile == "strict"
    severities = {} if strict else dict.fromkeys(sorted(LENIENT), Severity.WARNING)
    return Selection(codes, severities, SMART_FAMILIES)
