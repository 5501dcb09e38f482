"""How long each point of a meeting may take: what is decided gets the time, what is read none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_cli.locale import N_, _
from kpi_cli.views.review import AgendaItem

LENGTHS: Mapping[str | None, int] = {
    "weekly": 30, "monthly": 60, "quarterly": 120, "annual": 180, None: 60,
}  # fmt: skip
"""Minutes a meeting of each kind has; less where there is less to go through."""
POINTS: Sequence[tuple[str, str, int, int]] = (
    ("wanted", N_("Decisions wanted"), 0, 10),
    ("actions", N_("Actions"), 0, 2),
    ("exceptions", N_("Exceptions"), 0, 5),
    ("wins", N_("Wins to recognise"), 0, 2),
    ("signals", N_("Signals and forecast changes"), 2, 1),
    ("changes", N_("Metric changes"), 0, 2),
    ("caveats", N_("Data caveats"), 0, 1),
    ("decisions", N_("Decisions since the last review"), 0, 1),
)
"""Key, title, minutes once and minutes for each entry, in the order of the meeting."""
LEAST = 2


def agenda(counts: Mapping[str, int], kind: str | None) -> tuple[AgendaItem, ...]:
    """The points that have something, with minutes that together fit the kind of meeting."""
    rows = [(key, title, once + each * counts[key]) for key, title, once, each in POINTS
            if counts.get(key)]  # fmt: skip
    minutes = fitted([need for _key, _title, need in rows], LENGTHS[kind])
    return tuple(
        AgendaItem(key, _(title), given, counts[key])
        for (key, title, _need), given in zip(rows, minutes, strict=True)
    )


def fitted(needs: Sequence[int], length: int) -> list[int]:
    """Whole minutes in proportion to the needs, at least two each, together `length` at most.

    Largest remainders get the minutes that rounding leaves.
    """
    whole = sum(needs)
    if whole <= length:
        return [max(need, LEAST) for need in needs]
    free = max(length - LEAST * len(needs), 0)
    beyond = [max(need - LEAST, 0) for need in needs]
    shares = [free * one / (sum(beyond) or 1) for one in beyond]
    minutes = [LEAST + int(one) for one in shares]
    left = free - sum(int(one) for one in shares)
    order = sorted(range(len(needs)), key=lambda at: (int(shares[at]) - shares[at], at))
    for at in order[:left]:
        minutes[at] += 1
    return minutes
