"""`{zones: …, reach: target}` and `{stretch: 60}`: named grades on the way."""

from __future__ import annotations

from typing import Any

from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Reading, Score, Target
from kpi_cli.locale import N_
from kpi_cli.quantity import at_least, show_number, show_quantity
from kpi_cli.shape import ShapeError, ShapeFault, fail, kind_of, mapping_of, number_of, one_of

STRETCH_SCORES = {"fail": 0.0, "commit": 0.3, "target": 0.7, "stretch": 1.0}


def _graded(reading: Reading, zone: str, scores: dict[str, float], reach: str) -> Score:
    share = scores[zone]
    reached = at_least(share, scores[reach])
    expected = None if reading.elapsed is None else reading.elapsed * scores[reach]
    return Score(share, expected, share, zone=zone, met=reached, reached=reached, success=reached)


@dataclass(frozen=True, slots=True)
class Zones(Target):
    """Grades by name, each with a score from 0 to 1; an actual is a name."""

    scores: tuple[tuple[str, float], ...]
    reach: str
    form = "zones"
    needs_direction = False
    needs_unit = False
    takes = "zone"

    def score(self, reading: Reading) -> Score:
        scores = dict(self.scores)
        if not isinstance(reading.value, str) or reading.value not in scores:
            expected = None if reading.elapsed is None else reading.elapsed * scores[self.reach]
            return Score(None, expected)
        return _graded(reading, reading.value, scores, self.reach)

    def text(self, unit: str | None) -> str:
        return f"reach '{self.reach}' of {' < '.join(name for name, _ in self.ordered)}"

    @property
    def ordered(self) -> list[tuple[str, float]]:
        """Zones from the lowest score to the highest."""
        return sorted(self.scores, key=lambda zone: zone[1])


@dataclass(frozen=True, slots=True)
class Stretch(Target):
    """Zones at 0.3 (commit), 0.7 (target) and all of the way from the baseline to `value`."""

    value: float
    reach: str = "target"
    form = "stretch"
    needs_baseline = True

    def score(self, reading: Reading) -> Score:
        base = 0.0 if reading.total else reading.baseline
        value = reading.number
        scores = STRETCH_SCORES
        expected = None if reading.elapsed is None else reading.elapsed * scores[self.reach]
        number = self.number(base)
        if base is None or value is None or base == self.value:
            reason = N_("no baseline") if base is None else None
            return Score(None, expected, number=number, reason=reason)
        share = (value - base) / (self.value - base)
        zone = max(
            (name for name, score in scores.items() if at_least(share, score)),
            key=scores.__getitem__,
            default="fail",
        )
        score = _graded(reading, zone, scores, self.reach)
        return Score(
            raw=score.raw, progress=score.progress, expected=expected, number=number, zone=zone,
            met=score.met, reached=score.reached, success=score.success,
            flags=("regressed",) if share < 0 else (),
        )  # fmt: skip

    def text(self, unit: str | None) -> str:
        return f"stretch {show_quantity(self.value, unit)}"

    def number(self, baseline: float | None) -> float | None:
        """The figure of the zone to reach: baseline + score x (stretch - baseline)."""
        return None if baseline is None else self.thresholds(baseline)[self.reach]

    def thresholds(self, baseline: float) -> dict[str, float]:
        """The figure at which each zone begins."""
        return {
            name: baseline + score * (self.value - baseline)
            for name, score in STRETCH_SCORES.items()
        }


def parse_stretch(raw: dict[str, Any]) -> Stretch:
    """`{stretch: 60}`. Raises ShapeError."""
    mapping_of(raw, ("stretch", "reach"))
    reach = one_of(raw.get("reach", "target"), ("commit", "target", "stretch"), ("reach",))
    return Stretch(number_of(raw["stretch"], ("stretch",)), reach)


def parse(raw: dict[str, Any]) -> Zones:
    """`{zones: {fail: 0, …}, reach: target}`. Raises ShapeError with every fault."""
    mapping_of(raw, ("zones", "reach"))
    zones = raw["zones"]
    if not isinstance(zones, dict) or len(zones) < 2:
        raise fail(
            "K011",
            f"`zones` needs at least two names with scores, not {kind_of(zones)}",
            route=("zones",),
            help="write `zones: {fail: 0, commit: 0.3, target: 0.7, stretch: 1}`",
        )
    faults: list[ShapeFault] = []
    for name, score in zones.items():
        try:
            _check_score(number_of(score))
        except ShapeError as error:
            faults += [fault.below("zones", name) for fault in error.faults]
    if "reach" not in raw and "target" not in zones:
        faults.append(
            ShapeFault("K012", "'reach' is missing", (), f"add `reach: {list(zones)[-1]}`")
        )
    if faults:
        raise ShapeError(faults)
    return Zones(tuple(zones.items()), one_of(raw.get("reach", "target"), zones, ("reach",)))


def _check_score(score: float) -> None:
    if not 0 <= score <= 1:
        raise fail("K015", f"a zone's score lies between 0 and 1, not at {show_number(score)}")
