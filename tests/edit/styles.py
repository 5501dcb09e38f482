"""Plan files in the styles people write: each is sound, and each must survive an edit."""

from __future__ import annotations

BLOCK = """\
# The plan of a small shop.
teams:
  sales: {name: Sales, lead: minh}      # the only team

people:
  minh: {name: Trần Minh, team: sales}
  lan: {name: "Nguyễn Thị Lan", team: 'sales', capacity: 200}

objectives:
  # What we are here for.
  loyal:
    title: Customers come back
    why: >-
      A customer who returns
      twice stays for years.
    owner: lan
    contributors: [minh]
    supports: []
    agreed_by:
      - lan
      - minh   # by phone

kpis:
  repeat-rate:
    name: Repeat rate
    objective: loyal
    owner: minh       # since May
    unit: "%"
    baseline: {value: 31.5, date: 2025-12-31}
    target: 40
    guardrails: [discounts]
    check_ins:
      - {on: 2026-02-01, status: on_track, note: "Fine, thanks"}
      - on: 2026-03-01
        status: at_risk
        note: |
          The strike.
            Indented.

          And more.
    actuals:
      # counted by hand
      2026-01: 32.0
      2026-02: {value: 32.4, note: new checkout}

      2026-03: {numerator: 210, denominator: 640}
      2026-04: null
    # actuals of May are late

  # kpi: ignore[R405] -- agreed with finance
  discounts:
    name: Discounts
    formula: given / (repeat-rate + 1)
    tags:
    - board
    - money
    when_red: 'It''s urgent: call Minh'

  given: {name: Given away, unit: USD}
# the end
"""

FOUR = """\
kpis:
    "a-one":
        "name": "One"
        "owner":   minh
        "actuals":
            "2026-01":   1
            "2026-02":   2.50
        "tags":
            -   board
            -   money
    'b-two':
        'name': 'Two'
        'definition': "a text
            over lines"
        'check_ins':
            -   'on': 2026-01-01
                'note': fine
"""

FLOWS = """\
{
  "kpis": {
    "a": {"name": "A", "unit": "%", "actuals": {"2026-01": 1, "2026-02": 2}},
    "b": {
      "name": "B",   # the second
      "owner": "lan",
      "tags": [
        "x",  # first
        "y"
      ],
      "actuals": {}
    },
    "c": {"name": "C", "tags": [], }
  }
}
"""

DENSE = """\
--- # one document
kpis:
 one: {name: One, guardrails: [two, "three"], target: {at_least: 3}, actuals: {2026-01: 1}}
 two:
  name: Two
  objective: [{objective: loyal, weight: 2}, other]
  actuals: {2026-01: 1, 2026-02: 2,
            2026-03: 3}
  note-free:
  definition: plain text
   that goes on
  population: >
   folded

   text
  rationale: |2
     indented by two
  when_red: |+
   kept

 three:
  name: Three
  leads:
  - {kpi: two, lag_days: 3}
  -
    kpi: one
    lag_days: 4
  tags: [
   a,
   b
  ]
...
"""

MARKED = """\
people:
  lan: &lan {name: Lan}
  minh: {name: &who Minh}
kpis:
  one:
    name: One
    owner: &owner lan
    tags: &tags [a, b]
    actuals:
      2026-01: &first 5
  two:
    name: *who
    owner: *owner
    tags: *tags
    population: !!str 2026
    actuals: {2026-01: *first, 2026-02: !!float 3}
  three: {name: Three, owner: minh}
"""

WIDE = """\
\u200bnotes: {}
kpis:
  đơn: {}
  tỷ-lệ:
    name: Tỷ lệ khách quay lại 🛒 \u2028 và nữa
    "ключ": "значение \\u00e9"
    tags: [é, "\\t", 'một, hai', "x: y"]
    nested:
      - - a
        - b
      - - c
      - []
      - {}
"""

STYLES: dict[str, bytes] = {
    "block": BLOCK.encode(),
    "block, CRLF": BLOCK.replace("\n", "\r\n").encode(),
    "block, BOM": b"\xef\xbb\xbf" + BLOCK.encode(),
    "block, no final line end": BLOCK.removesuffix("# the end\n").rstrip("\n").encode(),
    "four spaces": FOUR.encode(),
    "four spaces, no final line end, CRLF": FOUR.rstrip("\n").replace("\n", "\r\n").encode(),
    "brackets": FLOWS.encode(),
    "brackets, CRLF, BOM": b"\xef\xbb\xbf" + FLOWS.replace("\n", "\r\n").encode(),
    "dense": DENSE.encode(),
    "anchors and tags": MARKED.encode(),
    "wide characters": WIDE.encode(),
}
