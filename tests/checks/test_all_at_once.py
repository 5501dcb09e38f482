"""One workspace with more than forty different faults in twelve files, all found in one run.

`«CODE»` marks the place of a fault; what is left once the marks are taken out is the file.
"""

# ruff: noqa: E501 - one record a line, so that the marks can be read

from __future__ import annotations

from tests.checks.bench import MARK, found, missed, unmarked

FILES = {
    "kpi.yaml": """\
version: «K016»2
actuals: ["figures/*.csv"]
checks: {«K010»profil: kpi}
""",
    "organisation.yaml": """\
teams:
  firm: {name: Firm, lead: an}
  sales: {name: Sales, parent: firm, lead: «K104»anh}
  web: {name: Web, parent: sales}
  plant: {name: Plant, parent: «K106»frim}
  «K123»spare: {name: Spare, parent: firm}
  ring-a: {name: Ring A, parent: «K107»ring-b}
  «K123»ring-b: {name: Ring B, parent: ring-a}
people:
  an: {name: An, team: firm}
  binh: {name: Binh, team: «K105»slaes}
  «K013»Chi: {name: Chi}
  dung: {name: Dung, capacity: «K011»"200"}
  «K012»giang: {team: sales}
  «K101»web: {name: Web}
  hoa: {name: Hoa, «K010»mangaer: an}
""",
    "objectives.yaml": """\
objectives:
  top: {title: The firm grows, owner: an, team: firm, period: "2026"}
  sell: {title: We win deals, owner: an, team: sales, supports: [top], period: "2026"}
  «K121»lonely: {title: The web sings, owner: an, team: web, period: "2026"}
  «K122»bare: {title: We are better, owner: an, team: firm, supports: top, period: "2026"}
  «K108»nothing: {title: We weigh nothing, owner: an, team: firm, supports: top, period: "2026"}
  jump: {title: The web grows, owner: an, team: web, supports: [{objective: «K120»top}], period: "2026"}
  «A301»unowned: {title: Somebody cares, team: firm, supports: top, period: "2026"}
  ringed: {title: Rings hold, owner: an, team: ring-a, supports: top, period: "2026"}
  planted: {title: The plant runs, owner: an, team: plant, supports: top, period: "2026"}
  timeless: {title: One day it will be good, owner: an, team: firm, supports: top}
""",
    "text.yaml": """\
people:
  linh:
    name: Linh
    team: «K001»"sales
  mai:
    name: Mai
    «K002»name: Mai again
  nam:
«K004»\tname: Nam
«K008»---
teams: {}
""",
    "letters.yaml": "people:\n  oanh: {name: «K003»\udcff\udcfe}\n",
    "shapes.yaml": """\
kpis:
  dated: {name: Dated, objective: planted, owner: an, unit: count, target: 5, direction: increase, source: {manual: book}, due: «K014»31.12.2026}
  worded: {name: Worded, objective: planted, owner: an, unit: count, target: 5, direction: increase, source: {manual: book}, frequency: «K015»montly}
actions:
  call: {title: Call, kpi: «K103»wno, owner: an}
""",
    "links.yaml": """\
kpis:
  weightless: {name: Weightless, objective: nothing, weight: 0, owner: an, unit: count, target: {at_least: 5}, source: {manual: a}, start: 2026-05-01}
  lost: {name: Lost, objective: [sell, «K102»sel], owner: an, unit: count, target: {at_least: 5}, source: {manual: b}, start: 2026-05-01}
  computed: {name: Computed, objective: sell, owner: an, unit: count, target: {at_least: 5}, formula: lost / «K109»los}
  hen: {name: Hen, objective: sell, owner: an, unit: count, target: {at_least: 5}, formula: «K110»egg * 2}
  egg: {name: Egg, objective: sell, owner: an, unit: count, target: {at_least: 5}, formula: hen / 2}
  old: {name: Old, objective: sell, owner: an, unit: count, status: retired, retired: {on: 2026-01-31, reason: nobody asked}}
  heir: {name: Heir, objective: jump, owner: an, unit: count, target: {at_least: 5}, source: {manual: c}, start: 2026-05-01, guardrails: [lost, «K124»old]}
  sold: {name: Sold, objective: lonely, owner: an, unit: count, target: {at_least: 5}, source: {manual: d}, start: 2026-05-01}
  owned: {name: Owned, objective: unowned, owner: an, unit: count, target: {at_least: 5}, source: {manual: e}, start: 2026-05-01}
  held: {name: Held, objective: ringed, owner: an, unit: count, target: {at_least: 5}, source: {manual: f}, start: 2026-05-01}
""",
    "figures.yaml": """\
kpis:
  twice:
    name: Twice
    objective: planted
    owner: an
    unit: count
    target: {at_least: 5}
    source: {manual: g}
    start: 2026-05-01
    actuals:
      2026-05: 7
  mixed:
    name: Mixed
    objective: planted
    owner: an
    unit: "%"
    numerator: those
    denominator: of these
    bounds: [0, 100]
    target: {at_least: 5}
    source: {manual: h}
    start: 2026-01-01
    actuals:
      2026-01: 96.5
      «K204»2026-02: 960.5
      «K202»2026-Q1: 96
      2026-03: 96.1
      «K206»2026-04: 0.965
      2026-05: 95.5
      «K203»2026-06: 95
  «K207»gap: {name: Gap, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: i}, actuals: {2026-01: 5, 2026-02: 6, 2026-05: 7}}
  «K208»stopped: {name: Stopped, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: j}, actuals: {2026-01: 5}}
  unread: {name: Unread, objective: planted, owner: an, unit: count, target: {at_least: 5}, actuals: {files: [{file: «K209»figures/gone.csv, period: month, value: n}]}}
  outside: {name: Outside, objective: planted, owner: an, unit: count, target: {at_least: 5}, actuals: {files: [{file: «K007»../n.csv, period: month, value: n}]}}
  worded-figure: {name: Word, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: k}, start: 2026-05-01, actuals: {«K205»2026-05: many}}
  overlapping: {name: Overlap, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: l}, start: 2026-05-01, actuals: {2026-05: 7, «K303»2026-05-20: 6}}
""",
    "figures/long.csv": """\
kpi,period,value
twice,«K201»2026-05,8
lost,2026-05,«K210»7;5
«K103»twcie,2026-05,7
""",
    "changes.yaml": """\
kpis:
  moved:
    name: Moved
    objective: planted
    owner: an
    unit: count
    direction: increase
    target: 50
    source: {manual: m}
    start: 2026-05-01
    target_changes:
      - {«K301»from: 2026-05-10, target: 40}
  wrong-way: {name: Wrong way, objective: planted, owner: an, unit: count, direction: increase, baseline: 50, target: «K304»40, source: {manual: n}, start: 2026-05-01}
  still: {name: Still, objective: planted, owner: an, unit: count, direction: increase, baseline: 50, target: «K305»{value: 50}, source: {manual: o}, start: 2026-05-01}
  sunny:
    name: Sunny
    objective: planted
    owner: an
    unit: count
    target: {at_least: 5}
    source: {manual: p}
    start: 2026-05-01
    check_ins:
      - {on: 2026-05-31, by: an, status: «K306»on_track}
    actuals: {2026-05: 2}
  «K307»gone: {name: Gone, objective: planted, owner: an, unit: count, status: retired, retired: {on: 2026-05-10}}
""",
    "smart.yaml": """\
kpis:
  «M201»aimless: {name: Aimless, objective: planted, owner: an, unit: count, source: {manual: q}, start: 2026-05-01}
  measured: {name: Measured, objective: planted, owner: an, unit: «M202»percent, target: {at_least: 5}, source: {manual: r}, start: 2026-05-01}
  paid: {name: Paid, objective: planted, owner: an, unit: «M203»"$", target: {at_least: 5}, source: {manual: s}, start: 2026-05-01}
  shared: {name: Shared, objective: planted, owner: an, unit: «M205»"%", target: {at_least: 5}, source: {manual: t}, start: 2026-05-01}
  «M209»unsourced: {name: Unsourced, objective: planted, owner: an, unit: count, target: {at_least: 5}, start: 2026-05-01}
  «M211»undirected: {name: Undirected, objective: planted, owner: an, unit: count, target: 5, source: {manual: u}, start: 2026-05-01}
  part: {name: Part, objective: planted, owner: an, unit: «M219»kg, part_of: paid, target: {at_least: 5}, source: {manual: v}, start: 2026-05-01}
  «R401»orphan: {name: Orphan, owner: an, unit: count, target: {at_least: 5}, source: {manual: w}, start: 2026-05-01, due: 2026-12-31}
  copy: {name: Copy, objective: planted, owner: an, definition: The same, population: all, unit: count, target: {at_least: 5}, source: {manual: x}, start: 2026-05-01}
  «R407»copied: {name: Copied, objective: planted, owner: an, definition: the  same, population: ALL, unit: count, target: {at_least: 5}, source: {manual: x}, start: 2026-05-01}
  «T501»endless: {name: Endless, objective: timeless, owner: an, unit: count, target: {at_least: 5}, source: {manual: y}, start: 2026-05-01}
""",
    "dates.yaml": """\
kpis:
  backwards: {name: Backwards, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: z}, start: «T503»2026-09-01, due: 2026-06-30}
  beyond: {name: Beyond, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: aa}, start: 2026-05-01, due: «T504»2027-02-28}
  coarse: {name: Coarse, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: bb}, frequency: «T505»annual}
  old-draft: {name: Old draft, objective: planted, owner: an, unit: count, target: {at_least: 5}, source: {manual: cc}, status: draft, due: «T502»2026-04-30}
""",
}


def test_every_fault_is_found_at_its_place_in_one_run() -> None:
    assert missed(FILES) == (set(), set())


def test_findings_stand_in_reading_order_each_once() -> None:
    reported = [(f.path, f.line, f.column, f.code) for f in found(plain())]
    assert reported == sorted(set(reported))
    assert len(reported) == sum(len(MARK.findall(text)) for text in FILES.values())


def plain() -> dict[str, bytes]:
    """The files without their marks."""
    return {path: unmarked(path, text)[0] for path, text in FILES.items()}


def test_the_workspace_holds_what_its_first_line_says() -> None:
    codes = {code for text in FILES.values() for code in MARK.findall(text)}
    assert len(FILES) == 12
    assert len(codes) > 40
