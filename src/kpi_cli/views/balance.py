"""Leading and lagging KPIs of a part of the plan, and the perspectives they take."""

from __future__ import annotations

from collections import Counter

from kpi_cli.analysis.balance import LEAST
from kpi_cli.analysis.results import Status
from kpi_cli.frozen import dataclass
from kpi_cli.locale import _, ngettext
from kpi_cli.views.charts import Balance
from kpi_cli.views.facts import Facts

_ASIDE = frozenset({Status.DRAFT, Status.RETIRED, Status.DROPPED})


@dataclass(frozen=True, slots=True)
class BalanceView:
    """The bar, the same as rows of a table, and a word of caution where it leans to one side."""

    bar: Balance
    rows: tuple[tuple[str, int], ...]
    perspectives: tuple[tuple[str, int], ...]
    warning: str | None


def balance_of(facts: Facts) -> BalanceView | None:
    """The balance of the KPIs in an assessment; None without any."""
    running = [r for r in facts.assessment.kpis.values() if r.counts_as not in _ASIDE]
    if not running:
        return None
    kinds = Counter(result.kpi.indicator for result in running)
    leading, lagging, unsaid = kinds["leading"], kinds["lagging"], kinds[None]
    takes: Counter[str] = Counter()
    for result in running:
        own = facts.plan.objective_of(result.kpi)
        if perspective := result.kpi.perspective or (own.perspective if own else None):
            takes[perspective] += 1
    rows = ((_("Leading"), leading), (_("Lagging"), lagging), (_("Not said"), unsaid))
    label = ", ".join(f"{name} {n}" for name, n in rows)
    return BalanceView(
        Balance(leading, lagging, unsaid, label),
        tuple((name, n) for name, n in rows if n),
        tuple(sorted(takes.items(), key=lambda pair: (-pair[1], pair[0]))),
        _warning(leading, lagging, unsaid),
    )


def _warning(leading: int, lagging: int, unsaid: int) -> str | None:
    if unsaid or leading + lagging < LEAST or (leading and lagging):
        return None
    if lagging:
        return ngettext(
            "All {n} KPIs look back: none tells in time what is coming.",
            "All {n} KPIs look back: none tells in time what is coming.", lagging,
        )  # fmt: skip
    return ngettext(
        "All {n} KPIs look ahead: none tells whether it worked.",
        "All {n} KPIs look ahead: none tells whether it worked.", leading,
    )  # fmt: skip
