"""Real changes: KPIs whose latest values can no longer be routine variation."""

from __future__ import annotations

from functools import partial

from kpi_cli.frozen import dataclass
from kpi_cli.views.facts import Facts, Ref, said_of
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


def signal_rows(facts: Facts, most: int | None = None) -> tuple[SignalRow, ...]:
    """Worse first, then better, then those of neither; within each in plan order."""
    return tuple(
        facts.once("signal", name, partial(_row, facts, name, sign))
        for name, sign in signing(facts)[:most]
    )


def signing(facts: Facts) -> list[tuple[str, Sign]]:
    """The KPIs that signal, in the same order; cheap, for no forecast is asked for."""
    order = ("worse", "better", "plain")
    found = [
        (name, sign)
        for name in facts.assessment.kpis
        if (outlook := facts.assessment.outlooks[name]).signal and (sign := sign_of(outlook))
    ]
    return sorted(found, key=lambda pair: order.index(pair[1].tone))


def _row(facts: Facts, name: str, sign: Sign) -> SignalRow:
    result = facts.assessment.kpis[name]
    return SignalRow(
        Ref("kpi", name, result.kpi.name),
        sign,
        BADGES[result.counts_as],
        said_of(facts, result).now,
        chance_text(facts.assessment.outlooks[name]),
    )
