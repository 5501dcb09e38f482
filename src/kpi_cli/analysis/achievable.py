"""Whether a target is achievable, from the KPI's own past: evidence in words, not a number.

As a probability the count of past spans is weak, so the chance comes from the forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Literal

from kpi_cli.analysis.average import median
from kpi_cli.analysis.season import slope_of
from kpi_cli.frozen import dataclass

Verdict = Literal[
    "maintain", "stretch", "challenging", "balanced", "comfortable", "trivial",
    "never seen", "no evidence",
]  # fmt: skip
LEAST = 8
"""Fewer values, or spans without any success, say nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What past spans of the same length say about the change that is needed.

    `need` and `best` are changes in the good direction, in the unit of the values; `hits` of
    `spans` overlapping spans reached the need; `required` and `observed` are rates per period,
    the latter the slope of a line through all values, `typical` the median span's rate.
    """

    need: float
    horizon: int
    spans: int
    hits: int
    best: float | None
    required: float
    observed: float | None
    typical: float | None

    @property
    def share(self) -> float:
        """(hits + 1/2) / (spans + 1): never 0 nor 1."""
        return (self.hits + 0.5) / (self.spans + 1)


def changes(values: Sequence[float | None], horizon: int, sign: int) -> list[float]:
    """All overlapping changes over `horizon` periods, in the good direction; gaps left out."""
    return [
        sign * (after - before)
        for before, after in zip(values, values[horizon:], strict=False)
        if before is not None and after is not None
    ]


def evidence(
    values: Sequence[float | None], target: float, horizon: int, *, increase: bool
) -> Evidence | None:
    """The evidence for reaching `target` in `horizon` periods; None without a value or a period."""
    known = [value for value in values if value is not None]
    if not known or horizon < 1:
        return None
    sign = 1 if increase else -1
    need = sign * (target - known[-1])
    found = changes(values, horizon, sign)
    slack = 1e-9 * max(1.0, abs(target), abs(known[-1]))
    return Evidence(
        need=need,
        horizon=horizon,
        spans=len(found),
        hits=sum(change >= need - slack for change in found),
        best=max(found, default=None),
        required=need / horizon,
        observed=sign * slope_of(known) if len(known) > 1 else None,
        typical=median(found) / horizon if found else None,
    )


def total_evidence(values: Sequence[float | None], need: float, horizon: int) -> Evidence | None:
    """The evidence for adding `need` to a total in `horizon` periods: sums of past spans."""
    count = len(values)
    if not count or horizon < 1:
        return None
    known = [value for value in values if value is not None]
    spans = [values[at : at + horizon] for at in range(count - horizon + 1)]
    sums = [fsum(span) for span in spans if None not in span]  # type: ignore[arg-type]
    slack = 1e-9 * max(1.0, abs(need))
    return Evidence(
        need=need,
        horizon=horizon,
        spans=len(sums),
        hits=sum(one >= need - slack for one in sums),
        best=max(sums, default=None),
        required=need / horizon,
        observed=fsum(known) / len(known),
        typical=median(sums) / horizon if sums else None,
    )


def verdict(found: Evidence | None, chance: float | None, values: int) -> Verdict:
    """How hard the target is; `values` is the number of values known."""
    if found is not None and found.need <= 1e-9 * max(1.0, abs(found.need)):
        return "maintain"
    if found is None or chance is None or values < LEAST:
        return "no evidence"
    if found.hits == 0 and found.spans >= LEAST:
        return "never seen"
    bands: tuple[tuple[float, Verdict], ...] = (
        (0.10, "stretch"), (0.33, "challenging"), (0.67, "balanced"), (0.90, "comfortable"),
    )  # fmt: skip
    return next((name for most, name in bands if chance < most), "trivial")
