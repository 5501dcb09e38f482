"""`kpi-smart/1`: what the findings about one KPI make of 100, criterion by criterion.

Pure: severities of the rules that fired in, scores out. Of a criterion C, over the distinct rules
that fired: score = 100 * product(1 - w), w by severity (`WEIGHTS`), then the caps (`CAPS`). Because
it is a product, the order does not matter, one finding more never raises a score, and none falls
below 0. The chance of reaching the target takes the place of the weights of A306 to A308: full
marks from .15 to .75, falling in straight lines to 30 at .005 and to 55 at .98. The total is
min(weighted mean, lowest criterion + 30): five nines cannot hide a missing date. An objective has a
score of its own, O, of every finding about itself; it never enters those of its KPIs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import prod

from kpi_cli.diagnostics import Severity
from kpi_cli.frozen import dataclass, field

SCORING = "kpi-smart/1"
CRITERIA = ("S", "M", "A", "R", "T")
WEIGHTS: Mapping[Severity, float] = {
    Severity.ERROR: 0.60,
    Severity.WARNING: 0.25,
    Severity.INFO: 0.05,
}
CAPS: Mapping[str, float] = {
    "M201": 20, "T501": 10, "R401": 10, "A301": 40, "S106": 40, "S107": 40,
}  # fmt: skip
"""What a criterion is worth at most where this is missing; notes cap none."""
BY_CHANCE = frozenset({"A306", "A307", "A308"})
ABOVE_LOWEST = 30
"""By so much the total may exceed the lowest criterion."""
_CURVE = ((0.005, 30.0), (0.15, 100.0), (0.75, 100.0), (0.98, 55.0))
EQUAL: Mapping[str, float] = dict.fromkeys(CRITERIA, 1.0)

Fired = Mapping[str, Severity]
"""The rules that fired, by code, each with its worst severity."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of the rules that apply to a criterion, how many could tell."""

    told: int
    rules: int

    def __str__(self) -> str:
        return f"{self.told}/{self.rules}"


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one KPI, unrounded; `gains` is what the total wins without each rule."""

    total: float
    criteria: Mapping[str, float]
    evidence: Mapping[str, Evidence]
    gains: Mapping[str, float] = field(default_factory=dict)

    @property
    def cheapest(self) -> str | None:
        """The rule whose mending raises the total most; the first by code of equal ones."""
        best = max(
            self.gains, key=lambda code: (round(self.gains[code], 9), _late(code)), default=None
        )
        return best if best is not None and self.gains[best] > 0 else None


def _late(code: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in code)


def smart_scores(
    fired: Fired,
    *,
    unknown: Iterable[str] = (),
    rules: Iterable[str] = (),
    chance: float | None = None,
    weights: Mapping[str, float] = EQUAL,
    strict: bool = False,
) -> Scores:
    """The scores of a KPI.

    `rules` are the codes that looked at it, `unknown` those among them that could not tell; with
    `strict` each of these counts as a warning. `chance` is that of the target where it is an issue.
    """
    blank = frozenset(unknown)
    counted = {code: s for code, s in fired.items() if code[0] in CRITERIA}
    if strict:
        counted |= {c: Severity.WARNING for c in blank if c[0] in CRITERIA and c not in counted}
    criteria = {letter: _criterion(letter, counted, chance) for letter in CRITERIA}
    total = _total(criteria, weights)
    gains = {}
    for code in counted:
        rest = {other: severity for other, severity in counted.items() if other != code}
        left = None if code in BY_CHANCE else chance
        without = criteria | {code[0]: _criterion(code[0], rest, left)}
        gains[code] = _total(without, weights) - total
    return Scores(total, criteria, _evidence(rules, blank), gains)


def _evidence(rules: Iterable[str], blank: frozenset[str]) -> dict[str, Evidence]:
    there = _by_letter(tuple(rules))
    silent = Counter(code[0] for code in blank)
    return {letter: Evidence(there[letter] - silent[letter], there[letter]) for letter in CRITERIA}


@lru_cache(maxsize=256)
def _by_letter(rules: tuple[str, ...]) -> Counter[str]:
    return Counter(code[0] for code in rules)


def _criterion(letter: str, fired: Fired, chance: float | None) -> float:
    own = {code: severity for code, severity in fired.items() if code[0] == letter}
    if not own and (letter != "A" or chance is None):
        return 100.0
    factor = prod(1 - WEIGHTS[s] for code, s in sorted(own.items()) if code not in BY_CHANCE)
    judged = prod(1 - WEIGHTS[s] for code, s in sorted(own.items()) if code in BY_CHANCE)
    if letter == "A" and chance is not None:
        judged = min(judged, by_chance(chance) / 100)
    caps = [CAPS[c] for c, s in own.items() if c in CAPS and s is not Severity.INFO]
    return min([100 * factor * judged, *caps])


def by_chance(chance: float) -> float:
    """What the chance of reaching the target makes of A, in itself."""
    before = _CURVE[0]
    if chance <= before[0]:
        return before[1]
    for point in _CURVE[1:]:
        if chance <= point[0]:
            share = (chance - before[0]) / (point[0] - before[0])
            return before[1] + share * (point[1] - before[1])
        before = point
    return before[1]


def _total(criteria: Mapping[str, float], weights: Mapping[str, float]) -> float:
    pairs = [(criteria[letter], weights.get(letter, 1.0)) for letter in CRITERIA]
    whole = sum([weight for _, weight in pairs])
    mean = sum([score * weight for score, weight in pairs]) / whole if whole else 0.0
    return min([mean, *[score + ABOVE_LOWEST for score, weight in pairs if weight > 0]])


def objective_score(fired: Fired) -> float:
    """The score O of an objective, of all rules that fired at itself."""
    return 100 * prod(1 - WEIGHTS[severity] for _, severity in sorted(fired.items()))


def worst(pairs: Iterable[tuple[str, Severity]]) -> dict[str, Severity]:
    """Codes with the worst severity each was found with: one rule is one hit."""
    found: dict[str, Severity] = {}
    for code, severity in pairs:
        known = found.get(code)
        if known is None or severity.rank < known.rank:
            found[code] = severity
    return found
