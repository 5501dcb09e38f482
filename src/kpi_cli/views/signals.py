"""Real changes: KPIs whose latest values can no longer be routine variation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_cli.views.facts import Facts, Ref, now_text
from kpi_cli.views.outlook import Sign, chance_text, sign_of
from kpi_cli.views.words import BADGES, Badge

MOST = 12


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A KPI with a signal; `chance` is that of its target."""

    ref: Ref
    sign: Sign
    badge: Badge
    now: str | None
    chance: str | None


def signal_rows(facts: Facts) -> tuple[SignalRow, ...]:
    """Worse first, then better, then those of neither; within each in plan order."""
    order = ("worse", "better", "plain")
    return tuple(sorted(_rows(facts), key=lambda row: order.index(row.sign.tone)))


def _rows(facts: Facts) -> Iterator[SignalRow]:
    for name, result in facts.assessment.kpis.items():
        outlook = facts.assessment.outlooks[name]
        sign = sign_of(outlook) if outlook.signal else None
        if sign is not None:
            ref, now = (
                Ref("kpi", name, result.kpi.name),
                now_text(result, facts.scales[name], facts),
            )
            yield SignalRow(ref, sign, BADGES[result.counts_as], now, chance_text(outlook))
