"""Workspaces for the tests of alignment, impact and change."""

from __future__ import annotations

from datetime import date

from kpi_cli.analysis.assess import assess
from kpi_cli.plan import Loaded
from kpi_cli.views.alignment import AlignView
from tests.memory import load

AS_OF = date(2026, 5, 31)


def loaded(plan: str, config: str = "version: 1") -> Loaded:
    """A workspace of one file without a fault in its shape."""
    found = load(plan, config)
    assert found.diagnostics == ()
    return found


def aligned(plan: str, config: str = "version: 1", as_of: date = AS_OF) -> AlignView:
    """What `kpi align` says about a workspace of one file."""
    found = loaded(plan, config)
    return AlignView(found, lambda: assess(found.plan, as_of))


PLANTED_CONFIG = """
version: 1
perspectives: [customer, process, people]
limits: {kpis_per_objective: 5, kpis_per_owner: 7, objectives_per_team: 2, objectives_at_top: 2}
"""

PLANTED = """
teams:
  firm: {name: Firm, lead: an}
  sales: {name: Sales, parent: firm}
  store: {name: Store, parent: sales}
  plant: {name: Plant, parent: firm}
  lab: {name: Lab, parent: firm}
  spare: {name: Spare, parent: firm}
  garden: {name: Garden, parent: firm}
people:
  an: {name: An, team: firm}
  binh: {name: Binh, team: sales, capacity: 100}
  chi: {name: Chi, team: plant}
  dung: {name: Dung, team: lab}
  em: {name: Em, team: store}
  hoa: {name: Hoa, team: garden}
  idle: {name: Giang, team: plant}
objectives:
  top-one: {title: Customers stay, owner: an, team: firm, period: "2026", perspective: customer}
  top-two: {title: Work runs smoothly, owner: an, team: firm, period: "2026", perspective: process}
  top-three: {title: We grow, owner: an, team: firm, period: "2026", perspective: customer}
  sell: {title: Sales win, owner: binh, team: sales, supports: top-one, period: "2026"}
  serve: {title: Sales serve, owner: binh, team: sales, supports: top-one, period: "2026"}
  third: {title: Sales travel, owner: binh, team: sales, supports: top-one, period: "2026"}
  skip: {title: Shelves are full, owner: em, team: store, supports: top-one, period: "2026"}
  run: {title: The plant runs, owner: chi, team: plant, supports: top-two, period: "2026",
        tension: [{with: sell, agreed: Night shifts only before Christmas, on: 2026-01-20}]}
  save: {title: The plant saves, owner: chi, team: plant, supports: top-two, period: "2026",
         tension: [{with: serve, agreed: We share the van, on: 2024-01-20},
                   {with: third, agreed: We share the car},
                   {with: former, agreed: We shared a desk, on: 2026-01-20}]}
  former: {title: Over, owner: binh, team: sales, supports: top-one, period: "2025",
           status: closed, closed: {on: 2025-12-31, outcome: achieved}}
  island: {title: A hobby, owner: chi, team: plant, period: "2026"}
  islet: {title: Part of a hobby, owner: chi, team: plant, supports: island, period: "2026"}
  nowhere: {title: Nobody asked, owner: dung, team: lab, period: "2026"}
  bare: {title: No proof, owner: an, team: firm, supports: top-one, period: "2026"}
  unowned: {title: Nobody is it, team: firm, supports: top-two, period: "2026"}
  search: {title: The lab finds, owner: dung, team: lab, supports: top-three, period: "2026"}
  bloom: {title: The garden blooms, owner: hoa, team: garden, supports: top-two, period: "2026"}
kpis:
  bloom-a: {name: Bloom A, objective: bloom, owner: hoa, unit: count, indicator: leading,
            target: {at_least: 1}}
  bloom-b: {name: Bloom B, objective: bloom, owner: hoa, unit: count, indicator: leading,
            target: {at_least: 1}}
  bloom-c: {name: Bloom C, objective: bloom, owner: hoa, unit: count, indicator: leading,
            target: {at_least: 1}}
  rate-up: {name: Rate up, objective: serve, owner: binh, unit: ratio, formula: waste / care,
            direction: increase, baseline: 1, target: 2}
  rate-down: {name: Rate down, objective: search, owner: dung, unit: ratio,
              formula: waste / care, direction: decrease, baseline: 3, target: 2}
  loyal: {name: Loyal, objective: top-one, owner: an, unit: "%", target: {at_least: 60}}
  smooth: {name: Smooth, objective: top-two, owner: an, unit: "%", target: {at_least: 60}}
  grown: {name: Grown, objective: top-three, owner: an, unit: EUR, aggregation: sum, target: 100}
  grown-a: {name: Grown A, objective: sell, owner: binh, unit: EUR, aggregation: sum, target: 50,
            part_of: grown}
  grown-b: {name: Grown B, objective: run, owner: chi, unit: EUR, aggregation: sum, target: 30,
            part_of: grown}
  offers: {name: Offers, objective: sell, owner: binh, unit: count, direction: increase,
           baseline: 10, target: 40, metric: offers}
  offers-down: {name: Fewer offers, objective: run, owner: chi, unit: count, direction: decrease,
                baseline: 30, target: 15, metric: offers-of-plant, opposes: [waste]}
  waste: {name: Waste, objective: save, owner: chi, unit: "%", target: {at_most: 4}}
  stock-up: {name: Stock up, objective: serve, owner: binh, unit: days, direction: increase,
             baseline: 10, target: 30, metric: stock}
  stock-down: {name: Stock down, objective: save, owner: chi, unit: days, direction: decrease,
               baseline: 40, target: 20, metric: stock}
  heat-low: {name: Heat low, objective: run, owner: chi, unit: points, target: {at_most: 20},
             metric: heat}
  heat-band: {name: Heat band, objective: search, owner: dung, unit: points,
              target: {between: [10, 30]}, metric: heat}
  noise-min: {name: Noise min, objective: search, owner: dung, unit: points,
              target: {at_least: 50}, metric: noise}
  noise-max: {name: Noise max, objective: run, owner: chi, unit: points, target: {at_most: 40},
              metric: noise}
  price-a: {name: Price A, objective: third, owner: binh, unit: EUR, target: {at_least: 9},
            metric: price}
  price-b: {name: Price B, objective: islet, owner: chi, unit: EUR, target: {at_least: 11},
            metric: price}
  wins-a: {name: Wins A, objective: serve, owner: binh, unit: count, target: {at_least: 5},
           metric: wins}
  wins-b: {name: Wins B, objective: island, owner: chi, unit: count, target: {at_least: 5},
           metric: wins}
  down-top: {name: Trust, objective: third, owner: binh, unit: "%", target: {at_least: 70},
             metric: trust}
  down-copy: {name: Trust too, objective: skip, owner: em, unit: "%", target: {at_least: 70},
              metric: trust}
  speed: {name: Speed, objective: serve, owner: em, unit: days, direction: decrease, baseline: 9,
          target: 3, guardrails: [care]}
  care: {name: Care, objective: search, owner: dung, unit: points, direction: increase,
         baseline: 3, target: 5}
  found: {name: Found, objective: search, owner: dung, unit: count, target: {at_least: 1}}
  free: {name: Free, owner: em, unit: count, due: 2026-12-31, target: {at_least: 1}}
  blind: {name: Blind, objective: unowned, unit: count, owner: an, target: {at_least: 1}}
  odd-a: {name: Odd A, objective: nowhere, owner: em, unit: count, indicator: lagging,
          target: {at_least: 1}}
  odd-b: {name: Odd B, objective: nowhere, owner: em, unit: count, indicator: lagging,
          target: {at_least: 1}}
  odd-c: {name: Odd C, objective: nowhere, owner: em, unit: count, indicator: lagging,
          target: {at_least: 1}}
  full-a: {name: Full A, objective: skip, owner: an, unit: count, target: {at_least: 1}}
  full-b: {name: Full B, objective: skip, owner: an, unit: count, target: {at_least: 1}}
  full-c: {name: Full C, objective: skip, owner: an, unit: count, target: {at_least: 1}}
  full-d: {name: Full D, objective: skip, owner: an, unit: count, target: {at_least: 1}}
  full-e: {name: Full E, objective: skip, owner: em, unit: count, target: {at_least: 1}}
initiatives:
  fair: {title: A fair, kpis: [offers], owner: binh, people_days: {binh: 70}, status: doing,
         start: 2026-01-01, due: 2026-12-31}
  tour: {title: A tour, kpis: [wins-a], owner: binh, people_days: {binh: 60}, status: planned,
         start: 2026-01-01, due: 2026-12-31}
"""
