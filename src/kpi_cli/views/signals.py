"""Real changes: KPIs whose latest values can no longer be routine variation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kpi_cli.frozen import dataclass
from kpi_cli.views.facts import Facts, Ref, said_of
from kpi_cli.views.outlook import Sign, chance_text, signal_of
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


def signal_rows(
    facts: Facts, signs: Sequence[tuple[str, Sign]] | None = None
) -> tuple[SignalRow, ...]:
    """The rows of `signs`, or of all that signal."""
    return tuple(
        facts.once("signal", name, partial(_row, facts, name, sign))
        for name, sign in (signing(facts) if signs is None else signs)
    )


def signing(facts: Facts) -> list[tuple[str, Sign]]:
    """The KPIs that signal: worse first, then better, then those of neither; within each in plan
    order. Cheap, for no forecast is asked for."""
    order = ("worse", "better", "plain")
    found = [(name, sign) for name in facts.assessment.kpis if (sign := signal_of(facts, name))]
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
