"""`{milestones: [{name, due, weight, done}]}`: the share of the weights that is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Reading, Score, Target
from kpi_cli.period import BadPeriod, parse_day
from kpi_cli.quantity import at_least
from kpi_cli.shape import ShapeError, ShapeFault, fail, kind_of, mapping_of, number_of


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step; `done` is a date, or True for done at every date."""

    name: str
    due: date | None
    weight: float
    done: date | bool

    def is_done(self, as_of: date) -> bool:
        """Whether it is done on that day."""
        return self.done if isinstance(self.done, bool) else self.done <= as_of

    def is_due(self, as_of: date, end: date | None) -> bool:
        """Whether its own due date (else the KPI's `end`) has come."""
        due = self.due or end
        return due is not None and due <= as_of

    def is_overdue(self, as_of: date, end: date | None) -> bool:
        """Past its due date and not done."""
        due = self.due or end
        return due is not None and due < as_of and not self.is_done(as_of)


@dataclass(frozen=True, slots=True)
class Milestones(Target):
    """Steps with weights; observed on the day of the report, never stale."""

    steps: tuple[Milestone, ...]
    form = "milestones"
    needs_direction = False
    needs_unit = False
    takes = "nothing"

    def score(self, reading: Reading) -> Score:
        whole = sum(step.weight for step in self.steps)
        done = sum(step.weight for step in self.steps if step.is_done(reading.as_of))
        due = sum(step.weight for step in self.steps if step.is_due(reading.as_of, reading.due))
        share = done / whole
        finished = at_least(share, 1.0)
        return Score(
            raw=share,
            progress=share,
            expected=due / whole,
            reached=finished,
            success=finished,
            overdue=sum(step.is_overdue(reading.as_of, reading.due) for step in self.steps),
        )

    def text(self, unit: str | None) -> str:
        return f"{len(self.steps)} milestone{'s' if len(self.steps) != 1 else ''}"

    @property
    def last_due(self) -> date | None:
        """The latest due date among the steps."""
        return max((step.due for step in self.steps if step.due), default=None)


def parse(raw: dict[str, Any]) -> Milestones:
    """A list of steps. Raises ShapeError with every fault."""
    mapping_of(raw, ("milestones",))
    rows = raw["milestones"]
    if not isinstance(rows, list) or not rows:
        raise fail(
            "K011",
            "`milestones` names no step"
            if isinstance(rows, list)
            else f"`milestones` needs a list of steps, not {kind_of(rows)}",
            route=("milestones",),
            help="write `milestones: [{name: Pilot runs, due: 2026-06-30}]`",
        )
    steps: list[Milestone] = []
    faults: list[ShapeFault] = []
    for index, row in enumerate(rows):
        try:
            steps.append(_step(row))
        except ShapeError as error:
            faults += [fault.below("milestones", index) for fault in error.faults]
    if not faults and not sum(step.weight for step in steps):
        faults.append(ShapeFault("K015", "the weights of the milestones add up to zero"))
    if faults:
        raise ShapeError(faults)
    return Milestones(tuple(steps))


def _step(row: object) -> Milestone:
    data = mapping_of(row, ("name", "due", "weight", "done"), ("name",))
    if not isinstance(data["name"], str):
        raise fail("K011", f"a name is a text, not {kind_of(data['name'])}", route=("name",))
    weight = number_of(data.get("weight", 1), ("weight",))
    if weight < 0:
        raise fail("K015", "a weight cannot be negative", route=("weight",))
    done = data.get("done", False)
    return Milestone(
        data["name"],
        _day(data["due"], "due") if data.get("due") is not None else None,
        weight,
        done if isinstance(done, bool) else _day(done, "done"),
    )


def _day(raw: object, key: str) -> date:
    if not isinstance(raw, str):
        raise fail("K014", f"`{key}` is a date, not {kind_of(raw)}", route=(key,))
    try:
        return parse_day(raw)
    except BadPeriod as error:
        raise fail("K014", str(error), route=(key,)) from None
