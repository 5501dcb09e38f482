"""`{done: true}`: a yes/no outcome; actuals are true or false."""

from __future__ import annotations

from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Reading, Score, Target
from kpi_cli.shape import fail, mapping_of


@dataclass(frozen=True, slots=True)
class Done(Target):
    """Something that is done or not."""

    form = "done"
    needs_direction = False
    needs_unit = False
    takes = "boolean"

    def score(self, reading: Reading) -> Score:
        late = reading.due is not None and reading.on >= reading.due
        expected = 1.0 if late else 0.0
        if reading.value is None:
            return Score(None, expected)
        done = reading.value is True
        share = 1.0 if done else 0.0
        return Score(share, expected, share, met=done, reached=done, success=done)

    def text(self, unit: str | None) -> str:
        return "done"


def parse(raw: dict[str, object]) -> Done:
    """`{done: true}`. Raises ShapeError."""
    mapping_of(raw, ("done",))
    if raw["done"] is not True:
        raise fail("K015", "a `done` target is always `done: true`", route=("done",))
    return Done()
