"""A series on the regular grid of its frequency: one slot a period, gaps visible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from kpi_cli.analysis.forecast import MOST_GAPS
from kpi_cli.frozen import dataclass
from kpi_cli.kinds.base import Datum
from kpi_cli.models.series import Rows
from kpi_cli.period import Calendar, Frequency, Period
from kpi_cli.quantity import is_number


def slot_of(calendar: Calendar, frequency: Frequency, on: date) -> int:
    """The running number of the period of `frequency` a day lies in; irregular counts days."""
    if frequency is Frequency.WEEKLY:
        return (on.toordinal() - 1) // 7
    months = frequency.months
    if not months:
        return on.toordinal()
    first = calendar.fiscal_start - 1 if months > 1 else 0
    return (on.year * 12 + on.month - 1 - first) // months


def slots_of(calendar: Calendar, frequency: Frequency, days: Iterable[date]) -> list[int]:
    """The running number of the period of each day, as `slot_of` gives it."""
    months = frequency.months
    if not months:
        return [slot_of(calendar, frequency, on) for on in days]
    first = calendar.fiscal_start - 1 if months > 1 else 0
    return [(on.year * 12 + on.month - 1 - first) // months for on in days]


@lru_cache(maxsize=4096)
def period_in(calendar: Calendar, frequency: Frequency, slot: int) -> Period:
    """The period with that running number."""
    if frequency is Frequency.WEEKLY:
        return calendar.containing(frequency, date.fromordinal(slot * 7 + 1))
    months = frequency.months
    if not months:
        return calendar.containing(frequency, date.fromordinal(slot))
    first = calendar.fiscal_start - 1 if months > 1 else 0
    year, month = divmod(slot * months + first, 12)
    return calendar.containing(frequency, date(year, month + 1, 1))


def figures(rows: Rows, as_of: date) -> list[int]:
    """Row numbers of the numbers whose period had ended by `as_of`."""
    return [
        row
        for row, (period, value) in enumerate(zip(rows.periods, rows.values, strict=True))
        if period.end <= as_of and is_number(value)
    ]


def is_figure(value: Datum | None) -> bool:
    """Whether a value is a number to be charted: no zone, no yes or no, of sane size."""
    return is_number(value)


@dataclass(frozen=True, slots=True)
class Grid:
    """The values from slot `first` on; None is a gap. Neither end is a gap."""

    first: int
    values: tuple[float | None, ...]

    @property
    def last(self) -> int:
        """The slot of the latest value."""
        return self.first + len(self.values) - 1

    @property
    def count(self) -> int:
        """How many values there are."""
        return sum(value is not None for value in self.values)


def grid_of(
    rows: Rows, chosen: Sequence[int], slots: Sequence[int], *, adds_up: bool
) -> Grid | None:
    """The chosen rows on the grid; None where more than a fifth of it would be gaps.

    Of several values in one slot the last counts, or their sum where the KPI adds up.
    """
    if not chosen or len(chosen) < (1 - MOST_GAPS) * (slots[-1] - slots[0] + 1):
        return None
    first = slots[0]
    values: list[float | None] = [None] * (slots[-1] - first + 1)
    for row, slot in zip(chosen, slots, strict=True):
        value = float(rows.values[row])  # type: ignore[arg-type]
        before = values[slot - first]
        values[slot - first] = value + before if adds_up and before is not None else value
    return Grid(first, tuple(values))
