"""A plan with every text field of every kind of record filled, and the same with other texts.

Each text of the plan is `~NAME`; `planted` puts others in their place, in records, targets, figures
and settings alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args

from kpi_cli.analysis.assess import assess
from kpi_cli.analysis.results import Assessment
from kpi_cli.models import Record
from kpi_cli.models.fields import Text
from kpi_cli.models.model import Model
from kpi_cli.plan import Plan
from tests.memory import load

AS_OF = date(2026, 5, 31)
CONFIG = """
version: 1
name: ~firm-name
perspectives: [~inside]
units: {own: {symbol: ~symbol}}
"""
RICH = """
teams:
  firm: {name: ~firm, level: organization, lead: lan, ignore: [{code: O1, reason: ~set1}]}
  dep: {name: ~dep, parent: firm, lead: minh, level: department}
  sub: {name: ~sub, parent: dep}
people:
  lan: {name: ~lan, team: firm, ignore: [{code: A1, reason: ~set2}]}
  minh: {name: ~minh, team: dep, manager: lan}
objectives:
  top:
    {title: ~top, why: ~why-top, owner: lan, team: firm, period: "2026", perspective: ~inside,
     resources: {budget: 1000 USD, spent: 1200 USD, people_days: 20},
     check_ins: [{on: 2026-05-01, by: lan, status: at_risk, confidence: 0.5, note: ~said-top,
       cause: clarity}], ignore: [{code: O123, reason: ~set3}]}
  mid:
    {title: ~mid, why: ~why-mid, owner: minh, team: dep, period: "2026", supports: [top],
     tension: [{with: top, agreed: ~agreed, on: 2026-02-01}]}
  done:
    {title: ~done, owner: minh, team: sub, period: "2025", supports: [mid], status: closed,
     closed: {on: 2026-01-05, outcome: missed, lesson: ~lesson}}
kpis:
  main:
    name: ~main
    objective: mid
    owner: minh
    contributors: [lan]
    unit: own
    definition: ~definition
    population: ~population
    numerator: ~numerator
    denominator: ~denominator
    metric: ~metric
    perspective: ~inside
    rationale: ~rationale
    when_red: ~when-red
    baseline: {value: 30, date: 2025-12-31, note: ~base-note}
    target: 60
    target_changes: [{from: 2026-03-01, target: 50, reason: ~moved, approved_by: lan}]
    baselines: [{from: 2026-02, reason: ~process}]
    leads: [{kpi: other, lag_days: 30, because: ~because}]
    guardrails: [guard]
    source: {manual: ~source}
    check_ins: [{on: 2026-05-10, by: minh, status: off_track, note: ~said-main, cause: process}]
    ignore: [{code: M209, reason: ~set4}]
    actuals: {2025-11: 30, 2025-12: 31, 2026-01: 30, 2026-02: {value: 29, note: ~beside},
      2026-03: 30, 2026-04: 31, 2026-05: {value: 30.5, note: ~latest}}
  other:
    {name: ~other, objective: mid, owner: lan, unit: own, metric: ~metric, target: 50, baseline: 10,
     source: {sql: ~sql, query: ~query, connection: ~connection},
     actuals: {2026-03: 20, 2026-04: 25, 2026-05: 31}}
  guard:
    {name: ~guard, objective: top, owner: lan, unit: "%", baseline: 9, target: {at_most: 5},
     opposes: [main], source: {file: ~file}, actuals: {2026-04: 6, 2026-05: 4}}
  steps:
    {name: ~steps, objective: top, owner: lan,
     target: {milestones: [{name: ~first, due: 2026-03-01, done: 2026-03-02},
       {name: ~second, due: 2026-05-01}]}}
  parts:
    {name: ~parts, objective: top, owner: lan, unit: "%", baseline: 40, target: 60,
     aggregation: ratio, actuals: {files: [{file: a.csv, period: month, numerator: n,
       denominator: d, segment: where, note: word}]}}
  gone:
    {name: ~gone, objective: mid, owner: minh, unit: own, target: 5, status: retired,
     retired: {on: 2026-04-01, reason: ~gone-for}}
  loose: {name: ~loose, owner: minh, unit: own, target: 5}
