"""Statements of goals, key results, KPIs and objectives with our own verdict on each.

`judged.csv` is one statement a row: id (its language first), kind, verdict, the codes that should
speak, the sentence, the reason. They are written for this tool; no native speaker of Vietnamese
has judged the Vietnamese ones. A hash of the id halves the first 200 of a language: rules were
tuned on `dev`, measured on `held`, then tuned on that too. Those from 201 on are `fresh`: written
afterwards, and measured once before anybody looked (docs/smart.md has the figures).
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["objective", "key_result", "kpi", "goal"]
Verdict = Literal["good", "bad"]
Split = Literal["dev", "held", "fresh"]
SPLITS: tuple[Split, ...] = ("dev", "held", "fresh")
KINDS: tuple[Kind, ...] = ("objective", "key_result", "kpi", "goal")
_SEED = "kpi-judged/1"
_FIRST = 200


@dataclass(frozen=True, slots=True)
class Statement:
    """One judged sentence; `codes` are the rules the judge names, worst first."""

    id: str
    language: str
    kind: Kind
    verdict: Verdict
    codes: tuple[str, ...]
    text: str
    why: str

    @property
    def split(self) -> Split:
        """Which part it belongs to; the same for ever."""
        return split_of(self.id)


def split_of(id: str) -> Split:
    """The part of an id such as `en-007`: see the head of this module."""
    if id[3:].isdigit() and int(id[3:]) > _FIRST:
        return "fresh"
    return "dev" if hashlib.sha256(f"{_SEED} {id}".encode()).digest()[0] % 2 else "held"


def statements() -> tuple[Statement, ...]:
    """All of them, in the order of the file."""
    text = files(__package__).joinpath("judged.csv").read_text("utf-8")
    return tuple(_statement(row) for row in csv.DictReader(text.splitlines()))


def _statement(row: dict[str, str]) -> Statement:
    kind = next(kind for kind in KINDS if kind == row["kind"])
    return Statement(
        id=row["id"],
        language=row["id"][:2],
        kind=kind,
        verdict="bad" if row["verdict"] == "bad" else "good",
        codes=tuple(row["codes"].split()),
        text=row["text"],
        why=row["why"],
    )


def outside() -> dict[str, Any]:
    """`kpi-rule-stats/1` of sentences judged by others; they are not ours to ship, counts are."""
    found: dict[str, Any] = json.loads(
        files(__package__).joinpath("outside.json").read_text("utf-8")
    )
    return found
