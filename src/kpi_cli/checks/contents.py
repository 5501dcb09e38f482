"""Which module holds which rules, so that a run imports only those it asks for.

A rule added to a module is added here too; a test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping

CONTENTS: Mapping[str, str] = {
    "actuals": "K201 K202 K205 K209 K210",
    "agreement": "M206 M212 T510",
    "alignment": "K120 K121 K122 K123 K124",
    "assignable": "A302 A304 A310 A312 A314",
    "baseline": "X905",
    "change": "K301 K302 K303 K306 K307",
    "circles": "K107 K108 K109 K110",
    "coherent": "A303 R409 R410 R411 R412 R413 R416",
    "crash": "X906",
    "data": "K203 K204 K206",
    "directions": "K304 K305",
    "feasibility": "A305 A306 A307 A308 A309 A313",
    "gaming": "R404 R405",
    "gaps": "K207 K208",
    "governance": "K401 K402 K403 K404 K405 K406 K407",
    "guarding": "R406",
    "links": "K101 K102 K103 K104 K105 K106",
    "lookalikes": "R408",
    "measurable": "M201 M202 M203 M205 M209 M211 M219",
    "measured": "M204 M207 M208 M210 M213 M214",
    "naming": "S108 S110 S111 S112 S113 S114 S115 S116 S117",
    "noise": "M215 M216 M217 M218",
    "reading": "K001 K002 K003 K004 K005 K006 K007 K008",
    "relevance": "R402 R403 R414 R415",
    "relevant": "A301 R401 R407",
    "shapes": "K010 K011 K012 K013 K014 K015 K016",
    "specific": "S101 S102 S103 S104 S105 S106 S107 S109",
    "steady": "A311 T507",
    "suppression": "X901 X902 X903 X904",
    "timebound": "T501 T502 T503 T504 T505",
    "timing": "T506 T508 T509 T511",
    "titles": "O601 O602 O603 O604 O605 O606",
}
"""Module of this folder -> the codes of its rules."""
