"""A small company in every state a view has to tell: used by the tests of views and pages."""

from __future__ import annotations

from functools import cache

from kpi_cli.analysis.results import Assessment
from kpi_cli.views.facts import Facts, facts_of
from tests.memory import judge

AS_OF = "2026-05-31"

COMPANY = """
teams:
  firm: {name: The firm, level: organization}
  sales: {name: Sales, parent: firm, level: department}
people:
  lan: {name: Nguyễn Thị Lan, team: firm}
  minh: {name: Trần Minh, team: sales}
objectives:
  loyal:
    {title: Customers come back, why: A promise kept is a customer kept, owner: lan, team: firm,
     period: "2026", rollup: both, resources: {budget: 1000 USD, spent: 1200 USD}}
  heavy:
    {title: The one that matters most, owner: minh, team: sales, period: "2026", weight: 3,
     supports: [loyal], agreed_by: [lan, minh]}
kpis:
  behind:
    {name: Repeat rate, objective: loyal, owner: minh, unit: "%", baseline: 30, target: 40,
     when_red: Call the lapsed accounts, actuals: {2026-01: 30, 2026-02: null, 2026-04: 30.2,
     2026-05: {value: 30.5, note: shop closed}}}
  heavy-risk:
    {name: Order value, objective: heavy, owner: lan, unit: USD, baseline: 100, target: 200,
     actuals: {2026-05: 132}}
  fine:
    {name: Delivery, objective: loyal, owner: lan, unit: days, baseline: 10, target: 5,
     actuals: {2026-04: 7, 2026-05: 6}}
  won:
    {name: Returns, objective: heavy, owner: minh, contributors: [lan], unit: "%", baseline: 9,
     target: 5, actuals: {2026-05: 4.8}}
  old:
    {name: Old news, objective: loyal, owner: lan, unit: count, baseline: 1, target: 9,
     actuals: {2026-01: 2, 2026-02: 3}}
  silent: {name: Silence, objective: loyal, owner: lan, unit: count, baseline: 1, target: 9}
  word:
    {name: Word, objective: loyal, owner: minh, unit: count, baseline: 0, target: 100,
     actuals: {2026-05: 10}, check_ins: [{on: 2026-05-31, by: minh, status: on_track, note: Wait}]}
  aimless: {name: Aimless, objective: loyal, owner: lan, unit: count, actuals: {2026-05: 3}}
initiatives:
  card: {title: Loyalty card, kpis: [behind], owner: minh, budget: 40 USD, status: doing}
actions:
  late: {title: Late one, kpi: behind, owner: minh, opened: 2026-05-01, due: 2026-05-20}
  soon: {title: Soon, kpi: heavy-risk, owner: lan, opened: 2026-05-01, due: 2026-06-15}
  far: {title: Far, kpi: fine, owner: lan, opened: 2026-05-01, due: 2026-12-15}
  ended: {title: Ended, kpi: behind, owner: lan, due: 2026-01-15, status: done}
  later: {title: Not yet known, kpi: behind, owner: lan, opened: 2026-06-10, due: 2026-06-11}
recognitions:
  thanks: {to: [minh, lan], for: fine, on: 2026-05-12, by: lan, text: Six days and nobody hurried}
  ancient: {to: [minh], for: fine, on: 2025-05-12, by: lan, text: Long ago}
  future: {to: [minh], for: fine, on: 2026-06-12, by: lan, text: Not yet}
reviews:
  r1:
    {on: 2026-04-20, kind: monthly, covers: [loyal], decisions: [
     {text: Still running, kpi: behind, owner: minh, due: 2026-07-01},
     {text: Over, kpi: fine, owner: lan, due: 2026-05-01}]}
  r2: {on: 2026-05-20, kind: monthly, covers: [loyal], decisions: [
     {text: The newest, objective: heavy, owner: lan, due: 2026-05-25}]}
  r3: {on: 2026-06-20, kind: monthly, decisions: [{text: Unheard of}]}
"""


@cache
def company() -> Assessment:
    """The assessment of the company."""
    return judge(COMPANY, AS_OF, "version: 1\nname: The firm\n")


@cache
def company_facts() -> Facts:
    """Its facts, with a place for one record."""
    return facts_of(company(), {"behind": ("plan.yaml", 17)})
