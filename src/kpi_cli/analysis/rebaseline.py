"""When a process seems to have changed for good: a proposal that a person may record."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.analysis.signals import Pattern, Side
from kpi_cli.analysis.xmr import LEAST, Stretch
from kpi_cli.frozen import dataclass
from kpi_cli.locale import N_

RUN = 8
QUESTIONS = (
    N_("Did the process itself change, and do you know why?"),
    N_("Do you want it to stay that way?"),
    N_("Do you expect it to last?"),
)
"""Wheeler's questions that only a person can answer."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """New limits from the point `start` on: the first of `points` values on one side."""

    start: int
    points: int
    side: Side


def propose(
    found: Sequence[Pattern], parts: Sequence[Stretch], points: int, kinds: Sequence[str]
) -> Proposal | None:
    """The run of 8 or more that still holds at the latest point, if new limits may start there.

    The run must leave at least 5 values before it in its stretch, so that it is a change.
    """
    if not parts or not {"run8", "run7"} & set(kinds):
        return None
    begin = parts[-1].start
    for pattern in found:
        if pattern.kind not in ("run8", "run7") or pattern.marks[-1] != points - 1:
            continue
        if len(pattern.marks) >= RUN and pattern.start - begin >= LEAST:
            return Proposal(pattern.start, len(pattern.marks), pattern.side)
    return None
