"""The structured corpus: small changes to one sound plan, each with the codes it should bring.

A case has `expect` and `not` (codes), `why`, and either `say` with `as` (a bare sentence of a
kind) or changes: `kpi` and `objective` are laid over the records `x` and `o`, sections over the
sections, `null` takes away. A new KPI begins as `SOUND`. `many` adds KPIs, `history` gives `x`
monthly actuals (`values`, or `parts`: numerator and denominator). `config` replaces kpi.yaml.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kpi_cli.period import add_months
from kpi_cli.source import load
from tests.checks.bench import Files

FOLDER = Path(__file__).parent / "corpus"
AS_OF = date(2026, 5, 31)
SOUND: Mapping[str, Any] = {
    "objective": "o",
    "owner": "an",
    "unit": "count",
    "indicator": "leading",
    "leads": [{"kpi": "x", "lag_days": 30, "because": "it was seen so in spring"}],
    "definition": "All of them in the month, counted at its end",
    "population": "guests of the harbour hotel",
    "target": {"at_least": 5},
    "rationale": "Last year it was above that in every month",
    "when_red": "The host looks for the cause the same week",
    "guardrails": ["y"],
    "source": {"manual": "list at the desk", "refresh": "monthly"},
}
SECTIONS = ("teams", "people", "objectives", "kpis", "initiatives", "actions", "reviews")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the corpus and the file it stands in."""

    file: str
    row: Mapping[str, Any]

    @property
    def expect(self) -> tuple[str, ...]:
        """Codes that must be found."""
        return tuple(self.row.get("expect", ()))

    @property
    def unwanted(self) -> tuple[str, ...]:
        """Codes that must not be found."""
        return tuple(self.row.get("not", ()))

    @property
    def name(self) -> str:
        """What it is about, for a test's name."""
        signs = [*self.expect, *(f"not {code}" for code in self.unwanted)]
        return f"{' '.join(signs)}: {self.row['why']}"

    @property
    def as_of(self) -> date:
        """The day it is looked at."""
        return date.fromisoformat(self.row["as_of"]) if "as_of" in self.row else AS_OF

    def files(self) -> Files:
        """Its workspace; JSON is YAML."""
        config = self.row.get("config", {"version": 1})
        plan = json.dumps(changed(self.row), ensure_ascii=False, default=str)
        return Files({"kpi.yaml": json.dumps(config), "plan.yaml": plan})


def corpus() -> list[Case]:
    """All cases in the order of the files."""
    return [
        Case(path.stem, row)
        for path in sorted(FOLDER.glob("*.yaml"))
        for row in _read(path.name).get("cases", ())
    ]


@cache
def _read(name: str) -> dict[str, Any]:
    document = load((FOLDER / name).read_bytes())
    assert not document.faults, document.faults
    found: dict[str, Any] = document.data
    return found


def changed(row: Mapping[str, Any]) -> dict[str, Any]:
    """The sound plan with the changes of a case."""
    plan = {name: dict(records) for name, records in _read("plan.yaml").items()}
    plan["kpis"]["x"] = _laid(plan["kpis"]["x"], row.get("kpi", {}))
    plan["objectives"]["o"] = _laid(plan["objectives"]["o"], row.get("objective", {}))
    for section in SECTIONS:
        records = plan.setdefault(section, {})
        for name, fields in row.get(section, {}).items():
            before = SOUND if section == "kpis" else {}
            _put(records, name, fields, records.get(name, before))
    plan.update({key: row[key] for key in ("glossary",) if key in row})
    plan["kpis"].update(_many(**row.get("many", {"count": 0, "owner": "an"})))
    if "history" in row:
        plan["kpis"]["x"]["actuals"] = dict(_history(**row["history"]))
    return {section: records for section, records in plan.items() if records}


def _put(records: dict[str, Any], name: str, fields: Any, before: Mapping[str, Any]) -> None:
    if fields is None:
        records.pop(name)
    else:
        records[name] = _laid(before, fields)


def _laid(record: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**record, **fields}.items() if value is not None}


def _many(count: int, owner: str) -> dict[str, Any]:
    things = ["letters", "flowers", "lamps", "towels", "chairs", "boats", "rooms", "keys"]
    return {
        thing: {**SOUND, "name": f"Number of {thing} mended", "owner": owner}
        for thing in things[:count]
    }


def _history(
    values: Sequence[float] = (), parts: Sequence[Sequence[int]] = (), **first: str
) -> Iterator[tuple[str, Any]]:
    start = date.fromisoformat(f"{first['from']}-01")
    rows = list(values) or [{"numerator": part, "denominator": whole} for part, whole in parts]
    for step, value in enumerate(rows):
        yield add_months(start, step).isoformat()[:7], value
