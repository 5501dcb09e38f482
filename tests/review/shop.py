"""A small plan for the tests of reviews: something to decide, to thank for, to explain."""

from __future__ import annotations

# ruff: noqa: E501 - one record a line reads best

PLAN = """\
teams:
  firm: {name: Firm, lead: an}
  sales: {name: Sales, parent: firm, lead: bo}
  plant: {name: Plant, parent: firm, lead: chi}
people:
  an: {name: An, team: firm}
  bo: {name: Bo, team: sales}
  chi: {name: Chi, team: plant}
objectives:
  top: {title: Customers stay, owner: an, team: firm, period: "2026", resources: {budget: 9000 EUR, spent: 900 EUR}}
  sell: {title: Sales win, owner: bo, team: sales, supports: top, period: "2026"}
  run: {title: The plant runs, owner: chi, team: plant, supports: top, period: "2026"}
kpis:
  good: {name: Good deeds, objective: top, owner: an, unit: count, target: {at_least: 5}, actuals: {2026-03: 6, 2026-04: 6, 2026-05: 6}}
  wins: {name: Wins, objective: sell, owner: bo, contributors: [an], unit: count, baseline: 0, target: 10, actuals: {2026-03: 1, 2026-04: 6, 2026-05: 10}}
  calls: {name: Calls, objective: sell, owner: bo, unit: count, target: {at_least: 9}, when_red: Ring twice, actuals: {2026-03: 9, 2026-04: 9, 2026-05: 2}}
  waste: {name: Waste, objective: run, owner: chi, unit: "%", baseline: 9, target: 4, actuals: {2026-02: 8.9}}
  late: {name: Late trips, objective: run, owner: chi, unit: count, target: {at_most: 3}, actuals: {2026-04: 8, 2026-05: 8}}
initiatives:
  vans: {title: New vans, kpis: [late], owner: chi, status: doing}
actions:
  third-shift:
    title: A third shift   # since spring
    kpi: late
    kind: decide
    owner: chi
    opened: 2026-05-02
    due: 2026-06-10
    expected: -4 trips
  old-van: {title: Mend the old van, kpi: late, owner: chi, opened: 2026-04-02, due: 2026-05-20}
  far-away: {title: A new road, kpi: late, owner: chi, opened: 2026-04-02, due: 2026-12-20}
  done-deed: {title: Oil the doors, kpi: late, owner: chi, opened: 2026-04-02, due: 2026-05-20, status: done}
recognitions:
  r-new: {to: [bo, an], for: calls, on: 2026-05-12, by: an, text: Kept at it}
  r-old: {to: [chi], for: late, on: 2026-02-12, by: an, text: Long ago}
reviews:
  2026-04-monthly:
    on: 2026-04-30
    kind: monthly
    present: [an, bo]
    decisions:
      - {text: Two more tills, kpi: calls, owner: bo, due: 2026-05-15}
  2026-05-monthly:   # the next one
    on: 2026-05-31
    kind: monthly
"""
FILES = {"kpi.yaml": "version: 1\n", "plan.yaml": PLAN}
