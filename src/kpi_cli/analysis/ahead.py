"""What the KPI's value will be some periods ahead, by its own aggregation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from math import fsum

from kpi_cli.analysis.chance import Outcome, total_width, width
from kpi_cli.analysis.forecast import Forecast
from kpi_cli.analysis.grid import Grid, period_in, slot_of
from kpi_cli.analysis.observation import since_reset
from kpi_cli.frozen import dataclass
from kpi_cli.models import Kpi
from kpi_cli.models.series import Pair, Rows
from kpi_cli.period import Calendar
from kpi_cli.quantity import BUILT_IN_UNITS, CURRENCIES, PERCENT

RECENT = 12
"""Periods whose mean denominator stands for those to come."""
_SIGNED = frozenset(
    ("%", "pp", "points", "score", "index", "°C", "°F", "thousand", "million", "billion")
)
NEVER_NEGATIVE = BUILT_IN_UNITS - CURRENCIES - _SIGNED
"""Units in which nothing lies below 0: days, pieces, kilograms."""


@dataclass(frozen=True)
class Ahead:
    """The forecast of the periods' own values, and what turns them into the KPI's value.

    `pairs` are numerators and denominators by slot, for ratios.
    """

    kpi: Kpi
    calendar: Calendar
    start: date | None
    grid: Grid
    forecast: Forecast
    pairs: Mapping[int, Pair]

    def at(self, step: int) -> Outcome | None:
        """The value `step` periods after the latest one; None where the parts do not tell it."""
        if self.kpi.aggregation == "last":
            return self._own(step)
        if self.kpi.aggregation in ("min", "max"):
            return None
        begin = self._begin(step)
        first = max(1, begin - self.grid.last)
        if self.kpi.aggregation == "ratio":
            return self._ratio(begin, first, step)
        known = self._known(begin)
        total = fsum(known)
        if self.kpi.aggregation == "mean":
            return self._combined(total, 1.0, len(known) + step - first + 1, first, step)
        found = self._combined(total, 1.0, 1.0, first, step)
        if self.kpi.window is None and self._only_grows:
            low = max(total, found.low if found.low is not None else 0.0)
            return Outcome(found.median, found.scale, found.nu, low, found.high)
        return found

    def on(self, step: int) -> date:
        """The last day of the period `step` after the latest value's."""
        return period_in(self.calendar, self.kpi.frequency, self.grid.last + step).end

    def _own(self, step: int) -> Outcome:
        found = self.forecast
        sigma = found.sigma * found.factors[step - 1]
        scale, nu = width(sigma, found.n, step, self.kpi.frequency.value, found.alpha)
        return Outcome(found.medians[step - 1], scale, nu, *self._bounds)

    def _begin(self, step: int) -> int:
        """The first slot that enters the value `step` periods ahead."""
        slot = self.grid.last + step
        if self.kpi.window is not None:
            return slot - self.kpi.window + 1
        period = period_in(self.calendar, self.kpi.frequency, slot)
        since = since_reset(self.kpi, self.calendar, self.start, period)
        if since is None:
            return self.grid.first
        return slot_of(self.calendar, self.kpi.frequency, since)

    def _known(self, begin: int) -> list[float]:
        values = self.grid.values[max(begin - self.grid.first, 0) :]
        return [value for value in values if value is not None]

    def _combined(
        self, known: float, weight: float, divisor: float, first: int, step: int
    ) -> Outcome:
        """(known + weight x the sum of the steps first..step) / divisor, errors correlated."""
        found = self.forecast
        ahead = fsum(found.medians[first - 1 : step])
        factors, frequency = found.factors[:step], self.kpi.frequency.value
        scale, nu = total_width(found.sigma, found.n, found.alpha, factors, frequency, first)
        return Outcome(
            (known + weight * ahead) / divisor, scale * weight / divisor, nu, *self._bounds
        )

    def _ratio(self, begin: int, first: int, step: int) -> Outcome | None:
        """Known numerators over denominators, then the forecast rate at the usual denominator."""
        if not self.pairs:
            return None
        known = [pair for slot, pair in self.pairs.items() if slot >= begin]
        recent = list(self.pairs.values())[-RECENT:]
        weight = fsum(lower for _, lower in recent) / len(recent)
        divisor = fsum(lower for _, lower in known) + weight * (step - first + 1)
        if divisor <= 0 or weight <= 0:
            return None
        upper = fsum(upper for upper, _ in known) * self._unit
        return self._combined(upper, weight, divisor, first, step)

    @property
    def _unit(self) -> float:
        return 100.0 if self.kpi.unit == PERCENT else 1.0

    @cached_property
    def _only_grows(self) -> bool:
        return all(v is None or v >= 0 for v in self.grid.values)

    @cached_property
    def _bounds(self) -> tuple[float | None, float | None]:
        """The declared bounds; of a share where numerators are parts of denominators; or 0 up."""
        if self.kpi.bounds is not None:
            return self.kpi.bounds
        if self.pairs and all(0 <= upper <= lower for upper, lower in self.pairs.values()):
            return 0.0, self._unit
        if self.kpi.unit in NEVER_NEGATIVE and self._only_grows:
            return 0.0, None
        return None, None


def pairs_of(rows: Rows, kpi: Kpi, calendar: Calendar, as_of: date) -> dict[int, Pair]:
    """Numerators and denominators by slot, oldest first; several in one slot add up."""
    found: dict[int, Pair] = {}
    for row in sorted(rows.pairs):
        period = rows.periods[row]
        if period.end <= as_of:
            slot = slot_of(calendar, kpi.frequency, period.end)
            upper, lower = found.get(slot, (0.0, 0.0))
            found[slot] = (upper + rows.pairs[row][0], lower + rows.pairs[row][1])
    return found