initiatives:
  work: {title: ~work, kpis: [main], owner: minh, budget: 40 USD, due: 2026-07-01, status: doing,
    ignore: [{code: A1, reason: ~set5}]}
actions:
  late: {title: ~late, kpi: main, owner: minh, opened: 2026-05-01, due: 2026-05-20,
    expected: ~expected, ignore: [{code: A1, reason: ~set6}]}
  soon: {title: ~soon, kpi: guard, owner: minh, opened: 2026-05-01, due: 2026-06-10}
  past: {title: ~past, kpi: main, owner: lan, due: 2026-01-15, status: done}
recognitions:
  thanks: {to: [minh, lan], for: main, on: 2026-05-12, by: lan, text: ~thanks}
reviews:
  r1: {on: 2026-05-20, kind: monthly, present: [lan], covers: [top], notes: ~notes,
    decisions: [{text: ~decided, kpi: main, owner: minh, due: 2026-07-01}]}
  r2: {on: 2026-06-02, kind: monthly, covers: [top], notes: ~notes-ahead}
glossary:
  word: {term: ~term, means: ~means}
"""
FIGURES = """
month,where,n,d,word
2026-03,~north,41,100,
2026-03,~south,43,100,
2026-04,~north,44,100,~in-north
2026-04,~south,46,100,~in-south
"""
Words = Callable[[str], str]
_T = TypeVar("_T")


@cache
def rich() -> Plan:
    """The plan with its texts as they are written here."""
    loaded = load(RICH, CONFIG, a__csv=FIGURES.lstrip())
    assert loaded.diagnostics == ()
    return loaded.plan


def planted(words: Words) -> Assessment:
    """The plan assessed with `words(NAME)` for every `~NAME`."""
    return assess(_changed(rich(), words), AS_OF)


def _changed(value: _T, words: Words) -> _T:
    """The value with every text in it replaced; what holds none is the same object."""
    new: Any = value
    if isinstance(value, str):
        new = words(value[1:]) if value.startswith("~") else value
    elif isinstance(value, Model):
        given = {name: getattr(value, name) for name in type(value).model_fields}
        new = value.model_copy(update={k: _changed(v, words) for k, v in given.items()})
    elif is_dataclass(value) and not isinstance(value, type):
        given = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        told = {k: _changed(v, words) for k, v in given.items()}
        changed = {k: v for k, v in told.items() if v is not given[k]}
        new = replace(value, **changed) if changed else value
    elif isinstance(value, Mapping):
        new = {_changed(k, words): _changed(v, words) for k, v in value.items()}
    elif isinstance(value, list | tuple) and value and not hasattr(value, "_fields"):
        new = type(value)(_changed(one, words) for one in value)
    return new  # type: ignore[no-any-return]


def names() -> list[str]:
    """Every NAME of the plan."""
    found: set[str] = set()
    planted(lambda name: found.add(name) or name)
    return sorted(found)


def empty_texts() -> Iterator[str]:
    """Text fields of the models that no record of the plan fills: `Kpi.name`."""
    filled: set[str] = set()
    known: set[str] = set()
    waiting: list[object] = list(rich().records())
    classes: list[type[Model]] = [Record, Model]
    while classes:
        one = classes.pop()
        classes += one.__subclasses__()
        known |= {f"{one.__name__}.{name}" for name in one.model_fields if _is_text(one, name)}
    while waiting:
        value = waiting.pop()
        if isinstance(value, Model):
            for name in type(value).model_fields:
                held = getattr(value, name)
                if held is not None:
                    filled.add(f"{type(value).__name__}.{name}")
                waiting.append(held)
        elif isinstance(value, list | tuple):
            waiting += value
    yield from sorted(known - filled)


def _is_text(model: type[Model], name: str) -> bool:
    marker = get_args(Text)[1]
    written = model.__annotations__.get(name)
    return any(marker in get_args(part) for part in (written, *get_args(written)))
