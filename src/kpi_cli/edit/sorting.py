"""Where a new key goes among those a mapping has."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.edit.mapping import Order
from kpi_cli.period import BadPeriod, Calendar, Period


def in_date_order(calendar: Calendar, name: str) -> Order:
    """A period behind the last earlier one; where the periods descend, before the first such."""
    new = date_key(calendar.parse(name))

    def order(keys: Sequence[str]) -> int:
        found = [(at, period_or_none(calendar, key)) for at, key in enumerate(keys)]
        dated = [(at, date_key(period)) for at, period in found if period]
        days = [key for _, key in dated]
        if len(days) > 1 and days == sorted(days, reverse=True):
            return next((at for at, key in dated if key < new), len(keys))
        earlier = [(key, at) for at, key in dated if key <= new]
        if earlier:
            return max(earlier)[1] + 1
        return dated[0][0] if dated else len(keys)

    return order


def in_key_order(known: Sequence[str], name: str) -> Order:
    """Behind the last key that comes before it in the order of the format."""
    rank = {key: at for at, key in enumerate(known)}
    new = rank.get(name, len(known))

    def order(keys: Sequence[str]) -> int:
        ranked = [(rank[key], at) for at, key in enumerate(keys) if key in rank]
        before = [pair for pair in ranked if pair[0] < new]
        return max(before)[1] + 1 if before else 0

    return order


def period_or_none(calendar: Calendar, name: str) -> Period | None:
    """The period a key names; None where it is no period."""
    try:
        return calendar.parse(name)
    except BadPeriod:
        return None


def date_key(period: Period) -> tuple[int, int]:
    """What periods are sorted by: their end, then their start."""
    return period.end.toordinal(), period.start.toordinal()
