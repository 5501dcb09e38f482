"""The examples of the manual pages as workspaces: a fragment beside a small sound plan.

A fragment is a plan file. `# file: NAME` begins another file, `# as-of: DATE` sets the day, and
`⇥` stands for a tab.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kpi_cli.frozen import dataclass
from kpi_cli.workspace import CONFIG

AROUND = """\
teams:
  shop: {name: Web shop}
people:
  lan: {name: Lan, team: shop}
  minh: {name: Minh, team: shop, manager: lan}
objectives:
  loyal:
    title: Customers come back
    owner: lan
    team: shop
    period: {start: 2026-05-01, end: 2026-12-31}
kpis:
  orders:
    name: Orders of the web shop
    objective: loyal
    owner: lan
    definition: Orders that were paid, counted on the day of payment
    population: all customers of the web shop
    unit: count
    target: {at_least: 900}
    source: {manual: web shop}
    when_red: Lan calls the ten best customers
"""
"""Stands beside every example, so that an example shows only what matters."""

AROUND_FILE = "around.yaml"
_FILE = re.compile(r"^# file: (\S+)$", re.MULTILINE)
_AS_OF = re.compile(r"^# as-of: (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """Files by path, and the day they are looked at."""

    files: Mapping[str, str]
    as_of: date


def read_example(text: str, as_of: date = date(2026, 5, 31)) -> Example:
    """The workspace an example's text describes."""
    day = _AS_OF.search(text)
    parts = _FILE.split(_AS_OF.sub("", text).replace("⇥", "\t"))
    files = {CONFIG: "version: 1\n", AROUND_FILE: AROUND}
    if parts[0].strip():
        files["plan.yaml"] = parts[0]
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        files[name] = body.lstrip("\n")
    return Example(files, date.fromisoformat(day[1]) if day else as_of)
